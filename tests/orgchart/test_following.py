"""What a newer version changes under a draft."""

from orgchart.changes import (
    AnyChange,
    AttachPosts,
    ChangePostHours,
    CloseUnit,
    CreatePost,
    CreateUnit,
    MoveUnit,
    RegradePost,
    RenameUnit,
    SuppressPost,
    TransformPost,
)
from orgchart.fold import fold
from orgchart.following import Since
from orgchart.values import UnitId
from tests.orgchart.sample import HALF, chart, new_post, new_unit

N = "\u00a0"


def since(theirs: list[AnyChange], mine: list[AnyChange] | None = None, root: str = "d") -> Since:
    return Since(chart(), fold(chart(), theirs), mine or [], UnitId(root))


def test_nothing_done_says_nothing() -> None:
    found = since([])
    assert found.silent
    assert (found.around, found.useless, found.gained, found.lost) == ((), (), (), ())


def test_the_totals_of_the_perimeter_before_any_change_of_the_draft() -> None:
    whole, *grades = since([CreatePost(id="t", unit="s", new=new_post())]).totals
    assert whole.gap.posts == 1
    assert [row.gap.posts for row in grades] in ([1], [])


def test_units_around_are_told_one_change_a_line() -> None:
    found = since(
        [
            CreateUnit(id="t1", new=new_unit(), parent="d"),
            RenameUnit(id="t2", unit="s", label="Moyens", acronym="SM"),
            MoveUnit(id="t3", unit="t", to="new"),
            CloseUnit(id="t4", unit="c"),
        ]
    )
    assert set(found.around) == {
        f"Unité créée{N}: «{N}{new_unit().label}{N}»",
        f"«{N}Service des moyens{N}»{N}: le libellé a changé (Service des moyens → Moyens)",
        f"«{N}Service du patrimoine{N}»{N}: le rattachement a changé (Direction des lycées → {new_unit().label})",
        f"Unité supprimée{N}: «{N}Cellule paie{N}»",
    }


def test_posts_around_are_told_too() -> None:
    found = since(
        [
            CreatePost(id="t1", unit="s", new=new_post("neuf")),
            TransformPost(id="t2", post="p1", into=new_post("autre")),
            SuppressPost(id="t3", post="p2"),
            RegradePost(id="t4", post="p3", grade="A 1"),
        ]
    )
    heads = sorted(line.split(":")[0].strip(f" {N}") for line in found.around)
    assert heads == [
        "Le poste «\u00a0chargé de mission\u00a0»",
        "Poste créé",
        "Poste créé",
        "Poste supprimé",
        "Poste transformé",
    ]


def test_a_post_that_changed_twice_is_one_line() -> None:
    (line,) = since(
        [RegradePost(id="t1", post="p1", grade="A 1"), ChangePostHours(id="t2", post="p1", hours=HALF)]
    ).around
    assert line.endswith("la cotation et la durée ont changé")


def test_what_changes_elsewhere_is_told_only_where_the_draft_touches_it() -> None:
    elsewhere: list[AnyChange] = [RenameUnit(id="t", unit="e", label="Mobilités")]
    assert since(elsewhere, root="s").around == ()
    mine: list[AnyChange] = [CreateUnit(id="m", new=new_unit(), parent="e")]
    assert len(since(elsewhere, mine, root="s").around) == 1


def test_a_root_that_is_gone_or_not_there_yet_is_no_obstacle() -> None:
    assert since([CloseUnit(id="t", unit="c")], root="c").around == (f"Unité supprimée{N}: «{N}Cellule paie{N}»",)


def test_a_change_done_already_is_useless_and_no_problem_of_its_own() -> None:
    mine: list[AnyChange] = [RegradePost(id="m", post="p1", grade="A 1"), AttachPosts(id="m2", posts=("p2",), to="t")]
    found = since([RegradePost(id="t", post="p1", grade="A 1")], mine)
    assert [refusal.change.id for refusal in found.useless] == ["m"]
    assert "refused" not in {problem.code for problem in (*found.gained, *found.lost)}
    assert not found.silent


def test_problems_gained_and_lost_are_told() -> None:
    """The draft announces a post in the unit that it moves; the version brings it, or takes it."""
    mine: list[AnyChange] = [CreateUnit(id="m", new=new_unit(), parent="d", units=("c",), announced=1)]
    comes: list[AnyChange] = [CreatePost(id="t", unit="c", new=new_post())]
    found = since(comes, mine)
    assert ({problem.code for problem in found.lost}, found.gained) == ({"announced_gap", "no_posts"}, ())
    back = Since(fold(chart(), comes), chart(), mine, UnitId("d"))
    assert ({problem.code for problem in back.gained}, back.lost) == ({"announced_gap", "no_posts"}, ())
