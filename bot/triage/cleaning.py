"""The member's own words of a mail: without the replies that it quotes, its signature and what machines add."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.privacy.lexicon import first_names
from bot.triage.datafiles import data
from bot.triage.markup import plain_text
from bot.understanding.spelling import french_words
from kb.text import fold

NUMBER_OR_MAIL = re.compile(r"\d(?:[ .]?\d){3}|@")
MARKS = re.compile(r"^(?:\s*[>|])+ ?")
# Lines that a quote's header may be broken into.
BROKEN_INTO = 3
# A signature has few and short lines.
SIGNATURE_LINES, SIGNATURE_WORDS = 12, 9
# Words of a name.
SHORT = 4
# Fewer words before a forwarded message only send it on.
SENT_ON = 8


@dataclass(frozen=True)
class Cleaned:
    """A mail taken apart.

    Attributes:
        text: what the member says.
        signature: the lines of the signature, without the closing formula.
    """

    text: str
    signature: tuple[str, ...] = ()


def _matcher(*patterns: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(patterns)})", re.IGNORECASE)


FILE = data("mail")
QUOTE = _matcher(*FILE["quote_headers"])
INSIDE = _matcher(FILE["inside_a_line"])
FORWARD = _matcher(*FILE["forward_headers"])
FIRST_FIELD, OTHER_FIELD = _matcher(FILE["first_field"]), _matcher(FILE["other_fields"])
FOOTER = _matcher(*FILE["footers"])
FORMULA = rf"(?:^|(?<=[.!?;,…)] )|(?<=  ))(?:{'|'.join(FILE['closings'])})(?=\s*(?:[,.!;:…)-]|$))"
CLOSING = re.compile(rf"{FORMULA}|(?<= )merci(?: d'avance)?\s*$", re.IGNORECASE)
POSTSCRIPT, SIGNER = _matcher(FILE["postscript"]), _matcher(FILE["signer"])


def cleaned(body: str) -> Cleaned:
    """Return the member's own words of a mail."""
    lines = without_quotes(plain_text(body).split("\n"))
    lines = _without_footers(lines)
    text, signature = _without_signature(lines)
    return Cleaned(_tidy(text), tuple(line.strip() for line in signature if line.strip()))


def without_quotes(lines: Sequence[str]) -> list[str]:
    """Return the lines of a mail without the replies that it quotes; of a mail sent on, those sent on."""
    kept: list[str] = []
    for place, line in enumerate(lines):
        inside = INSIDE.search(line)
        if inside and inside.start() and not MARKS.match(line):
            return [*kept, line[: inside.start()]]
        length = _header(lines, place)
        if length:
            after = lines[place + length :]
            answered = [later for later in _below(after) if later.strip()]
            if sum(len(each.split()) for each in kept) < (SENT_ON if _forwarded(line) else 1):
                return [*kept, *(answered or [MARKS.sub("", later) for later in after])]
            return [*kept, *answered]
        if not MARKS.match(line):
            kept.append(line)
    return kept if any(line.strip() for line in kept) else [MARKS.sub("", line) for line in lines]


def _header(lines: Sequence[str], place: int) -> int:
    """Return how many lines the header of a quoted mail that begins at a line has; 0 when none does."""
    bare = [MARKS.sub("", line).strip() for line in lines[place : place + 8]]
    if not bare[0]:
        return 0
    if FORWARD.match(bare[0]) or (bare[0].startswith("-") and QUOTE.match(bare[0])) or set(bare[0]) == {"_"}:
        return 1 + _fields(bare[1:])
    for count in range(1, BROKEN_INTO + 1):
        joined = " ".join(bare[:count])
        if QUOTE.match(joined):
            return count + _fields(bare[count:])
    fields = _fields(bare)
    return fields if FIRST_FIELD.fullmatch(bare[0]) and fields > 1 else 0


def _fields(bare: Sequence[str]) -> int:
    """Return how many lines of the header of a mail stand first, empty ones between them included."""
    count = 0
    for place, line in enumerate(bare, 1):
        if OTHER_FIELD.fullmatch(line):
            count = place
        elif line:
            break
    return count


def _forwarded(line: str) -> bool:
    return bool(FORWARD.match(MARKS.sub("", line).strip()))


def _below(lines: Sequence[str]) -> list[str]:
    """Return what is answered below or within a quote: the lines without mark, where the quote has marks."""
    told = [line for line in lines if line.strip()]
    if not told or not MARKS.match(told[0]):
        return []
    return [line for line in lines if not MARKS.match(line)]


def _without_footers(lines: Iterable[str]) -> list[str]:
    kept: list[str] = []
    for line in lines:
        if line.strip() == "--":
            break
        if not FOOTER.fullmatch(line.strip()):
            kept.append(line)
    return kept


def _without_signature(lines: list[str]) -> tuple[str, list[str]]:
    """Return the text before the closing formula, with what is told after the signature, and the signature's lines."""
    for place, line in enumerate(lines):
        for match in CLOSING.finditer(line):
            rest = [_without_closings(each) for each in (line[match.end() :], *lines[place + 1 :])]
            told = [each for each in rest if _tells(each)]
            signature = [each for each in rest if each and not _tells(each)]
            few = len(signature) <= SIGNATURE_LINES and not _tells(rest[0])
            if few and all(_signs(each) for each in signature):
                return "\n".join([*lines[:place], line[: match.start()], *told]), signature
    return _without_name_lines(lines) or ("\n".join(lines), [])


def _without_closings(line: str) -> str:
    return CLOSING.sub("", line.lstrip(" ,.!;:-…)")).strip(" ,.!;:-…)")


def _tells(line: str) -> bool:
    """Whether a line after the closing formula tells something rather than who signs."""
    return len(line.split()) > SIGNATURE_WORDS or bool(POSTSCRIPT.fullmatch(line) and len(line.split()) > 2)


def _without_name_lines(lines: list[str]) -> tuple[str, list[str]] | None:
    """Return the text and its last lines where those are names and numbers; None where they are not."""
    signature: list[str] = []
    rest = list(lines)
    while rest and (not rest[-1].strip() or _named(rest[-1].strip())) and len(signature) < SIGNATURE_LINES:
        signature.insert(0, rest.pop())
    if not any(line.strip() for line in signature) or not any(line.strip() for line in rest):
        return None
    return "\n".join(rest), signature


def _signs(line: str) -> bool:
    """Whether a line may be of a signature: names, numbers, capitals, or what the sender is."""
    words = re.findall(r"[^\W\d_]+", line)
    if line.endswith("?") or len(line.split()) > SIGNATURE_WORDS:
        return False
    if NUMBER_OR_MAIL.search(line) or SIGNER.match(line):
        return True
    capitals = sum(word[0].isupper() for word in words)
    named = any(fold(word) in first_names() for word in words)
    return bool(words) and (capitals > len(words) / 2 or (named and len(words) < SHORT) or _unknown(words))


def _named(line: str) -> bool:
    """Whether a line is surely of a signature, though nothing closes the letter before."""
    words = re.findall(r"[^\W\d_]+", line)
    if re.search(r"[?!.…:]$", line) or not 0 < len(words) <= SHORT:
        return False
    return all(word[0].isupper() for word in words) or (_signs(line) and bool(NUMBER_OR_MAIL.search(line)))


def _unknown(words: Sequence[str]) -> bool:
    return len(words) < SHORT and not any(fold(word) in french_words() for word in words)


def _tidy(text: str) -> str:
    lines = [re.sub(r"[ \t]+", " ", line).strip() for line in text.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
