"""The topic ranker on one message: plain arrays give what scikit-learn gives."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from bot.bench.questions import labelled
from bot.knowledge import load_component
from bot.nlu.scoring import Scorer
from bot.nlu.topics import _vector, prepare

pytestmark = pytest.mark.model


def test_the_shares_are_those_of_the_trained_layers(model: Path) -> None:
    ranker = load_component(model)
    trained = ranker._trained
    assert trained
    scorer = Scorer(trained, ranker._config["vector_weight"])
    for text in [*(question.question for question in labelled("dev")[::12]), "", "?", "zzz"]:
        message = prepare(text)
        features = ranker._features([message])
        expected = np.mean([layer.predict_proba(features)[0] for layer in trained["layers"]], axis=0)
        shares = scorer.shares(message.tokens, message.mended, _vector(message.mended, trained["idf"]))
        assert np.allclose(shares, expected, atol=1e-5), text
