"""Personal data out of a message before anything keeps it: each kind gives way to a placeholder.

First version: what has a shape (NIR, IBAN, e-mail, phone, numbers named as such, names given as such). Phones of the
documents are not personal and stay.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from stdnum import iban
from stdnum.exceptions import ValidationError
from stdnum.fr import nir

from rules_engine.parameters import parameters

EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?:[ .-]?[A-Z0-9]{4}){3,7}(?:[ .-]?[A-Z0-9]{1,3})?\b", re.IGNORECASE)
NIR = re.compile(
    r"(?<!\d)[12][ .-]?\d{2}[ .-]?\d{2}[ .-]?(?:\d{2}|2[AB])[ .-]?\d{3}[ .-]?\d{3}(?:[ .-]?\d{2})?(?!\d)",
    re.IGNORECASE,
)
PHONE = re.compile(r"(?<!\d)(?:\+33|0033|0)[ .-]?[1-9](?:[ .-]?\d{2}){4}(?!\d)")
NUMBERED = re.compile(
    r"((?:n(?:um[ée]ro|°|o)?\.? ?(?:d['e ] ?)?(?:adh[ée]rente?s?|contrat|dossier|s[ée]cu(?:rit[ée] sociale)?|mgen)"
    r"|adh[ée]rente? n°?)\W{0,4}(?:est |c'est |: ?)?(?:le )?)([A-Z]{0,3}\d[\d .]{4,14}\d)",
    re.IGNORECASE,
)
ADDRESS = re.compile(
    r"\b\d{1,4}(?: ?(?:bis|ter))?,? (?:rue|avenue|av\.|boulevard|bd|impasse|all[ée]e|chemin|place|route|quai|cours)"
    r" [^,.;\n]{2,40}"
    r"(?:,? ?\d{5} [A-ZÀ-Ý][\w' -]{1,30})?",
    re.IGNORECASE,
)
NAME = re.compile(
    r"\b((?:je m'appelle|je me nomme|mon nom est|mon nom c'est|je suis (?:M\.|Mme|Monsieur|Madame)) )"
    r"([A-ZÀ-Ý][\w'-]+(?: [A-ZÀ-Ý][\w'-]+){0,2})"
)


@lru_cache(maxsize=1)
def public_numbers() -> frozenset[str]:
    """Return the digits of the phone numbers that the documents publish."""
    phones = (p for p in parameters().values() if p.unit == "phone")
    return frozenset(re.sub(r"\D", "", str(v.value)) for p in phones for v in p.values if v is not None)


def redact(text: str) -> str:
    """Return the text with placeholders in the place of personal data."""
    text = EMAIL.sub("[EMAIL]", text)
    text = _checked(IBAN, "[IBAN]", iban.validate, text)
    text = _checked(NIR, "[NIR]", _valid_nir, text)
    text = PHONE.sub(lambda m: m[0] if re.sub(r"\D", "", m[0]) in public_numbers() else "[TELEPHONE]", text)
    text = NUMBERED.sub(r"\1[NUMERO]", text)
    text = ADDRESS.sub("[ADRESSE]", text)
    return NAME.sub(r"\1[NOM]", text)


def _checked(pattern: re.Pattern[str], placeholder: str, validate: Callable[[str], object], text: str) -> str:
    def replace(found: re.Match[str]) -> str:
        try:
            validate(found[0])
        except ValidationError:
            digits = re.sub(r"[^0-9A-Za-z]", "", found[0])
            return placeholder if len(digits) >= 15 else found[0]
        return placeholder

    return pattern.sub(replace, text)


def _valid_nir(text: str) -> str:
    digits = re.sub(r"[ .-]", "", text)
    if len(digits) == 13:
        return digits
    checked: str = nir.validate(digits)
    return checked
