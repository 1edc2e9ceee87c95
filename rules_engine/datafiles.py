"""Reading the engine's data files (YAML, CSV) from inside the package."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parent
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def yaml_files(folder: str) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Yield (path, mapping) for each YAML file of a data folder, in name order."""
    for path in sorted((ROOT / folder).glob("*.yml")):
        with path.open(encoding="utf-8") as file:
            yield path, yaml.load(file, Loader=_LOADER) or {}


def csv_rows(folder: str) -> Iterator[tuple[Path, int, dict[str, str]]]:
    """Yield (path, line number, row) for each row of the CSV files of a data folder, in name order."""
    for path in sorted((ROOT / folder).glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for number, row in enumerate(csv.DictReader(file), 2):
                yield path, number, row
