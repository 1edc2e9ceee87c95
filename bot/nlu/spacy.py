"""The spaCy model for Rasa: loaded once, vectors only, fed with the repaired text."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

import numpy as np
import rasa.nlu.utils.spacy_utils as rasa_spacy
from rasa.engine.recipes.default_recipe import DefaultV1Recipe

from bot.understanding.reader import read

# The classifier reads static word vectors; every other component of the model only costs time and memory.
UNUSED = ["tok2vec", "morphologizer", "parser", "attribute_ruler", "lemmatizer", "ner", "senter"]
NO_WORD = "rien"


@lru_cache(maxsize=2)
def _language(name: str) -> rasa_spacy.SpacyModel:
    import spacy

    return rasa_spacy.SpacyModel(model=spacy.load(name, exclude=UNUSED), model_name=name)


# Rasa finds the provider of the model by this class name, so it keeps Rasa's.
@DefaultV1Recipe.register(
    [DefaultV1Recipe.ComponentType.MODEL_LOADER, DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER],
    is_trainable=False,
    model_from="SpacyNLP",
)
class SpacyNLP(rasa_spacy.SpacyNLP):
    """Rasa's SpacyNLP on the message as the reader repaired it."""

    @staticmethod
    def load_model(spacy_model_name: str) -> rasa_spacy.SpacyModel:
        return _language(spacy_model_name)

    def _preprocess_text(self, text: str | None) -> str:
        # A message always leaves the classifier something to read: without a word its features would be missing.
        return (read(text, date.today()).text.strip() or NO_WORD) if text else ""


def vectors_of(word: str, name: str = "fr_core_news_md") -> np.ndarray:
    """Return the static vector of a word, zeros for a word without one."""
    vocabulary = _language(name).model.vocab
    vector: np.ndarray = vocabulary.get_vector(word)
    return vector
