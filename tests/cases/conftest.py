"""Reorganisations as they happen in real life, each a case file of this folder, brought in as HR would."""

from collections.abc import Callable
from pathlib import Path

import pytest

from reorganisations.case_file.importing import import_case
from reorganisations.case_file.reading import read_case
from reorganisations.models import Reorganisation

HERE = Path(__file__).parent
FILES = sorted(HERE.glob("*.yaml"))


@pytest.fixture
def open_case(db: None) -> Callable[[str], Reorganisation]:
    """`open_case("01-direction-fermee")` → the reorganisation opened last in that file, imported."""

    def opened(name: str) -> Reorganisation:
        path = HERE / f"{name}.yaml"
        import_case(read_case(path.read_text(encoding="utf-8"), path.name), by=None)
        return Reorganisation.objects.latest("pk")

    return opened
