"""What holds of every case file of this folder, whatever it tells."""

from pathlib import Path

import pytest
from django.db import transaction

from missions.models import Version
from missions.verify import verify_chart
from reorganisations import verify
from reorganisations.case_file.exporting import export_case
from reorganisations.case_file.importing import import_case
from reorganisations.case_file.reading import read_case
from reorganisations.case_file.writing import write_case

from .conftest import FILES

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES]),
]


def imported(text: str, name: str) -> int:
    return import_case(read_case(text, name), by=None).done


def test_it_says_that_it_is_synthetic(path: Path) -> None:
    read = read_case(path.read_text(encoding="utf-8"), path.name)
    assert read.case.title.endswith("(cas synthétique)")


def test_it_conforms_once_imported(path: Path) -> None:
    assert imported(path.read_text(encoding="utf-8"), path.name)
    assert [*verify_chart(), *verify.faults()] == []


def test_it_is_exported_as_it_was_imported_byte_for_byte(path: Path) -> None:
    with transaction.atomic():
        imported(path.read_text(encoding="utf-8"), path.name)
        first = write_case(export_case(title="Essai", nominative=True))
        transaction.set_rollback(True)
    assert not Version.objects.exists()
    imported(first, "export.yaml")
    assert write_case(export_case(title="Essai", nominative=True)) == first
