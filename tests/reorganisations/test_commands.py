"""Commands, the task, the diagram, and what verify finds."""

import datetime
import io
from collections import Counter
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection

from missions.models import Version
from reorganisations import actions, workflow
from reorganisations.management.commands import workflow_diagram
from reorganisations.models import SealedText, StageRecord, Status, TransformationResolution
from reorganisations.status import Status as AnyStatus
from reorganisations.tasks import apply_due_stages
from tests.factories import apply_changes

from .conftest import SUPPRESS, TRANSFORM, next_stage
from .holding import resolve


def run(name, *args, **options):
    out = io.StringIO()
    call_command(name, *args, stdout=out, **options)
    return out.getvalue()


def test_the_page_of_the_workflow_is_up_to_date():
    page = (settings.BASE_DIR / workflow_diagram.PAGE).read_text()
    assert page == workflow_diagram.regenerated(page)
    assert (settings.BASE_DIR / workflow_diagram.PICTURE).read_text() == workflow.svg()


def test_the_drawing_has_every_status_and_every_arrow_and_says_where_one_stands():
    drawing = ElementTree.fromstring(workflow.svg(AnyStatus.DECIDED))  # noqa: S314  (our own)
    space = "{http://www.w3.org/2000/svg}"
    texts = [text.text for text in drawing.iter(f"{space}text")]
    labels = Counter(transition.label for transition in workflow.TRANSITIONS.values())
    assert Counter(texts) == labels + Counter(status.label for status in AnyStatus) + Counter(["état actuel"])
    arrows = [path for path in drawing.iter(f"{space}path") if path.get("class") == "workflow-arrow"]
    assert len({arrow.get("d") for arrow in arrows}) == len(workflow.TRANSITIONS)
    (current,) = [group for group in drawing.iter(f"{space}g") if "workflow-current" in group.get("class")]
    assert [text.text for text in current.iter(f"{space}text")] == ["Décidée", "état actuel"]
    assert drawing.find(f"{space}title").text.endswith("état actuel\u00a0: Décidée")
    for (source, target), transition in workflow.TRANSITIONS.items():
        assert f"{source.label} → {target.label}\u00a0: {transition.label}." in drawing.find(f"{space}desc").text
    assert "style" not in workflow.svg()
    assert "état actuel" not in workflow.svg()


def test_the_diagram_has_every_status_and_every_arrow():
    diagram = run("workflow_diagram")
    for status in AnyStatus:
        assert f"{status.value} : {status.label}" in diagram
    for (source, target), transition in workflow.TRANSITIONS.items():
        assert f"{source.value} --> {target.value} : {transition.label}" in diagram
    assert "vigueur --> [*]" in diagram


def test_the_page_is_written_again_or_refused_without_its_marks(tmp_path, settings):
    settings.BASE_DIR = tmp_path
    page = tmp_path / workflow_diagram.PAGE
    page.parent.mkdir()
    page.write_text("rien")
    with pytest.raises(CommandError, match="repères"):
        run("workflow_diagram", "--write")
    page.write_text(f"avant\n{workflow_diagram.BEGIN}vieux{workflow_diagram.END}\naprès")
    run("workflow_diagram", "--write")
    assert "vieux" not in page.read_text()
    assert "stateDiagram-v2" in page.read_text()
    assert (tmp_path / workflow_diagram.PICTURE).read_text() == workflow.svg()


def test_apply_due_tells_each_stage(bring):
    assert run("apply_due") == "Aucune étape n’est à mettre en vigueur.\n"
    bring(Status.DECIDED)
    assert "Aucune" in run("apply_due", "--on", "2021-12-31")
    assert run("apply_due", "--on", "2022-01-01") == "essai-2021, étape 1\u00a0: version 2 scellée\n"


def test_apply_due_fails_when_a_stage_is_refused(bring):
    bring(Status.DECIDED, SUPPRESS)
    apply_changes(SUPPRESS, on=datetime.date(2021, 12, 15))
    with pytest.raises(CommandError, match="Une étape n’est pas entrée en vigueur"):
        run("apply_due")


def test_the_task_applies_what_is_due(bring):
    bring(Status.DECIDED)
    assert apply_due_stages.enqueue().return_value == ["essai-2021\u00a0: version 2"]


def test_everything_fine_is_one_line(bring):
    bring(Status.IN_FORCE, TRANSFORM)
    assert run("verify") == "Tout est conforme\u00a0: 2 version(s), 1 texte(s) scellé(s).\n"


def tamper(table, column, value):
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {column} = %s", [value])  # noqa: S608  (names of the test itself)


def test_a_spoilt_text_is_found(bring):
    bring(Status.SUBMITTED)
    content = bytearray(SealedText.objects.get().content)
    content[len(content) // 2] ^= 1
    tamper("reorganisations_sealedtext", "content", bytes(content))
    with pytest.raises(CommandError, match="ne correspond plus à son empreinte"):
        run("verify")


def test_a_stage_tied_to_another_version_is_found(bring):
    bring(Status.IN_FORCE)
    StageRecord.objects.update(version=Version.objects.get(number=1))
    with pytest.raises(CommandError, match="La version 1 n’est pas celle de «\u00a0essai-2021\u00a0», étape 1"):
        run("verify")


def test_a_resolution_tied_to_another_version_is_found(bourse, hr):
    actions.apply_stage(stage=next_stage(bourse), by=hr)
    resolve(bourse, hr)
    assert "Tout est conforme" in run("verify")
    TransformationResolution.objects.update(version=Version.objects.get(number=1))
    with pytest.raises(CommandError, match="n’est pas issue de la bourse"):
        run("verify")


def test_a_spoilt_version_is_found(bring):
    bring(Status.IN_FORCE)
    tamper("missions_version", "sha256", "0" * 64)
    with pytest.raises(CommandError):
        run("verify")


def test_the_reference_data_comes_with_the_rules(db):
    assert "committee_rules.yaml\u00a0: 3 entrées ajoutées" in run("load_reference")
    assert "committee_rules.yaml\u00a0: 0 entrées ajoutées" in run("load_reference")
