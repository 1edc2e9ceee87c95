"""What is said, in French, to an operator whose document cannot be used."""

from __future__ import annotations


class IngestionError(ValueError):
    """A document that cannot be ingested; the message, in French, says what is wrong and what to do."""
