"""The two case files of the project, as text and as read."""

from pathlib import Path

import pytest

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
