"""The chart in force is what was written, in few queries, with its tree and its history."""

import datetime

import msgspec
import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from missions import tree
from missions.actions import ChartHasMoved, UnknownReference, assign_agent, state_vacancy, write_structure
from missions.models import Assignment, PendingTransformation, Post, Unit
from missions.queries import partial_structure, structure_in_force
from missions.queries.rows import chart_rows
from missions.verify import tree_faults, verify_chart
from orgchart.changes import (
    AttachPosts,
    CloseUnit,
    CreatePost,
    CreateUnit,
    MoveUnit,
    NewPost,
    NewUnit,
    RenameUnit,
    ResolveTransformation,
    SuppressPost,
    TransformPost,
    TransformUndetermined,
)
from orgchart.diff import compare
from orgchart.fold import fold
from orgchart.structure import Structure
from tests.factories import OPENED_ON, WORDS, apply_changes, make_agent, open_small_chart, small_structure

DAY = datetime.date(2022, 1, 1)


@pytest.fixture
def opened(hr):
    return open_small_chart(by=hr)


def write(after, *, on=DAY, by=None, successors=None):
    before = structure_in_force()
    write_structure(difference=compare(before, after), by=by, on=on, reason="essai", successors=successors)


def test_what_is_read_is_what_was_written(opened):
    assert structure_in_force() == small_structure()


def test_the_chart_is_read_in_seven_queries(opened, django_assert_num_queries):
    with django_assert_num_queries(7):
        structure_in_force()


def test_writers_read_the_same_chart_in_three(opened, django_assert_num_queries):
    apply_changes(
        TransformUndetermined(id="t", candidates=("port-1", "port-2"), into=NewPost(id="chef-ports", grade="A 2.2")),
        SuppressPost(id="s", post="budget"),
        on=DAY,
    )
    state_vacancy(post=Post.objects.get(uid="phare"), since=DAY, by=None)
    with django_assert_num_queries(3):
        rows = chart_rows({"budget", "inconnu"})
    assert rows.structure == structure_in_force()
    assert rows.structure.pendings
    assert rows.places == tree.stored(Unit.objects.in_force())
    assert (rows.stated_vacant, rows.out_of_force) == ({"phare": DAY}, {"budget"})


def test_the_tree_follows_parents_and_positions(opened):
    drawn = Unit.objects.in_force().order_by("tree_id", "lft").values_list("uid", "level", "lft", "rght")
    assert list(drawn) == [
        ("direction", 0, 1, 8),
        ("service-1", 1, 2, 5),
        ("cellule", 2, 3, 4),
        ("service-2", 1, 6, 7),
    ]
    apply_changes(MoveUnit(id="m", unit="cellule", to="service-2"), on=DAY)
    below = Unit.objects.below(Unit.objects.get(uid="service-2"))
    assert set(below.values_list("uid", flat=True)) == {"service-2", "cellule"}
    assert list(Unit.objects.get(uid="direction").get_descendants().values_list("uid", flat=True)) == [
        "service-1",
        "service-2",
        "cellule",
    ]
    assert not list(tree_faults())


def test_every_kind_of_change_is_written_and_read_back(opened):
    changes = [
        CreateUnit(
            id="c1",
            new=NewUnit(id="secteur", kind="service", label="Secteur des canaux"),
            parent="direction",
            position=0,
            posts=("port-2",),
            units=("cellule",),
            lead="port-2",
        ),
        RenameUnit(id="c2", unit="service-2", label="Service des balises"),
        CreatePost(id="c3", unit="secteur", new=NewPost(id="neuf", title="charge-mission", grade="A 3")),
        TransformPost(id="c4", post="budget", into=NewPost(id="finances", title="responsable", grade="A 3")),
        AttachPosts(id="c5", posts=("port-1",), to="secteur"),
    ]
    expected = fold(structure_in_force(), changes)
    apply_changes(*changes, on=DAY)
    assert structure_in_force() == expected
    assert not verify_chart()


def test_what_is_gone_stays_as_a_row_out_of_force(opened):
    apply_changes(
        AttachPosts(id="a", posts=("budget",), to="service-1"),
        CloseUnit(id="b", unit="cellule", successors=("service-1",)),
        SuppressPost(id="c", post="port-2"),
        on=DAY,
    )
    closed = Unit.objects.get(uid="cellule")
    assert (closed.gone_on, closed.parent_id, closed.tree_id) == (DAY, None, tree.OUTSIDE.tree_id)
    assert Post.objects.get(uid="port-2").gone_on == DAY
    assert [unit.uid for unit in Unit.objects.gone()] == ["cellule"]
    assert [post.uid for post in Post.objects.gone()] == ["port-2"]
    assert {unit.id for unit in structure_in_force().units} == {"direction", "service-1", "service-2"}
    assert not verify_chart()


def test_what_was_gone_can_come_back(opened):
    before = structure_in_force()
    apply_changes(
        AttachPosts(id="a", posts=("budget",), to="service-1"),
        CloseUnit(id="b", unit="cellule"),
        SuppressPost(id="c", post="port-2"),
        on=DAY,
    )
    write(before, on=DAY + datetime.timedelta(days=1))
    assert structure_in_force() == before
    assert not list(tree_faults())


def test_a_pending_transformation_is_kept_until_it_is_resolved(opened):
    apply_changes(
        TransformUndetermined(id="t", candidates=("port-1", "port-2"), into=NewPost(id="chef-ports", grade="A 2.2")),
        on=DAY,
    )
    assert PendingTransformation.objects.get().candidates == ["port-1", "port-2"]
    assert structure_in_force().subtree_totals["direction"].posts == 5
    apply_changes(ResolveTransformation(id="r", pending="t", post="port-1"), on=DAY)
    assert not PendingTransformation.objects.exists()
    assert structure_in_force().post_by_id["chef-ports"].origins == ("port-1",)
    assert not verify_chart()


def test_history_says_who_what_and_why_without_the_numbers_of_the_tree(opened, hr):
    apply_changes(RenameUnit(id="r", unit="service-2", label="Service des balises"), on=DAY, by=hr)
    created, renamed = Unit.objects.get(uid="service-2").history.order_by("history_id")
    assert (created.history_type, created.label, created.history_user) == ("+", "Service des phares", hr)
    assert (renamed.history_type, renamed.label, renamed.history_user) == ("~", "Service des balises", hr)
    assert (created.history_change_reason, renamed.history_change_reason) == ("État constaté", "essai")
    assert not {"lft", "rght", "level", "tree_id"} & {field.name for field in renamed._meta.fields}
    assert Unit.objects.get(uid="cellule").history.count() == 1
    assert created.parent_id == Unit.objects.get(uid="direction").pk


def test_the_number_of_queries_does_not_follow_the_number_of_changes(opened):
    def creations(prefix, number):
        return [
            CreatePost(id=f"{prefix}{n}", unit="service-1", new=NewPost(id=f"{prefix}-{n}", grade="A 3"))
            for n in range(number)
        ] + [MoveUnit(id=f"{prefix}m", unit="cellule", to="service-2" if prefix == "a" else "service-1")]

    counts = []
    for prefix, number in (("a", 1), ("b", 100)):
        before = structure_in_force()
        difference = compare(before, fold(before, creations(prefix, number)))
        with CaptureQueriesContext(connection) as queries:
            write_structure(difference=difference, by=None, on=DAY)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 20


def test_an_unknown_code_is_refused_and_nothing_is_written(opened):
    after = fold(structure_in_force(), [CreatePost(id="c", unit="cellule", new=NewPost(id="x", grade="Z 9"))])
    with pytest.raises(UnknownReference, match="Cotation : Z 9 n’existe pas"):
        write(after)
    assert not Post.objects.filter(uid="x").exists()


@pytest.mark.parametrize(
    "alter",
    [
        lambda: Unit.objects.filter(uid="cellule").update(label="Autre"),
        lambda: Post.objects.filter(uid="port-1").update(grade="A 2.2"),
        lambda: Unit.objects.filter(uid="service-2").update(gone_on=DAY, parent=None),
    ],
)
def test_a_difference_computed_on_another_chart_is_refused(opened, alter):
    before = structure_in_force()
    changes = [
        RenameUnit(id="r", unit="cellule", label="Cellule des comptes"),
        AttachPosts(id="a", posts=("port-1",), to="cellule"),
    ]
    difference = compare(before, fold(before, changes))
    alter()
    with pytest.raises(ChartHasMoved, match="a changé entre-temps"):
        write_structure(difference=difference, by=None, on=DAY)


def test_a_unit_that_appeared_meanwhile_is_noticed(opened):
    before = structure_in_force()
    difference = compare(before, fold(before, [RenameUnit(id="r", unit="cellule", label="Cellule des comptes")]))
    apply_changes(
        CreateUnit(id="c", new=NewUnit(id="neuve", kind="cellule", label="Neuve"), parent="service-2"), on=DAY
    )
    with pytest.raises(ChartHasMoved, match="Neuve"):
        write_structure(difference=difference, by=None, on=DAY)


def test_holders_of_a_suppressed_post_leave_it_the_day_before(opened, hr):
    agent, later = make_agent("Ada Morel"), make_agent("Jean Petit")
    assign_agent(
        agent=agent, post=Post.objects.get(uid="port-2"), begins_on=OPENED_ON, by=hr, ends_on=datetime.date(2022, 6, 1)
    )
    coming = assign_agent(agent=later, post=Post.objects.get(uid="port-2"), begins_on=datetime.date(2022, 7, 1), by=hr)
    apply_changes(SuppressPost(id="s", post="port-2"), on=DAY, by=hr)
    assert Assignment.objects.get(agent=agent).ends_on == datetime.date(2021, 12, 31)
    assert not Assignment.objects.filter(agent=later).exists()
    gone = Assignment.history.filter(id=coming.pk).latest()
    assert (gone.history_type, gone.history_user, gone.history_change_reason) == ("-", hr, "essai")
    assert not verify_chart()


def test_only_an_arrival_to_come_is_withdrawn(opened, hr):
    post = Post.objects.get(uid="port-2")
    assign_agent(agent=make_agent("Ada Morel"), post=post, begins_on=DAY, by=hr)
    apply_changes(SuppressPost(id="s", post="port-2"), on=DAY, by=hr)
    assert not Assignment.objects.exists()


def test_only_a_holder_there_leaves(opened, hr):
    post = Post.objects.get(uid="port-2")
    assign_agent(agent=make_agent("Ada Morel"), post=post, begins_on=OPENED_ON, by=hr)
    apply_changes(SuppressPost(id="s", post="port-2"), on=DAY, by=hr)
    assert Assignment.objects.get().ends_on == DAY - datetime.timedelta(days=1)


def test_holders_follow_to_the_post_named(opened, hr):
    agent, later = make_agent("Ada Morel"), make_agent("Jean Petit")
    post = Post.objects.get(uid="budget")
    assign_agent(agent=agent, post=post, begins_on=OPENED_ON, by=hr, ends_on=datetime.date(2022, 6, 1))
    assign_agent(agent=later, post=post, begins_on=datetime.date(2022, 7, 1), by=hr)
    change = TransformPost(id="t", post="budget", into=NewPost(id="finances", title="responsable", grade="A 3"))
    with transaction.atomic():
        write(fold(structure_in_force(), [change]), by=hr, successors={"budget": "finances"})
    first, second = Assignment.objects.filter(post="finances").order_by("begins_on")
    assert (first.agent, first.begins_on, first.ends_on) == (agent, DAY, datetime.date(2022, 6, 1))
    assert (second.agent, second.begins_on, second.ends_on) == (later, datetime.date(2022, 7, 1), None)
    assert not Assignment.objects.filter(post="budget", agent=later).exists()


def test_only_a_part_of_the_chart_is_read(opened, django_assert_num_queries):
    with django_assert_num_queries(9):
        part = partial_structure("service-1")
    assert {unit.id for unit in part.units} == {"direction", "service-1", "cellule"}
    assert {post.id for post in part.posts} == {"port-1", "port-2", "budget", "phare"}
    assert part.unit_by_id["direction"].lead is None
    assert part.total("service-1") == small_structure().total("service-1")
    assert part.nomenclature == structure_in_force().nomenclature
    assert partial_structure("nulle-part") is None


def test_a_part_keeps_its_pending_transformations(opened):
    apply_changes(
        TransformUndetermined(id="t", candidates=("port-1", "port-2"), into=NewPost(id="chef-ports", grade="A 2.2")),
        on=DAY,
    )
    assert [pending.id for pending in partial_structure("service-1").pendings] == ["t"]
    assert partial_structure("service-2").pendings == ()


def test_a_leader_from_elsewhere_comes_with_the_unit_led(opened):
    led = msgspec.structs.replace(small_structure().unit_by_id["cellule"], lead="phare")
    before = structure_in_force()
    write(Structure.of([led, *(unit for unit in before.units if unit.id != "cellule")], before.posts, (), WORDS))
    part = partial_structure("cellule")
    assert part.unit_by_id["cellule"].lead == "phare"
    assert "phare" in part.post_by_id


def test_a_loop_is_never_numbered():
    with pytest.raises(tree.BrokenTree, match="a, b"):
        tree.number([tree.Node("a", "b", 0), tree.Node("b", "a", 0)])
