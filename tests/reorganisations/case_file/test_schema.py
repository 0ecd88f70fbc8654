"""The documented schema is the one of the types."""

import json
from pathlib import Path

import pytest
from django.core.management import call_command

from orgchart.changes import CATALOGUE
from reorganisations.case_file.carrying_out import carry_out
from reorganisations.case_file.outcome import WORDINGS
from reorganisations.case_file.presence import already
from reorganisations.case_file.schema import schema_text
from reorganisations.case_file.steps import AnyStep, Step

DOCS = Path(__file__).parents[3] / "docs"


def test_the_documented_schema_is_up_to_date() -> None:
    assert (DOCS / "case-file.schema.json").read_text(encoding="utf-8") == schema_text(), (
        "Run: manage.py case_schema --output docs/case-file.schema.json"
    )


def test_the_schema_knows_every_change_and_every_step() -> None:
    schema = json.loads(schema_text())
    tags = {
        record["properties"]["type"]["enum"][0]
        for record in schema["$defs"].values()
        if "enum" in record.get("properties", {}).get("type", {})
    }
    assert tags == set(CATALOGUE) | {str(step.__struct_config__.tag) for step in AnyStep.__args__}
    assert all(
        record.get("additionalProperties") is False for record in schema["$defs"].values() if "properties" in record
    )


def test_every_step_is_documented_and_worded() -> None:
    page = (DOCS / "case-file.md").read_text(encoding="utf-8")
    tags = {str(step.__struct_config__.tag) for step in AnyStep.__args__}
    assert {tag for tag in tags if f"`{tag}`" not in page} == set()
    assert tags == {*WORDINGS, "reorganisation"}


def test_every_step_has_its_action_and_tells_whether_it_was_done() -> None:
    for dispatched in (already, carry_out):
        assert dispatched.registry.keys() == {object, *AnyStep.__args__}
    with pytest.raises(TypeError):
        already(Step())
    with pytest.raises(TypeError):
        carry_out(Step(), None)


def test_the_command_writes_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("case_schema", output=tmp_path / "schema.json")
    assert (tmp_path / "schema.json").read_text(encoding="utf-8") == schema_text()
    call_command("case_schema")
    assert capsys.readouterr().out == schema_text()
