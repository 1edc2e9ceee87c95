"""Reimbursement of care: règlement MGEN Santé Prévoyance articles 28 to 37, annexes 1 and 3; guide FPE."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from rules_engine.catalogue import Family, catalogue
from rules_engine.coverage import WITHOUT_TABLE, offer_and_formule
from rules_engine.decision import Amount, Decision, NotApplicable, Reason
from rules_engine.dossier import Dossier
from rules_engine.errors import InvalidFactError
from rules_engine.money import ZERO, to_cents
from rules_engine.parameters import parameter
from rules_engine.payment import Expense, pay
from rules_engine.references import GUIDE_FPE, Reference, article_msp
from rules_engine.registry import rule
from rules_engine.rules.remboursement_etranger import INTERNATIONAL, care_abroad
from rules_engine.rules.remboursement_montants import Context, amounts_of, details_of, outcome_of
from rules_engine.selection import select_line
from rules_engine.tables import PERCENT_KINDS, Cell, benefit_tables

NAME = "remboursement"
BASE_RATE = Decimal(100)
BONUS_ARTICLES = ("32",)
FPE_TABLE = Reference(GUIDE_FPE, "Guide pratique adhérent – Mes garanties santé")
ANNEXES = {
    "MSP": Reference("statuts-reglements-mgen", "Annexe 1 – Tableaux des prestations"),
    "OJI": Reference("statuts-reglements-mgen", "Annexe 3 – Offre ÔJI"),
}


@rule(
    NAME,
    title="Combien serai-je remboursé ?",
    references=(
        *ANNEXES.values(),
        FPE_TABLE,
        INTERNATIONAL,
        *(article_msp(str(number)) for number in (16, 28, 29, 30, 31, 32, 33, 34, 37)),
    ),
    facts=tuple(
        (
            "prestation contrat formule optam remboursable_secu parcours_soins hospitalisation panier_100_sante "
            "taux_medicament phase_orthodontie couronne_position couronne_materiau element_bridge matiere_appareil "
            "nb_dents_appareil type_reparation type_prothese_capillaire poste_cure type_sejour "
            "etablissement_conventionne reseau_kalixia foyer correction age handicap cecite moins_de_16_ans "
            "moins_de_20_ans quantite prix base_remboursement part_secu participation_forfaitaire deja_utilise "
            "deja_actes deja_beneficie acupuncteur_diplome praticien_diplome zone_sejour"
        ).split()
    ),
)
def remboursement(dossier: Dossier) -> Decision | NotApplicable:
    """Return what is paid for a benefit: rate (% of the BRSS) or amount (€), limits, and euros where computable.

    Sources: annexes 1 and 3 (tables), articles 16 and 28 to 37, guide FPE "Mes garanties santé".

    Raises:
        FactNeeded: for a fact that the answer may depend on.
        InvalidFactError: for a benefit that is not in the catalogue.
    """
    family = catalogue().families.get(dossier.read("prestation"))
    if family is None:
        raise InvalidFactError("prestation", "cette prestation n'est pas au catalogue.")
    if family.excluded:
        return _excluded(dossier, family)
    abroad = care_abroad(dossier, family, NAME)
    if abroad is not None:
        return abroad
    offer, formule = offer_and_formule(dossier)
    if offer in WITHOUT_TABLE:
        return _not_documented(dossier, offer, family)
    if offer == "FPE" and not _printed(family, offer):
        return _not_documented(dossier, offer, family)
    if family.parts:
        return _composite(dossier, family, offer, formule)
    line = select_line(dossier, family, offer)
    if line is None:
        return _absent_line(dossier, family, offer, formule)
    cell = benefit_tables().cell(offer, formule, line, dossier.on)
    return _decision(dossier, family, cell)


def _printed(family: Family, offer: str) -> bool:
    tables = benefit_tables()
    return any(tables.has_line(offer, line.id) for line in family.lines)


def _not_documented(dossier: Dossier, offer: str, family: Family) -> NotApplicable:
    references = (FPE_TABLE,) if offer == "FPE" else ()
    code = "fpe_table_not_in_documents" if offer == "FPE" else "solutions_table_not_in_documents"
    return NotApplicable(NAME, code, references, dict(dossier.used), {"family": family.id, "label": family.label})


def _absent_line(dossier: Dossier, family: Family, offer: str, formule: str) -> Decision:
    if offer == "MSP" and family.articles == BONUS_ARTICLES and _child_age(dossier):
        return _for_children(dossier, family, formule)
    reasons = (Reason("line_absent", False, ANNEXES[offer]), *_article_reasons(family))
    details = {"family": family.id, "kind": "absent", "offer": offer, "formule": formule, "line": ""}
    return _decided(dossier, "denied", (), reasons, (), details)


def _child_age(dossier: Dossier) -> bool:
    """Whether the age, where it was told, is one of the children to whom article 32 gives its forfait."""
    age = dossier.get("age")
    low, high = (parameter(f"bonus_prevention_age_{end}", dossier.on).value for end in ("min", "max"))
    assert isinstance(low, Decimal) and isinstance(high, Decimal)
    return age is None or low <= age <= high


def _for_children(dossier: Dossier, family: Family, formule: str) -> Decision:
    """Return that annexe 1 has no line, though article 32 gives its forfait to the grown children of the contract."""
    reasons = (*_article_reasons(family), Reason("line_absent", False, ANNEXES["MSP"]))
    details = {"family": family.id, "kind": "bonus_children", "offer": "MSP", "formule": formule, "line": ""}
    return _decided(dossier, "depends", (), reasons, (), details)


def _decision(dossier: Dossier, family: Family, cell: Cell) -> Decision:
    unmet = [fact for fact in _conditions(dossier, family) if dossier.get(fact) is False]
    if unmet and cell.kind != "none":
        return _ineligible(dossier, family, cell, unmet[0])
    if family.requires and cell.kind != "none":
        refusal = _accompagnant_refusal(dossier, family, cell)
        if refusal is not None:
            return refusal
    rate_limit = _rate_limit(dossier, family, cell)
    expense = _expense(dossier, family, cell)
    fee = _flat_fee(dossier, family, expense)
    context = Context(family, cell, expense, pay(cell, expense, rate_limit), rate_limit, fee)
    amounts = amounts_of(context)
    outcome = outcome_of(context)
    reasons = (_cell_reason(cell), *_context_reasons(context), *_article_reasons(family))
    details = details_of(context)
    return _decided(dossier, outcome, amounts, reasons, (cell.doubt,) if cell.doubt else (), details)


def _conditions(dossier: Dossier, family: Family) -> Mapping[str, str]:
    """Return the conditions of a benefit, fact → article; some only of what the Sécurité sociale pays (article 31)."""
    if dossier.get("remboursable_secu") is False:
        return family.eligibility
    return {**family.eligibility, **family.eligibility_if_reimbursed}


def _ineligible(dossier: Dossier, family: Family, cell: Cell, fact: str) -> Decision:
    """Return the refusal when a condition of the article is not met (who may practise, say)."""
    reasons = (Reason(f"not_{fact}", False, article_msp(_conditions(dossier, family)[fact])), _cell_reason(cell))
    return _decided(dossier, "denied", (), reasons, (), {**_place(family, cell), "kind": "ineligible", "fact": fact})


def _decided(
    dossier: Dossier,
    outcome: str,
    amounts: tuple[Amount, ...],
    reasons: tuple[Reason, ...],
    warnings: tuple[str, ...],
    details: Mapping[str, Any],
) -> Decision:
    return Decision(
        NAME,
        outcome,
        amounts,
        reasons=reasons,
        warnings=warnings,
        facts=dict(dossier.used),
        presumed=dict(dossier.presumed),
        details=details,
    )


def _rate_limit(dossier: Dossier, family: Family, cell: Cell) -> Decimal | None:
    """Return 100 % outside the parcours de soins, where dépassements are not covered (note of annexes 1 and 3)."""
    if not family.above_base or cell.kind != "percent_brss" or dossier.presume("parcours_soins", True):
        return None
    return BASE_RATE


def _expense(dossier: Dossier, family: Family, cell: Cell) -> Expense:
    base = dossier.get("base_remboursement")
    price = dossier.get("prix")
    if price is not None and base is None and cell.kind == "percent_brss":
        base = _known_base(dossier, family)
    return Expense(
        price=price,
        base=base,
        secu=dossier.get("part_secu") if cell.kind == "ss_plus_amount" else None,
        count=dossier.get("quantite"),
        used=_used(dossier, cell),
        done=_done(dossier, cell),
    )


def _used(dossier: Dossier, cell: Cell) -> Decimal | None:
    """Return what of a yearly amount (€) was paid already: as told, else the acts told before at the same price.

    Raises:
        FactNeeded: when acts before are told without any price: they may have used the amount up.
    """
    if not (cell.envelope or cell.yearly):
        return None
    told: Decimal | None = dossier.get("deja_utilise")
    before, price = dossier.get("deja_actes"), dossier.get("prix")
    if told is not None or not before or cell.max_count is not None:
        return told
    if price is None:
        asked: Decimal = dossier.read("deja_utilise")
        return asked
    each = price if cell.session_cap is None else min(price, cell.session_cap)
    presumed: Decimal = dossier.presume("deja_utilise", before * each)
    return presumed


def _done(dossier: Dossier, cell: Cell) -> int | None:
    """Return how many units were paid already: those counted, or the one that a pregnancy allows."""
    if cell.max_count is None:
        return None
    counted: int | None = dossier.get("deja_actes")
    if counted is None and cell.count_period == "pregnancy" and dossier.get("deja_beneficie"):
        return cell.max_count
    return counted


def _known_base(dossier: Dossier, family: Family) -> Decimal | None:
    """Return the BRSS (€) of an act where it is well known, a dated parameter.

    None elsewhere: few members know it, so the rate is told at once and the answer says what it takes to compute more.
    """
    if not family.base_parameter:
        return None
    value = parameter(family.base_parameter, dossier.on).value
    assert isinstance(value, Decimal)
    return value


def _flat_fee(dossier: Dossier, family: Family, expense: Expense) -> Decimal | None:
    """Return the participation forfaitaire (€) that article 28 leaves to the member, where a payment is computed."""
    if not family.flat_fee or expense.price is None or expense.base is None:
        return None
    said: Decimal | None = dossier.get("participation_forfaitaire")
    if said is not None:
        return said
    age = dossier.get("age")
    adult = parameter("participation_forfaitaire_age", dossier.on).value
    if age is not None and isinstance(adult, Decimal) and age < adult:
        return None
    value = parameter("participation_forfaitaire_consultation", dossier.on).value
    assert isinstance(value, Decimal)
    return value


def _accompagnant_refusal(dossier: Dossier, family: Family, cell: Cell) -> Decision | None:
    """Return the refusal when the patient gives no right to an accompanying person (annexe 1, Hospitalisation)."""
    if dossier.get("handicap"):
        return None
    age = dossier.read("age")
    low = parameter("accompagnant_age_bas", dossier.on)
    high = parameter("accompagnant_age_haut", dossier.on)
    assert isinstance(low.value, Decimal) and isinstance(high.value, Decimal)
    if age < low.value or age > high.value:
        return None
    dossier.presume("handicap", False)
    figures = {"below": low.value, "above": high.value, "age": age}
    refusals = (Reason("accompagnant_age", False, cell.reference, figures), *_article_reasons(family))
    details = {**_place(family, cell), "kind": "age_refused"}
    return _decided(dossier, "denied", (), refusals, (), details)


def _place(family: Family, cell: Cell) -> dict[str, Any]:
    return {"family": family.id, "offer": cell.offer, "formule": cell.formule, "line": cell.line}


def _excluded(dossier: Dossier, family: Family) -> Decision:
    """Return the refusal of what no formule pays for (articles 28, 30 and 35)."""
    references = [article_msp(number) for number in family.articles]
    reasons = tuple(Reason(family.excluded, False, reference) for reference in references)
    details = {
        "family": family.id,
        "kind": "excluded",
        "offer": "",
        "formule": "",
        "line": "",
        "why": family.excluded,
    }
    return _decided(dossier, "denied", (), reasons, (), details)


def _cell_reason(cell: Cell) -> Reason:
    return Reason("table_cell", cell.kind not in ("none", "ss_only"), cell.reference, {"value": cell.value})


def _context_reasons(context: Context) -> tuple[Reason, ...]:
    reasons = []
    if context.rate_limit is not None:
        reasons.append(Reason("outside_pathway", False, context.cell.reference, {"rate": context.rate_limit}))
        reasons.append(Reason("outside_pathway_surcharge", False, article_msp("28")))
    if context.fee is not None:
        reasons.append(Reason("flat_fee_not_covered", False, article_msp("28"), {"fee": context.fee}))
    return tuple(reasons)


def _article_reasons(family: Family) -> tuple[Reason, ...]:
    return tuple(Reason("conditions_article", True, article_msp(number)) for number in family.articles)


def _composite(dossier: Dossier, family: Family, offer: str, formule: str) -> Decision:
    """Return what is paid for a benefit made of several lines: each line, and the whole."""
    families = catalogue().families
    amounts: list[Amount] = []
    references: list[Reference] = []
    lines: list[str] = []
    total: Decimal | None = ZERO
    for part in family.parts:
        line = select_line(dossier, families[part.family], offer)
        if line is None:
            return _absent_line(dossier, family, offer, formule)
        cell = benefit_tables().cell(offer, formule, line, dossier.on)
        lines.append(line)
        references.append(cell.reference)
        value = cell.value if cell.kind == "amount" else None
        total = None if value is None or total is None else total + value * part.count
        rate = cell.value if cell.kind in PERCENT_KINDS else None
        amounts.append(
            Amount(f"part_{part.family}", value if rate is None else rate, "EUR" if rate is None else "percent")
        )
    price = dossier.get("prix")
    if total is not None:
        paid = total if price is None else min(total, price)
        amounts.insert(0, Amount("total", to_cents(paid), "EUR"))
        if price is not None:
            amounts.insert(1, Amount("remaining", to_cents(price - paid), "EUR"))
    reasons = tuple(Reason("table_cell", True, reference) for reference in dict.fromkeys(references))
    full = all(amount.value is None for amount in amounts)
    kind = "composite_full" if full else "composite" if total is not None else "composite_rate"
    details = {
        "family": family.id,
        "kind": kind,
        "offer": offer,
        "formule": formule,
        "line": "+".join(lines),
        "price": price,
        "substance": tuple((amount.name, amount.value) for amount in amounts),
    }
    return _decided(dossier, "granted", tuple(amounts), reasons, (), details)
