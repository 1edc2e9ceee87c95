"""Money advanced abroad, papers, medicines, climate, luggage: notice IMA, parts 3-3 and 3-4."""

from __future__ import annotations

from rules_engine.dates import add_months_clamped
from rules_engine.decision import Amount, Decision, NotApplicable, holds
from rules_engine.money import to_cents
from rules_engine.registry import rule
from rules_engine.rules.assistance_autres_commun import IMA_PREAMBLE, Answers, amount, ima, number
from rules_engine.rules.assistance_international_secours import (
    CAUSES,
    PLACE,
    WHERE,
    contacts,
    ima_only,
)
from rules_engine.rules.assistance_nuits import ABROAD, lodging, nights_case

STAY = ("sejour_etranger_type", "duree_sejour")


def _advance(
    answers: Answers, article: str, ceiling_id: str | None, delay_id: str, since: str, conditions: tuple[str, ...]
) -> Decision:
    """Return an advance: its ceiling (€) if any, and until when (included) it is to be paid back."""
    dossier = answers.dossier
    delay = amount("delay", delay_id, "months", dossier)
    amounts = [delay]
    asked = dossier.get("prix")
    case = "oui"
    if ceiling_id is not None:
        ceiling = amount("ceiling", ceiling_id, "EUR", dossier)
        amounts.insert(0, ceiling)
        if asked is not None and ceiling.value is not None:
            case = "partiel" if asked > ceiling.value else "entier"
            amounts.insert(0, Amount("total", to_cents(min(asked, ceiling.value)), "EUR"))
    start = dossier.get(since)
    months = int(number(delay_id, dossier))
    dates = {} if start is None else {"deadline": add_months_clamped(start, months)}
    if dates:
        late = dates["deadline"] < (dossier.get("date_demande") or dossier.on)
        return answers.decided(
            "granted",
            "date_passee" if late else "date",
            holds("avance", ima(article)),
            amounts=amounts,
            dates=dates,
            conditions=conditions,
            contacts=contacts(answers),
            asked=asked,
        )
    return answers.decided(
        "partial" if case == "partiel" else "granted",
        case,
        holds("avance", ima(article)),
        amounts=amounts,
        conditions=conditions,
        contacts=contacts(answers),
        asked=asked,
    )


@rule(
    "etranger_caution",
    title="L'assistance paie-t-elle une caution si je suis menacé de prison à l'étranger ?",
    references=(ima("3-4-3"), ima("1-5"), ima("5"), *WHERE),
    facts=(*PLACE, *CAUSES, *STAY, "prix", "date_versement"),
)
@ima_only(accident=True)
def etranger_caution(answers: Answers) -> Decision | NotApplicable:
    """Return the bail advanced (€) and until when to pay it back.

    Sources: notice IMA, articles 3-4-3 (10 000 €, one month after payment) and 1-5 (not for a deliberate offence).

    Raises:
        FactNeeded: for the contract.
    """
    conditions = ("pas_volontaire",)
    return _advance(answers, "3-4-3", "ima_caution_plafond", "ima_caution_remboursement", "date_versement", conditions)


@rule(
    "etranger_frais_justice",
    title="L'assistance avance-t-elle les frais d'avocat à l'étranger ?",
    references=(ima("3-4-2"), ima("5"), ima("1-5"), *WHERE),
    facts=(*PLACE, *CAUSES, *STAY, "prix", "date_retour"),
)
@ima_only(accident=True)
def etranger_frais_justice(answers: Answers) -> Decision | NotApplicable:
    """Return the lawyer's fees advanced (€) and until when to pay them back.

    Sources: notice IMA, article 3-4-2 (3 000 €, one month from the return home).

    Raises:
        FactNeeded: for the contract.
    """
    return _advance(answers, "3-4-2", "ima_justice_plafond", "ima_avance_remboursement", "date_retour", ())


@rule(
    "etranger_avance_fonds",
    title="L'assistance peut-elle m'avancer de l'argent à l'étranger ?",
    references=(ima("3-4-1"), *WHERE),
    facts=(*PLACE, *STAY, "date_retour"),
)
@ima_only()
def etranger_avance_fonds(answers: Answers) -> Decision | NotApplicable:
    """Return whether money is advanced, and until when to pay it back.

    Sources: notice IMA, article 3-4-1 (against a written acknowledgement, one month after the return home).

    Raises:
        FactNeeded: for the contract.
    """
    conditions = ("reconnaissance_dette", "difficulte_grave")
    return _advance(answers, "3-4-1", None, "ima_avance_remboursement", "date_retour", conditions)


@rule(
    "etranger_vol_papiers",
    title="On m'a volé mes papiers ou ma carte bancaire à l'étranger, que fait l'assistance ?",
    references=(ima("3-3-2"), ima("3-4-1"), *WHERE),
    facts=(*PLACE, *STAY),
)
@ima_only()
def etranger_vol_papiers(answers: Answers) -> Decision | NotApplicable:
    """Return the advice and the advance of money given after papers are stolen, lost or destroyed.

    Sources: notice IMA, articles 3-3-2 and 3-4-1.

    Raises:
        FactNeeded: for the contract.
    """
    return answers.decided(
        "granted",
        "oui",
        holds("vol_papiers", ima("3-3-2")),
        conditions=("reconnaissance_dette",),
        contacts=contacts(answers),
    )


@rule(
    "etranger_medicaments",
    title="L'assistance peut-elle m'envoyer un médicament introuvable à l'étranger ?",
    references=(ima("3-3-5"), *WHERE),
    facts=(*PLACE, *STAY),
)
@ima_only()
def etranger_medicaments(answers: Answers) -> Decision | NotApplicable:
    """Return whether medicines are searched for, then sent.

    Sources: notice IMA, article 3-3-5.

    Raises:
        FactNeeded: for the contract.
    """
    conditions = ("prescrits", "delai_compatible")
    return answers.decided(
        "granted", "oui", holds("medicaments", ima("3-3-5")), conditions=conditions, contacts=contacts(answers)
    )


@rule(
    "etranger_evenement_climatique",
    title="Que fait l'assistance si un cyclone, un séisme ou une inondation bloque mon voyage ?",
    references=(ima("3-3-6"), *WHERE),
    facts=(*PLACE, *STAY, "nuits_hebergement", "prix_nuit_hotel"),
)
@ima_only()
def etranger_evenement_climatique(answers: Answers) -> Decision | NotApplicable:
    """Return the nights (count, € a night, € in all) and the way back after a major climatic event.

    Sources: notice IMA, article 3-3-6 (with its agreement, and when nobody else pays).

    Raises:
        FactNeeded: for the contract.
    """
    dossier = answers.dossier
    return answers.decided(
        "granted",
        nights_case(dossier, ABROAD, "oui"),
        holds("climat", ima("3-3-6")),
        amounts=lodging(dossier, ABROAD),
        asked=dossier.get("nuits_hebergement"),
        conditions=("accord_ima", "aucun_autre_payeur"),
        contacts=contacts(answers),
    )


@rule(
    "etranger_bagages_animaux",
    title="Mes bagages ou mon animal sont-ils ramenés avec moi ?",
    references=(ima("3-3-3"), IMA_PREAMBLE, *WHERE),
    facts=(*PLACE, *STAY, "bagage_etranger", "poids_bagages"),
)
@ima_only()
def etranger_bagages_animaux(answers: Answers) -> Decision | NotApplicable:
    """Return whether hand luggage (30 kg) and pets come back with a member under medical transport.

    Sources: notice IMA, article 3-3-3, and the definitions of its preamble.

    Raises:
        FactNeeded: for the contract.
    """
    dossier = answers.dossier
    reasons = (holds("bagages", ima("3-3-3")), holds("definition_bagages", IMA_PREAMBLE))
    limit = amount("weight", "ima_bagages", "kg", dossier)
    item, weight = dossier.get("bagage_etranger"), dossier.get("poids_bagages")
    case = item or "oui"
    if weight is not None and limit.value is not None and item in (None, "bagages", "velo"):
        case = "trop_lourd" if weight > limit.value else "assez_leger"
    if case == "objets":
        return answers.refused(case, IMA_PREAMBLE, amounts=(limit,), contacts=contacts(answers))
    conditions = ("transport_sanitaire",) if case in ("animal", "velo") else ("transport_sanitaire", "objets_exclus")
    return answers.decided(
        "partial" if case == "trop_lourd" else "granted",
        case,
        *reasons,
        amounts=(limit,),
        conditions=conditions,
        contacts=contacts(answers),
        weight=weight,
    )
