"""Numbers and addresses of machines that identify a person: e-mail, IBAN, NIR, telephone, member or file numbers."""

from __future__ import annotations

import re
from functools import lru_cache

from stdnum import iban
from stdnum.exceptions import ValidationError
from stdnum.fr import nir

from bot.privacy.lexicon import pattern, words
from rules_engine.parameters import parameters

EMAIL = re.compile(
    rf"(?:\b[\w.]+ (?:{pattern('spoken_joints')}) ?){{0,4}}"
    r"(?<![\w.+-])[\w.+-]{0,64}\w ?(?:@|\(at\)|\[at\]|(?<=\w )(?:arobase|arobas|at) ) ?"
    r"\w[\w-]*(?:(?:\.| ?\b(?:point|tiret)\b ?)[\w-]+)+",
    re.IGNORECASE,
)
IBAN = re.compile(r"\b[A-Z]{2} ?\d{2}(?:[ .-]?[A-Z0-9]{4}){2,7}(?:[ .-]?[A-Z0-9]{1,4})?\b", re.IGNORECASE)
BIC = re.compile(
    r"(\b(?:bic|swift)(?:/swift)?(?: est)? ?:? ?)(?-i:[A-Z]{4} ?[A-Z]{2} ?[A-Z0-9]{2}(?: ?[A-Z0-9]{3})?)\b",
    re.IGNORECASE,
)
NIR = re.compile(
    r"(?<!\d)[1-478][ .-]?\d{2}[ .-]?\d{2}[ .-]?(?:\d{2}|2[AB])[ .-]?\d{3}[ .-]?\d{3}(?:[ .-/]{0,3}\d{2})?(?!\d)",
    re.IGNORECASE,
)
PHONE = re.compile(r"(?<!\d)(?:(?:\+|00) ?33 ?(?:\(0\))?|\(?0)[ .-]?[1-9]\)?(?:[ .\-/]{0,2}\d){8}(?!\d)")
FOREIGN_PHONE = re.compile(r"(?<![\d+])(?:\+|00)[1-9]\d{0,2}(?:[ .-]?\(?\d+\)?){2,6}")
NAMED = pattern("numbered")
SIGN = r"(?:n(?:um[ée]ros?)?[°ºo]?|#|id|num)\.?"
# A file number, letters before or after its figures.
FILE = r"((?:[A-Z]{1,4}[-/. ]?)?\d[\d ./-]{3,18}\d[A-Z]{0,3}\b|[A-Z]{1,4}[-/]?\d{3,}\w*)"
SAID = r"(?: (?:mgen|[oô]ji|mutuelle|adh[ée]rente?|santé|est|c'est))*"
NUMBERED = re.compile(
    rf"(\b(?:{SIGN} ?(?:d['’e ] ?|de (?:la |mon )?)?)?(?:{NAMED}){SAID}"
    rf"\W{{0,4}}(?:n[°ºo]?\.?|num(?:[ée]ro)?)?\W{{0,3}}(?:est |c'est |: ?)?(?:le )?){FILE}",
    re.IGNORECASE,
)
ORDERED = re.compile(rf"(\bn(?:um[ée]ros?)?\.? ?[°ºo]\.? ?:? ?){FILE}", re.IGNORECASE)
# Letters and digits together, as member numbers ("M1046650") and the numbers of teachers are.
CODE = re.compile(
    r"\b(?=[A-Z0-9]*\d{4})(?=[A-Z0-9]*[A-Z])[A-Z0-9]{7,}\b"
    r"|\b(?!(?:MSP|FPE|OJI|TEL|NIR)\b)[A-Z]{1,3} ?\d{6,}\b|\b[a-z]\d{6,}\b|\b[A-Z]{1,4}-\d[\d-]{4,}\b"
)
PLATE = re.compile(r"\b[A-Z]{2}-\d{3}-[A-Z]{2}\b")
LONG = re.compile(
    r"(?<![\d,.€/])\d(?:[ .\-\u00a0\u202f]?\d){6,}(?![\d/])(?!,\d)(?!\s?(?:€|%|k?euros?\b|eur\b))", re.IGNORECASE
)
DATE_SHAPED = re.compile(
    r"^(?:\d{1,2}[ ./-]\d{1,2}(?:[ ./-](?:\d{4}|\d{2}))?|\d{4}-\d{2}-\d{2}|(?:(?:19|20)\d\d[ -]?){2,})$"
)
BEFORE_DATE = re.compile(r"^(?:du|le|au|en|de|des) ", re.IGNORECASE)
AMOUNT = re.compile(r"\s?(?:€|%|k?euros?\b|eur\b|,\d)", re.IGNORECASE)
SECRET = re.compile(
    r"((?:mot de passe|mdp|password|code (?:secret|confidentiel|pin|d'acc[èe]s)|identifiant|login|pseudo)"
    r"(?: (?:actuel|provisoire|temporaire|de connexion|est|c'est))* ?(?::|=|\best\b|c'est) ?[«\"']? ?)"
    r"(?=\S*[\d@!#$%&*_]|(?-i:[A-Z]))([^\s«»\"',;]{4,})",
    re.IGNORECASE,
)
SPELT_WORDS = "|".join(sorted(words("number_words") - {"mille"}, key=len, reverse=True)).replace("zero", "z[ée]ro")
# Neither an amount nor a year ("en deux mille vingt-six").
SPELT = re.compile(
    rf"(?<!\ben )(?<!\bmille )\b(?!mille|deux mille)(?:f[ .]?r[ .])?(?:{SPELT_WORDS})"
    rf"(?:[ ,.-]{{1,2}}(?:et[ -])?(?:{SPELT_WORDS})\b){{5,}}(?! ?(?:€|euros?))",
    re.IGNORECASE,
)
# Said to be a number of somebody's, fewer words tell it.
SPELT_NUMBERED = re.compile(
    rf"(\b(?:{NAMED}|t[ée]l[ée]phone|portable){SAID}(?: euh)?(?: le)? )"
    rf"(?!mille|deux mille)(?:{SPELT_WORDS})(?:[ ,.-]{{1,2}}(?:et[ -])?(?:{SPELT_WORDS})\b){{3,}}(?! ?(?:€|euros?))",
    re.IGNORECASE,
)


@lru_cache(maxsize=1)
def public_numbers() -> frozenset[str]:
    """Return the digits of the phone numbers that the documents publish."""
    phones = (p for p in parameters().values() if p.unit == "phone")
    return frozenset(re.sub(r"\D", "", str(v.value)) for p in phones for v in p.values if v is not None)


@lru_cache(maxsize=1)
def public_texts() -> str:
    """Return what the documents publish (e-mail and postal addresses), in small letters."""
    texts = (p for p in parameters().values() if p.unit == "text")
    return "\n".join(str(v.value) for p in texts for v in p.values if v is not None).lower()


def without_numbers(text: str) -> str:
    """Return the text with placeholders in the place of numbers and e-mail addresses that identify a person."""
    text = EMAIL.sub(lambda m: m[0] if m[0].lower() in public_texts() else "[EMAIL]", text)
    text = SECRET.sub(r"\1[SECRET]", text)
    text = IBAN.sub(_iban, text)
    text = BIC.sub(r"\1[BIC]", text)
    text = NIR.sub(_nir, text)
    text = PHONE.sub(_phone, text)
    text = FOREIGN_PHONE.sub(_phone, text)
    text = NUMBERED.sub(_numbered, text)
    text = ORDERED.sub(_numbered, text)
    text = CODE.sub("[NUMERO]", text)
    text = PLATE.sub("[IMMATRICULATION]", text)
    text = LONG.sub(_long, text)
    text = SPELT.sub("[NUMERO]", text)
    return SPELT_NUMBERED.sub(r"\1[NUMERO]", text)


def _iban(found: re.Match[str]) -> str:
    compact = re.sub(r"[^0-9A-Za-z]", "", found[0])
    digits = sum(each.isdigit() for each in compact)
    try:
        iban.validate(compact)
    except ValidationError:
        # A slip of the pen does not make it anybody's to read; two letters and a few figures are no account.
        return "[IBAN]" if len(compact) >= 14 and digits >= max(10, len(compact) / 2) else found[0]
    return "[IBAN]"


def _nir(found: re.Match[str]) -> str:
    digits = re.sub(r"[ ./-]", "", found[0])
    if len(digits) == 13:
        return "[NIR]"
    try:
        nir.validate(digits)
    except ValidationError:
        return "[NIR]" if len(digits) == 15 else "[NUMERO]"
    return "[NIR]"


def is_public(number: str) -> bool:
    """Whether a phone number is one that the documents publish, however it is written."""
    digits = re.sub(r"\D", "", number.replace("(0)", ""))
    return digits in public_numbers() or any(digits[-9:] == known[-9:] for known in public_numbers() if len(known) > 8)


def _phone(found: re.Match[str]) -> str:
    digits = re.sub(r"\D", "", found[0])
    return found[0] if is_public(found[0]) or len(digits) < 8 else "[TELEPHONE]"


def _numbered(found: re.Match[str]) -> str:
    digits = re.sub(r"\D", "", found[2])
    if AMOUNT.match(found.string, found.end()):
        return found[0]
    said = BEFORE_DATE.sub("", found[2])
    if len(digits) < 4 or (len(digits) == 4 and digits.startswith(("19", "20"))) or DATE_SHAPED.match(said):
        return found[0]
    return found[0] if is_public(found[2]) else f"{found[1]}[NUMERO]"


def _long(found: re.Match[str]) -> str:
    return found[0] if DATE_SHAPED.match(found[0]) or is_public(found[0]) else "[NUMERO]"
