"""The three ways in: chat (`talk`), telephone (`call`) and inbox (`triage`)."""

from tests.triage.conftest import sorter, triage
from tests.voice.conftest import call

__all__ = ["call", "sorter", "triage"]
