"""A dossier of which every source is known says nothing of what is not."""

import datetime

import pytest
from msgspec.structs import replace

from orgchart.changes import RegradePost
from orgchart.dossier import Narrative, NarrativeSection, dossier
from orgchart.dossier.facts import STANDARD_PARTS
from orgchart.fold import fold_leniently
from orgchart.records import Post, Unit
from orgchart.structure import Structure
from tests.orgchart import real_case
from tests.orgchart.sample import FULL, NOMENCLATURE
from tests.orgchart.test_dossier_real_case import bullets_of, part, spaced

POST = Post(
    id="p",
    unit="d",
    title="charge",
    grade="A 2",
    hours=FULL,
    site="lille",
    job_family="administrative",
    corps=("attachés",),
    statutory_grades=("attaché",),
)
FACTS = replace(
    real_case.FACTS,
    unit="d",
    committee="Comité technique",
    session_on=datetime.date(2021, 10, 4),
    effective_on=datetime.date(2022, 1, 1),
)
NARRATIVE = Narrative(
    sections=tuple(
        NarrativeSection(key=key, title=title, markdown="Dit.")
        for key, title in STANDARD_PARTS.items()
        if key != "adjustments"
    )
)
NOT_SAID = "N’est pas renseigné"


def first_page(post: Post) -> tuple[list[str], list[str]]:
    """(what the first page says is not known, what the annex says)."""
    before = Structure.of([Unit(id="d", kind="direction", label="Direction")], [post], (), NOMENCLATURE)
    changes = (RegradePost(id="x", post="p", grade="A 1"),)
    found = dossier(before, changes, fold_leniently(before, changes), FACTS, NARRATIVE)
    said = [spaced(block.text) for block in found.summary.blocks if NOT_SAID in getattr(block, "text", "")]
    return said, [spaced(text) for text in bullets_of(part(found, "unknown"), NOT_SAID)]


def test_the_first_page_is_silent_when_everything_is_known():
    assert first_page(POST) == ([], [])


@pytest.mark.parametrize(
    ("field", "told"),
    [("site", "pour tous les postes : site"), ("corps", "pour tous les postes : cadre d’emplois")],
)
def test_one_fact_that_is_missing_is_told_on_the_first_page_and_in_the_annex(field: str, told: str):
    said, annex = first_page(replace(POST, **{field: None if field == "site" else ()}))
    assert [each.casefold() for each in annex] == [told]
    assert len(said) == 1
    assert said[0].endswith(f": {told}.")
