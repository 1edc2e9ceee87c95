"""The requirements: one lock that any machine can install from, and pins that agree with each other."""

import re
from pathlib import Path

import pytest

REQUIREMENTS = Path(__file__).parents[1] / "requirements"
PIN = re.compile(r"^([a-z0-9-]+)==(\S+)", re.MULTILINE)


def pins(name: str) -> dict[str, str]:
    return dict(PIN.findall((REQUIREMENTS / name).read_text(encoding="utf-8")))


@pytest.mark.parametrize("name", ["lock.txt", "uv.txt"])
def test_a_lock_names_no_address_and_no_path(name: str) -> None:
    text = (REQUIREMENTS / name).read_text(encoding="utf-8")
    assert not re.search(r"://|--(index|extra|find)|@ |^\s*# .*\s/", text, re.MULTILINE)


@pytest.mark.parametrize("name", ["lock.txt", "uv.txt"])
def test_every_locked_requirement_has_its_hashes(name: str) -> None:
    text = (REQUIREMENTS / name).read_text(encoding="utf-8")
    entries = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)[1:]
    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []


@pytest.mark.parametrize("name", ["overrides.txt", "build.txt"])
def test_exact_pins_are_those_of_the_lock(name: str) -> None:
    assert pins(name).items() <= pins("lock.txt").items()
