"""Postal addresses of people: street, flat, postal code and town."""

from __future__ import annotations

import re
from functools import lru_cache

from bot.privacy.lexicon import pattern, words
from bot.privacy.numbers import public_texts
from bot.rendering.french import MONTHS

PLACEHOLDER = "[ADRESSE]"
STREETS, OTHERS = pattern("streets"), pattern("streets_or_else")
SMALL_WORDS = r"(?:(?:de|du|des|d'|la|le|les|l') ?)*"
CAPITAL = r"(?-i:[A-ZÀ-Ý])"
CODE = r"\d{5}"
# What an address that stands in a sentence ends with.
END = rf"(?=\s*(?:[,;!?()\n\[]|\.(?:\s|$)|\s-\s|$|\s{CODE}\b|\s(?:{pattern('after_address')})\b))"
NUMBER = r"\b\d{1,4}(?: ?(?:bis|ter|quater|[A-D](?=[ ,])))?,? +"
NAME = r"[^\n,;!?()\[]{1,60}?"
PARTS = rf"(?:{pattern('address_parts')})\s?[\w°. -]{{1,30}}?{END}"
STREET = rf"{NUMBER}(?:{STREETS})(?: +|(?<=\.)){NAME}{END}"
# "2 cours de yoga" is none: a capital must follow, or a postal code.
OTHER = rf"{NUMBER}(?:{OTHERS}) +(?={SMALL_WORDS}{CAPITAL}|[^\n;!?()]{{2,50}}\b{CODE}\b){NAME}{END}"
# "J'habite rue Victor-Hugo": without a number, only where somebody lives there.
LIVING = pattern("living")
UNNUMBERED = (
    rf"(?:{LIVING})(?: (?:au|[àa]|maintenant|d[ée]sormais))* "
    rf"(?:(?:{STREETS}) |(?:{OTHERS}) +(?={SMALL_WORDS}{CAPITAL})){NAME}{END}"
)
# "Résidence Les Pins", but no "une résidence de tourisme".
NO_ARTICLE = "".join(rf"(?<!\b{word} )" for word in ("un", "une", "la", "le", "ma", "en", "au", "de"))
# "Douze rue des lilas à nantes", as a caller says it: "une route barrée" has no number.
SPOKEN = "|".join(sorted(words("number_words") - {"mille"}, key=len, reverse=True))
SPOKEN_NUMBER = rf"\b(?!une? (?!bis|ter))(?:{SPOKEN})(?:[ -](?:et[ -])?(?:{SPOKEN})\b){{0,6}}(?: (?:bis|ter|quater))? "
SPOKEN_KIND = rf"(?:{STREETS}|(?:{OTHERS})(?= (?:{pattern('street_names')})))"
SPOKEN_STREET = rf"{SPOKEN_NUMBER}{SPOKEN_KIND} {NAME}(?:{END}|(?= [àa] ))"
PLACE = rf"{NO_ARTICLE}\b(?:{pattern('places')}) {SMALL_WORDS}(?-i:[A-ZÀ-Ý0-9])[^\n,;!?()\[]{{0,40}}?{END}"
NO_AMOUNT = r"(?! ?(?:€|%|k?euros?\b|eur\b|fois|pas))"
JOINT = r"[ -](?:(?:sur|sous|en|l[èe]s|les|de|du|des|la|le|aux?|et)[ -])*"
TOWN = (
    rf"(?<![\d.,°])\b(?:F-)?(?:0[1-9]|[1-8]\d|9[0-8])[ .]?\d{{3}}\b,?{NO_AMOUNT}\s+"
    rf"{CAPITAL}[\w'’-]+(?:{JOINT}{CAPITAL}[\w'’-]*){{0,4}}(?: cedex)?(?: \d{{1,2}}\b)?"
)
# In small letters, a town is one only beside a street or where somebody lives.
SMALL_TOWN = rf"(?<=\[ADRESSE\])[ ,\n-]{{0,4}}{CODE},? +[\w'’-]+(?:[ -](?:sur|sous|l[èe]s|la|de|saint|st)[ -][\w'’-]+)*"
BEFORE_TOWN = rf"((?:{LIVING}|d[ée]m[ée]nage|domicile|install[ée]e?)[^\n.]{{0,20}} ){CODE},? +[a-zà-ÿ][\w'’-]+"
AFTER = rf"\[ADRESSE\](?:[ ,\n-]{{1,3}}(?:\[ADRESSE\]|{PARTS}|cedex(?: \d{{1,2}})?\b|[àa] {CAPITAL}[\w'’-]+))+"
# "Lindenweg 41b, Berlin", "221B Baker Street, London": streets of neighbours, the number before or after.
ABROAD = (
    rf"{CAPITAL}[\w'’-]*(?:weg|stra(?:ß|ss)e|platz|allee|gasse|straat|laan) ?\d{{1,4}} ?[a-z]?\b(?:, ?{CAPITAL}[\w-]+)?"
    rf"|\b\d{{1,4}}[a-z]?,? (?:{CAPITAL}[\w'’-]+ ){{1,3}}(?:street|road|avenue|lane|drive)\b(?:, ?{CAPITAL}[\w-]+)?"
)
# Whatever the street is called: a number and a few words right before the town.
UNKNOWN = (
    rf"\b(?!(?:19|20)\d\d\b)\d{{1,4}}(?: ?(?:bis|ter))?,? (?!mois|ans?\b|jours?|euros?|fois|{'|'.join(MONTHS)})"
    r"(?:(?!\b(?:je|j|et|nous|au|est|mon|ma|a|à|de la|qui)\b)[^\n,;.!?\d\[]){3,40},? (?=\[ADRESSE\])"
)
WRITTEN = [
    re.compile(each, re.IGNORECASE) for each in (STREET, OTHER, ABROAD, SPOKEN_STREET, PLACE, TOWN, r"\bBP ?\d{2,5}\b")
]
LIVED, LED = (
    re.compile(UNNUMBERED, re.IGNORECASE),
    re.compile(rf"\b{PARTS}[ ,\n-]{{1,3}}(?=\[ADRESSE\])", re.IGNORECASE),
)
REST, CODED = re.compile(SMALL_TOWN, re.IGNORECASE), re.compile(BEFORE_TOWN, re.IGNORECASE)
JOINED, UNKNOWN_STREET = re.compile(AFTER, re.IGNORECASE), re.compile(UNKNOWN, re.IGNORECASE)


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
    return found[0] if _flat(found[0]) in _published() else PLACEHOLDER


@lru_cache(maxsize=1)
def _published() -> str:
    return _flat(public_texts())


def _lived(found: re.Match[str]) -> str:
    return f"{found[0].split()[0]} {PLACEHOLDER}"


def _flat(text: str) -> str:
    return re.sub(r"[\s,]+", " ", text.lower())
