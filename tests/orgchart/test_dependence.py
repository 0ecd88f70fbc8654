"""What cannot be made on another chart is found by folding only the changes concerned."""

from hypothesis import given
from hypothesis import strategies as st

from orgchart.changes import CloseUnit, CreateUnit, MoveUnit, RegradePost, RenameUnit, SuppressPost
from orgchart.dependence import Dependence
from orgchart.side import Side
from orgchart.traces import trace
from tests.orgchart.drafting import attempts
from tests.orgchart.sample import chart, new_unit
from tests.orgchart.strategies import structures


@given(st.data())
def test_those_concerned_say_what_the_whole_draft_says(data: st.DataObject) -> None:
    before = data.draw(structures())
    mine = data.draw(attempts(before=before, prefix="a", max_changes=8)).changes
    side = Side(before, data.draw(attempts(before=before, prefix="b", max_changes=8)).changes)
    found = Dependence(mine, trace(before, mine)).refused_on(side.structure, side.written)
    assert found == trace(side.structure, mine).refused


def test_a_change_that_can_be_made_there_alone_takes_others_with_it() -> None:
    """On its base the unit held a post and could not close; there it closes, and nobody can rename it any more."""
    mine = (
        CloseUnit(id="close", unit="e"),
        RenameUnit(id="rename", unit="e", label="Direction des mobilités"),
        RegradePost(id="apart", post="p1", grade="A 1"),
    )
    known = trace(chart(), mine)
    assert set(known.refused) == {"close"}
    there = Side(chart(), (SuppressPost(id="theirs", post="driver"),))
    found = Dependence(mine, known).refused_on(there.structure, there.written)
    assert set(found) == {"rename"}
    assert found == trace(there.structure, mine).refused


def test_a_change_is_tried_there_with_those_it_rests_on() -> None:
    """The unit that theirs renamed goes under one that mine makes first."""
    mine = (
        CreateUnit(id="make", new=new_unit(), parent="e"),
        MoveUnit(id="move", unit="t", to="new"),
    )
    there = Side(chart(), (RenameUnit(id="theirs", unit="t", label="Service des bâtiments"),))
    assert there.written.isdisjoint(trace(chart(), mine[:1]).footprints["make"].writes)
    assert Dependence(mine, trace(chart(), mine)).refused_on(there.structure, there.written) == {}
