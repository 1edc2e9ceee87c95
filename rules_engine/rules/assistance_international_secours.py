"""Help abroad after an accident, an illness or a death: notice of the international assistance of ÔJI (IMA), part 3.

`assistance_rapatriement` also answers for the other contracts.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from rules_engine.decision import Amount, Decision, NotApplicable, holds
from rules_engine.dossier import Dossier
from rules_engine.money import to_cents
from rules_engine.registry import RuleFunction, rule
from rules_engine.rules.assistance_autres_commun import (
    CONTRACT_FACTS,
    FPE,
    SOLUTIONS,
    Answers,
    amount,
    contract_of,
    ima,
    oji,
)
from rules_engine.rules.assistance_international_conditions import (
    HOME,
    MSP_TERRITORY,
    call_contacts,
    fpe_stay,
    outside_abroad,
    too_long_for_oji,
    zone_refusal,
)
from rules_engine.rules.assistance_nuits import ABROAD, lodging, nights_case

PLACE = (*CONTRACT_FACTS, "zone_sejour")
WHERE = (ima("1-2"), ima("1-3"))
CAUSES = ("sport_pratique", "cause_exclue", "rixe_legitime_defense")
# The rule of the packs in France that answers the same question, for a place in France.
IN_FRANCE = {
    "assistance_rapatriement": "oji_transfert_medical",
    "etranger_prolongation_sejour": "oji_prolongation_france",
    "etranger_visite_proche": "assistance_presence_proche",
    "etranger_medicaments": "assistance_livraison_medicaments",
    "etranger_exclusions": "oji_exclusions_assistance",
    "etranger_evenement_climatique": "oji_exclusions_assistance",
}
# Why and on what stay help is asked for: what every benefit of a stay is held against.
STAY = (*CAUSES, "sejour_etranger_type", "duree_sejour")
# Lengths that are not those of the stay: declared so that "enceinte de 8 mois" is read as what it is.
OTHER_LENGTHS = ("mois_grossesse", "nb_jours_immobilisation", "nb_jours_hospitalisation")
SPORTS_EXCLUDED = frozenset({"competition_moteur", "professionnel", "aerien"})
EXCLUDED = frozenset({"esthetique", "confort", "voyage_therapeutique", "rixe", "volontaire", "quarantaine"})
EXCLUDED_CONDUCT = frozenset({"volontaire", "quarantaine"})


def ima_refusal(answers: Answers, *, accident: bool = False) -> Decision | NotApplicable | None:
    """Return why IMA does not act: contract, place, too long a tourist stay, cause of the `accident`; else None.

    Raises:
        FactNeeded: for the contract.
    """
    contract = contract_of(answers.dossier)
    if contract != "OJI":
        return outside_abroad(answers, contract)
    if answers.dossier.get("zone_sejour") in HOME and answers.name in IN_FRANCE:
        return answers.elsewhere("en_france", IN_FRANCE[answers.name], oji(15))
    returned = answers.dossier.get("date_retour") is not None
    refusal = None if returned else zone_refusal(answers)
    if refusal is None and too_long_for_oji(answers.dossier):
        longest = amount("longest", "oji_sejour_touristique_max", "years", answers.dossier)
        return answers.refused("trop_long", ima("1-2"), amounts=(longest,))
    return refusal or (cause_refusal(answers) if accident else None)


def ima_only(*, accident: bool = False) -> Callable[[Callable[[Answers], Decision | NotApplicable]], RuleFunction]:
    """Return what makes a rule of a function on answers: said where IMA acts, and for what cause of the `accident`."""

    def decorate(function: Callable[[Answers], Decision | NotApplicable]) -> RuleFunction:
        @wraps(function)
        def answer(dossier: Dossier) -> Decision | NotApplicable:
            answers = Answers(function.__name__, dossier)
            return ima_refusal(answers, accident=accident) or function(answers)

        return answer

    return decorate


def cause_refusal(answers: Answers) -> Decision | None:
    """Return the refusal of a sport or cause that the notice excludes (articles 5 and 1-5), where one was said."""
    dossier = answers.dossier
    if dossier.get("sport_pratique") in SPORTS_EXCLUDED:
        return answers.refused(f"sport_{dossier.get('sport_pratique')}", ima("5"), contacts=contacts(answers))
    cause = dossier.get("cause_exclue")
    if cause == "rixe" and dossier.get("rixe_legitime_defense"):
        return None
    if cause in EXCLUDED:
        article = ima("1-5") if cause in EXCLUDED_CONDUCT else ima("5")
        return answers.refused(cause, article, contacts=contacts(answers))
    return None


def contacts(answers: Answers) -> tuple[str, ...]:
    """Return the phones to call from where the member is."""
    return call_contacts(answers.dossier.get("zone_sejour"))


@rule(
    "assistance_rapatriement",
    title="L'assistance me rapatrie-t-elle depuis l'étranger ?",
    references=(ima("3-1-1"), ima("1-5"), ima("5"), *WHERE, FPE, SOLUTIONS, MSP_TERRITORY, oji(15)),
    facts=(
        *PLACE,
        *STAY,
        *OTHER_LENGTHS,
        "residence_adherent",
        "distance_domicile",
        "deplacement_court",
        "date_evenement",
    ),
)
def assistance_rapatriement(dossier: Dossier) -> Decision | NotApplicable:
    """Return whether a medical transport from abroad is organised, and to where.

    Sources: notice IMA, article 3-1-1 (doctors decide; not the same place for studies and tourism); guide FPE (stays
    of less than 31 days); notice MGEN Assistance, article 3 (France only); the guide MGEN Solutions is silent.

    Raises:
        FactNeeded: for the contract.
    """
    answers = Answers("assistance_rapatriement", dossier)
    contract = contract_of(dossier)
    if contract == "FPE":
        return fpe_stay(answers)
    if contract == "MSP":
        return answers.refused("msp_france_seulement", MSP_TERRITORY)
    if contract == "SOLUTIONS":
        return answers.silent("abroad_solutions", SOLUTIONS)
    return ima_refusal(answers, accident=True) or _oji_transport(answers)


def _oji_transport(answers: Answers) -> Decision:
    kind = answers.dossier.get("sejour_etranger_type")
    if kind == "travail":
        return answers.refused("motif", ima("1-2"))
    kinds = ("etudes", "tourisme") if kind is None else (kind,)
    return answers.decided(
        "granted",
        f"oji_{kind or 'sejour'}",
        *(holds(f"transport_{told}", ima("3-1-1")) for told in kinds),
        holds("accord_ima", ima("1-5")),
        conditions=("decision_medicale", "appel_avant_depense"),
        contacts=contacts(answers),
    )


@rule(
    "etranger_prolongation_sejour",
    title="L'assistance paie-t-elle l'hôtel quand je ne peux pas rentrer ?",
    references=(ima("3-1-3"), ima("3-1-1"), ima("5"), ima("1-5"), *WHERE),
    facts=(*PLACE, "nuits_hebergement", "prix_nuit_hotel", *STAY, "distance_domicile", "deplacement_court"),
)
@ima_only(accident=True)
def etranger_prolongation_sejour(answers: Answers) -> Decision | NotApplicable:
    """Return the nights (count, € a night, € in all) of a member not fit to travel and no longer in hospital.

    Sources: notice IMA, articles 3-1-3 and 3-1-1 (after a medical transport, on the doctors' decision).

    Raises:
        FactNeeded: for the contract.
    """
    dossier = answers.dossier
    return answers.decided(
        "granted",
        nights_case(dossier, ABROAD, "oui"),
        holds("prolongation", ima("3-1-3")),
        holds("apres_transport", ima("3-1-1")),
        amounts=lodging(dossier, ABROAD),
        asked=dossier.get("nuits_hebergement"),
        conditions=("decision_medicale", "appel_avant_depense"),
        contacts=contacts(answers),
    )


@rule(
    "etranger_poursuite_voyage",
    title="L'assistance paie-t-elle la suite de mon voyage après des soins ?",
    references=(ima("3-1-4"), ima("3-1-2"), ima("5"), ima("1-5"), *WHERE),
    facts=(*PLACE, *CAUSES, "sejour_etranger_type", "duree_sejour"),
)
@ima_only(accident=True)
def etranger_poursuite_voyage(answers: Answers) -> Decision | NotApplicable:
    """Return that the transport to go on with the journey is paid up to the cost of the way home.

    Sources: notice IMA, articles 3-1-4 and 3-1-2 (return to the place of study after a medical transport).

    Raises:
        FactNeeded: for the contract.
    """
    return answers.decided(
        "granted",
        "oui",
        holds("poursuite", ima("3-1-4")),
        holds("retour_etudes", ima("3-1-2")),
        conditions=("decision_medicale", "appel_avant_depense"),
        contacts=contacts(answers),
    )


@rule(
    "etranger_visite_proche",
    title="L'assistance fait-elle venir un proche à l'étranger ?",
    references=(ima("3-3-1"), ima("5"), ima("1-5"), *WHERE),
    facts=(
        *PLACE,
        "nb_jours_hospitalisation",
        "handicap",
        "isole_famille",
        "nuits_hebergement",
        "prix_nuit_hotel",
        *STAY,
    ),
)
@ima_only(accident=True)
def etranger_visite_proche(answers: Answers) -> Decision | NotApplicable:
    """Return the journey and nights of a relative: more than 7 days in hospital, alone; any length with a disability.

    Sources: notice IMA, article 3-3-1.

    Raises:
        FactNeeded: for the contract.
    """
    dossier = answers.dossier
    shortest = amount("shortest", "ima_visite_hospitalisation_min", "days", dossier)
    disabled = bool(dossier.get("handicap"))
    if not disabled:
        if dossier.get("isole_famille") is False:
            return answers.refused("famille_sur_place", ima("3-3-1"), contacts=contacts(answers))
        stay = dossier.get("nb_jours_hospitalisation")
        if stay is not None and shortest.value is not None and stay <= shortest.value:
            return answers.refused("trop_court", ima("3-3-1"), amounts=(shortest,), contacts=contacts(answers))
        dossier.presume("isole_famille", True)
    conditions = ("etat_de_sante",) if disabled else ("non_transportable",)
    return answers.decided(
        "granted",
        nights_case(dossier, ABROAD, "handicap" if disabled else "oui"),
        holds("visite_handicap" if disabled else "visite", ima("3-3-1")),
        amounts=(*lodging(dossier, ABROAD), shortest),
        asked=dossier.get("nuits_hebergement"),
        conditions=(*conditions, "appel_avant_depense"),
        contacts=contacts(answers),
    )


@rule(
    "etranger_frais_recherche",
    title="L'assistance paie-t-elle les secours ou les recherches à l'étranger ?",
    references=(ima("3-3-4"), ima("5"), ima("1-5"), *WHERE),
    facts=(
        *PLACE,
        "type_frais_secours",
        "lieu_disparition",
        "autorite_publique_paie",
        "prix",
        *STAY,
    ),
)
@ima_only(accident=True)
def etranger_frais_recherche(answers: Answers) -> Decision | NotApplicable:
    """Return what rescue (no ceiling printed) or search (€) is paid.

    Sources: notice IMA, article 3-3-4 (search: outside the country of study, up to 15 000 €, not when the
    authorities pay, not in professional competitions).

    Raises:
        FactNeeded: for the contract.
    """
    dossier = answers.dossier
    costs = dossier.get("type_frais_secours")
    ceiling = amount("ceiling", "ima_recherche_plafond", "EUR", dossier)
    if costs == "secours":
        reason = holds("secours", ima("3-3-4"))
        return answers.decided("granted", "secours", reason, conditions=("accident",), contacts=contacts(answers))
    if costs == "recherche":
        return _search(answers, ceiling)
    return answers.decided(
        "granted",
        "les_deux",
        holds("secours", ima("3-3-4")),
        holds("recherche", ima("3-3-4")),
        amounts=(ceiling,),
        conditions=("accident", "hors_pays_etudes", "autorite_publique", "justificatifs_recherche"),
        contacts=contacts(answers),
    )


def _search(answers: Answers, ceiling: Amount) -> Decision:
    """Return what is paid of a search (€): nothing in the country of study, nor where the authorities pay."""
    dossier = answers.dossier
    if dossier.get("lieu_disparition") == "pays_etudes":
        return answers.refused("pays_etudes", ima("3-3-4"), contacts=contacts(answers))
    if dossier.get("autorite_publique_paie"):
        return answers.refused("autorite_paie", ima("3-3-4"), contacts=contacts(answers))
    bill = dossier.get("prix")
    amounts = [ceiling]
    if bill is not None and ceiling.value is not None:
        amounts.insert(0, Amount("total", to_cents(min(bill, ceiling.value)), "EUR"))
    conditions: tuple[str, ...] = ("autorite_publique", "justificatifs_recherche")
    if dossier.get("lieu_disparition") is None and dossier.get("sejour_etranger_type") != "tourisme":
        conditions = ("hors_pays_etudes", *conditions)
    return answers.decided(
        "granted",
        "recherche_total" if bill is not None else "recherche",
        holds("recherche", ima("3-3-4")),
        amounts=amounts,
        conditions=conditions,
        contacts=contacts(answers),
        bill=bill,
    )
