"""How likely a message tells of a danger: its words, the classifier and the ranking of subjects weighed together.

No one of them is enough: words alone miss what is told in a roundabout way ("une longue nuit et une boîte neuve de
Stilnox"), the classifier alone hears a danger in every illness told. The weights were fitted on labelled messages
(decision 0009); the threshold favours hearing one too many.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import astuple, dataclass

from bot.understanding.safety import alarm, doubtful, shown_together
from bot.understanding.text import Token

EMERGENCIES = ("emergency_suicide", "emergency_medical", "emergency_violence")
# From which likelihood on a message is taken for one in danger; from which the numbers to call stand before its answer.
SURE, PERHAPS = 0.2, 0.07
# A classifier that hears nothing must not outweigh a plain word of danger.
SMALLEST = 0.12


@dataclass(frozen=True)
class Signs:
    """What speaks for a danger and against one.

    Attributes:
        heard: likelihood of an emergency by the classifier, in log-odds.
        shown: whether words of danger stand in the message; together: whether several do, near one another.
        doubt: whether words make it a question on a rule, a thing of the past or a figure of speech.
        right: likelihood of the right or procedure that it is likeliest about.
        paid: likelihood that it asks what is paid for care.
        contract: whether it names a contract or a formule.
    """

    heard: float
    shown: float
    together: float
    doubt: float
    right: float
    paid: float
    contract: float


CONSTANT = 1.23
WEIGHTS = Signs(heard=2.92, shown=4.6, together=1.85, doubt=-2.74, right=-0.62, paid=-5.23, contract=-1.46)


def signs_of_danger(
    tokens: list[Token], heard: Mapping[str, float], right: float, paid: float, contract: bool
) -> Signs:
    """Return the signs of a message.

    Args:
        tokens: its repaired words.
        heard: the classifier's confidence in each intent.
        right: likelihood of the likeliest entry.
        paid: likelihood that what is paid for care is asked.
        contract: whether it names a contract or a formule.
    """
    return Signs(
        _log_odds(sum(heard.get(name, 0.0) for name in EMERGENCIES)),
        float(alarm(tokens) is not None),
        float(bool(shown_together(tokens))),
        float(any(doubtful(tokens, name) for name in EMERGENCIES)),
        right,
        paid,
        float(contract),
    )


def likelihood_of_danger(signs: Signs) -> float:
    """Return how likely (0 to 1) a message with such signs tells of a danger."""
    odds = CONSTANT + sum(weight * sign for weight, sign in zip(astuple(WEIGHTS), astuple(signs), strict=True))
    return 1 / (1 + math.exp(-odds))


def kind_of_danger(tokens: list[Token], heard: Mapping[str, float], ranked: Mapping[str, float]) -> str:
    """Return the emergency that a message in danger tells: the one that its words show, else the likeliest."""
    likeliest = max(EMERGENCIES, key=lambda name: heard.get(name, 0.0) + ranked.get(name, 0.0))
    return alarm(tokens) or likeliest


def _log_odds(likelihood: float) -> float:
    return math.log((likelihood + SMALLEST) / (1 - min(likelihood, 1.0) + SMALLEST))
