"""References that name nobody, and the themes under which questions are listed."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import yaml

from bot.settings import Settings
from bot.storage.keys import keys_of
from bot.storage.themes import other, theme_of, titles
from kb.entries import entries
from rules_engine.registry import rules
from tests.storage.made import finished, started


def test_a_reference_is_the_same_for_the_same_and_tells_nothing() -> None:
    keys = keys_of(Settings(secret="one"))
    assert keys.of("conversation", "zoe") == keys.of("conversation", "zoe")
    assert "zoe" not in keys.of("conversation", "zoe")
    others = {
        keys.of("message", "zoe"),
        keys.of("conversation", "zo", "e"),
        keys_of(Settings(secret="two")).of("conversation", "zoe"),
    }
    assert keys.of("conversation", "zoe") not in others and len(others) == 3


def test_processes_that_start_at_once_share_one_key(tmp_path: Path) -> None:
    code = """
import os
from pathlib import Path
from bot.settings import Settings
from bot.storage.keys import keys_of
print(keys_of(Settings(data=Path(os.environ["FOLDER"]), secret="")).of("x", "y"))
"""
    processes = [started(code, FOLDER=str(tmp_path)) for _ in range(4)]
    assert len({finished(process) for process in processes}) == 1
    (file,) = tmp_path.iterdir()
    assert file.stat().st_mode & 0o077 == 0


def test_every_entry_and_every_rule_has_a_theme() -> None:
    assert [name for name in (*entries(), *rules()) if theme_of(name) == other()] == []
    assert theme_of("nothing") == theme_of("") == other()
    assert theme_of("remboursement") == "Remboursement des soins"


def test_the_themes_name_what_exists() -> None:
    themes = yaml.safe_load(files("bot.storage").joinpath("themes.yml").read_text(encoding="utf-8"))["themes"]
    modules = {rule.function.__module__.rsplit(".", 1)[1] for rule in rules().values()}
    known = {entry.theme for entry in entries().values()}
    named = [name for theme in themes for name in theme["entries"]]
    assert set(named) == known and len(named) == len(known)
    assert [
        prefix for theme in themes for prefix in theme["rules"] if not any(each.startswith(prefix) for each in modules)
    ] == []
    assert len(set(titles())) == len(titles())
