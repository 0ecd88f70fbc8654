"""Static files as production serves them: each name carries its hash, each reference is rewritten."""

import re
from pathlib import Path

import pytest
from django.core.management import call_command


@pytest.fixture
def collected(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    }
    call_command("collectstatic", interactive=False, verbosity=0)
    return tmp_path


def hashed(root: Path, pattern: str) -> Path:
    (found,) = (path for path in root.glob(pattern) if re.search(r"\.[0-9a-f]{12}\.\w+$", path.name))
    return found


@pytest.mark.parametrize("sheet", ["app", "fonts", "pdf"])
def test_a_style_sheet_points_to_hashed_files_that_exist(collected, sheet):
    text = hashed(collected, f"css/{sheet}.*.css").read_text()
    references = re.findall(r'url\("([^"]+)"\)', text)
    assert references
    for reference in references:
        assert re.search(r"\.[0-9a-f]{12}\.", reference)
        assert (collected / "css" / reference).resolve().is_file()


def test_every_style_sheet_belongs_to_the_entry(settings):
    css = settings.BASE_DIR / "static" / "css"
    entry = (css / "app.css").read_text()
    imported = set(re.findall(r'@import url\("([^"]+)"\)', entry))
    assert imported == {path.name for path in css.glob("*.css")} - {"app.css", "pdf.css"}
