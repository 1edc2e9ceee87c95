"""The names by which the catalogue is spoken of."""

from __future__ import annotations

import pytest

from rules_engine.catalogue import catalogue


def test_families_are_named_with_their_lines() -> None:
    family = catalogue().families["consultation_specialiste"]
    assert catalogue().names(["consultation_specialiste"]) == {family.id, *(line.id for line in family.lines)}
    assert catalogue().names([]) == set()


def test_a_family_that_does_not_exist_is_an_error() -> None:
    with pytest.raises(KeyError):
        catalogue().names(["aucune"])
