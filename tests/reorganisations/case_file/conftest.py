"""The case files of the project, as text and as read."""

from collections.abc import Callable
from pathlib import Path

import pytest

from postings.case_file.importing import import_bourses
from postings.case_file.reading import read_bourses
from reorganisations.case_file.reading import Read, read_case

FIXTURES = Path(__file__).parents[3] / "fixtures"


def text_of(name: str) -> str:
    return (FIXTURES / f"{name}.yaml").read_text(encoding="utf-8")


def read(name: str) -> Read:
    return read_case(text_of(name), f"{name}.yaml")


@pytest.fixture(scope="session")
def real() -> Read:
    return read("proch_orientation")


@pytest.fixture(scope="session")
def continued() -> Read:
    return read("suite_fictive")


@pytest.fixture(scope="session")
def later() -> Read:
    """Comes after the bourse, whose outcome precedes what it brings into force."""
    return read("suite_fictive_2023")


@pytest.fixture
def after_the_bourse(db: None) -> Callable[[], None]:
    """The bourse determined which post gives way."""

    def brought() -> None:
        import_bourses(read_bourses(text_of("bourse_fictive"), "bourse_fictive.yaml"))

    return brought
