"""The second question of a message, where another entry answers it ("combien sont-ils, élus pour quelle durée ?")."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from datetime import date

from actions.answers import Answer
from actions.information import answer_entry, ranking
from actions.rights import answer_rule
from actions.state import Conversation
from actions.understood import Understood

# Likelihood, for the whole message, below which an entry is not of its subject ("ils sont élus": who are they?).
OF_THE_SUBJECT = 0.02
# Likelihood, and share of the words, at which an entry of the subject surely answers the second question.
PLAIN, COVERED = 0.3, 0.3


def second_answer(conversation: Conversation, understood: Understood, main: Answer, today: date) -> list[Answer]:
    """Return the answer to what the main answer leaves open, one at most; none where a fact would be missing.

    Args:
        conversation: after the main answer; it is left as it is.
        understood: the message.
        main: the answer to the whole message.
        today: the day of the message.
    """
    if main.kind != "answer":
        return []
    of_subject = {name for name, share in understood.topics if share >= OF_THE_SUBJECT}
    for words, topics in understood.parts:
        part = replace(understood, topics=topics, repaired=words, parts=())
        asked = ranking(part, conversation.contract, today, understood)
        best = next((each for each in asked.entries if each.entry.id in of_subject), None)
        if best is None or best.share < PLAIN or best.coverage < COVERED:
            continue
        entry = best.entry
        if entry.rule:
            found = answer_rule(deepcopy(conversation), part, entry.rule, today, understood)
        else:
            found = answer_entry(entry, conversation.contract, today)
        if found.kind == "answer" and found.topic != main.topic:
            return [found]
    return []
