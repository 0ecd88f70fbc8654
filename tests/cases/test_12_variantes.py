"""Three ways of reorganising one direction: they are alternatives, compared by figures, and one only is submitted."""

import datetime
from collections.abc import Callable

import pytest

from accounts.models import User
from orgchart.measures import Span
from reorganisations import actions
from reorganisations.comparison import Comparison
from reorganisations.exceptions import NeedsNotMet
from reorganisations.models import Reorganisation, Status
from reorganisations.queries import Draft

Open = Callable[[str], Reorganisation]
FIRST, SECOND, THIRD = "reunir-les-services", "reunir-les-services-variante-2", "reunir-les-services-variante-3"


@pytest.fixture
def drafts(open_case: Open) -> dict[str, Draft]:
    open_case("12-variantes")
    return {row.code: Draft(row) for row in Reorganisation.objects.all()}


def test_they_are_one_family_without_conflict(drafts: dict[str, Draft]) -> None:
    for draft in drafts.values():
        assert set(Reorganisation.objects.of_family(draft.reorganisation).values_list("code", flat=True)) == set(drafts)
        assert draft.conflicts_with_others == ()


def test_they_are_compared_by_figures(drafts: dict[str, Draft]) -> None:
    comparison = Comparison(drafts[FIRST], drafts[SECOND], people=False)
    sides = [each for each in comparison.sides if each]
    assert [len(each.units) for each in sides] == [3, 2, 3]
    assert [each.total.posts for each in sides if each.total] == [8, 8, 7]
    _, merged, led = sides
    # Without a lead the merged service answers to the directrice, all seven posts.
    assert merged.spans == (Span("directrice-aides", 7),)
    assert led.spans[0] == Span("chef-nord", 5)


def test_the_difference_is_said_change_by_change(drafts: dict[str, Draft]) -> None:
    apart = Comparison(drafts[FIRST], drafts[THIRD], people=False).apart
    assert (apart.common, apart.only_one, apart.otherwise) == (1, (), ())
    assert len(apart.only_other) == 1


def test_one_is_kept_and_goes_to_the_committee(drafts: dict[str, Draft], hr: User) -> None:
    committee = actions.create_committee(kind="cst", label="Comité", by=hr)
    session = actions.plan_session(committee=committee, held_on=datetime.date(2024, 6, 3), by=hr)
    kept = drafts[THIRD].reorganisation
    with pytest.raises(NeedsNotMet, match="variantes"):
        actions.submit(reorganisation=kept, session=session, by=hr)
    actions.keep_variant(reorganisation=kept, by=hr)
    actions.submit(reorganisation=kept, session=session, by=hr)
    statuses = dict(Reorganisation.objects.values_list("code", "status"))
    assert statuses == {FIRST: Status.WITHDRAWN, SECOND: Status.WITHDRAWN, THIRD: Status.SUBMITTED}
