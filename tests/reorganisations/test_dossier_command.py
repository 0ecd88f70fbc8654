"""manage.py dossier: the files of one text, and what it refuses in words."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pypdf import PdfReader

from reorganisations.models import Reorganisation, Status
from tests.reorganisations.conftest import CREATE_CELL, CREATE_POST


def run(*args: object, **options: object) -> str:
    out = io.StringIO()
    call_command("dossier", *map(str, args), stdout=out, **options)
    return out.getvalue()


def first_page(path: Path) -> str:
    return " ".join(PdfReader(path).pages[0].extract_text().split())


def test_the_whole_of_a_draft_as_a_pdf(reorganisation: Reorganisation, add: Callable[..., None], tmp_path: Path):
    add(CREATE_POST)
    target = tmp_path / "dossier.pdf"
    said = run("essai-2021", "--output", target)
    assert said == f"{target}\u00a0: projet, {target.stat().st_size // 1024 + 1} Ko\n"
    assert "Projet – document de travail" in first_page(target)
    assert "Texte soumis" not in first_page(target)


def test_the_text_sealed_as_an_archive_and_the_draft_when_it_is_asked_for(
    bring: Callable[..., Reorganisation], tmp_path: Path
):
    bring(Status.SUBMITTED, CREATE_CELL)
    archive, draft, first = tmp_path / "d.zip", tmp_path / "projet.pdf", tmp_path / "un.pdf"
    assert "Texte soumis n°\u00a01," in run("essai-2021", "--output", archive)
    assert zipfile.ZipFile(archive).namelist()[0] == "00-sommaire.pdf"
    assert "projet" in run("essai-2021", "--output", draft, "--draft")
    assert "Projet – document de travail" in first_page(draft)
    assert "Texte soumis n°\u00a01," in run("essai-2021", "--output", first, "--text", 1)
    assert "empreinte SHA-256" in first_page(first)


@pytest.mark.parametrize(
    ("arguments", "name", "said"),
    [
        (["inconnue"], "d.pdf", "Aucune réorganisation n’a le code «\u00a0inconnue\u00a0»"),
        (["essai-2021"], "d.docx", "doit finir par .pdf ou .zip\u00a0: d.docx"),
        (["essai-2021", "--text", 3], "d.pdf", "«\u00a0essai-2021\u00a0» n’a pas de texte scellé n° 3"),
        (
            ["essai-2021"],
            "absent/d.pdf",
            "» ne peut pas être écrit\u00a0: son répertoire n’existe pas",
        ),
    ],
)
def test_what_it_refuses(reorganisation: Reorganisation, tmp_path: Path, arguments: list[object], name: str, said: str):
    with pytest.raises(CommandError, match=said.replace(".", r"\.")):
        run(*arguments, "--output", tmp_path / name)
    assert not list(tmp_path.iterdir())
