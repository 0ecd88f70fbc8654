"""The real case says what the report of 4 October 2021 says, no more, and folds to its totals without a database."""

import re
from collections.abc import Mapping

import pytest

from orgchart.changes import TransferPost, TransformUndetermined, tag_of
from orgchart.checks import Severity, check_draft, faults
from orgchart.fold import fold, fold_leniently
from orgchart.records import ManagementLevel
from orgchart.rows import rows
from orgchart.structure import Structure
from orgchart.values import PostId, UnitId
from reorganisations.case_file.checking import Known, mistaken_identifiers
from reorganisations.case_file.reading import Read
from reorganisations.case_file.steps import OpenReorganisation, Submit

MISSION = UnitId("mission-proch-orientation")
EDITORIAL = UnitId("cellule-editoriale")


@pytest.fixture
def opened(real: Read) -> OpenReorganisation:
    step = real.case.steps[0]
    assert isinstance(step, OpenReorganisation)
    return step


@pytest.fixture
def before(real: Read) -> Structure:
    assert real.case.chart
    return real.case.chart.structure(real.case.nomenclature)


@pytest.fixture
def after(before: Structure, opened: OpenReorganisation) -> Structure:
    return fold(before, opened.changes)


def by_grade(chart: Structure) -> Mapping[object, int]:
    return {grade: total.posts for grade, total in chart.tally(lambda post: post.grade, MISSION).items()}


def by_unit(chart: Structure) -> Mapping[UnitId, int]:
    return {unit: total.posts for unit, total in chart.subtree_totals.items()}


def test_before_there_are_16_posts_and_the_one_of_the_ddpe(before: Structure) -> None:
    assert len(before.posts) == 17
    assert by_grade(before) == {"A 1.3": 1, "A 2.2": 2, "A 3": 11, "A 4": 2}
    assert by_unit(before)[MISSION] == 16
    assert by_unit(before)[EDITORIAL] == 6
    assert len(before.posts_of[MISSION]) == 10
    assert faults(before) == ()


def test_what_is_known_in_part_has_no_total(before: Structure, after: Structure) -> None:
    partial = {unit.id for unit in before.units if unit.partial}
    assert partial == {"region-hauts-de-france", "pole-education-lycees", "ddpe"}
    for chart in (before, after):
        assert [chart.total(unit) for unit in sorted(partial)] == [None, None, None]
    ddpe = before.unit_by_id[UnitId("ddpe")]
    assert (ddpe.label, ddpe.acronym, ddpe.parent) == ("DDPE", "DDPE", None)


def test_after_there_are_4_6_and_7(after: Structure, opened: OpenReorganisation) -> None:
    totals = by_unit(after)
    units = ["cellule-direction", "secteur-information", "cellule-accompagnement"]
    assert [totals[UnitId(unit)] for unit in units] == [4, 6, 7]
    assert totals[MISSION] == 17
    assert by_grade(after) == {"A 1.3": 1, "A 2.2": 4, "A 3": 10, "A 4": 2}
    assert EDITORIAL not in after.unit_by_id
    announced = [getattr(change, "announced", None) for change in opened.changes]
    assert [number for number in announced if number] == [4, 6, 7]


def test_the_posts_are_printed_as_in_the_report(after: Structure) -> None:
    printed = {
        unit: [(row.number, row.label, row.grade, row.level) for row in rows(after, UnitId(unit))]
        for unit in ("cellule-direction", "secteur-information", "cellule-accompagnement")
    }
    assert printed == {
        "cellule-direction": [
            (1, "directrice", "A 1.3", ManagementLevel.DIRECTION),
            (2, "conseillères techniques", "A 2.2", None),
            (1, "cadre administratif et financier", "A 3", None),
        ],
        "secteur-information": [
            (1, "responsable de secteur", "A 2.2", ManagementLevel.PROXIMITY),
            (3, "chargés de mission", "A 3", None),
            (2, "graphistes", "A 4", None),
        ],
        "cellule-accompagnement": [
            (1, "responsable de projet", "A 2.2", None),
            (1, "chargé de mission", "A 3", None),
            (5, "Chargé/e/s de mission référent/s départementaux", "A 3", None),
        ],
    }


def test_the_units_are_led_as_the_report_says(after: Structure) -> None:
    leads = {unit.label: unit.lead for unit in after.units if unit.lead}
    assert leads == {
        "Cellule de direction": "directrice",
        "Secteur Information sur les métiers et les formations": "responsable-secteur-information",
        "Cellule Accompagnement des parcours et développement des partenariats": "directrice",
    }
    secteur = after.unit_by_id[UnitId("secteur-information")]
    assert secteur.sites == ("amiens", "lille")
    assert {alias.split()[0] for alias in secteur.aliases} == {"Service", "Cellule"}
    assert secteur.origins == (EDITORIAL,)


def test_the_six_changes_come_in_their_order(opened: OpenReorganisation) -> None:
    assert [tag_of(change) for change in opened.changes] == [
        "create_unit",
        "create_unit",
        "transform_undetermined",
        "create_unit",
        "transfer_post",
        "close_unit",
    ]
    transformation, transfer = opened.changes[2], opened.changes[4]
    assert isinstance(transformation, TransformUndetermined)
    assert isinstance(transfer, TransferPost)
    assert len(transformation.candidates) == 4
    assert len(transformation.into.duties) == 9
    assert transformation.opened_to
    assert transfer.agreed
    assert all(change.motive for change in opened.changes)


def test_the_transferred_post_keeps_its_three_duties(after: Structure) -> None:
    assert len(after.post_by_id[PostId("responsable-projet-decrochage")].duties) == 3


def test_the_sources_count_16_where_the_report_counts_17(before: Structure, opened: OpenReorganisation) -> None:
    assert [[part.posts for part in each.parts] for each in opened.announced] == [[9, 6, 1]]
    folded = fold_leniently(before, opened.changes)
    problems = check_draft(before, opened.changes, folded, announced=opened.announced)
    gap = next(problem for problem in problems if problem.code == "sources_gap")
    assert gap.severity is not Severity.BLOCKING
    assert not [problem for problem in problems if problem.severity is Severity.BLOCKING]


def test_what_is_deduced_says_why(before: Structure, opened: OpenReorganisation) -> None:
    inside = [post for post in before.posts if post.unit != "ddpe"]
    assert all(post.deduced for post in inside)
    direct = before.posts_of[MISSION]
    assert all("unit" in {each.field for each in post.deduced} for post in direct)
    records = (*before.units, *before.posts, *opened.changes)
    assert all(each.reason.endswith(".") for record in records for each in record.deduced)
    assert {each.field for each in opened.changes[0].deduced} >= {"lead"}
    assert [each.field for each in opened.changes[5].deduced] == [""]


def test_what_the_report_leaves_out_stays_unknown(real: Read, before: Structure, after: Structure) -> None:
    assert not real.case.agents
    assert [type(step) for step in real.case.steps] == [OpenReorganisation, Submit]
    for post in (*before.posts, *after.posts):
        assert (post.hours, post.site, post.corps, post.statutory_grades, post.job_family) == (None, None, (), (), "")


def test_milestones_are_as_precise_as_the_report(real: Read) -> None:
    found = [(milestone.on, milestone.posts_announced) for milestone in real.case.milestones]
    assert found == [("2020-03", 9), ("2020-07", None), ("2020-07-06", None)]


def test_the_seminars_are_told(opened: OpenReorganisation) -> None:
    method = next(section.markdown for section in opened.sections if section.key == "method")
    for place in ("Amiens (Saint-Leu)", "Arras (Lycée Guy Mollet)", "Lille (Lycée Pasteur)"):
        assert place in method
    assert re.findall(r"(\w+ 202\d)", method) == ["juillet 2020", "décembre 2020", "juin 2021"]


def test_no_identifier_is_wrong(real: Read, continued: Read) -> None:
    assert mistaken_identifiers(real) == []
    assert mistaken_identifiers(continued, Known().and_those_of(real.case)) == []
    assert mistaken_identifiers(continued) != []


def test_every_record_of_the_continuation_is_marked(continued: Read, later: Read) -> None:
    cases = (continued.case, later.case)
    steps = [step for case in cases for step in case.steps]
    records = [each for case in cases for each in (*case.committees, *case.sessions, *case.agents)] + steps
    votes = [vote for step in steps for vote in getattr(step, "votes", ())]
    assert votes
    assert all(record.fictitious for record in (*records, *votes))


def test_nothing_of_the_real_case_is_marked(real: Read) -> None:
    case = real.case
    assert case.chart
    assert not any(
        record.fictitious for record in (case.chart, *case.milestones, *case.committees, *case.sessions, *case.steps)
    )
