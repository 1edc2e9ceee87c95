"""What tests of `kb lint` hold against the problems found."""

from __future__ import annotations

from collections.abc import Sequence

from kb.problems import Problem


def the_problem(problems: Sequence[Problem], line: int, says: str) -> Problem:
    """Return the problem that says something, told at its line with what to do about it."""
    found = next((problem for problem in problems if says in problem.what), None)
    assert found, problems
    assert found.line == line, found
    assert found.todo, found
    return found
