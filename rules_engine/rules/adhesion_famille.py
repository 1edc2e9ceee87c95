"""The family on the contract: whom it covers, until when a child stays, how a dependant leaves it.

Règlement MGEN Santé Prévoyance articles 3-3, 4, 22-II and 24; statuts article 10; guides FPE and Solutions.
"""

from __future__ import annotations

from datetime import date

from rules_engine.dates import (
    YEARS_OF_A_CENTURY,
    add_months_clamped,
    add_years_clamped,
    end_of_year,
    year_of_last_two_digits,
)
from rules_engine.decision import Amount, Decision, NotApplicable, Reason, fails, holds
from rules_engine.dossier import Dossier
from rules_engine.registry import rule
from rules_engine.rules.adhesion_commun import (
    FPE_CONTRACT,
    PHONE,
    SOLUTIONS_CONTRACT,
    Answer,
    Draft,
    article_msp,
    article_statuts,
    figure,
    individual,
    individual_only,
    period,
    presume_individual,
    received_on,
)
from rules_engine.rules.droits_generaux_collectif import ayant_droit_enfant_collectif

MSP_RELATIVES = ("conjoint", "enfant", "enfant_conjoint")


@rule(
    "qui_couvrir",
    title="Quel proche puis-je couvrir sur mon contrat ?",
    references=(article_msp("22"), article_statuts("10"), FPE_CONTRACT, SOLUTIONS_CONTRACT),
    facts=("lien_famille", "contrat", "formule", "qualite", "conjoint_peut_adherer", "regime_francais", "dechu_mgen"),
)
def qui_couvrir(dossier: Dossier) -> Decision:
    """Return whether a relative may be covered (MSP article 22-II, statuts article 10, both guides).

    Raises:
        FactNeeded: for who the relative is, and for the contract where it decides.
    """
    if dossier.get("dechu_mgen"):
        return Draft("denied", "dechu", (fails("dechu", article_msp("7")),)).decision("qui_couvrir", dossier)
    relative = dossier.read("lien_famille")
    if relative == "autre":
        return Draft("denied", "proche_exclu", (fails("proche_exclu", article_statuts("10")),)).decision(
            "qui_couvrir", dossier
        )
    contract = read_contract(dossier)
    if contract == "FPE":
        draft = _relative_fpe(relative)
    elif contract == "SOLUTIONS":
        draft = _relative_solutions(relative)
    elif dossier.get("qualite") == "jeune" or (contract == "OJI" and dossier.presume("qualite", "jeune") == "jeune"):
        draft = Draft("denied", "membre_jeune", (fails("membre_jeune", article_msp("22")),))
    else:
        draft = _relative_msp(dossier, relative)
    return draft.decision("qui_couvrir", dossier)


def read_contract(dossier: Dossier) -> str:
    """Return the contract; what only the individual offers have stands for MGEN Santé Prévoyance.

    Raises:
        FactNeeded: when neither contract, formule nor category tells it.
    """
    known: str | None = dossier.get("contrat")
    if known:
        return known
    if dossier.get("qualite") == "jeune" or dossier.get("formule") == "Essentielle":
        return "OJI"
    if individual(dossier):
        return "MSP"
    asked: str = dossier.read("contrat")
    return asked


def _relative_fpe(relative: str) -> Draft:
    if relative == "ascendant":
        return Draft("denied", "proche_exclu", (fails("proche_exclu_fpe", FPE_CONTRACT),))
    case = "conjoint_fpe" if relative == "conjoint" else "enfant_fpe"
    return Draft("granted", case, (holds(case, FPE_CONTRACT),), conditions=("charge_fiscale",))


def _relative_solutions(relative: str) -> Draft:
    if relative == "petit_enfant":
        return Draft("denied", "proche_exclu", (fails("proche_exclu_solutions", SOLUTIONS_CONTRACT),))
    case = relative if relative in ("conjoint", "ascendant") else "enfant"
    conditions = () if case == "conjoint" else ("charge_secu",)
    return Draft(
        "granted",
        f"{case}_solutions",
        (holds(f"{case}_solutions", SOLUTIONS_CONTRACT),),
        conditions=conditions,
    )


def _relative_msp(dossier: Dossier, relative: str) -> Draft:
    article = article_msp("22")
    if relative not in MSP_RELATIVES:
        return Draft(
            "denied",
            "proche_exclu",
            (fails("proche_exclu", article_statuts("10")), fails("liste_msp", article)),
        )
    if dossier.get("regime_francais") is False:
        return Draft("denied", "hors_regime_francais", (fails("regime_francais", article),))
    conditions: tuple[str, ...] = () if dossier.get("regime_francais") else ("regime_francais",)
    if relative != "conjoint":
        reasons = (holds("enfant_msp", article), holds("meme_formule", article_msp("24")))
        return Draft("granted", "enfant_msp", reasons, conditions=conditions)
    could_join = dossier.get("conjoint_peut_adherer")
    if could_join:
        return Draft("denied", "conjoint_peut_adherer", (fails("conjoint_peut_adherer", article),), contacts=PHONE)
    if could_join is None:
        conditions = ("conjoint_sans_adhesion_propre", *conditions)
    reasons = (holds("conjoint_msp", article), holds("meme_formule", article_msp("24")))
    return Draft("granted", "conjoint_msp", reasons, conditions=conditions)


@rule(
    "enfant_ayant_droit",
    title="Jusqu'à quand mon enfant reste-t-il couvert sur mon contrat ?",
    references=(article_msp("22"), article_msp("24"), article_statuts("10"), FPE_CONTRACT, SOLUTIONS_CONTRACT),
    facts=(
        "contrat",
        "formule",
        "qualite",
        "date_naissance_enfant",
        "date_anniversaire_enfant",
        "enfant_annee_naissance",
        "millesime_enfant",
        "age",
        "handicap",
        "handicap_mdph",
        "reconnaissance_handicap_enfant",
        "regime_francais",
        "situation_enfant",
        "lien_famille",
        "enfant_a_charge",
        "evenement_formule",
        "invalidite_declaree_a_temps",
    ),
)
def enfant_ayant_droit(dossier: Dossier) -> Decision | NotApplicable:
    """Return until when a child is covered: 31 December of the year of the 29th birthday, or beyond.

    Sources: MSP articles 22-II-2 and 24 (MDPH, ÔJI from 18); guides FPE and Solutions.

    Raises:
        FactNeeded: for the contract, the year of birth or age, the disability, the child's situation.
    """
    contract = read_contract(dossier)
    if contract in ("FPE", "SOLUTIONS"):
        return ayant_droit_enfant_collectif(dossier)
    if dossier.get("lien_famille") == "petit_enfant":
        draft = Draft("denied", "petit_enfant", (fails("liste_msp", article_msp("22")),))
    elif _parent_is_young(dossier, contract):
        draft = Draft("denied", "membre_jeune", (fails("membre_jeune", article_msp("22")),))
    else:
        draft = _child_msp(dossier, ("adherent_non_jeune",) if contract == "OJI" else ())
    return draft.decision("enfant_ayant_droit", dossier)


def _parent_is_young(dossier: Dossier, contract: str) -> bool:
    """Return whether the member is a membre jeune: an ÔJI contract told with a minor child cannot be the child's."""
    member = dossier.get("qualite")
    if contract != "OJI" or member is not None:
        return bool(member == "jeune")
    adult, age, year = figure("majorite_age", dossier), dossier.get("age"), birth_year(dossier)
    minor = (age is not None and age < adult) or (year is not None and dossier.on.year - year < adult)
    if minor or dossier.get("evenement_formule") in ("naissance", "adoption"):
        return bool(dossier.presume("qualite", "jeune") == "jeune")
    return False


def _child_msp(dossier: Dossier, conditions: tuple[str, ...]) -> Draft:
    article = article_msp("22")
    if dossier.get("regime_francais") is False:
        return Draft("denied", "hors_regime_francais", (fails("regime_francais", article),))
    if dossier.get("enfant_a_charge") is False:
        both = (fails("a_charge_statuts", article_statuts("10")), holds("sans_condition_de_charge", article))
        return Draft("depends", "pas_a_charge", both, contacts=PHONE)
    last_age = figure("enfant_beneficiaire_age", dossier)
    amounts = (period("last_age", "enfant_beneficiaire_age", "age", dossier),)
    known = recognised(dossier)
    if known:
        return Draft("granted", "handicap", (holds("handicap_mdph", article),), amounts)
    over, end = child_cover(dossier, last_age)
    dates = {"end": end} if end else {}
    if over:
        return _too_old(dossier, amounts, dates, known)
    reasons = (holds("fin_annee_29_ans", article), holds("prestations_oji", article_msp("24")))
    if dossier.get("regime_francais") is None:
        conditions = ("regime_francais", *conditions)
    age = dossier.get("age")
    if end is None and age is not None:
        # The birthday of this year is past or to come: two years are left open.
        dates = {"end": end_of_year(dossier.on.year - age + last_age)}
        dates["sooner"] = end_of_year(dossier.on.year - age - 1 + last_age)
        return Draft("granted", "couvert_age", reasons, amounts, dates, conditions)
    return Draft("granted", "couvert_date" if end else "couvert", reasons, amounts, dates, conditions)


def _too_old(dossier: Dossier, amounts: tuple[Amount, ...], dates: dict[str, date], known: bool | None) -> Draft:
    """Decide for a child whose cover is over: only a disability that the MDPH recognised keeps it."""
    article = article_msp("22")
    if known is None and dossier.get("handicap") is not False and dossier.read("handicap_mdph"):
        return Draft("granted", "handicap", (holds("handicap_mdph", article),), amounts)
    reasons = (fails("fin_annee_29_ans", article), holds("associe_trois_mois", article))
    if not dates:
        return Draft("denied", "trop_age", reasons, amounts, contacts=PHONE)
    dates = {**dates, "deadline": add_months_clamped(dates["end"], figure("associe_delai", dossier))}
    return Draft("denied", "trop_age_date", reasons, amounts, dates, contacts=PHONE)


def recognised(dossier: Dossier) -> bool | None:
    """Return whether the MDPH (or its CDAPH) recognised the disability; None when nothing was said."""
    mdph: bool | None = dossier.get("handicap_mdph")
    proof = dossier.get("reconnaissance_handicap_enfant")
    if mdph is None and proof is not None:
        return proof in ("mdph", "cdaph_cmi", "allocation")
    if mdph is None and dossier.get("handicap"):
        mdph = dossier.read("handicap_mdph")
    return mdph


def child_cover(dossier: Dossier, last_age: int) -> tuple[bool, date | None]:
    """Return (whether the cover is over, 31 December of the year in which the child turns `last_age`).

    The date is None when only an age is known: it leaves two years open.

    Raises:
        FactNeeded: for the year of birth, when nothing tells it or when one of the two years is past.
    """
    year, age = birth_year(dossier), dossier.get("age")
    if year is None and age is not None and age != last_age:
        return age > last_age, None
    end = end_of_year((dossier.read("enfant_annee_naissance") if year is None else year) + last_age)
    return end < dossier.on, end


def birth_year(dossier: Dossier) -> int | None:
    """Return the year of birth said, from the full date or alone."""
    birth: date | None = dossier.get("date_naissance_enfant")
    if birth is not None and birth.year > dossier.on.year + 1:
        birth = add_years_clamped(birth, -YEARS_OF_A_CENTURY)  # "12/05/99"
    age: int | None = dossier.get("age")
    birthday: date | None = dossier.get("date_anniversaire_enfant")
    if birth is not None and age is not None and dossier.on.year - birth.year < age - 1:
        birth, birthday = None, birth  # "elle a eu 29 ans le 8 mars": the day of that birthday
    if birth is None and birthday is not None and age is not None and abs(birthday.year - dossier.on.year) <= 1:
        return birthday.year - age
    if birth is not None:
        return birth.year
    year: int | None = dossier.get("enfant_annee_naissance")
    digits: int | None = dossier.get("millesime_enfant")
    return year_of_last_two_digits(digits, dossier.on.year) if year is None and digits is not None else year


@rule(
    "fin_couverture_ayant_droit",
    title="Comment et quand retirer un proche de mon contrat ?",
    references=(article_msp("4"), article_msp("3-3"), article_msp("8")),
    facts=(
        "contrat",
        "formule",
        "qualite",
        "demandeur_retrait",
        "moyen_demission",
        "date_demande",
        "date_reception_demande",
    ),
)
@individual_only
def fin_couverture_ayant_droit(dossier: Dossier) -> Answer:
    """Return when a dependant's cover ends: a month after the request is received (MSP article 4)."""
    presume_individual(dossier)
    if dossier.get("demandeur_retrait") == "beneficiaire":
        reasons: tuple[Reason, ...] = (fails("seul_adherent", article_msp("4")),)
        return Draft("denied", "beneficiaire", reasons, contacts=PHONE)
    reasons = (
        holds("un_mois_apres", article_msp("4")),
        holds("seul_adherent", article_msp("4")),
        holds("formes", article_msp("3-3")),
    )
    amounts = (period("delay", "radiation_beneficiaire_effet", "months", dossier),)
    received = received_on(dossier)
    way = dossier.get("moyen_demission")
    if received is None and way is not None and way != "nouvel_assureur":
        by_phone = way == "telephone"
        return Draft("depends" if by_phone else "granted", way, reasons, amounts, contacts=PHONE if by_phone else ())
    if received is None:
        return Draft("granted", "general", reasons, amounts)
    dates = {"effect": add_months_clamped(received, figure("radiation_beneficiaire_effet", dossier))}
    return Draft("granted", "date", reasons, amounts, dates)


@rule(
    "versement_au_beneficiaire",
    title="À qui sont versés les remboursements de mon conjoint ou de mon enfant ?",
    references=(article_msp("22"),),
    facts=("contrat", "formule", "age", "lien_famille"),
)
@individual_only
def versement_au_beneficiaire(dossier: Dossier) -> Answer:
    """Return who is paid for a beneficiary: over 16 the person, unless refused in terms (MSP article 22-II).

    Raises:
        FactNeeded: for the age.
    """
    least = figure("beneficiaire_autonome_age", dossier)
    amounts = (period("least_age", "beneficiaire_autonome_age", "age", dossier),)
    if dossier.get("age") is None and dossier.get("lien_famille") == "conjoint":
        reasons = (holds("identifie_autonome", article_msp("22"), age=least),)
        adult = Draft("granted", "beneficiaire", reasons, amounts, conditions=("sauf_refus_expres",))
        return adult
    age = dossier.read("age")
    if age >= least:
        reasons = (holds("identifie_autonome", article_msp("22"), age=least),)
        draft = Draft("granted", "beneficiaire", reasons, amounts, conditions=("sauf_refus_expres",))
        return draft
    return Draft("denied", "adherent", (fails("moins_de_16_ans", article_msp("22"), age=least),), amounts)
