"""Folding and stemming of French for search: accents, case, elision, stop words and endings do not matter."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

WORD = re.compile(r"[a-z0-9]+")
ELISION = re.compile(r"\b(?:qu|[ldjmtsnc])'")
STOP_WORDS = frozenset(
    """a ai ainsi alors as au aucun aussi autre aux avec avez avoir avons bien bonjour bonsoir car ce ceci cela celle
    ces cet cette chez ci comme d dans de des deux dire dois doit donc du elle elles en encore es est et etait etant ete
    etes etre eu fait faire faut ici il ils j je juste l la le les leur leurs lui m ma mais me meme merci mes mettre moi
    mon ne ni nos notre nous on ont ou par pas peu peut peux plus pour pourquoi pouvez puis puisque qu quand que quel
    quelle quelles quels qui quoi s sa sais sans savoir se sera ses si sinon soit son sont suis sur svp ta tant te
    tes toi
    ton tous tout toute tres tu un une va vais veux voici voila voir vos votre voudrais voulez vous y c n t est ce
    comment
    combien peut on dis dites bonne bon ok cb pr""".split()
)
ENDINGS = re.compile(
    r"(?:issements?|issantes?|ements?|ations?|ateurs?|atrices?|euses?|eurs?|ences?|ances?|iques?|ables?|ibles?|"
    r"ismes?|istes?|ites?|ives?|ifs?|antes?|ants?|ees?|es|er|ez|ent|ee|e|s|x|t)$"
)


class _WithoutAccents(dict[int, "int | None"]):
    """A translation table that leaves out combining characters, each looked up once."""

    def __missing__(self, code: int) -> int | None:
        self[code] = None if unicodedata.combining(chr(code)) else code
        return self[code]


_without_accents = _WithoutAccents()


def fold(text: str) -> str:
    """Return the text in lower case without accents, ligatures or typographic apostrophes."""
    text = text.replace("œ", "oe").replace("Œ", "oe").replace("æ", "ae").replace("’", "'").replace("‘", "'")
    return unicodedata.normalize("NFKD", text.lower()).translate(_without_accents)


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """Return a folded word without its ending; at least four letters stay."""
    match = ENDINGS.search(word)
    if match and match.start() >= 4:
        return word[: match.start()]
    return word


def terms(text: str) -> list[str]:
    """Return the stems of the words of a text that carry meaning, in order."""
    words = WORD.findall(ELISION.sub(" ", fold(text)))
    return [stem(word) for word in words if word not in STOP_WORDS]
