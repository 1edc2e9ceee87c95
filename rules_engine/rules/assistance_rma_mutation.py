"""A professional transfer: notice MGEN Assistance, article 18."""

from __future__ import annotations

from rules_engine.dates import add_months_clamped
from rules_engine.decision import Amount, Decision, NotApplicable, fails, holds
from rules_engine.dossier import Dossier
from rules_engine.money import ZERO, to_cents
from rules_engine.registry import rule
from rules_engine.rules.assistance_rma_commun import (
    CALL_FACTS,
    CONTRACT_FACTS,
    Answers,
    amount,
    figure,
    home,
    msp_only,
    notice,
)


@rule(
    "mgen_assistance_mutation",
    title="Que paie l'assistance quand je suis muté (déménagement, ménage, emploi du conjoint) ?",
    references=(notice(18), notice(8), notice(7), notice(5)),
    facts=(
        *CONTRACT_FACTS,
        *CALL_FACTS,
        "mutation_meme_groupe",
        "mutation_en_france",
        "mutation_defaut",
        "mutation_demandee",
        "mutation_service",
        "date_demenagement",
        "prix_nettoyage",
        "residence_adherent",
        "lieu_soins",
        "lieu_appel",
        "personne_inscrite",
    ),
)
@msp_only()
def mgen_assistance_mutation(answers: Answers) -> Decision | NotApplicable:
    """Return the help of a transfer in France: 3 interviews for the spouse, removers' names, cleaning (500 €).

    Sources: notice MGEN Assistance, articles 18 and 8 (same company or group).

    Raises:
        FactNeeded: for the contract.
    """
    dossier = answers.dossier
    refusal = _not_a_transfer(answers) or answers.late()
    if refusal is not None:
        return refusal
    service = dossier.get("mutation_service")
    same = () if dossier.get("mutation_meme_groupe") else ("meme_employeur",)
    if service == "nettoyage":
        return _cleaning(answers, same)
    amounts = (
        amount("interviews", "assistance_mutation_entretiens", "count", dossier),
        amount("follow_up", "assistance_mutation_suivi", "days", dossier),
        amount("cleaning", "assistance_mutation_nettoyage", "EUR", dossier),
    )
    step = holds("mutation", notice(18))
    if service == "demenagement":
        steps = (fails("demenagement_a_charge", notice(18)), holds("mutation_definition", notice(8)))
        return answers.granted("partial", "demenagement", *steps, conditions=same)
    if service == "emploi_conjoint":
        if dossier.get("personne_inscrite") is False:
            return answers.refused("conjoint_non_inscrit", notice(18))
        return answers.granted("granted", "emploi", step, amounts=amounts[:2], conditions=(*same, "conjoint_inscrit"))
    case = "demandee" if dossier.get("mutation_demandee") else "general"
    if case == "general" and dossier.get("lieu_soins") == "drom":
        case = "drom"
    steps = (step, holds("mutation_definition", notice(8)))
    return answers.granted("granted", case, *steps, amounts=amounts, conditions=same)


def _not_a_transfer(answers: Answers) -> Decision | None:
    """Return the refusal of a move that article 8 does not call a transfer, or that leaves France (article 18)."""
    dossier = answers.dossier
    if dossier.get("mutation_meme_groupe") is False:
        return answers.refused("autre_employeur", notice(8))
    missing = dossier.get("mutation_defaut")
    if missing is not None:
        return answers.refused(missing, notice(8))
    return answers.refused("hors_de_france", notice(18)) if _abroad(dossier) else None


def _abroad(dossier: Dossier) -> bool:
    """Whether the transfer leaves France; the place abroad that is named may be the one left: then it is asked.

    Raises:
        FactNeeded: for the place of the transfer.
    """
    said: bool | None = dossier.get("mutation_en_france")
    outside = ("etranger", "com")
    if said is None and (dossier.get("lieu_soins") in outside or home(dossier) in outside):
        said = dossier.read("mutation_en_france")
    return said is False


def _cleaning(answers: Answers, same: tuple[str, ...]) -> Decision:
    """Return what is paid of the cleaning of the home left: 500 €, within one month after the move."""
    dossier = answers.dossier
    moved = dossier.get("date_demenagement")
    months = int(figure("assistance_mutation_delai", dossier))
    dates = {} if moved is None else {"end": add_months_clamped(moved, months)}
    if dates and answers.call_day() > dates["end"]:
        return answers.refused("nettoyage_trop_tard", notice(18), dates=dates)
    cleaning = amount("cleaning", "assistance_mutation_nettoyage", "EUR", dossier)
    price = dossier.get("prix_nettoyage")
    amounts: tuple[Amount, ...] = (cleaning,)
    case = "nettoyage_date" if dates else "nettoyage"
    if price is not None:
        paid = to_cents(min(price, cleaning.value or ZERO))
        amounts = (Amount("total", paid, "EUR"), Amount("remaining", to_cents(price - paid), "EUR"), cleaning)
        case = "nettoyage_calcul"
    conditions = (*same, "nettoyage_avant_date" if dates else "nettoyage_delai")
    return answers.granted(
        "granted", case, holds("nettoyage", notice(18)), amounts=amounts, dates=dates, conditions=conditions
    )
