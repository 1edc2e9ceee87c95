"""How much the death and PTIA capital is: règlement MGEN Santé Prévoyance, articles 47-4-1 to 47-4-4, annexe 2."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from rules_engine.contributions import Price, tariff_known
from rules_engine.decision import Amount, Decision
from rules_engine.dossier import Dossier
from rules_engine.money import percent_of, to_cents
from rules_engine.references import STATUTS, Reference, article_msp
from rules_engine.rules.prevoyance_commun import ADVISER, HEALTH, Draft, euros_amount, figure, whole

ART_47_4_1, ART_47_4_4 = article_msp("47-4-1"), article_msp("47-4-4")
ARTICLE = {
    "actif": ART_47_4_1,
    "actif_renforcee": ART_47_4_1,
    "retraite": article_msp("47-4-2"),
    "affinite": article_msp("47-4-3"),
}
ANNEXE_2 = Reference(STATUTS, "Annexe 2 – Actif")
# The index is in article 47-4-1, its value in euros is public.
INDEX_SOURCE = Reference("public", "Décret n° 2023-519 du 28 juin 2023 (traitement annuel à l'indice majoré 100)")
AMOUNT_REFERENCES = (*dict.fromkeys(ARTICLE.values()), ART_47_4_4, ANNEXE_2, INDEX_SOURCE)
FIXED = {"retraite": "capital_deces_retraite", "affinite": "capital_deces_associe_conjoint"}
RATE = {"actif": "capital_deces_actif_taux", "actif_renforcee": "capital_deces_actif_renforcee_taux"}
PER_CHILD = {
    "actif": "majoration_enfant_actif_retraite",
    "actif_renforcee": "majoration_enfant_renforcee",
    "retraite": "majoration_enfant_actif_retraite",
    "affinite": "majoration_enfant_associe_conjoint",
}
CHILD_AGES = tuple(f"enfant_charge_age_{rank}" for rank in range(1, 6))
CHILD_FACTS = ("nb_enfants_a_charge", *CHILD_AGES, "enfant_aah_ou_carte")
BASES = ("assiette_cotisation", "base_brute_fiscale")
BASE_FACTS = (*BASES, "prevoyance_seule", "annee_naissance", "age", "date_deces_adherent")
HUNDRED = Decimal(100)
LEAST_AGE = 16  # younger is a child named beside the member


@dataclass(frozen=True)
class Capital:
    """The capital as far as the facts tell: outcome, case, and amounts with the capital first where it is exact."""

    outcome: str
    case: str
    amounts: Sequence[Amount]

    @property
    def exact(self) -> Decimal | None:
        """The capital in euros, when it is a single figure."""
        first = self.amounts[0]
        return first.value if first.name == "capital" and self.outcome == "granted" else None


def due_amounts(draft: Draft, formule: str) -> Decision:
    """Return the decision with the capital and, for known children, their sum and the total."""
    capital = _capital(draft, formule)
    contacts = ADVISER if capital.outcome == "depends" else ()
    count = children(draft.dossier)
    if too_old(draft.dossier):
        draft.conditions.append("enfant_trop_age")
    if count is None:
        draft.conditions.append("majoration_enfants")
    else:
        draft.details["enfants"] = count
    if not count:
        return draft.close(capital.outcome, capital.case, capital.amounts, contacts)
    each = figure(PER_CHILD[formule], draft.dossier)
    draft.because("majoration_enfant", True, ART_47_4_4, each=each)
    extra = to_cents(each * count)
    amounts = [*capital.amounts, euros_amount("par_enfant", each, "child"), euros_amount("enfants", extra)]
    if capital.exact is not None:
        amounts.insert(0, euros_amount("total", capital.exact + extra))
    return draft.close(capital.outcome, f"{capital.case}_enfants", amounts, contacts)


def _capital(draft: Draft, formule: str) -> Capital:
    if formule in FIXED:
        value = figure(FIXED[formule], draft.dossier)
        draft.because(f"capital_{formule}", True, ARTICLE[formule], capital=value)
        draft.details["qualite"] = formule
        return Capital("granted", "forfait", (euros_amount("capital", value),))
    return _share_of_base(draft, formule)


def _share_of_base(draft: Draft, formule: str) -> Capital:
    """Return the capital of an actif: a share of the base, at least that of index 318, within the capped base."""
    dossier = draft.dossier
    share = figure(RATE[formule], dossier)
    rate = Amount("rate", share, "percent")
    least = _least_base(dossier)
    draft.because("part_assiette", True, ART_47_4_1, rate=share)
    draft.because("minimum_indice", True, ART_47_4_1, index=whole("capital_deces_indice", dossier))
    draft.details["formule"] = formule
    base = next((value for value in map(dossier.get, BASES) if value is not None), None)
    if base is None:
        if formule == "actif":
            draft.conditions.append("assiette_plafonnee")
        draft.because("minimum_source_publique", True, INDEX_SOURCE, least=least)
        return Capital("granted", "part", (rate, euros_amount("capital_minimum", percent_of(share, least))))
    draft.details["assiette"] = base
    if base < least:
        draft.because("assiette_sous_minimum", True, ART_47_4_1, least=least)
        draft.because("minimum_source_publique", True, INDEX_SOURCE, least=least)
        return Capital("depends", "minimum", (euros_amount("capital_minimum", percent_of(share, least)), rate))
    if formule == "actif":
        return _within_ceiling(draft, base, share)
    return Capital("granted", "calcul", (euros_amount("capital", percent_of(share, base)), rate))


def _least_base(dossier: Dossier) -> Decimal:
    """Return the yearly base (€) of index 318, full time."""
    return to_cents(figure("capital_deces_indice", dossier) * figure("traitement_indice_100", dossier) / HUNDRED)


def _within_ceiling(draft: Draft, base: Decimal, share: Decimal) -> Capital:
    """Return the capital of Prévoyance Actif, whose base stops at the one of the capped contribution (annexe 2)."""
    rate = Amount("rate", share, "percent")
    ceilings = sorted(to_cents(price.cap * HUNDRED / price.rate) for price in _prices(draft))
    if not ceilings:
        draft.conditions.append("assiette_plafonnee")
    if not ceilings or base <= ceilings[0]:
        return Capital("granted", "calcul", (euros_amount("capital", percent_of(share, base)), rate))
    draft.because("assiette_plafonnee", True, ART_47_4_1, ANNEXE_2, ceiling=ceilings[0])
    highest = min(base, ceilings[-1])
    low, high = percent_of(share, ceilings[0]), percent_of(share, highest)
    if low == high:
        return Capital("granted", "plafond", (euros_amount("capital", low), rate))
    amounts = (euros_amount("capital_bas", low), euros_amount("capital_haut", high), rate)
    return Capital("depends", "fourchette", amounts)


def _prices(draft: Draft) -> list[Price]:
    """Return the contributions that the member may pay: one when formule and age are known."""
    dossier = draft.dossier
    died = dossier.get("date_deces_adherent")
    tariff = tariff_known((died or dossier.on).year)
    if tariff is None:
        return []
    draft.details["annee_tarif"] = tariff.year
    formule, by_itself = dossier.get("formule"), dossier.get("prevoyance_seule")
    names: tuple[str, ...] = HEALTH if by_itself is False else (*HEALTH, "")
    if by_itself or formule in HEALTH:
        names = ("",) if by_itself else (formule,)
    ages = _ages_of_year(dossier, (died or dossier.on).year) or tariff.ages("actif")
    found = (tariff.price("actif", name, "actif", age) for name in names for age in ages)
    return [price for price in found if price is not None and price.rate]


def _ages_of_year(dossier: Dossier, year: int) -> tuple[int, ...]:
    """Return the possible ages by difference of years (article 58): by birthday it may be a year less."""
    born, age = dossier.get("annee_naissance"), dossier.get("age")
    if born is not None:
        return (max(0, year - born),)
    return () if age is None or age < LEAST_AGE else (age, age + 1)


def children(dossier: Dossier) -> int | None:
    """Return how many children are à charge (article 47-3-2): those of 20 or more only with AAH or a card."""
    said, ages = dossier.get("nb_enfants_a_charge"), _child_ages(dossier)
    if said is None and not ages:
        return None
    return max(0, (len(ages) if said is None else int(said)) - too_old(dossier))


def _child_ages(dossier: Dossier) -> list[int]:
    return [age for name in CHILD_AGES if (age := dossier.get(name)) is not None]


def too_old(dossier: Dossier) -> int:
    """Return how many children of known age are 20 or more without AAH or a card."""
    if dossier.get("enfant_aah_ou_carte") or dossier.get("nb_enfants_a_charge") == "0":
        return 0
    limit = whole("majoration_enfant_age", dossier)
    return sum(age >= limit for age in _child_ages(dossier))
