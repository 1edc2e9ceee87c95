"""French words of the notes that go back to a help desk (`phrases.yml`)."""

from importlib.resources import files

import yaml

NOTE_TITLE: str = yaml.safe_load(files("bot.connectors").joinpath("phrases.yml").read_text(encoding="utf-8"))[
    "note_title"
]
