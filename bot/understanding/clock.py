"""Times of day in a message ("à 10h", "de 9h à 17h", "vers 18 h 30"): they count no hours."""

from __future__ import annotations

import re

HOUR = r"(?:[01]?\d|2[0-4])"
HOURS = r" ?(?:h|heures?)\b"
# "2 h de ménage", "10 heures par semaine", "10h d'attente": a number of hours.
NOT_COUNTED = (
    r"(?! ?(?:\d|de (?!l'apres)|d'|d |par |/|en plus|supplementaires?|hebdo|maximum|max\b|minimum|au total|au plus))"
)
PART_OF_DAY = r" ?(?:du matin|du soir|de l'apres[- ]midi|pile|precises)"
# "Jusqu'à 10 heures", "j'ai droit à 10h": how many hours, not when.
AMOUNT = re.compile(
    r"(?:jusqu' ?|\b(?:droit|limitee?s?|passee?s?|passer|reduite?s?|portee?s?|fixee?s?|plafonnee?s?|egale?|superieure?|"
    r"inferieure?|equivaut) )$"
)
CLOCK = re.compile(
    rf"(?<![\d.,])(?:"
    rf"(?P<from>\b(?:de|entre) {HOUR}{HOURS}(?: ?\d\d\b)? (?:a|et) {HOUR}{HOURS}(?: ?[0-5]\d\b)?){NOT_COUNTED}"
    rf"|\b(?:vers|des|avant|apres|depuis|a) {HOUR}{HOURS}(?: ?[0-5]\d\b)?{PART_OF_DAY}"
    rf"|\bvers {HOUR}{HOURS}(?: ?[0-5]\d\b)?{NOT_COUNTED}"
    rf"|(?P<at>\ba {HOUR}{HOURS}(?: ?[0-5]\d\b)?){NOT_COUNTED}"
    rf"|\b{HOUR}{HOURS}{PART_OF_DAY}"
    rf")"
)


def without_clock_times(folded: str) -> str:
    """Return the folded text with its times of day blanked."""
    return CLOCK.sub(lambda match: match[0] if _amount(match, folded) else " ", folded)


def _amount(match: re.Match[str], folded: str) -> bool:
    """Whether what looks like a time is how many hours one has a right to."""
    return bool((match["at"] or match["from"]) and AMOUNT.search(folded[: match.start()]))
