"""A case goes in through the actions: all of it or nothing, once, and never over what was done since."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection

from missions.models import Assignment, Site, Version
from missions.queries import structure_in_force, version_structure
from missions.verify import verify_chart
from orgchart.values import PostId, UnitId
from reorganisations import actions
from reorganisations.case_file.importing import Imported, import_case, partial_date
from reorganisations.case_file.problems import BadCaseFile
from reorganisations.case_file.reading import Read, read_case
from reorganisations.case_file.types import structure_sha256
from reorganisations.models import Opinion, Reorganisation, Status
from reorganisations.queries import draft
from reorganisations.queries.fiction import has_fiction

from .conftest import FIXTURES, text_of

pytestmark = pytest.mark.django_db


def rows() -> Mapping[str, int]:
    """Table → number of rows, the trail included."""
    with connection.cursor() as cursor:
        tables = sorted({model._meta.db_table for model in apps.get_models(include_auto_created=True)})
        found = {}
        for table in tables:
            cursor.execute(f"SELECT COUNT(*) FROM {connection.ops.quote_name(table)}")  # noqa: S608  (our own tables)
            found[table] = cursor.fetchone()[0]
    return found


def imported(text: str) -> Imported:
    return import_case(read_case(text, "essai.yaml"), by=None)


def refused(text: str) -> list[str]:
    """What the refusal says; nothing was written."""
    before = rows()
    with pytest.raises(BadCaseFile) as refusal:
        imported(text)
    assert rows() == before
    return [str(problem).replace("\u00a0", " ") for problem in refusal.value.problems]


def test_the_real_case_is_in_force_as_observed_and_submitted(real: Read) -> None:
    assert import_case(real, by=None).done == 9
    before = structure_in_force()
    mission = UnitId("mission-proch-orientation")
    assert before.subtree_totals[mission].posts == 16
    assert len(before.posts) == 17
    row = Reorganisation.objects.get(code="proch-orientation-2021")
    assert (row.status, row.effective_on, row.fictitious) == (Status.SUBMITTED, None, False)
    item = row.agenda_items.get()
    assert (item.session.held_on.isoformat(), item.kind) == ("2021-10-04", "avis")
    assert item.session.committee.label == "Comité technique paritaire"
    after = draft(row).folded.structure
    grades = {grade: total.posts for grade, total in after.tally(lambda post: post.grade, mission).items()}
    assert grades == {"A 1.3": 1, "A 2.2": 4, "A 3": 10, "A 4": 2}
    assert [after.subtree_totals[unit].posts for unit in after.unit_by_id if unit.endswith("direction")] == [4]
    assert after.subtree_totals[mission].posts == 17
    assert row.sealed_texts.count() == 1
    assert not Opinion.objects.exists()
    assert not Assignment.objects.exists()
    assert Version.objects.get().kind == "opening"
    assert verify_chart() == []
    assert not has_fiction(row)


def test_the_continuation_brings_it_into_force(
    real: Read, continued: Read, later: Read, after_the_bourse: Callable[[], None]
) -> None:
    import_case(real, by=None)
    import_case(continued, by=None)
    after_the_bourse()
    import_case(later, by=None)
    statuses = dict(Reorganisation.objects.values_list("code", "status"))
    assert statuses == {
        "proch-orientation-2021": Status.IN_FORCE,
        "fictif-accompagnement-2023": Status.IN_FORCE,
        "fictif-projet-editorial": Status.DRAFT,
    }
    kinds = [
        (version.number, version.kind, version.effective_on.isoformat()) for version in Version.objects.all()[::-1]
    ]
    assert kinds == [
        (1, "opening", "2021-10-04"),
        (2, "reorganisation", "2022-01-01"),
        (3, "resolution", "2022-02-01"),
        (4, "reorganisation", "2023-09-01"),
    ]
    assert structure_in_force().subtree_totals[UnitId("mission-proch-orientation")].posts == 17
    assert structure_in_force().pendings == ()
    held = Assignment.objects.get(post="responsable-secteur-information")
    assert (held.agent.uid, held.begins_on.isoformat()) == ("karima-pretexte", "2022-02-01")
    opinions = {opinion.agenda_item.session.uid: opinion for opinion in Opinion.objects.all()}
    assert opinions["cst-fictif-2023-06-15"].votes.count() == 3
    assert all(opinion.fictitious for opinion in opinions.values())
    assert [version.fictitious for version in Version.objects.all()[::-1]] == [False, True, True, True]
    assert all(has_fiction(row) for row in Reorganisation.objects.all())
    waiting = draft(Reorganisation.objects.get(code="fictif-projet-editorial"))
    assert (waiting.conflicts, waiting.folded.refusals, len(waiting.changes)) == ((), (), 6)
    assert verify_chart() == []


def test_a_dry_run_says_it_all_and_writes_nothing(real: Read) -> None:
    before = rows()
    told = import_case(real, by=None, dry_run=True)
    assert rows() == before
    assert told == import_case(real, by=None)
    assert rows() != before


def test_a_second_run_changes_nothing(
    real: Read, continued: Read, later: Read, after_the_bourse: Callable[[], None]
) -> None:
    def run() -> list[int]:
        done = [import_case(read, by=None).done for read in (real, continued)]
        after_the_bourse()
        return [*done, import_case(later, by=None).done]

    first, there = run(), rows()
    assert run() == [0, 0, 0]
    assert rows() == there
    assert first == [9, 36, 16]
    second = [import_case(real, by=None)]
    assert all(str(outcome).startswith("= ") for outcome in second[0].outcomes)


def test_what_was_done_since_stays(real: Read) -> None:
    import_case(real, by=None)
    row = Reorganisation.objects.get()
    actions.send_back(reorganisation=row, by=None)
    actions.delete_change(reorganisation=row, uid="fermer-cellule-editoriale", by=None, seen=row.revision)
    Site.objects.filter(code="lille").update(label="Lille (siège)")
    there = rows()
    edited = (
        text_of("proch_orientation") + "- {type: edit_draft, reorganisation: proch-orientation-2021, title: Autre}\n"
    )
    assert import_case(real, by=None).done == 0
    assert imported(edited).done == 0
    assert rows() == there
    assert Reorganisation.objects.get().status == Status.DRAFT
    assert Site.objects.get(code="lille").label == "Lille (siège)"


def test_a_draft_can_be_edited_by_a_file_that_continues_it(real: Read) -> None:
    import_case(real, by=None)
    text = "format: 1\ntitle: T\nsteps:\n- {type: edit_draft, reorganisation: proch-orientation-2021, title: Autre}\n"
    assert imported(text).done == 1
    assert Reorganisation.objects.get().title == "Autre"
    assert imported(text).done == 0


def test_a_step_may_write_sections_situations_and_announced_numbers_anew(real: Read) -> None:
    text = text_of("proch_orientation") + (
        "- type: edit_draft\n"
        "  reorganisation: proch-orientation-2021\n"
        "  effective_on: 2022-01-01\n"
        "  announced: []\n"
        "  sections:\n"
        "  - {key: aims, title: Buts}\n"
        "  - {key: context, title: Contexte, included: false}\n"
        "  - {key: transfert-ddpe, title: Sans ajustement}\n"
        "  situations: [{agent: ada, note: Reclassement}, {agent: bob, post: directrice}]\n"
        "- type: edit_draft\n"
        "  reorganisation: proch-orientation-2021\n"
        "  effective_on: null\n"
        "  situations: [{agent: bob, note: Autre}]\n"
    )
    agents = "agents:\n- {id: ada, first_name: A, last_name: A}\n- {id: bob, first_name: B, last_name: B}\nsteps:\n"
    text = text.replace("steps:\n", agents, 1)
    assert imported(text).done == 13
    row = Reorganisation.objects.get()
    assert (row.effective_on, row.announced) == (None, [])
    sections = [(section.key, section.included, section.change_uid) for section in row.sections.order_by("position")]
    assert sections == [("aims", True, None), ("context", False, None), ("transfert-ddpe", True, None)]
    assert [(each.agent_uid, each.post_uid, each.note) for each in row.situations.all()] == [("bob", None, "Autre")]
    assert imported(text).done == 0


def test_the_same_session_gives_one_opinion_on_the_text_named(real: Read) -> None:
    import_case(real, by=None)
    text = (
        "format: 1\ntitle: T\nsteps:\n- type: record_opinion\n  reorganisation: proch-orientation-2021\n"
        "  session: ctp-2021-10-04\n  text: {}\n  outcomes: [{{college: personnel, outcome: favorable, "
        "qualification: Procès-verbal}}]\n"
    )
    assert "n’a pas de texte 7" in refused(text.format(7))[0]
    assert imported(text.format(1)).done == 1
    assert Opinion.objects.get().sealed_text.number == 1


STEP = "- {type: apply_stage, reorganisation: proch-orientation-2021, stage: 0}\n"
LAST = "- {type: submit, reorganisation: proch-orientation-2021, session: ctp-2021-10-04}\n"
REFUSALS = {
    "an action refused at the very end": (
        ("", STEP),
        "steps[2]: Le texte voté n’a pas d’étape 0.",
    ),
    "a transition that does not exist": (
        ("", "- {type: decide, reorganisation: proch-orientation-2021, kind: arrete, dated_on: 2021-12-01}\n"),
        "steps[2]: Une réorganisation dans l’état « Soumise au comité » ne peut pas",
    ),
    "a change that cannot be made": (
        ("    unit: cellule-editoriale\n    successors", "    unit: mission-proch-orientation\n    successors"),
        "steps[0].changes[5]: Ces ajustements ne peuvent pas se faire",
    ),
    "a chart that does not hold together": (
        ("parent: region-hauts-de-france", "parent: mission-proch-orientation"),
        "chart: ",
    ),
    "a date that is none": (("2020-07-06", "2020-02-31"), "milestones[2]: Cette date n’existe pas."),
    "an assignment twice": (
        (
            "steps:\n",
            "agents:\n- {id: ada, first_name: Ada, last_name: Exemple}\n"
            "- {id: bob, first_name: Bob, last_name: Exemple}\n"
            "steps:\n"
            "- {type: assign_agent, agent: ada, post: directrice, begins_on: 2020-01-01}\n"
            "- {type: assign_agent, agent: bob, post: directrice, begins_on: 2021-01-01}\n",
        ),
        "steps[1]: Le poste « direct",
    ),
    "an assignment to a post to come": (
        (
            "steps:\n",
            "agents:\n- {id: ada, first_name: Ada, last_name: Exemple}\nsteps:\n"
            "- {type: assign_agent, agent: ada, post: responsable-secteur-information, begins_on: 2020-01-01}\n",
        ),
        "steps[0]: « responsable-secteur-information » n’est pas encore dans l’organigramme",
    ),
    "a correction of what is structure": (
        ("", "- {type: correct_post, post: directrice, reason: Faute, fields: {grade: A 3}}\n"),
        "steps[2]: « Cotation » ne se corrige pas",
    ),
    "a correction of a unit to come": (
        ("", "- {type: correct_unit, unit: secteur-information, reason: Faute, fields: {acronym: SI}}\n"),
        "steps[2]: « secteur-information » n’est pas encore",
    ),
    "a nameless agent": (
        ("steps:\n", "agents:\n- {id: ada, first_name: Ada, last_name: ''}\nsteps:\n"),
        "agents[0]: ",
    ),
}


@pytest.mark.parametrize("case", REFUSALS)
def test_one_refusal_and_nothing_is_written(case: str) -> None:
    (old, new), told = REFUSALS[case]
    text = text_of("proch_orientation")
    assert old in text
    changed = text.replace(old, new, 1) if old else text + new
    [message] = refused(changed)
    place = message.split(": ", 1)[1]
    assert place.startswith(told)
    # The line told is that of the record in the file.
    line = int(message.split(": ")[0].split(":")[1])
    assert changed.splitlines()[line - 1].lstrip().startswith(("- ", "chart:"))


def test_references_may_point_to_the_database_and_to_nothing_else(real: Read) -> None:
    text = (
        "format: 1\ntitle: T\nmilestones:\n"
        "- {id: j, label: Événement, on: '2022', unit: cellule-editoriale}\n"
        "steps:\n- {type: state_vacancy, post: inconnu, since: 2021-11-01}\n"
    )
    assert len(refused(text)) == 2
    import_case(real, by=None)
    assert refused(text) == ["essai.yaml:6: steps[0].post: aucun poste n’a l’identifiant « inconnu »."]
    assert imported(text.replace("inconnu", "directrice")).done == 2


def test_another_opening_state_is_refused(real: Read) -> None:
    import_case(real, by=None)
    assert "un autre état constaté" in refused(text_of("proch_orientation").replace("graphiste-2", "graphiste-3"))[0]


def test_a_milestone_of_a_unit_to_come_waits_for_it(real: Read) -> None:
    import_case(real, by=None)
    text = text_of("suite_fictive").replace(
        "\nagents:\n",
        "\nmilestones:\n- {id: j, label: Parution, on: '2022', unit: secteur-information, fictitious: true}\nagents:\n",
        1,
    )
    outcomes = imported(text).outcomes
    assert outcomes[-1].path == ("milestones", 0)
    assert outcomes[-1].done


def test_the_versions_of_the_file_are_compared(real: Read) -> None:
    import_case(real, by=None)
    version = Version.objects.get()
    digest = structure_sha256(version_structure(version, with_corrections=False))
    given = "format: 1\ntitle: T\nversions:\n- {{number: {}, effective_on: {}, structure_sha256: {}}}\n"
    assert imported(given.format(1, "2021-10-04", digest)).done == 0
    assert "ne scellent pas" in refused(given.format(2, "2021-10-04", digest))[0]
    assert "n’est pas celle du fichier" in refused(given.format(1, "2021-10-05", digest))[0]
    assert "n’est pas celle du fichier" in refused(given.format(1, "2021-10-04", digest[::-1]))[0]


def test_partial_dates() -> None:
    assert partial_date("2020") == (2020, None, None)
    assert partial_date("2020-07-06") == (2020, 7, 6)


def test_the_command_says_what_it_does(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = FIXTURES / "proch_orientation.yaml"
    call_command("import_case", path, dry_run=True)
    assert "À blanc, rien n’a été écrit : 9 enregistrés, 0 déjà là." in capsys.readouterr().out.replace("\u00a0", " ")
    call_command("import_case", path)
    told = capsys.readouterr().out.replace("\u00a0", " ")
    assert "+ État constaté : 5 unités, 17 postes" in told
    assert "+ proch-orientation-2021 : soumission, séance ctp-2021-10-04" in told
    assert told.endswith("9 enregistrés, 0 déjà là.\n")
    wrong = tmp_path / "faux.yaml"
    wrong.write_text("format: 1\n", encoding="utf-8")
    with pytest.raises(CommandError, match=r"faux\.yaml:1: il manque la clé «\xa0title\xa0»\.\nRien n’a été écrit\."):
        call_command("import_case", wrong)
    with pytest.raises(CommandError, match="ne peut pas être lu"):
        call_command("import_case", tmp_path / "absent.yaml")
    assert PostId("directrice") in structure_in_force().post_by_id
