"""Numbers in a message and the role of each: age, price, base, share of the Sécu, quantity, percentage."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from bot.understanding.cues import AFTER, BEFORE, near_facts
from bot.understanding.lexicons import lexicon, word_set
from bot.understanding.text import CLAUSE_ENDS, Token

CURRENCY = word_set("numbers", "currency")
DURATION_BEFORE = word_set("numbers", "duration_before")
# "Un délai de 2 ans" is no age.
DURATIONS = word_set("numbers", "durations")
AGE_UNITS = word_set("numbers", "ages")
BABY_UNITS, BABIES = word_set("numbers", "ages_of_babies"), word_set("numbers", "babies")
PER_PERIOD = word_set("numbers", "paces")
# Words before an amount among which its role is looked for.
WINDOW = 7


@dataclass(frozen=True)
class Numbers:
    """What the numbers of a message say.

    Attributes:
        facts: money and age facts by id.
        counts: how many of each unit word (`seance` → 3), as written.
        extra_fee: a dépassement (€) on top of the base, when the member gives one.
    """

    facts: Mapping[str, int | Decimal]
    counts: Mapping[str, int]
    percents: tuple[Decimal, ...] = ()
    extra_fee: Decimal | None = None


# Role of an amount: words before it, then words after it, nearest first.
MONEY_ROLES: tuple[tuple[str, frozenset[str]], ...] = tuple(
    (role, frozenset(words.split())) for role, words in lexicon("numbers")["money_roles"].items()
)


@dataclass(frozen=True)
class Mention:
    """A number of a message.

    Attributes:
        value: the number; unit: EUR, %, ans, mois, jours, heures…, year for a year, empty when it has none.
        facts: facts whose cues stand near, with the distance in words.
        monthly, yearly: whether it is said to be for a month, for a year.
    """

    value: Decimal
    unit: str
    facts: Mapping[str, int]
    monthly: bool = False
    yearly: bool = False


UNIT_OF = {word: unit for unit, words in lexicon("numbers")["units"].items() for word in words.split()}
YEARS = range(1900, 2061)
GROSS_OR_NET = word_set("numbers", "gross_or_net")
INCOMES = word_set("numbers", "incomes")
# No smaller amount is taken for an income without its unit, in euros.
LEAST_INCOME = 300
PAID_BY = word_set("numbers", "paid_by")
BEFORE_MONTH = word_set("numbers", "before_month")
EARNED = word_set("numbers", "earned")
OF_A_YEAR = word_set("numbers", "of_a_year")
# No income of this year or a later one is told without its unit: it is the year.
RECENT = 2012
BEFORE_DAY = word_set("numbers", "before_day")
LISTING = word_set("numbers", "lists")
EACH = word_set("numbers", "each")
ORDINAL_MARKS = word_set("numbers", "ordinal_marks")
ORDINALS: Mapping[str, int] = lexicon("numbers")["ordinals"]
RANKED_ACTS = word_set("numbers", "ranked_acts")
# How many words may stand between two numbers of a list ("4 heures en mars puis 3 heures en juin").
LIST_GAP = 4
MONTHLY_KIND, YEARLY_KIND = word_set("numbers", "monthly"), word_set("numbers", "yearly")
MONTHLY = MONTHLY_KIND | word_set("numbers", "per_month")
YEARLY = YEARLY_KIND | word_set("numbers", "per_year")
# How many words after and before an amount say what it is for.
PERIOD_AFTER, PERIOD_BEFORE = 5, 4


def mentions(tokens: list[Token]) -> list[Mention]:
    """Return every number of a message with its unit and the facts that it may be."""
    found: list[Mention] = []
    for i, token in enumerate(tokens):
        if token.number:
            value = Decimal(token.text.replace(",", "."))
            following = tokens[i + 1].text if i + 1 < len(tokens) else ""
            unit = _unit(value, token.text, following) or _unit_of_list(tokens, i)
            if unit in ("", "year"):
                unit = _income(value, tokens, i, unit == "year") or unit
            before = [other.text for other in tokens[max(0, i - BEFORE) : i]]
            after = [other.text for other in tokens[i + 1 : i + 1 + AFTER + 1]]
            near = near_facts(before, after, "money" if unit == "EUR" else "integer")
            if not near and unit and found and found[-1].unit == unit and _goes_on(tokens, i):
                near = {name: distance + 1 for name, distance in found[-1].facts.items()}
            found.append(Mention(value, unit, near, *(_periods(before, after) if unit == "EUR" else ())))
    return found


def _income(value: Decimal, tokens: list[Token], i: int, like_year: bool) -> str:
    """Return EUR for an amount that only the words of an income tell ("2 200 brut", "net moyen 2400", "1950 par mois").

    What may be a year is an amount when a month pays it, or when it is too long ago to be the year of an income.
    """
    if value < LEAST_INCOME:
        return ""
    following = tuple(token.text for token in tokens[i + 1 : i + 3])
    before = {token.text for token in tokens[max(0, i - 2) : i]}
    if like_year:
        paid = MONTHLY_KIND.intersection(following[:1]) or _a_month(following)
        earned = before & EARNED and not before & OF_A_YEAR and value < RECENT
        return "EUR" if paid or earned else ""
    return "EUR" if GROSS_OR_NET.intersection(following[:1]) or before & (GROSS_OR_NET | INCOMES) else ""


def _a_month(following: tuple[str, ...]) -> bool:
    return len(following) > 1 and following[0] in BEFORE_MONTH and following[1] in PAID_BY


def _goes_on(tokens: list[Token], i: int) -> bool:
    """Whether a number goes on a list: a comma, "et" or "puis" and few words stand between it and the one before."""
    between: list[str] = []
    for token in reversed(tokens[max(0, i - LIST_GAP - 1) : i]):
        if token.number or token.text in CLAUSE_ENDS:
            return bool(token.number and LISTING.intersection(between))
        between.append(token.text)
    return False


def _periods(before: list[str], after: list[str]) -> tuple[bool, bool]:
    """Return whether an amount is said to be for a month, for a year ("2 400 € par mois", "salaire annuel de")."""
    following, leading = set(after[1:PERIOD_AFTER]) | PAID_BY.intersection(after[:1]), set(before[-PERIOD_BEFORE:])
    monthly, yearly = following & MONTHLY, following & YEARLY
    if monthly or yearly:
        return bool(monthly), bool(yearly) and not monthly
    return bool(leading & MONTHLY_KIND), bool(leading & YEARLY_KIND)


def _unit(value: Decimal, text: str, following: str) -> str:
    if following in CURRENCY or (following in GROSS_OR_NET | PAID_BY and value >= LEAST_INCOME):
        return "EUR"
    if len(text) == 4 and value == int(value) and int(value) in YEARS:
        return "year"
    return UNIT_OF.get(following, "")


def _unit_of_list(tokens: list[Token], i: int) -> str:
    """Return the unit said once for a list of numbers ("8 et 16 ans", "3, 5 et 7 ans")."""
    rest = tokens[i + 1 : i + 3]
    if i and tokens[i - 1].text in BEFORE_DAY and rest and rest[0].text == ",":
        return ""  # "en train le 24, 180 € l'aller-retour"
    if len(rest) < 2 or rest[0].text not in LISTING or not rest[1].number:
        return ""
    following = tokens[i + 3].text if i + 3 < len(tokens) else ""
    unit = _unit(Decimal(rest[1].text.replace(",", ".")), rest[1].text, following)
    return unit or _unit_of_list(tokens, i + 2)


def read_numbers(tokens: list[Token]) -> Numbers:
    """Return what the numbers of a message say."""
    facts: dict[str, int | Decimal] = {}
    counts: dict[str, int] = {}
    percents: list[Decimal] = []
    extra_fee: Decimal | None = None
    for i, token in enumerate(tokens):
        before = _acts_before(tokens, i)
        if before is not None:
            facts["deja_actes"] = before
            continue
        if not token.number:
            continue
        value = Decimal(token.text.replace(",", "."))
        following = tokens[i + 1].text if i + 1 < len(tokens) else ""
        if following in CURRENCY:
            amount = _with_cents(tokens, i, value)
            role = _money_role(tokens, i)
            if role == "depassement":
                extra_fee = amount
            elif role not in facts:
                facts[role] = amount
        elif following == "%":
            percents.append(value)
        elif following in AGE_UNITS and _is_age(tokens, i) and value == int(value):
            facts["age"] = int(value)
        elif following in BABY_UNITS and _is_baby(tokens, i):
            facts["age"] = 0
        elif following.isalpha() and value == int(value) and not _per_period(tokens, i):
            counts.setdefault(following, int(value))
            after = tokens[i + 2].text if i + 2 < len(tokens) else ""
            if after.isalpha():
                counts.setdefault(after, int(value))
    return Numbers(facts, counts, tuple(percents), extra_fee)


def _acts_before(tokens: list[Token], i: int) -> int | None:
    """Return how many acts came before the one that an ordinal ranks ("ma 3e injection"); None where none does."""
    token, following = tokens[i], [other.text for other in tokens[i + 1 : i + 3]]
    if token.number and len(following) == 2 and following[0] in ORDINAL_MARKS and following[1] in RANKED_ACTS:
        return max(int(Decimal(token.text.replace(",", "."))) - 1, 0)
    if token.text in ORDINALS and following[:1] and following[0] in RANKED_ACTS:
        return ORDINALS[token.text] - 1
    return None


def _with_cents(tokens: list[Token], i: int, value: Decimal) -> Decimal:
    """Return the amount with the cents said after it ("12 euros 50", "12 euros et 50 centimes")."""
    rest = [token for token in tokens[i + 2 : i + 5] if token.text != "et"]
    if rest and rest[0].number and len(rest[0].text) == 2 and value == int(value):
        after = rest[1].text if len(rest) > 1 else ""
        if after in ("", "centimes", "centime") or after in CLAUSE_ENDS or after == ",":
            return value + Decimal(rest[0].text) / 100
    return value


def _money_role(tokens: list[Token], i: int) -> str:
    if any(_role_of(token.text) == "base_remboursement" for token in tokens[max(0, i - 3) : i]):
        return "base_remboursement"
    nearest, role = WINDOW + 1, "prix"
    for distance, token in enumerate(reversed(tokens[max(0, i - WINDOW) : i]), 1):
        if token.text in CLAUSE_ENDS or (token.text in CURRENCY and distance > 1):
            break
        found = _role_of(token.text)
        if found == "deja_utilise" and tokens[i - 1].text in EACH:
            continue
        if found and distance < nearest:
            nearest, role = distance, found
    for distance, token in enumerate(tokens[i + 2 : i + 2 + 4], 1):
        if token.text in CLAUSE_ENDS or token.text in (",", "et", "mais") or token.number:
            break
        found = _role_of(token.text)
        # "45 € de base": what follows directly names the amount better than what came before.
        if found and found != "prix" and distance <= 3 and distance < nearest + 1:
            return found
    return role


def _role_of(word: str) -> str | None:
    return next((role for role, words in MONEY_ROLES if word in words), None)


def _is_age(tokens: list[Token], i: int) -> bool:
    before = [token.text for token in tokens[max(0, i - 2) : i]]
    following = [token.text for token in tokens[i + 2 : i + 4]]
    if before and (before[-1] in DURATION_BEFORE or before == ["y", "a"]):
        return False
    if len(before) == 2 and before[0] in DURATIONS and before[1] in ("de", "des"):
        return False
    return "entre" not in following


def _is_baby(tokens: list[Token], i: int) -> bool:
    before = [token.text for token in tokens[max(0, i - 4) : i]]
    return bool(BABIES & set(before)) or ((before[-1:] in (["de"], ["a"]) and "fille" in before) or "fils" in before)


def _per_period(tokens: list[Token], i: int) -> bool:
    texts = [token.text for token in tokens[i + 2 : i + 4]]
    return len(texts) == 2 and texts[0] == "par" and texts[1] in PER_PERIOD
