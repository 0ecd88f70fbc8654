"""What holds of every drawing, then how a few charts are laid out."""

from collections import Counter

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from orgchart.diff import compare
from orgchart.layout import Box, Role, Weight, layout
from orgchart.layout.sketch import wrap
from orgchart.structure import Structure
from orgchart.total import Total
from orgchart.values import PostId, UnitId

from .drawn import MEASURE, NOMENCLATURE, box_of, charts, labels, overlap, post, row_words, unit, words

# Every drawing


@given(charts())
def test_no_two_boxes_overlap(chart):
    boxes = layout(chart, MEASURE).boxes
    assert not [
        (one.unit, other.unit) for rank, one in enumerate(boxes) for other in boxes[:rank] if overlap(one, other)
    ]


@given(charts())
def test_every_unit_is_drawn_once_after_its_parent_and_below_it(chart):
    drawing = layout(chart, MEASURE)
    assert Counter(box.unit for box in drawing.boxes) == Counter(each.id for each in chart.units)
    seen: dict[str, Box] = {}
    for box in drawing.boxes:
        parent = chart.unit_by_id[box.unit].parent
        if parent is not None:
            assert box.y >= seen[parent].bottom
        seen[box.unit] = box


@given(charts())
def test_everything_is_inside_the_drawing(chart):
    drawing = layout(chart, MEASURE)
    for box in drawing.boxes:
        assert box.x >= 0
        assert box.y >= 0
        assert box.right <= drawing.width
        assert box.bottom <= drawing.height
        for text in (*box.head, *box.foot, *(text for row in box.rows for text in row.texts)):
            assert box.y < text.y < box.bottom
            assert box.x < text.x < box.right
    for connector in drawing.connectors:
        for x, y in connector.points:
            assert 0 <= x <= drawing.width
            assert 0 <= y <= drawing.height


@given(charts())
def test_words_stay_inside_their_box(chart):
    for box in layout(chart, MEASURE).boxes:
        for text in (*box.head, *box.foot, *(text for row in box.rows for text in row.texts)):
            if not text.ends:
                assert text.x + MEASURE.width(text.text, text.size, text.weight) <= box.right


@given(charts())
def test_the_same_chart_gives_the_same_drawing_whatever_the_order_it_comes_in(chart):
    again = Structure.of(reversed(chart.units), reversed(chart.posts), nomenclature=chart.nomenclature)
    assert layout(chart, MEASURE) == layout(again, MEASURE)


@given(charts(), st.integers(0, 3))
def test_levels_that_are_not_drawn_are_counted(chart, depth):
    drawing = layout(chart, MEASURE, depth=depth)
    hidden = sum(box.toggle.units for box in drawing.boxes if box.toggle and box.toggle.folded)
    assert len(drawing.boxes) + hidden == len(chart.units)


@given(charts(12), charts(12))
def test_a_difference_draws_the_units_of_both_sides_once(before, after):
    drawing = layout(after, MEASURE, difference=compare(before, after))
    assert Counter(box.unit for box in drawing.boxes) == Counter(before.unit_by_id.keys() | after.unit_by_id.keys())


@given(labels, st.floats(3, 60))
@example("Sous-direction anticonstitutionnellement", 20.0)
def test_wrapping_loses_nothing_and_fits(text, room):
    lines = wrap(text, room, 4.0, Weight.REGULAR, MEASURE)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    for line in lines:
        assert len(line) <= 1 or MEASURE.width(line, 4.0, Weight.REGULAR) <= room


def test_an_empty_chart_is_an_empty_drawing():
    assert layout(Structure(), MEASURE).boxes == ()


def test_a_root_that_is_not_in_the_chart_is_refused():
    with pytest.raises(KeyError):
        layout(Structure(), MEASURE, root=UnitId("nulle-part"))


# Shapes


def family(children: int, *, below: int = 0) -> Structure:
    units = [unit("r"), *(unit(f"c{n}", "r", position=n) for n in range(children))]
    units += [unit(f"c0-{n}", "c0", position=n) for n in range(below)]
    return Structure.of(units, nomenclature=NOMENCLATURE)


def test_a_few_units_stand_side_by_side_under_the_middle_of_the_top_one():
    drawing = layout(family(3), MEASURE)
    top, *children = drawing.boxes
    assert len({box.y for box in children}) == 1
    middle = (children[0].x + children[-1].right) / 2
    assert top.x + top.width / 2 == pytest.approx(middle, abs=0.02)


def test_the_last_level_goes_down_en_rateau():
    drawing = layout(family(2, below=4), MEASURE)
    parent = box_of(drawing, "c0")
    teeth = [box_of(drawing, f"c0-{n}") for n in range(4)]
    assert len({box.x for box in teeth}) == 1
    assert teeth[0].x > parent.x
    assert [box.y for box in teeth] == sorted(box.y for box in teeth)


def test_many_units_make_several_columns():
    drawing = layout(family(26), MEASURE)
    assert len({box.x for box in drawing.boxes[1:]}) == 5


def test_what_stands_alone_under_the_top_spreads_as_the_top_would():
    units = [unit("r"), unit("m", "r"), *(unit(f"c{n}", "m", position=n) for n in range(3))]
    drawing = layout(Structure.of(units), MEASURE)
    assert len({box.y for box in drawing.boxes[2:]}) == 1


def test_units_with_and_without_units_below_keep_their_order():
    units = [unit("r"), *(unit(f"c{n}", "r", position=n) for n in range(7)), unit("x", "c3"), unit("y", "c3")]
    drawing = layout(Structure.of(units), MEASURE)
    assert box_of(drawing, "c2").x < box_of(drawing, "c3").x < box_of(drawing, "c4").x
    assert box_of(drawing, "c4").x == box_of(drawing, "c6").x


def test_a_functional_link_is_dotted_from_side_to_side():
    units = [unit("r"), unit("a", "r", links=("b",)), unit("b", "r", position=1, links=("r", "a"))]
    dotted = [line for line in layout(Structure.of(units), MEASURE).connectors if line.dotted]
    assert [(line.source, line.target) for line in dotted] == [("a", "b"), ("b", "r"), ("b", "a")]


def test_a_functional_link_to_a_unit_that_is_not_drawn_is_written():
    units = [unit("r"), unit("a", "r", links=("z",)), unit("z", label="Direction des lycées")]
    drawing = layout(Structure.of(units), MEASURE, root=UnitId("r"))
    assert " ".join(words(box_of(drawing, "a"), Role.NOTE)) == "Lien fonctionnel\u00a0: Direction des lycées"


def test_a_folded_unit_counts_what_is_under_it():
    drawing = layout(family(2, below=4), MEASURE, root=UnitId("r"), folded={UnitId("c0")})
    assert len(drawing.boxes) == 3
    assert words(box_of(drawing, "c0"), Role.MORE) == ["4\u00a0unités"]
    assert box_of(drawing, "r").toggle is None


def test_units_that_are_not_loaded_are_counted_and_totals_are_given():
    drawing = layout(family(1), MEASURE, totals={UnitId("r"): Total(9), UnitId("c0"): None}, hidden={UnitId("c0"): 3})
    assert words(box_of(drawing, "r"), Role.FACTS) == ["9\u00a0postes · 0\u00a0ETP"]
    assert words(box_of(drawing, "c0")) == ["C0", "effectif non renseigné", "3\u00a0unités"]


def test_too_many_rows_are_counted():
    posts = [post(f"p{n:02}", "r", label=f"agent {n:02}", position=n) for n in range(14)]
    (box,) = layout(Structure.of([unit("r")], posts), MEASURE).boxes
    assert len(box.rows) == 9
    assert words(box, Role.NOTE) == ["et 5\u00a0autres postes"]


def test_planned_units_and_vacant_and_frozen_posts_say_so():
    posts = [
        post("p1", "r", label="a"),
        post("p2", "r", label="b"),
        post("p3", "r", label="b"),
        post("p4", "r", label="c", frozen=True),
    ]
    (box,) = layout(
        Structure.of([unit("r")], posts), MEASURE, planned={UnitId("r")}, vacant={posts[0].id, posts[1].id}
    ).boxes
    assert box.planned
    assert row_words(box) == ["A vacant", "2\u00a0b dont 1\u00a0vacant", "C gelé"]


def test_a_superior_of_elsewhere_is_named_by_what_is_told():
    chart = Structure.of([unit("r", lead=PostId("h"), links=("x",))], [post("p", "r", superiors=("chef",))])
    drawing = layout(chart, MEASURE, names={"chef": "chef, Service Y", "x": "Service X"})
    assert row_words(drawing.boxes[0]) == ["Agent d’accueil relève aussi de\u00a0: chef, Service Y"]
    assert " ".join(words(drawing.boxes[0], Role.NOTE)) == "Lien fonctionnel\u00a0: Service X"
