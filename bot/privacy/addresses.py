"""Postal addresses of people: street, flat, postal code and town."""

from __future__ import annotations

import re

from bot.privacy.lexicon import pattern
from bot.privacy.numbers import public_texts
from bot.rendering.french import MONTHS

PLACEHOLDER = "[ADRESSE]"
END = rf"(?=\s*(?:[,;!?()\n\[]|\.(?:\s|$)|\s-\s|$|\s\d{{5}}\b|\s(?:{pattern('after_address')})\b))"
NUMBER = r"\b\d{1,4}(?: ?(?:bis|ter|quater|[A-D](?=[ ,])))?,? +"
STREETS, OTHERS = pattern("streets"), pattern("streets_or_else")
PARTS = rf"(?:{pattern('address_parts')})\s?[\w°. -]{{1,30}}?{END}"
STREET = rf"{NUMBER}(?:{STREETS})(?: +|(?<=\.))[^\n,;!?()\[]{{1,60}}?{END}"
# "2 cours de yoga" is none: a capital must follow, or a postal code.
OTHER = rf"{NUMBER}(?:{OTHERS}) +(?=(?:(?i:de|du|des|d'|la|le|les|l') ?)*(?-i:[A-ZÀ-Ý])|[^\n;!?()]{{2,50}}\b\d{{5}}\b)[^\n,;!?()\[]{{1,60}}?{END}"
# "J'habite rue Victor-Hugo": without a number, only where somebody lives there.
UNNUMBERED = rf"(?<=\b)(?:(?:habite|habitons|domicili[ée]e?s?|r[ée]side|adresse(?: est| :)?|demeure|demeurant|vis)(?: (?:au|[àa]|maintenant|d[ée]sormais))* )(?:(?:{STREETS}) |(?:{OTHERS}) +(?=(?:(?i:de|du|des|d'|la|le|les|l') ?)*(?-i:[A-ZÀ-Ý])))[^\n,;!?()\[]{{2,60}}?{END}"
PLACE = rf"(?<!\bun )(?<!\bune )(?<!\bla )(?<!\ble )(?<!\bma )(?<!\ben )(?<!\bau )(?<!\bde )\b(?:lieu-?dit|r[ée]sidence|lotissement|hameau|domaine|le clos|villa|immeuble|b[âa]timent|b[âa]t\.?) (?:(?:de |du |des |les |la |le |l')*)(?-i:[A-ZÀ-Ý0-9])[^\n,;!?()\[]{{0,40}}?{END}"
TOWN = r"(?<![\d.,°])\b(?:F-)?(?:0[1-9]|[1-8]\d|9[0-8])[ .]?\d{3}\b,?(?! ?(?:€|%|k?euros?\b|eur\b|fois|pas))\s+(?-i:[A-ZÀ-Ý])[\w'’-]+(?:[ -](?:(?:sur|sous|en|l[èe]s|les|de|du|des|la|le|aux?|et)[ -])*(?-i:[A-ZÀ-Ý])[\w'’-]*){0,4}(?: cedex)?(?: \d{1,2}\b)?"
SMALL_TOWN = r"(?<=\[ADRESSE\])[ ,\n-]{0,4}\d{5},? +[\w'’-]+(?:[ -](?:sur|sous|en|l[èe]s|la|le|de|saint|st)[ -][\w'’-]+)*"
BEFORE_TOWN = r"((?:habite|d[ée]m[ée]nage|adresse|domicile|install[ée]e?)[^\n.]{0,20} )\d{5},? +[a-zà-ÿ][\w'’-]+"
AFTER = rf"\[ADRESSE\](?:[ ,\n-]{{1,3}}(?:\[ADRESSE\]|{PARTS}|cedex(?: \d{{1,2}})?\b|[àa] (?-i:[A-ZÀ-Ý])[\w'’-]+))+"
# Whatever the street is called: a number and a few words right before the town.
UNKNOWN_STREET = re.compile(
    rf"\b(?!(?:19|20)\d\d\b)\d{{1,4}}(?: ?(?:bis|ter))?,? (?!mois|ans?\b|jours?|euros?|fois|{'|'.join(MONTHS)})"
    r"(?:(?!\b(?:je|j|et|nous|au|est|mon|ma|a|à|de la|qui)\b)[^\n,;.!?\d\[]){3,40},? (?=\[ADRESSE\])",
    re.IGNORECASE,
)
WRITTEN = [re.compile(each, re.IGNORECASE) for each in (STREET, OTHER, PLACE, TOWN, rf"\bBP ?\d{{2,5}}\b")]
LIVED = re.compile(UNNUMBERED, re.IGNORECASE)
LED = re.compile(rf"\b{PARTS}[ ,\n-]{{1,3}}(?=\[ADRESSE\])", re.IGNORECASE)
REST = re.compile(SMALL_TOWN, re.IGNORECASE)
CODED = re.compile(BEFORE_TOWN, re.IGNORECASE)
JOINED = re.compile(AFTER, re.IGNORECASE)


def without_addresses(text: str) -> str:
    """Return the text with a placeholder in the place of each postal address; those of the documents stay."""
    for written in WRITTEN:
        text = written.sub(_unless_public, text)
    text = LIVED.sub(_lived, text)
    text = CODED.sub(rf"\1{PLACEHOLDER}", text)
    text = REST.sub("", text)
    text = UNKNOWN_STREET.sub("", text)
    text = JOINED.sub(PLACEHOLDER, text)
    return LED.sub("", text)


def _unless_public(found: re.Match[str]) -> str:
    return found[0] if _flat(found[0]) in _flat(public_texts()) else PLACEHOLDER


def _lived(found: re.Match[str]) -> str:
    return f"{found[0].split()[0]} {PLACEHOLDER}"


def _flat(text: str) -> str:
    return re.sub(r"[\s,]+", " ", text.lower())
