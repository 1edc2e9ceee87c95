"""How much the disability allowances are: règlement MGEN Santé Prévoyance, article 44-2."""

from __future__ import annotations

from decimal import Decimal

from rules_engine.dates import MONTHS_OF_A_YEAR
from rules_engine.decision import Amount, Decision, NotApplicable
from rules_engine.dossier import Dossier, FactNeeded
from rules_engine.money import ZERO, percent_of, to_cents
from rules_engine.registry import rule
from rules_engine.rules.prevoyance_commun import (
    ADVISER,
    ART_11,
    ART_22,
    ART_24,
    WHO,
    Draft,
    age_by_dates,
    euros_amount,
    figure,
    text,
    whole,
)
from rules_engine.rules.prevoyance_incapacite_montants import PAY_FACTS, mean_pay, resources_told
from rules_engine.rules.prevoyance_invalidite import (
    ART_44_1,
    ART_44_2,
    ART_44_6,
    SEVERITY_FACTS,
    birth_year,
    invalidite_ressources,
    refused_cover,
    severity,
)

LEVEL = "invalidite_niveau"
AMOUNT = "invalidite_montant"
CONVERSION = "invalidite_conversion_capital"
CAPITAL = "invalidite_capital_70"
AGE_FACTS = ("mise_en_invalidite_age", "date_invalidite", "date_naissance")


@rule(
    LEVEL,
    title="Quel est le niveau de la rente d'invalidité ?",
    references=(ART_44_2, ART_44_1, ART_11, ART_22, ART_24),
    facts=(*WHO, "retraite_invalidite", *SEVERITY_FACTS),
)
def invalidite_niveau(dossier: Dossier) -> Decision | NotApplicable:
    """Return the guaranteed share of the gross pay (percent, with its fraction when partial): article 44-2-3.

    Raises:
        FactNeeded: for the severity.
    """
    draft = Draft(LEVEL, dossier)
    denied = refused_cover(draft, amount_asked=True)
    if denied:
        return denied
    kind = severity(dossier)
    if kind == "contraire":
        return draft.open("contraire", ART_44_2)
    _level_reason(draft, kind)
    draft.details["taux_dit"] = dossier.get("invalidite_taux_reconnu")
    return draft.close("granted", kind, (Amount("rate", figure("invalidite_taux", dossier), "percent"),))


def _level_reason(draft: Draft, kind: str) -> None:
    rate, threshold = (
        figure("invalidite_taux", draft.dossier),
        figure("invalidite_seuil_totale", draft.dossier),
    )
    draft.details["part"] = text("invalidite_part_partielle", draft.dossier)
    draft.because(f"invalidite_{kind}", True, ART_44_2, rate=rate, threshold=threshold)


@rule(
    AMOUNT,
    title="Combien vais-je toucher de rente d'invalidité ?",
    references=(ART_44_2, ART_44_6, ART_44_1, ART_11, ART_22, ART_24),
    facts=(
        *WHO,
        "retraite_invalidite",
        *SEVERITY_FACTS,
        *PAY_FACTS,
        "primes_mensuelles",
        "primes_comprises",
        "indemnite_vie_chere",
        "ressources_mensuelles",
        "ressources_mensuelles_autres",
        "rente_annuelle",
        "rente_mensuelle",
        "revenu_annuel",
        "demande_deduction",
        "ressource_invalidite",
        "ressources_non_deduites",
        *AGE_FACTS,
    ),
)
def invalidite_montant(dossier: Dossier) -> Decision | NotApplicable:
    """Return the rente (€ a month and a year), or the capital that replaces a small one.

    Sources: articles 44-2-1 to 44-2-5: 70 % of the monthly mean of the gross pay (2/3 of it when partial) less
    the gross resources, between a floor and a ceiling; below 1 200 € a year, a capital by age. A rente that the
    member says already computed is only held to these bounds.

    Raises:
        FactNeeded: for the severity, the pay, the resources, and the age when the rente is converted.
    """
    named = dossier.get("ressource_invalidite")
    if dossier.get("demande_deduction") and (named or yearly_pension(dossier) is None):
        return invalidite_ressources(dossier)
    draft = Draft(AMOUNT, dossier)
    denied = refused_cover(draft, amount_asked=True)
    if denied:
        return denied
    told = yearly_pension(dossier)
    if told is not None and all(dossier.get(name) is None for name in PAY_FACTS):
        return _bounded(draft, told)
    kind = severity(dossier)
    if kind == "contraire":
        return draft.open("contraire", ART_44_2)
    base = _guaranteed_base(draft)
    resources = resources_told(dossier)
    if dossier.get("ressources_non_deduites"):
        draft.conditions.append("ressources_exclues")
    _level_reason(draft, kind)
    exact = figure("invalidite_taux", dossier) * base / 100
    if kind == "partielle":
        exact *= _fraction(text("invalidite_part_partielle", dossier))
    draft.because("calcul", True, ART_44_2, base=base, guaranteed=to_cents(exact), resources=resources)
    draft.details["degre"] = kind
    return _paid(draft, exact - resources)


def _bounded(draft: Draft, yearly: Decimal) -> Decision:
    """Decide on a rente (€ a year) that is already computed: its ceiling, or the capital that replaces it."""
    ceiling = figure("invalidite_plafond", draft.dossier)
    threshold = figure("invalidite_seuil_capital", draft.dossier)
    if yearly < threshold:
        return _converted(draft, yearly)
    over = yearly > ceiling
    kept = min(yearly, ceiling)
    draft.because("plafond", not over, ART_44_2, ceiling=ceiling)
    draft.because("conversion_seuil", False, ART_44_2, threshold=threshold)
    amounts = (euros_amount("yearly", kept, "year"), euros_amount("amount", to_cents(kept / MONTHS_OF_A_YEAR), "month"))
    return draft.close("granted", "rente_dite_plafonnee" if over else "rente_dite", amounts)


def _guaranteed_base(draft: Draft) -> Decimal:
    """Return the monthly pay that counts (€): bonuses up to 15 % of the traitement, vie chère on top."""
    dossier = draft.dossier
    pay = mean_pay(dossier, "invalidite_salaire_mois")
    bonuses = dossier.get("primes_mensuelles") or ZERO
    extra = dossier.get("indemnite_vie_chere") or ZERO
    salary = max(ZERO, pay - bonuses) if dossier.get("primes_comprises") else pay
    share = figure("invalidite_primes_limite", dossier)
    counted = min(bonuses, percent_of(share, salary))
    if bonuses:
        draft.because("primes_limitees", counted == bonuses, ART_44_2, share=share, counted=counted)
    elif dossier.get("primes_mensuelles") is None:
        draft.conditions.append("primes_limite")
    return to_cents(salary + counted + extra)


def _fraction(written: str) -> Decimal:
    """Return the value of a fraction as the document writes it ("2/3")."""
    top, bottom = written.split("/")
    return Decimal(top) / Decimal(bottom)


def _paid(draft: Draft, monthly: Decimal) -> Decision:
    dossier = draft.dossier
    yearly = to_cents(MONTHS_OF_A_YEAR * monthly)
    if yearly < ZERO:
        return draft.refused("suspendue", ART_44_6)
    if yearly == ZERO:
        return draft.open("ressources_egales", ART_44_2, ART_44_6)
    ceiling = figure("invalidite_plafond", dossier)
    if yearly < figure("invalidite_seuil_capital", dossier):
        return _converted(draft, yearly)
    if yearly > ceiling:
        draft.because("plafond", True, ART_44_2, ceiling=ceiling)
        yearly, monthly, case = ceiling, ceiling / MONTHS_OF_A_YEAR, "rente_plafonnee"
    else:
        case = "rente"
    return draft.close(
        "granted",
        case,
        (euros_amount("amount", to_cents(monthly), "month"), euros_amount("yearly", yearly, "year")),
    )


def _converted(draft: Draft, yearly: Decimal, suffix: str = "") -> Decision:
    """Return the capital paid instead of a rente below 1 200 € a year (article 44-2-5).

    Raises:
        FactNeeded: for the age on the day of the disability.
    """
    dossier = draft.dossier
    floor, threshold = figure("invalidite_plancher", dossier), figure("invalidite_seuil_capital", dossier)
    counted = max(yearly, floor)
    if counted > yearly:
        draft.because("plancher", True, ART_44_2, floor=floor)
    age = age_when_disabled(dossier)
    low, high = (
        whole("invalidite_conversion_age_bas", dossier),
        whole("invalidite_conversion_age_haut", dossier),
    )
    band = "jeune" if age < low else "milieu" if age <= high else "age"
    times = figure(f"invalidite_conversion_{band}", dossier)
    draft.because("conversion", True, ART_44_2, threshold=threshold, times=times, yearly=counted)
    draft.because("fin_par_capital", True, ART_44_6)
    if age == high:
        draft.details["autre_multiple"] = whole("invalidite_conversion_age", dossier)
        draft.details["age_limite"] = high
        draft.warnings.append("age_limite")
    amounts = (
        euros_amount("capital", to_cents(times * counted)),
        euros_amount("yearly", counted, "year"),
        Amount("multiple", times, "count"),
    )
    return draft.close("granted", f"{'capital_plancher' if counted > yearly else 'capital'}{suffix}", amounts)


def age_when_disabled(dossier: Dossier) -> int:
    """Return the whole years of age on the day of the disability.

    Raises:
        FactNeeded: when neither the age nor the two dates are known.
    """
    said: int | None = dossier.get("mise_en_invalidite_age")
    age = age_by_dates(dossier, "date_invalidite") if said is None else said
    return int(dossier.read("mise_en_invalidite_age")) if age is None else age


def yearly_pension(dossier: Dossier) -> Decimal | None:
    """Return the yearly rente (€) as said, by the year or by the month; None when unknown.

    Raises:
        FactNeeded: for the rente of a month, when a small one was said without its period.
    """
    yearly, monthly = dossier.get("rente_annuelle"), dossier.get("rente_mensuelle")
    if monthly is not None and (yearly is None or yearly <= monthly):
        return to_cents(MONTHS_OF_A_YEAR * monthly)
    if yearly is None:
        return None
    threshold = figure("invalidite_seuil_capital", dossier)
    if monthly is None and yearly < threshold <= MONTHS_OF_A_YEAR * yearly and not dossier.get("revenu_annuel"):
        raise FactNeeded("rente_mensuelle", None)
    return to_cents(yearly)


@rule(
    CONVERSION,
    title="Ma rente d'invalidité est-elle remplacée par un capital ?",
    references=(ART_44_2, ART_44_6),
    facts=("rente_annuelle", "rente_mensuelle", "revenu_annuel", *AGE_FACTS),
)
def invalidite_conversion_capital(dossier: Dossier) -> Decision | NotApplicable:
    """Return whether a rente is paid at once as a capital (€), below 1 200 € a year: article 44-2-5.

    Raises:
        FactNeeded: for the age on the day of the disability, when the rente is that small.
    """
    draft = Draft(CONVERSION, dossier)
    yearly = yearly_pension(dossier)
    threshold = figure("invalidite_seuil_capital", dossier)
    if yearly is None:
        draft.because("conversion_seuil", True, ART_44_2, threshold=threshold)
        return draft.close("depends", "seuil", (euros_amount("threshold", threshold, "year"),))
    if yearly >= threshold:
        draft.because("conversion_seuil", False, ART_44_2, threshold=threshold)
        over = yearly > figure("invalidite_plafond", dossier)
        amounts = (euros_amount("threshold", threshold, "year"),)
        return draft.close("denied", "rente_plafonnee" if over else "rente", amounts)
    return _converted(draft, yearly)


@rule(
    CAPITAL,
    title="Quel capital recevrai-je à 70 ans au titre de l'invalidité ?",
    references=(ART_44_2, ART_44_6),
    facts=("rente_annuelle", "rente_mensuelle", "revenu_annuel", *AGE_FACTS, "annee_naissance"),
)
def invalidite_capital_70(dossier: Dossier) -> Decision | NotApplicable:
    """Return the capital of the year of the 70 years: 12, 10, 8 or 6 times the rente by age: article 44-2-3.

    A rente below 1 200 € a year has been replaced by a capital at once (article 44-2-5): it is that one. One above
    the ceiling counts for the ceiling, the most that is paid.

    Ages are whole years. At 45 the bands "40 to 45" and "after 45" can both be read: the answer warns.

    Raises:
        FactNeeded: for the age on the day of the disability.
    """
    draft = Draft(CAPITAL, dossier)
    told = yearly_pension(dossier)
    if told is not None and told < figure("invalidite_seuil_capital", dossier):
        return _converted(draft, told, "_tout_de_suite")
    age = age_when_disabled(dossier)
    second, third, last = (whole(f"invalidite_capital_age_{band}", dossier) for band in (1, 2, 3))
    band = 1 if age < second else 2 if age < third else 3 if age <= last else 4
    times = figure(f"invalidite_capital_multiple_{band}", dossier)
    draft.because("multiple_selon_age", True, ART_44_2, times=times, age=age)
    born = birth_year(dossier)
    draft.details["annee_capital"] = born + whole("invalidite_age_capital", dossier) if born else None
    amounts = [Amount("multiple", times, "count")]
    if age == last:
        draft.details["autre_multiple"] = whole("invalidite_capital_multiple_4", dossier)
        draft.warnings.append("age_limite")
    if told is None:
        return draft.close("granted", "multiple", amounts, ADVISER if age == last else ())
    yearly = min(told, figure("invalidite_plafond", dossier))
    draft.because("rente_reevaluee", True, ART_44_2, yearly=yearly)
    draft.conditions.append("ressources_deduites")
    if yearly < told:
        draft.conditions.append("rente_limitee")
    amounts[:0] = [euros_amount("capital", to_cents(times * yearly)), euros_amount("yearly", yearly, "year")]
    return draft.close("granted", "capital", amounts, ADVISER if age == last else ())
