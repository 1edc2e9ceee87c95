"""Registering before care abroad, ÔJI: notice IMA, preamble, and annexe 3, Couverture internationale."""

from __future__ import annotations

from rules_engine.decision import Decision, NotApplicable, fails, holds
from rules_engine.registry import rule
from rules_engine.rules.assistance_autres_commun import ANNEXE, CONTRACT_FACTS, IMA_PREAMBLE, Answers, ima
from rules_engine.rules.assistance_international_conditions import AMERICA, IMA_PHONES, oji_abroad, zone_refusal

AMERICAN = ("site_enregistrement_oji", "telephone_hcs", "courriel_hcs", "telephone_ima_avant_depart")
ELSEWHERE = ("telephone_ima_avant_depart", *IMA_PHONES)


@rule(
    "etranger_enregistrement",
    title="Que dois-je faire avant de partir à l'étranger avec ÔJI ?",
    references=(IMA_PREAMBLE, ANNEXE, ima("1-3")),
    facts=(*CONTRACT_FACTS, "couverture_internationale", "zone_sejour", "sans_enregistrement", "question_demarches"),
)
@oji_abroad
def etranger_enregistrement(answers: Answers) -> Decision | NotApplicable:
    """Return whether the member must register before care, and whom to contact for a stay in hospital.

    Sources: notice IMA, preamble, and annexe 3, Couverture internationale: registration is compulsory for the American
    continent (card); elsewhere IMA is to be called for any stay in hospital. Both are said of an unknown country.

    Raises:
        FactNeeded: for the contract.
    """
    dossier = answers.dossier
    zone = dossier.get("zone_sejour")
    refusal = zone_refusal(answers)
    if refusal is not None:
        return refusal
    dossier.get("question_demarches")
    without = bool(dossier.get("sans_enregistrement"))
    call = holds("hospitalisation_appel", ANNEXE)
    if zone in AMERICA:
        warnings = ("mexique_liste",) if zone == "mexique" else ()
        if without:
            steps = (fails("enregistrement", IMA_PREAMBLE), call)
            return answers.decided("denied", "amerique_sans", *steps, warnings=warnings, contacts=AMERICAN)
        steps = (holds("enregistrement", IMA_PREAMBLE), call)
        return answers.decided("granted", "amerique", *steps, warnings=warnings, contacts=AMERICAN)
    steps = (holds("enregistrement", IMA_PREAMBLE), call)
    warnings = ("deux_numeros_ima",)
    if zone is None:
        contacts = (*AMERICAN, *IMA_PHONES)
        return answers.decided("depends", "toutes_zones", *steps, warnings=warnings, contacts=contacts)
    case = "ailleurs_sans" if without else "ailleurs"
    return answers.decided("granted", case, *steps, warnings=warnings, contacts=ELSEWHERE)
