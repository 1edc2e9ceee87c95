"""What the product keeps, empty."""

from tests.channels.conftest import store

__all__ = ["store"]
