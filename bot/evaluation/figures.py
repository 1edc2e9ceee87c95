"""The figures of some outcomes: intent, facts, benefits, the whole reply, knowing one's limits, calibration."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

from bot.evaluation.measures import calibration_error, share
from bot.evaluation.outcomes import Outcome

Figures = dict[str, "float | None"]
# Intents that say "not for me": a classifier that hears one of them abstains.
LIMITS = frozenset({"out_of_scope", "other_insurer", "medical_advice", "legal_advice", "account_data", "nlu_fallback"})


def figures(outcomes: Sequence[Outcome]) -> Figures:
    """Return the figures of outcomes, shares from 0 to 1; None where nothing can be said."""
    asked = [each for each in outcomes if each.utterance.answerable]
    beyond = [each for each in outcomes if each.utterance.intent in LIMITS]
    whole = [(each, each.right) for each in outcomes if each.right is not None]
    return {
        "messages": len(outcomes),
        "intent": share(each.intent_right for each in outcomes),
        "facts": share(mark for each in outcomes for mark in each.facts_found),
        "facts_contradicted": share(mark for each in outcomes for mark in each.facts_contradicted),
        "benefit": share(each.linked for each in outcomes if each.utterance.benefit),
        "end_to_end": share(bool(right) for _, right in whole),
        "beside": share(not each.on_subject and not each.abstains for each in asked),
        "beyond_recall": share(each.abstains for each in beyond),
        "false_abstention": share(each.abstains for each in asked),
        "calibration_error": calibration_error([(each.confidence, each.intent_right) for each in outcomes]),
        "confidence_recall": _by_threshold(asked, beyond, lambda each: each.guess_confidence),
        "threshold_recall": _by_threshold(asked, beyond, _confidence_in_us),
    }


def grouped(outcomes: Sequence[Outcome]) -> Mapping[str, Figures]:
    """Return the figures of all outcomes, of each style and of each author."""
    groups: dict[str, list[Outcome]] = defaultdict(list)
    for each in outcomes:
        groups["all"].append(each)
        groups[each.utterance.style].append(each)
        groups[f"author {each.utterance.author}"].append(each)
    return {name: figures(held) for name, held in groups.items()}


def _by_threshold(
    asked: Sequence[Outcome], beyond: Sequence[Outcome], score: Callable[[Outcome], float]
) -> float | None:
    """Return how many of the messages beyond the assistant a threshold on a score of the classifier would refuse.

    It is set so that it refuses no more of those to answer than the assistant does.
    """
    allowed = sum(each.abstains for each in asked)
    scores = sorted(map(score, asked))
    threshold = scores[min(allowed, len(scores) - 1)] if scores else 0.0
    return share(score(each) < threshold for each in beyond)


def _confidence_in_us(each: Outcome) -> float:
    """Return the classifier's confidence (-1 to 1), negative where it hears what is not for the assistant."""
    return -each.guess_confidence if each.guessed in LIMITS else each.guess_confidence
