"""Text that every database and every encoder takes."""


def storable(text: str) -> str:
    """Return a text without what no text holds: lone surrogates and null characters."""
    return text.encode("utf-8", "replace").decode("utf-8").replace("\x00", " ")
