"""A death abroad, or that of a relative in France: notice IMA, part 3-2."""

from __future__ import annotations

from rules_engine.decision import Decision, NotApplicable, fails, holds
from rules_engine.registry import rule
from rules_engine.rules.assistance_autres_commun import Answers, ima
from rules_engine.rules.assistance_international_secours import (
    CAUSES,
    PLACE,
    WHERE,
    contacts,
    ima_only,
)
from rules_engine.rules.assistance_nuits import ABROAD, lodging, nights_case


@rule(
    "etranger_deces",
    title="Que prend en charge l'assistance en cas de décès à l'étranger ?",
    references=(ima("3-2-1"), ima("3-2-2"), ima("5"), ima("1-5"), *WHERE),
    facts=(
        *PLACE,
        "deces_aspect",
        "cercueil_choisi",
        "nuits_hebergement",
        "prix_nuit_hotel",
        *CAUSES,
        "sejour_etranger_type",
        "duree_sejour",
    ),
)
@ima_only(accident=True)
def etranger_deces(answers: Answers) -> Decision | NotApplicable:
    """Return what is paid when a member dies abroad: transport of the body, coffin, a relative's journey and nights.

    Sources: notice IMA, articles 3-2-1 and 3-2-2.

    Raises:
        FactNeeded: for the contract.
    """
    dossier = answers.dossier
    aspect = dossier.get("deces_aspect")
    body, relative = holds("transport_corps", ima("3-2-1")), holds("proche_deces", ima("3-2-2"))
    phones = contacts(answers)
    if aspect == "obseques":
        return answers.decided("denied", aspect, fails("obseques", ima("3-2-1")), body, contacts=phones)
    if dossier.get("cercueil_choisi"):
        return answers.decided("denied", "cercueil_choisi", fails("obseques", ima("3-2-1")), body, contacts=phones)
    if aspect == "sur_place":
        return answers.decided("depends", aspect, fails("sur_place", ima("3-2-1")), relative, contacts=phones)
    conditions = ("obseques_famille", "proche_indispensable", "appel_avant_depense")
    return answers.decided(
        "granted",
        nights_case(dossier, ABROAD, aspect) if aspect == "proche" else aspect or "oui",
        *((relative, body) if aspect == "proche" else (body, relative)),
        amounts=lodging(dossier, ABROAD),
        asked=dossier.get("nuits_hebergement"),
        conditions=conditions if aspect in (None, "proche") else (conditions[0], conditions[2]),
        contacts=phones,
    )


@rule(
    "etranger_retour_anticipe",
    title="L'assistance me fait-elle rentrer si un proche meurt en France ?",
    references=(ima("3-2-3"), ima("1-4"), *WHERE),
    facts=(*PLACE, "lien_proche", "sejour_etranger_type", "duree_sejour"),
)
@ima_only()
def etranger_retour_anticipe(answers: Answers) -> Decision | NotApplicable:
    """Return whether the journey to France and back is paid when a relative dies or is about to.

    Sources: notice IMA, articles 3-2-3 and 1-4 (the latter limits descendants to the first degree: both are shown).

    Raises:
        FactNeeded: for the contract, the relative.
    """
    dossier = answers.dossier
    link = dossier.read("lien_proche", among=("conjoint", "petit_enfant", "autre"))
    if link == "autre":
        return answers.refused("lien", ima("3-2-3"), contacts=contacts(answers))
    reason = holds("retour", ima("3-2-3"))
    if link == "petit_enfant":
        reasons = (reason, fails("premier_degre", ima("1-4")))
        warnings = ("descendant_deux_lectures",)
        return answers.decided("depends", "petit_enfant", *reasons, warnings=warnings, contacts=contacts(answers))
    conditions: tuple[str, ...] = ("deces_ou_imminent", "appel_avant_depense")
    if link == "conjoint":
        conditions = ("conjoint_ou_concubin", *conditions)
    return answers.decided("granted", "oui", reason, conditions=conditions, contacts=contacts(answers))
