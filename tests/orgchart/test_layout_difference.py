"""What the drawing of a difference shows: the real case, then small ones, then what holds of all."""

import pytest
from hypothesis import given

from orgchart.diff import compare
from orgchart.fold import fold
from orgchart.layout import Mark, Role, layout
from orgchart.structure import Structure
from orgchart.values import PostId, UnitId

from . import real_case
from .drawn import MEASURE, box_of, charts, overlap, post, row_words, unit, words


@pytest.fixture(scope="module")
def after() -> Structure:
    return fold(real_case.before(), real_case.CHANGES)


def test_the_mission_after_shows_three_units_and_their_posts(after):
    drawing = layout(after, MEASURE, root=real_case.MISSION)
    assert drawing.boxes[0].label == "Mission Proch’Orientation"
    assert words(box_of(drawing, real_case.MISSION), Role.FACTS) == ["17\u00a0postes"]
    assert words(box_of(drawing, real_case.SECTOR), Role.FACTS) == ["6\u00a0postes · Amiens, Lille"]
    assert row_words(box_of(drawing, real_case.SECTOR)) == [
        "Responsable de secteur",
        "3\u00a0chargés de mission",
        "2\u00a0graphistes",
    ]
    assert box_of(drawing, real_case.SECTOR).rows[0].leads
    assert [row.chip.grade for row in box_of(drawing, real_case.DIRECTION).rows if row.chip] == [
        "A 1.3",
        "A 2.2",
        "A 3",
    ]
    assert words(box_of(drawing, real_case.ACCOMPANIMENT), Role.FACTS) == [
        "7\u00a0postes",
        "pilotée depuis Cellule de direction",
        "(directrice)",
    ]
    assert drawing.marks == ()


def test_the_difference_marks_what_is_created_transformed_transferred_and_closed(after):
    before = real_case.before()
    drawing = layout(after, MEASURE, difference=compare(before, after))
    assert drawing.marks == (Mark.CREATED, Mark.TRANSFERRED, Mark.TRANSFORMED, Mark.CLOSED)
    assert words(box_of(drawing, real_case.DIRECTION), Role.STATE) == ["créée"]
    assert words(box_of(drawing, real_case.SECTOR), Role.STATE) == ["créé"]
    closed = box_of(drawing, real_case.EDITORIAL)
    assert closed.mark is Mark.CLOSED
    assert closed.rows == ()
    notes = " ".join(words(closed, Role.NOTE))
    assert notes.startswith("6\u00a0postes rattachés à Secteur Information")
    assert "Reprise par\u00a0: Secteur Information" in notes
    signs = {row.texts[0].text: row.sign.word for box in drawing.boxes for row in box.rows if row.sign}
    assert signs == {"Responsable de secteur": "transformé", "Responsable de projet": "transféré"}
    assert words(box_of(drawing, real_case.MISSION), Role.FACTS) == ["16 → 17\u00a0postes"]


def test_a_unit_known_in_part_shows_the_gap_and_no_total(after):
    drawing = layout(after, MEASURE, difference=compare(real_case.before(), after))
    ddpe = box_of(drawing, real_case.DDPE)
    assert ddpe.partial
    assert words(ddpe, Role.FACTS) == ["connue en partie · −1\u00a0poste"]
    assert [row.gone for row in ddpe.rows] == [True]


def test_no_gap_is_shown_above_a_perimeter_that_a_unit_of_unknown_place_gives_to(after):
    drawing = layout(after, MEASURE, difference=compare(real_case.before(), after))
    assert words(box_of(drawing, real_case.POLE), Role.FACTS) == ["connue en partie"]


def test_posts_of_one_row_that_fared_differently_are_parted():
    before = Structure.of([unit("r"), unit("a", "r")], [post("p1", "a"), post("p2", "r")])
    after = Structure.of([unit("r"), unit("a", "r")], [post("p1", "a"), post("p2", "a"), post("p3", "a")])
    box = box_of(layout(after, MEASURE, difference=compare(before, after)), "a")
    assert [(row.posts, row.sign.word if row.sign else "") for row in box.rows] == [
        (("p1",), ""),
        (("p2",), "rattaché"),
        (("p3",), "créé"),
    ]


def test_a_post_transformed_where_it_was_is_shown_once_as_what_it_became():
    before = Structure.of([unit("r")], [post("old", "r", label="secrétaire")])
    after = Structure.of([unit("r")], [post("new", "r", label="assistant", origins=("old",))])
    (box,) = layout(after, MEASURE, difference=compare(before, after)).boxes
    assert row_words(box) == ["Assistant transformé (avant\u00a0: secrétaire)"]


def test_suppressed_posts_stay_seen_and_several_are_counted():
    before = Structure.of(
        [unit("r")],
        [post("p1", "r", label_plural="agents d’accueil"), post("p2", "r", label_plural="agents d’accueil")],
    )
    after = Structure.of([unit("r", label="Renommée")], [])
    (box,) = layout(after, MEASURE, difference=compare(before, after)).boxes
    assert words(box, Role.STATE) == ["renommé"]
    assert row_words(box) == ["2\u00a0agents d’accueil supprimés"]
    ((start, end, height),) = box.rows[0].strikes
    assert box.x < start < end < box.right
    assert box.y < height < box.bottom
    assert box.rows[0].sign
    assert box.rows[0].sign.word == "supprimés"


def test_a_unit_that_only_succeeds_another_is_not_marked():
    before = Structure.of([unit("r"), unit("a", "r"), unit("b", "r")])
    after = Structure.of([unit("r"), unit("a", "r", origins=("b",))])
    assert box_of(layout(after, MEASURE, difference=compare(before, after)), "a").mark is None


def moving() -> tuple[Structure, Structure]:
    before = Structure.of(
        [unit("r"), unit("a", "r"), unit("b", "r", position=1), unit("m", "a"), unit("s", "r", position=2)],
        [post("p1", "a"), post("p2", "a"), post("old", "a", label="secrétaire", grade="A 3"), post("head", "r")],
    )
    after = Structure.of(
        [
            unit("r"),
            unit("a", "r"),
            unit("b", "r", position=1, lead=PostId("head")),
            unit("m", "b", provisional=True),
            unit("n", "b", position=1, origins=("s",)),
        ],
        [
            post("p1", "b", superiors=("head",)),
            post("p2", "n"),
            post("new", "b", label="assistant", origins=("old",)),
            post("head", "r", grade="A 3"),
        ],
    )
    return before, after


def test_what_moved_says_where_from_and_what_became_of_the_rest():
    before, after = moving()
    drawing = layout(after, MEASURE, difference=compare(before, after))
    there, left = box_of(drawing, "b"), box_of(drawing, "a")
    assert row_words(there) == [
        "Assistant transformé (avant\u00a0: secrétaire, A\u00a03) depuis a",
        "Agent d’accueil rattaché depuis a relève aussi de\u00a0: agent d’accueil, r",
    ]
    assert row_words(left) == ["Secrétaire transformé vers b"]
    assert left.rows[0].strikes == ()
    assert words(left, Role.NOTE) == ["1\u00a0poste rattaché à b", "1\u00a0poste rattaché à n"]
    assert "1\u00a0poste depuis a" in words(box_of(drawing, "n"), Role.NOTE)
    assert "issu de\u00a0: s" in words(box_of(drawing, "n"), Role.FACTS)
    moved = box_of(drawing, "m")
    assert moved.label == "M (nom provisoire)"
    assert "depuis\u00a0: a" in words(moved, Role.FACTS)
    assert "piloté depuis r (agent d’accueil)" in words(there, Role.FACTS)
    assert row_words(box_of(drawing, "r")) == ["Agent d’accueil modifié (non renseignée → A\u00a03)"]


def test_renamed_units_and_posts_say_how_they_were_called():
    before = Structure.of([unit("r", label="Accueil")], [post("p", "r")])
    after = Structure.of([unit("r", label="Public", origins=("x",))], [post("p", "r", label="agent du public")])
    (box,) = layout(after, MEASURE, difference=compare(before, after)).boxes
    assert "avant\u00a0: Accueil" in words(box, Role.FACTS)
    assert row_words(box) == ["Agent du public renommé (avant\u00a0: agent d’accueil)"]


def test_a_unit_that_was_at_the_top_says_so():
    before, after = Structure.of([unit("r"), unit("a")]), Structure.of([unit("r"), unit("a", "r")])
    drawing = layout(after, MEASURE, difference=compare(before, after), provenance=True)
    assert "depuis\u00a0: le premier niveau" in words(box_of(drawing, "a"), Role.FACTS)
    assert len(drawing.boxes) == 2


def test_a_unit_that_takes_over_from_one_that_closes_says_so():
    before = Structure.of([unit("r"), unit("a", "r"), unit("b", "r")])
    after = Structure.of([unit("r"), unit("a", "r", origins=("b",))])
    assert "reprend\u00a0: b" in words(
        box_of(layout(after, MEASURE, difference=compare(before, after)), "a"), Role.FACTS
    )


def test_lines_lead_from_the_place_that_was_left_when_both_ends_are_drawn():
    before, after = moving()
    difference = compare(before, after)
    assert not [line for line in layout(after, MEASURE, difference=difference).connectors if line.former]
    drawing = layout(after, MEASURE, difference=difference, provenance=True)
    (ghost,) = [box for box in drawing.boxes if box.ghost]
    assert ghost.label == "M"
    assert words(ghost, Role.FACTS) == ["ancienne place, maintenant\u00a0: b"]
    told = {
        (line.source, line.target): line.label.text if line.label else "" for line in drawing.connectors if line.former
    }
    assert told == {("m (ancienne place)", "m"): "", ("a", "b"): "", ("a", "n"): ""}
    folded = layout(after, MEASURE, difference=difference, provenance=True, folded={UnitId("b")})
    assert not [box for box in folded.boxes if box.ghost]


def test_a_line_says_how_many_posts_went_where_there_is_room(after):
    drawing = layout(after, MEASURE, difference=compare(real_case.before(), after), provenance=True)
    told = {(line.source, line.target): line.label for line in drawing.connectors if line.former}
    label = told[real_case.DDPE, real_case.ACCOMPANIMENT]
    assert label
    assert label.text == "1\u00a0poste"
    assert (real_case.MISSION, real_case.DIRECTION) not in told


def test_a_post_of_two_superiors_is_linked_to_the_second():
    _, after = moving()
    dotted = [(line.source, line.target) for line in layout(after, MEASURE).connectors if line.dotted]
    assert dotted == [("b", "r")]


def test_the_legend_explains_all_that_is_drawn_and_nothing_else():
    before, after = moving()
    plain = layout(after, MEASURE, difference=compare(before, after), provenance=True)
    drawing = layout(after, MEASURE, difference=compare(before, after), provenance=True, keys=True)
    assert [key.sample for key in drawing.keys] == [
        "created",
        "moved",
        "transformed",
        "closed",
        "former",
        "functional",
    ]
    assert drawing.height > plain.height
    for key in drawing.keys:
        assert plain.height <= key.y < drawing.height
        assert key.text.x + MEASURE.width(key.text.text, key.text.size, key.text.weight) <= drawing.width
    alone = Structure.of([unit("r")])
    assert layout(alone, MEASURE, keys=True) == layout(alone, MEASURE)


@given(charts(12), charts(12))
def test_nothing_overlaps_nor_leaves_the_drawing_of_a_difference(before, after):
    drawing = layout(after, MEASURE, difference=compare(before, after), provenance=True, keys=True)
    boxes = drawing.boxes
    assert not [1 for rank, one in enumerate(boxes) for other in boxes[:rank] if overlap(one, other)]
    for box in boxes:
        for text in (*box.head, *box.foot, *(text for row in box.rows for text in row.texts)):
            if not text.ends:
                assert text.x + MEASURE.width(text.text, text.size, text.weight) <= box.right
    for connector in drawing.connectors:
        assert all(0 <= x <= drawing.width and 0 <= y <= drawing.height for x, y in connector.points)
