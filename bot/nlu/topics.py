"""The topic ranker: which entry of the knowledge base a message asks for, learned from the entries' own questions.

A bag of words, word pairs, letter groups and word vectors through a linear layer into a softmax over the entries (two
of them, averaged: they err differently); the intents that no entry answers are classes beside them, so that
"none of these" is learned too. Chosen by accuracy on questions of authors that it never read (decision 0006).
"""

from __future__ import annotations

import math
import re
import warnings
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import Any

import numpy as np
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import (
    ENTITIES,
    INTENT,
    INTENT_NAME_KEY,
    INTENT_RANKING_KEY,
    PREDICTED_CONFIDENCE_KEY,
    TEXT,
)
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy.sparse import csr_matrix, hstack
from sklearn.decomposition import TruncatedSVD
from sklearn.exceptions import ConvergenceWarning
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.preprocessing import normalize

from bot.nlu.component import TrainedComponent
from bot.nlu.scoring import Scorer
from bot.nlu.softmax import fit_layers
from bot.nlu.spacy import vectors_of
from bot.rendering.rule_sentences import rule_sentences
from bot.understanding.parts import questions
from bot.understanding.reader import read
from bot.utterances import Utterance, learned
from kb.abstention import UNANSWERED
from kb.entries import PLACEHOLDER, Entry, entries
from kb.ranking import ELSEWHERE, Topic
from kb.text import STOP_WORDS, fold, terms
from rules_engine.facts import vocabulary
from rules_engine.registry import rules

TOPICS, PARTS = "topics", "parts"
EXTRACTOR = "TopicRanker"
RANKED = 15
# The intents that entries, rules and tables answer.
INFORMATION = "ask_information"
ANSWERED = (INFORMATION, "ask_reimbursement")
RULE_ENTRY = "regle_"
# What the classifier leaves to an intent that is not among its first ones.
LEAST_CONFIDENCE = 0.05
LAYER = ("layers", "units", "epochs", "averaged", "batch", "learning_rate")
# Intents that only continue a conversation say nothing on the subject.
OTHER_SUBJECTS = frozenset(
    """ask_reimbursement account_data ask_human bot_identity capabilities compare emergency_medical emergency_suicide
    emergency_violence insult legal_advice medical_advice other_insurer out_of_scope""".split()
)
SENTENCE = re.compile(r"(?<=[.!?])\s+")
SHORTEST_SENTENCE = 30
MARKUP = re.compile(r"\{[{%].*?[%}]\}", re.DOTALL)
UNKNOWN_IDF = 8.0


@dataclass(frozen=True)
class Prepared:
    """A message as the features want it: its mended words, and its stems, their pairs and the facts it states."""

    mended: str
    tokens: list[str]


def prepare(text: str) -> Prepared:
    """Return a message prepared; the facts stand beside the words because many words say one fact."""
    reading = read(text, date.today())
    found = terms(reading.text)
    facts = vocabulary()
    stated = [f"{name}={value}" for name, value in reading.facts.items() if facts[name].type in ("enum", "boolean")]
    return Prepared(reading.text, [*found, *(f"{first}_{second}" for first, second in pairwise(found)), *stated])


def as_they_are(tokens: list[str]) -> list[str]:
    """Return tokens unchanged (a named function, so that the vectoriser can be stored)."""
    return tokens


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class TopicRanker(TrainedComponent):
    """Adds the entity `topics`: the likeliest entries with their probability, "@intent" where none is asked for.

    Of a message that asks several things, the entity `parts` holds the topics of each question.
    """

    FILE = "topics.joblib"

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the size of the layer, its training, and the weight of the word vectors beside the words."""
        return {
            "layers": 2,
            "units": 128,
            "epochs": 7,
            "averaged": 3,
            "batch": 4096,
            "learning_rate": 0.01,
            "vector_weight": 1.5,
            "vector_size": 64,
            "least_words": 3,
            "least_pieces": 5,
        }

    def train(self, training_data: TrainingData) -> Resource:
        """Fit the features and the layer on the entries and on the examples of other subjects, and keep them."""
        examples = [pair for entry in entries().values() for pair in _examples(entry)]
        examples += [(each.text, topic) for each in learned() if (topic := _topic(each))]
        examples += [
            (message.get(TEXT), ELSEWHERE + message.get(INTENT))
            for message in training_data.intent_examples
            if message.get(TEXT) and message.get(INTENT) in OTHER_SUBJECTS
        ]
        self._trained = {
            # Rare features are left out by how often they occur: a fixed number of them cuts among equals by chance.
            "words": TfidfVectorizer(analyzer=as_they_are, sublinear_tf=True, min_df=self._config["least_words"]),
            "pieces": TfidfVectorizer(
                analyzer="char_wb",
                ngram_range=(3, 4),
                preprocessor=fold,
                sublinear_tf=True,
                min_df=self._config["least_pieces"],
            ),
            "vectors": TruncatedSVD(self._config["vector_size"], random_state=0),
        }
        prepared = [prepare(text) for text, _ in examples]
        self._trained["idf"] = _rarity([message.mended for message in prepared])
        features = self._features(prepared, fit=True)
        with warnings.catch_warnings():
            # A few epochs are best on unread questions; convergence is not sought.
            warnings.simplefilter("ignore", ConvergenceWarning)
            self._trained["layers"] = fit_layers(
                features,
                [label for _, label in examples],
                **{name: self._config[name] for name in LAYER},
            )
        return self.keep()

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the ranked topics of each message."""
        for message in messages:
            text = message.get(TEXT)
            if text and self._trained is not None:
                shared = _agreed(self._ranking(text), message.get(INTENT_RANKING_KEY, []))
                span = {"start": 0, "end": len(text), "extractor": EXTRACTOR}
                found = [{"entity": TOPICS, "value": shared, **span}]
                parts = [
                    {"text": read(part, date.today()).text, TOPICS: self._ranking(part)} for part in questions(text)
                ]
                if parts:
                    found.append({"entity": PARTS, "value": parts, **span})
                message.set(ENTITIES, [*message.get(ENTITIES, []), *found], add_to_output=True)
        return messages

    def _ranking(self, text: str) -> list[list[Any]]:
        assert self._trained is not None
        message = prepare(text)
        shares = self._scorer.shares(message.tokens, message.mended, _vector(message.mended, self._trained["idf"]))
        best = np.argsort(-shares)[:RANKED]
        return [[str(self._trained["layers"][0].classes_[i]), round(float(shares[i]), 4)] for i in best]

    @cached_property
    def _scorer(self) -> Scorer:
        assert self._trained is not None
        return Scorer(self._trained, self._config["vector_weight"])

    def _features(self, prepared: list[Prepared], fit: bool = False) -> csr_matrix:
        assert self._trained is not None
        mended = [message.mended for message in prepared]
        parts = [
            getattr(self._trained[name], "fit_transform" if fit else "transform")(source)
            for name, source in (("words", [message.tokens for message in prepared]), ("pieces", mended))
        ]
        dense = normalize(np.array([_vector(text, self._trained["idf"]) for text in mended]))
        dense = getattr(self._trained["vectors"], "fit_transform" if fit else "transform")(dense)
        return hstack([*parts, csr_matrix(dense * self._config["vector_weight"])]).tocsr().astype(np.float32)


def _agreed(topics: list[list[Any]], intents: list[dict[str, Any]]) -> list[list[Any]]:
    """Return topics in which an intent that no entry answers is as likely as the classifier, too, finds it.

    Two that learned from other signs seldom err together: "je demande le 20 septembre, par écrit, de passer en
    Référence" has dates and letters as questions on one's own file have, and the classifier hears a right.
    """
    found = {intent[INTENT_NAME_KEY]: intent[PREDICTED_CONFIDENCE_KEY] for intent in intents}
    answered = max(found.get(intent, 0.0) for intent in ANSWERED) + LEAST_CONFIDENCE

    def share(name: str, likelihood: float) -> float:
        intent = name.removeprefix(ELSEWHERE)
        if not name.startswith(ELSEWHERE) or intent not in UNANSWERED or not found:
            return likelihood
        return likelihood * min(1.0, (found.get(intent, 0.0) + LEAST_CONFIDENCE) / answered)

    agreed = [[name, round(share(name, likelihood), 4)] for name, likelihood in topics]
    return sorted(agreed, key=lambda topic: -topic[1])


def topics_of(message: Message) -> list[Topic]:
    """Return the ranked topics of a message; none when the ranker did not run."""
    found = next((entity for entity in message.get(ENTITIES, []) if entity["entity"] == TOPICS), None)
    return [(name, share) for name, share in found["value"]] if found else []


def _examples(entry: Entry) -> list[tuple[str, str]]:
    """Return what teaches an entry: its questions, its title, and what its answer or its rule says, without figures."""
    sentences = SENTENCE.split(PLACEHOLDER.sub("", entry.answer).replace("\n", " "))
    if entry.rule in rules():
        headlines = rule_sentences().get(entry.rule, {}).get("headlines", {}).values()
        sentences += [rules()[entry.rule].title, *(MARKUP.sub("", headline) for headline in headlines)]
    told = [sentence for sentence in sentences if len(sentence) > SHORTEST_SENTENCE]
    return [(text, entry.id) for text in (*entry.questions, entry.title, *told)]


def _topic(labelled: Utterance) -> str:
    """Return the entry that a labelled message teaches; empty where none answers it, or only the tables do."""
    if labelled.intent != INFORMATION:
        return ""
    of_answer = _entries_of_answers()
    wanted = [name for name in labelled.answers if name in of_answer]
    first = next((name for name in wanted if name in rules()), wanted[0] if wanted else "")
    return of_answer.get(first, "")


@lru_cache(maxsize=1)
def _entries_of_answers() -> Mapping[str, str]:
    """Return the entry that stands for each answer: the one named after the rule, else the first."""
    found: dict[str, str] = {}
    for entry in entries().values():
        if entry.answer_id not in found or entry.id == RULE_ENTRY + entry.answer_id:
            found[entry.answer_id] = entry.id
    return found


def _rarity(texts: list[str]) -> dict[str, float]:
    counts = Counter(word for text in texts for word in set(text.split()))
    return {word: math.log(1 + len(texts) / count) for word, count in counts.items()}


def _vector(text: str, rarity: dict[str, float]) -> np.ndarray:
    """Return the mean word vector of a text, rare words weighing more."""
    total = np.zeros(vectors_of("").shape)
    for word in text.split():
        if word not in STOP_WORDS and len(word) > 1:
            total += _direction(word) * rarity.get(word, UNKNOWN_IDF)
    return total


@lru_cache(maxsize=4096)
def _direction(word: str) -> np.ndarray:
    """Return the vector of a word at length one; zero when spaCy does not know the word."""
    vector = vectors_of(word)
    return vector / (np.linalg.norm(vector) or 1.0)
