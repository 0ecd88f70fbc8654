"""Static files as production serves them: each name carries its hash, each reference is rewritten."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import override_settings


@pytest.fixture(scope="module")
def collected(tmp_path_factory):
    """The names are Django's; WhiteNoise, in production, only lays compressed copies beside, in 15 seconds."""
    folder = tmp_path_factory.mktemp("static")
    storage = {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}
    with override_settings(STATIC_ROOT=folder, STORAGES={**settings.STORAGES, "staticfiles": storage}):
        call_command("collectstatic", interactive=False, verbosity=0)
    return folder


def hashed(root: Path, pattern: str) -> Path:
    (found,) = (path for path in root.glob(pattern) if re.search(r"\.[0-9a-f]{12}\.\w+$", path.name))
    return found


@pytest.mark.parametrize("sheet", ["app", "fonts", "pdf", "pdf/page"])
def test_a_style_sheet_points_to_hashed_files_that_exist(collected, sheet):
    found = hashed(collected, f"css/{sheet}.*.css")
    text = found.read_text()
    references = re.findall(r'url\("([^"]+)"\)', text)
    assert references
    for reference in references:
        assert re.search(r"\.[0-9a-f]{12}\.", reference)
        assert (found.parent / reference).resolve().is_file()


@pytest.mark.parametrize(("entry", "sheets"), [("app", "*.css"), ("pdf", "pdf/*.css")])
def test_every_style_sheet_belongs_to_its_entry(entry, sheets):
    css = settings.BASE_DIR / "static" / "css"
    imported = set(re.findall(r'@import url\("([^"]+)"\)', (css / f"{entry}.css").read_text()))
    assert imported == {path.relative_to(css).as_posix() for path in css.glob(sheets)} - {"app.css", "pdf.css"}
