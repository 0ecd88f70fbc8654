"""A draft against the chart in force now, and against another draft."""

from decimal import Decimal

import pytest

from orgchart.changes import (
    AnyChange,
    AttachPosts,
    ChangePostHours,
    ChangeUnitSites,
    CloseUnit,
    CreatePost,
    CreateUnit,
    FreezePost,
    LinkUnit,
    MoveUnit,
    RedeployPost,
    RegradePost,
    RenameUnit,
    ResolveTransformation,
    RetitlePost,
    SetLead,
    SharePost,
    SuppressPost,
    TransferPost,
    TransformPost,
    TransformUndetermined,
)
from orgchart.conflicts import Clash, Conflict, conflicts_between, conflicts_with_chart
from orgchart.fields import FIELDS, Words, record_of
from orgchart.fold import fold
from orgchart.nomenclature import Form
from orgchart.records import ManagementLevel, Post, Unit
from orgchart.values import Share
from tests.orgchart.sample import FULL, HALF, SHARES, chart, new_post, new_unit

N = "\u00a0"


def q(text: str) -> str:
    return f"«{N}{text}{N}»"


NOW, OTHER = "dans l’organigramme en vigueur", "dans l’autre projet"
OFFICER = f"Le poste {q('chargé de mission')}"


def with_chart(mine: list[AnyChange], theirs: list[AnyChange]) -> tuple[Conflict, ...]:
    return conflicts_with_chart(chart(), mine, fold(chart(), theirs))


def between(mine: list[AnyChange], theirs: list[AnyChange]) -> tuple[Conflict, ...]:
    return conflicts_between(chart(), mine, theirs)


def only(mine: list[AnyChange], theirs: list[AnyChange]) -> Conflict:
    """The one conflict, the same against the chart and against the draft but for where, and for who."""
    (chart_side,) = with_chart(mine, theirs)
    (draft_side,) = between(mine, theirs)
    assert chart_side.other is None
    assert chart_side._replace(message="", other=None) == draft_side._replace(message="", other=None)
    assert chart_side.message.replace(NOW, OTHER) == draft_side.message
    return draft_side._replace(message=chart_side.message)


PENDING = TransformUndetermined(id="m", candidates=("p1", "p2", "p3"), into=new_post("pending"))


# What is no conflict

PEACE: list[tuple[str, list[AnyChange], list[AnyChange]]] = [
    ("nothing done since", [RegradePost(id="m", post="p1", grade="A 1")], []),
    (
        "a unit inserted above existing ones",
        [CreateUnit(id="m", new=new_unit(), parent="d", position=0, units=("s", "t"))],
        [
            RegradePost(id="t1", post="p1", grade="A 1"),
            RenameUnit(id="t2", unit="s", label="Moyens"),
            AttachPosts(id="t3", posts=("p2",), to="t"),
            CreateUnit(id="t4", new=new_unit("theirs"), parent="d", position=0),
        ],
    ),
    (
        "a unit inserted above, on the other side",
        [AttachPosts(id="m", posts=("p1",), to="c"), CreatePost(id="m2", unit="s", new=new_post())],
        [CreateUnit(id="t", new=new_unit(), parent="d", units=("s",))],
    ),
    ("the same change", [RegradePost(id="m", post="p1", grade="A 1")], [RegradePost(id="t", post="p1", grade="A 1")]),
    ("the same suppression", [SuppressPost(id="m", post="p1")], [SuppressPost(id="t", post="p1")]),
    (
        "the same transformation",
        [TransformPost(id="m", post="p1", into=new_post())],
        [TransformPost(id="t", post="p1", into=new_post())],
    ),
    ("the same closing", [CloseUnit(id="m", unit="c")], [CloseUnit(id="t", unit="c")]),
    (
        "the same place by two ways",
        [AttachPosts(id="m", posts=("p1",), to="t"), AttachPosts(id="m2", posts=("p1",), to="c")],
        [AttachPosts(id="t", posts=("p1",), to="c")],
    ),
    ("the same transformation to be determined", [PENDING], [PENDING]),
    (
        "two fields of one post",
        [RegradePost(id="m", post="p1", grade="A 1")],
        [ChangePostHours(id="t", post="p1", hours=HALF)],
    ),
    ("a change that could not be made anyway", [SuppressPost(id="m", post="absent")], [FreezePost(id="t", post="p1")]),
    (
        "a unit closed on one side only touched in its place",
        [CloseUnit(id="m", unit="c")],
        [FreezePost(id="t", post="p1")],
    ),
]


@pytest.mark.parametrize(("mine", "theirs"), [row[1:] for row in PEACE], ids=[row[0] for row in PEACE])
def test_what_is_no_conflict(mine: list[AnyChange], theirs: list[AnyChange]) -> None:
    assert with_chart(mine, theirs) == ()
    assert between(mine, theirs) == ()


# What is one

CONFLICTS: list[tuple[str, list[AnyChange], list[AnyChange], Clash, str]] = [
    (
        "a field changed on both sides",
        [RegradePost(id="m", post="p1", grade="A 1")],
        [RegradePost(id="t", post="p1", grade="B 1")],
        Clash.FIELD,
        f"{OFFICER}{N}: la cotation a changé des deux côtés "
        f"(au départ{N}: A 2{N}; dans le projet{N}: A 1{N}; {NOW}{N}: B 1).",
    ),
    (
        "a post claimed twice",
        [TransferPost(id="m", post="p1", to="e")],
        [AttachPosts(id="t", posts=("p1",), to="t")],
        Clash.CLAIMED,
        f"{OFFICER}{N}: l’unité a changé des deux côtés (au départ{N}: Service des moyens{N}; "
        f"dans le projet{N}: Direction des transports{N}; {NOW}{N}: Service du patrimoine).",
    ),
    (
        "a post transformed on both sides",
        [TransformPost(id="m", post="p1", into=new_post())],
        [TransformPost(id="t", post="p1", into=new_post("o"))],
        Clash.CLAIMED,
        f"{OFFICER} a déjà été transformé {NOW}.",
    ),
    (
        "a post suppressed here and transformed there",
        [SuppressPost(id="m", post="p1")],
        [TransformPost(id="t", post="p1", into=new_post("o"))],
        Clash.CLAIMED,
        f"{OFFICER} a déjà été transformé {NOW}.",
    ),
    (
        "posts gone in the meantime",
        [AttachPosts(id="m", posts=("p1", "p2"), to="t")],
        [SuppressPost(id="t1", post="p1"), TransformPost(id="t", post="p2", into=new_post())],
        Clash.CLAIMED,
        f"{OFFICER} et le poste {q('chargé de mission')} n’existent plus {NOW}.",
    ),
    (
        "posts transformed in the meantime",
        [AttachPosts(id="m", posts=("p1", "p2"), to="t")],
        [TransformPost(id="t1", post="p1", into=new_post("o")), TransformPost(id="t", post="p2", into=new_post())],
        Clash.CLAIMED,
        f"{OFFICER} et le poste {q('chargé de mission')} ont déjà été transformés {NOW}.",
    ),
    (
        "a post removed in the meantime",
        [RegradePost(id="m", post="p1", grade="A 1")],
        [SuppressPost(id="t", post="p1")],
        Clash.REMOVED,
        f"{OFFICER} n’existe plus {NOW}.",
    ),
    (
        "a candidate removed in the meantime",
        [PENDING],
        [SuppressPost(id="t", post="p1")],
        Clash.REMOVED,
        f"{OFFICER} n’existe plus {NOW}.",
    ),
    (
        "the same candidates for two transformations",
        [PENDING],
        [TransformUndetermined(id="t", candidates=("p3", "p2", "p1"), into=new_post("o"))],
        Clash.CLAIMED,
        f"Les mêmes postes sont déjà concernés par une transformation à déterminer {NOW}.",
    ),
    (
        "some of the same candidates",
        [PENDING],
        [TransformUndetermined(id="t", candidates=("p1", "p2"), into=new_post("o"))],
        Clash.CLAIMED,
        f"Une autre transformation à déterminer porte sur une partie de ces postes{N}: "
        "elles doivent porter sur les mêmes.",
    ),
    (
        "a parent closed",
        [CreateUnit(id="m", new=new_unit(), parent="c")],
        [CloseUnit(id="t", unit="c")],
        Clash.PARENT_CLOSED,
        f"{q('Cellule paie')} n’existe plus {NOW}{N}: rien ne peut y être rattaché.",
    ),
    (
        "a unit of destination closed",
        [AttachPosts(id="m", posts=("p1",), to="c")],
        [CloseUnit(id="t", unit="c")],
        Clash.PARENT_CLOSED,
        f"{q('Cellule paie')} n’existe plus {NOW}{N}: rien ne peut y être rattaché.",
    ),
    (
        "a unit that shares a post closed",
        [SharePost(id="m", post="p1", shares=(SHARES[0], Share(unit="c", percent=Decimal(40))))],
        [CloseUnit(id="t", unit="c")],
        Clash.PARENT_CLOSED,
        f"{q('Cellule paie')} n’existe plus {NOW}{N}: rien ne peut y être rattaché.",
    ),
    (
        "a loop",
        [MoveUnit(id="m", unit="s", to="t")],
        [MoveUnit(id="t", unit="t", to="c")],
        Clash.LOOP,
        f"{q('Service des moyens')} ne peut plus dépendre de {q('Service du patrimoine')}, qui en dépend.",
    ),
    (
        "a unit closed here and changed there",
        [CloseUnit(id="m", unit="c")],
        [ChangeUnitSites(id="t", unit="c", sites=("lille",)), LinkUnit(id="t", unit="c", to="e")],
        Clash.KEPT_ELSEWHERE,
        f"{q('Cellule paie')} disparaît dans le projet, mais les sites et les liens fonctionnels ont changé {NOW}.",
    ),
    (
        "a post suppressed here and changed there",
        [SuppressPost(id="m", post="p1")],
        [RegradePost(id="t", post="p1", grade="A 1")],
        Clash.KEPT_ELSEWHERE,
        f"{OFFICER} disparaît dans le projet, mais la cotation a changé {NOW}.",
    ),
    (
        "a unit that is no longer empty",
        [CloseUnit(id="m", unit="c")],
        [CreatePost(id="t", unit="c", new=new_post())],
        Clash.REFUSED,
        f"{q('Cellule paie')} porte encore un poste{N}: rattachez-le ou supprimez-le d’abord.",
    ),
    (
        "a dotted link to what has become the parent",
        [LinkUnit(id="m", unit="s", to="e")],
        [MoveUnit(id="t", unit="s", to="e")],
        Clash.REFUSED,
        f"{q('Service des moyens')} dépend déjà de {q('Direction des transports')}.",
    ),
    (
        "a change already half done",
        [AttachPosts(id="m", posts=("p1", "p2"), to="t")],
        [AttachPosts(id="t", posts=("p1",), to="t")],
        Clash.REFUSED,
        f"{OFFICER} est déjà dans {q('Service du patrimoine')}.",
    ),
    (
        "a change that only follows from a lost one",
        [
            CreateUnit(id="m", new=new_unit(), parent="c", posts=("p1",), lead="p1"),
            CreatePost(id="m2", unit="new", new=new_post()),
            SetLead(id="m3", unit="new", lead="n"),
            RegradePost(id="m4", post="n", grade="A 1"),
        ],
        [CloseUnit(id="t", unit="c")],
        Clash.PARENT_CLOSED,
        f"{q('Cellule paie')} n’existe plus {NOW}{N}: rien ne peut y être rattaché.",
    ),
    (
        "candidates of a transformation decided otherwise",
        [PENDING, AttachPosts(id="m2", posts=("pending",), to="t")],
        [SuppressPost(id="t", post="p1")],
        Clash.REMOVED,
        f"{OFFICER} n’existe plus {NOW}.",
    ),
]


@pytest.mark.parametrize(
    ("mine", "theirs", "code", "message"), [row[1:] for row in CONFLICTS], ids=[row[0] for row in CONFLICTS]
)
def test_each_conflict(mine: list[AnyChange], theirs: list[AnyChange], code: Clash, message: str) -> None:
    found = only(mine, theirs)
    assert (found.code, found.message) == (code, message)
    assert (found.change, found.other) == ("m", "t")


def test_both_sides_and_the_base_are_given_as_text() -> None:
    (found,) = between(
        [RegradePost(id="x", post="p1", grade="B 1"), RegradePost(id="m", post="p1", grade="A 1")],
        [RegradePost(id="t", post="p1", grade="B 1")],
    )
    assert (found.change, found.field, found.base, found.draft, found.now) == ("m", "grade", "A 2", "A 1", "B 1")
    assert (found.posts, found.units) == (("p1",), ())


def test_conflicts_come_in_the_order_of_the_draft() -> None:
    mine: list[AnyChange] = [
        RenameUnit(id="1", unit="s", label="Moyens", acronym="SM"),
        SuppressPost(id="2", post="p1"),
        RegradePost(id="3", post="p2", grade="A 1"),
    ]
    theirs: list[AnyChange] = [
        SuppressPost(id="a", post="p2"),
        RegradePost(id="b", post="p1", grade="A 1"),
        RenameUnit(id="c", unit="s", label="Ressources", acronym="SM"),
    ]
    assert [conflict.change for conflict in between(mine, theirs)] == ["1", "2", "3"]
    assert between(mine, theirs)[0].units == ("s",)


def test_a_transformation_in_two_steps_is_told_once_by_the_step_that_fails() -> None:
    base = fold(chart(), [PENDING])
    mine = [ResolveTransformation(id="m", pending="m", post="p1")]
    now = fold(base, [ResolveTransformation(id="t", pending="m", post="p2")])
    (found,) = conflicts_with_chart(base, mine, now)
    assert found.code is Clash.REFUSED
    assert found.message == "Cette transformation n’est pas ou n’est plus à déterminer."


def test_a_post_redeployed_on_both_sides() -> None:
    found = only(
        [RedeployPost(id="m", post="p1", to="t", into=new_post())],
        [RedeployPost(id="t", post="p1", to="e", into=new_post("o"))],
    )
    assert found.code is Clash.CLAIMED


# Values as text


@pytest.mark.parametrize(
    ("field", "value", "text"),
    [
        ("grade", None, "non renseigné"),
        ("sites", (), "non renseigné"),
        ("label", "", "non renseigné"),
        ("frozen", True, "oui"),
        ("provisional", False, "non"),
        ("hours", FULL, "35/35"),
        ("hours", HALF, "17,5/35"),
        ("shares", SHARES, f"60{N}% Service des moyens et 40{N}% Service du patrimoine"),
        ("parent", "d", "Direction des lycées"),
        ("unit", "absente", "absente"),
        ("links", ("e", "t"), "Direction des transports et Service du patrimoine"),
        ("lead", "chief", "chef de service"),
        ("sites", ("lille", "amiens"), "Lille et Amiens"),
        ("site", "arras", "arras"),
        ("kind", "service", "service"),
        ("kind", "pole", "pole"),
        ("title", "charge", "chargé de mission"),
        ("title", "juriste", "juriste"),
        ("level", ManagementLevel.PROXIMITY, "manager de proximité"),
        ("form", Form.FEMININE, "féminin"),
        ("corps", ("attachés", "rédacteurs"), "attachés et rédacteurs"),
    ],
)
def test_a_value_as_it_is_read(field: str, value: object, text: str) -> None:
    assert Words([chart()]).value(field, value) == text


def test_every_field_of_a_unit_and_a_post_has_a_name() -> None:
    silent = {"id", "aliases", "position", "origins", "deduced"}
    assert {*Unit.__struct_fields__, *Post.__struct_fields__} - silent == FIELDS.keys()


def test_a_record_is_found_by_its_id_whatever_it_is() -> None:
    assert record_of(chart(), "s") == chart().unit_by_id["s"]
    assert record_of(chart(), "p1") == chart().post_by_id["p1"]
    assert record_of(chart(), "absent") is None
    assert Words([chart()]).label("absent") == q("absent")


def test_retitled_on_both_sides() -> None:
    found = only([RetitlePost(id="m", post="p1", title="chef")], [RetitlePost(id="t", post="p1", title="gestionnaire")])
    assert (found.base, found.draft, found.now) == ("chargé de mission", "chef de service", "gestionnaire")
