"""Size, levels, leads and those who answer to them, counted as one would by hand."""

from fractions import Fraction

from hypothesis import given

from orgchart.fold import fold
from orgchart.measures import Measures, Span
from orgchart.records import Post, Unit
from orgchart.structure import Structure
from orgchart.total import Total
from orgchart.values import UnitId

from . import real_case
from .sample import ONE_OF_THREE, after, chart
from .strategies import structures


def of(structure: Structure, unit: str = "d") -> Measures:
    return Measures(structure, UnitId(unit))


def test_the_size_is_that_of_the_whole_subtree() -> None:
    measures = of(chart())
    assert measures.total == Total(5, Fraction(4), 1)
    assert measures.grades == {
        "A 1": Total(1, Fraction(1)),
        "A 2": Total(3, Fraction(3)),
        "B 1": Total(1, unknown_etp=1),
    }
    assert [unit.id for unit in measures.units] == ["d", "s", "c", "t"]
    assert measures.depth == 3


def test_one_post_alone_leads_and_all_others_of_its_unit_answer_to_it() -> None:
    measures = of(chart())
    assert [post.id for post in measures.leads] == ["chief"]
    assert measures.management_ratio == Fraction(1, 5)
    assert measures.spans == (Span("chief", 4),)
    assert measures.average_span == 4


def test_a_unit_without_a_lead_answers_to_the_one_above() -> None:
    clerk = Post(id="clerk", unit="c", title="gestionnaire")
    measures = of(chart(posts=(clerk,)))
    assert measures.spans == (Span("chief", 5),)
    assert [unit.id for unit in measures.led_from_above] == ["c", "t"]


def test_a_unit_with_its_lead_answers_through_it() -> None:
    posts = (Post(id="head", unit="c", title="chef"), Post(id="clerk", unit="c", title="gestionnaire"))
    measures = of(
        chart(units=(Unit(id="c", kind="cellule", label="Cellule paie", parent="s", lead="head"),), posts=posts)
    )
    assert measures.spans == (Span("chief", 5), Span("head", 1))
    assert measures.average_span == 3
    assert [unit.id for unit in measures.led_from_above] == ["t"]


def test_a_post_that_leads_two_units_hears_both_and_not_the_one_above_it() -> None:
    units = (
        Unit(id="d", kind="direction", label="Direction des lycées", lead="boss"),
        Unit(id="t", kind="service", label="Service du patrimoine", parent="d", position=1, lead="chief"),
    )
    posts = (Post(id="boss", unit="s", title="chef"), Post(id="keeper", unit="t", title="gestionnaire"))
    measures = of(chart(units=units, posts=posts))
    assert {span.lead: span.reports for span in measures.spans} == {"boss": 1, "chief": 5}
    assert measures.spans[0].lead == "chief"


def test_a_post_that_leads_a_unit_and_the_one_below_does_not_answer_to_itself() -> None:
    units = (Unit(id="c", kind="cellule", label="Cellule paie", parent="s", lead="chief"),)
    measures = of(chart(units=units, posts=(Post(id="clerk", unit="c", title="gestionnaire"),)))
    assert measures.spans == (Span("chief", 5),)


def test_a_lead_from_outside_is_not_counted_among_those_inside() -> None:
    units = (Unit(id="t", kind="service", label="Service du patrimoine", parent="d", position=1, lead="driver"),)
    assert [post.id for post in of(chart(units=units)).leads] == ["chief"]


def test_what_a_pending_transformation_takes_away_does_not_answer() -> None:
    assert of(after(ONE_OF_THREE)).spans == (Span("chief", 4),)


def test_without_posts_there_is_no_ratio_and_no_span() -> None:
    measures = of(chart(), "c")
    assert (measures.management_ratio, measures.average_span, measures.spans) == (None, None, ())


def test_what_is_known_in_part_has_no_ratio() -> None:
    measures = of(real_case.before(), real_case.POLE)
    assert (measures.total, measures.management_ratio) == (None, None)


def test_the_real_case() -> None:
    before = real_case.before()
    measures = Measures(fold(before, real_case.CHANGES), real_case.MISSION)
    assert measures.total == Total(17, unknown_etp=17)
    assert measures.depth == 2
    assert measures.spans == (Span(real_case.DIRECTOR, 10), Span(real_case.SECTOR_LEAD, 5))
    assert measures.management_ratio == Fraction(2, 17)


@given(structures())
def test_nobody_answers_to_himself_and_no_more_answer_than_there_are(structure: Structure) -> None:
    for root in structure.roots:
        measures = Measures(structure, root.id)
        assert 1 <= measures.depth <= len(measures.units)
        for span in measures.spans:
            assert 0 <= span.reports < len(structure.posts)
