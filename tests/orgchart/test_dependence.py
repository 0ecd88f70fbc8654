"""What cannot be made on another chart is found by folding only the changes concerned."""

from hypothesis import given
from hypothesis import strategies as st

from orgchart.dependence import Dependence
from orgchart.side import Side
from orgchart.traces import trace
from tests.orgchart.drafting import attempts
from tests.orgchart.strategies import structures


@given(st.data())
def test_those_concerned_say_what_the_whole_draft_says(data: st.DataObject) -> None:
    before = data.draw(structures())
    mine = data.draw(attempts(before=before, prefix="a", max_changes=8)).changes
    side = Side(before, data.draw(attempts(before=before, prefix="b", max_changes=8)).changes)
    found = Dependence(mine, trace(before, mine)).refused_on(side.structure, side.written)
    assert found == trace(side.structure, mine).refused
