"""What leaving changes for benefits under way and contributions paid: règlement MGEN Santé Prévoyance, article 8."""

from __future__ import annotations

from collections.abc import Mapping

from rules_engine.dates import end_of_year
from rules_engine.decision import Reason, fails, holds
from rules_engine.dossier import Dossier
from rules_engine.registry import RuleFunction, rule
from rules_engine.rules.adhesion_commun import (
    PHONE,
    Answer,
    Draft,
    article_msp,
    individual_only,
    presume_individual,
)
from rules_engine.rules.prevoyance_incapacite import allocation_journaliere_fin
from rules_engine.rules.prevoyance_invalidite import invalidite_duree
from rules_engine.rules.prevoyance_trop_verse import dependance_trop_verse, perte_autonomie_trop_verse

AFTER_DEATH: Mapping[str, RuleFunction] = {
    "allocations_journalieres": allocation_journaliere_fin,
    "invalidite": invalidite_duree,
    "dependance": dependance_trop_verse,
    "perte_autonomie": perte_autonomie_trop_verse,
}


@rule(
    "prestations_apres_depart",
    title="Que deviennent mes prestations en cours quand je quitte la mutuelle ?",
    references=(*(article_msp(number) for number in ("8", "43-6", "44-6", "44-2", "44-1", "45-4", "46-4", "25")),),
    facts=(
        "contrat",
        "formule",
        "prestation_en_cours",
        "date_soins",
        "date_fin_adhesion",
        "evenement_fin",
        "date_deces_adherent",
    ),
)
@individual_only
def prestations_apres_depart(dossier: Dossier) -> Answer:
    """Return what is still paid after leaving (MSP article 8).

    The prévoyance benefits under way stop when the member resigns; nothing is paid after the effect, unless
    the conditions were met before. After a death it is the article of the benefit that decides.

    Raises:
        FactNeeded: for the benefit under way.
    """
    presume_individual(dossier)
    benefit = dossier.read("prestation_en_cours")
    dead = dossier.get("evenement_fin") == "deces" or dossier.get("date_deces_adherent")
    if dead and benefit in AFTER_DEATH:
        return AFTER_DEATH[benefit](dossier)
    if benefit != "soins":
        return _interrupted(benefit)
    care, end = dossier.get("date_soins"), dossier.get("date_fin_adhesion")
    reasons = (fails("rien_apres", article_msp("8")), holds("droits_anterieurs", article_msp("8")))
    if care is None or end is None:
        return Draft("partial", "soins", reasons)
    dates = {"end": end, "care": care}
    if care < end:
        return Draft("granted", "soins_avant", reasons[1:], dates=dates)
    if care == end:
        return Draft("depends", "soins_jour_meme", reasons, dates=dates, contacts=PHONE)
    return Draft("denied", "soins_apres", reasons, dates=dates)


def _interrupted(benefit: str) -> Draft:
    """Decide for a prévoyance benefit: it stops; for invalidity article 44 names another day."""
    stop = fails("interruption", article_msp("8"))
    if benefit == "allocations_journalieres":
        return Draft("denied", benefit, (stop, fails("fin_allocations", article_msp("43-6"))))
    if benefit == "invalidite":
        reasons = (stop, fails("fin_invalidite", article_msp("44-6")))
        return Draft("denied", benefit, reasons, warnings=("invalidite_deux_dates",), contacts=PHONE)
    return Draft("denied", benefit, (stop,))


@rule(
    "remboursement_cotisations",
    title="La mutuelle me rend-elle la cotisation déjà payée quand je pars ?",
    references=(article_msp("8"), article_msp("6"), article_msp("3-4")),
    facts=("contrat", "formule", "motif_fin", "date_fin_adhesion"),
)
@individual_only
def remboursement_cotisations(dossier: Dossier) -> Answer:
    """Return which part of the contribution comes back: that of the period not covered (article 8)."""
    presume_individual(dossier)
    motive = dossier.presume("motif_fin", "demission")
    if motive == "fausse_declaration":
        reasons: tuple[Reason, ...] = (fails("cotisations_acquises", article_msp("6")),)
        return Draft("denied", "fausse_declaration", reasons)
    if motive in ("decheance", "deces"):
        reasons = (fails(f"{motive}_non_nomme", article_msp("8")),)
        return Draft("depends", motive, reasons, contacts=PHONE)
    reasons = (holds("periode_non_couverte", article_msp("8")), holds("calcul_non_imprime", article_msp("8")))
    end = dossier.get("date_fin_adhesion")
    if end is None:
        return Draft("granted", "general", reasons)
    dates = {"start": end, "end": end_of_year(end.year)}
    return Draft("granted", "date", reasons, dates=dates)
