"""The problems of a draft, each with its words."""

import datetime
from decimal import Decimal
from typing import Any

import pytest

from orgchart.changes import (
    AnyChange,
    AttachPosts,
    ChangePostHours,
    ChangePostSite,
    CloseUnit,
    CreatePost,
    CreateUnit,
    MoveUnit,
    RegradePost,
    SetLead,
    SuppressPost,
    TransferPost,
    TransformPost,
    TransformUndetermined,
)
from orgchart.checks import Announced, AnnouncedPart, Problem, Severity, check_draft, worst_first
from orgchart.diff import compare
from orgchart.fates import Resolution
from orgchart.fold import fold_leniently
from orgchart.records import Post, Unit
from orgchart.structure import Structure
from orgchart.values import Hours
from tests.orgchart.sample import FULL, HALF, N, chart, new_post, new_unit, q

TODAY = datetime.date(2022, 1, 1)


def check(*changes: AnyChange, before: Structure | None = None, **known: Any) -> tuple[Problem, ...]:
    start = before or chart()
    known.setdefault("effective", TODAY)
    known.setdefault("holders", {post.id: [] for post in start.posts})
    return check_draft(start, changes, fold_leniently(start, changes), **known)


def told(code: str, *changes: AnyChange, **known: Any) -> list[tuple[Severity, str]]:
    return [(each.severity, each.message) for each in check(*changes, **known) if each.code == code]


def warned(code: str, *changes: AnyChange, **known: Any) -> list[str]:
    found = told(code, *changes, **known)
    assert all(severity is Severity.WARNING for severity, _ in found)
    return [message for _, message in found]


def test_an_empty_draft_has_no_problem() -> None:
    assert check() == ()
    assert check_draft(chart(), (), fold_leniently(chart(), ())) == ()


def test_the_worst_comes_first_and_the_order_holds_otherwise() -> None:
    made = [Problem(str(n), severity, "", "") for n, severity in enumerate(reversed(Severity))]
    assert [each.severity for each in worst_first([*made, *made])] == [each for each in Severity for _ in range(2)]
    assert [each.code for each in worst_first([made[0], made[0]._replace(code="b")])] == ["0", "b"]


def test_a_difference_made_already_is_not_made_again() -> None:
    changes = (SuppressPost(id="1", post="p1"),)
    folded = fold_leniently(chart(), changes)
    difference = compare(chart(), folded.structure)
    assert check_draft(chart(), changes, folded, difference=difference) == check_draft(chart(), changes, folded)


def test_a_refused_change_blocks_with_its_reason() -> None:
    (problem,) = check(MoveUnit(id="1", unit="s", to="s"))
    assert (problem.code, problem.severity, problem.change) == ("refused", Severity.BLOCKING, "1")
    assert problem.message == f"{q('Service des moyens')} ne peut pas être rattachée à une unité qui dépend d’elle."


def test_a_suppression_needs_a_motive() -> None:
    blocked = f"La suppression du poste {q('chargé de mission')} doit avoir un motif propre."
    assert told("no_motive", SuppressPost(id="1", post="p1", motive=" ")) == [(Severity.BLOCKING, blocked)]
    assert told("no_motive", SuppressPost(id="1", post="p1", motive="Plus de besoin.")) == []


def test_a_known_holder_without_a_situation_blocks() -> None:
    change = SuppressPost(id="1", post="p1", motive="Plus de besoin.")
    message = (
        f"Le poste {q('chargé de mission')} est occupé et disparaît{N}: "
        "indiquez la situation de la personne qui l’occupe."
    )
    assert told("no_situation", change, holders={"p1": ["agent"]}) == [(Severity.BLOCKING, message)]
    assert told("no_situation", change, holders={"p1": []}) == []
    settled = {"agent": Resolution(note="Poste équivalent proposé.")}
    assert told("no_situation", change, holders={"p1": ["agent"]}, situations=settled) == []


@pytest.mark.parametrize(
    ("posts", "words"),
    [
        (
            ("p1",),
            f"L’occupation de 1{N}poste concerné n’est pas renseignée{N}: "
            "la situation de la personne qui l’occupe ne peut pas être vérifiée.",
        ),
        (
            ("p1", "p2"),
            f"L’occupation de 2{N}postes concernés n’est pas renseignée{N}: "
            "la situation des personnes qui les occupent ne peut pas être vérifiée.",
        ),
    ],
)
def test_an_unknown_occupation_warns_once(posts: tuple[str, ...], words: str) -> None:
    assert warned("unknown_occupation", AttachPosts(id="1", posts=posts, to="c"), holders={}) == [words]
    assert warned("unknown_occupation", CreatePost(id="1", unit="s", new=new_post()), holders={}) == []


# Leads and units


def test_leads_that_are_lost_or_missing() -> None:
    lost = warned("lost_lead", SuppressPost(id="1", post="chief", motive="Départ."))
    assert lost == [f"{q('Service des moyens')} n’est plus dirigée par aucun poste."]
    nobody = f"Aucun poste ne dirige {q('Cellule neuve')}, ni l’unité dont elle dépend."
    assert warned("no_lead", CreateUnit(id="1", new=new_unit(), parent="d")) == [nobody]
    assert warned("no_lead", CreateUnit(id="1", new=new_unit(), parent=None)) == [nobody]
    assert warned("no_lead", CreateUnit(id="1", new=new_unit(), parent="s")) == []
    assert warned("no_lead", CreateUnit(id="1", new=new_unit(), parent="d", lead="p1")) == []
    assert check(SetLead(id="1", unit="t", lead="p1")) == ()


def test_a_lead_that_is_absent_from_the_start_blocks() -> None:
    broken = chart(units=(Unit(id="c", kind="cellule", label="Cellule paie", parent="s", lead="nobody"),))
    message = f"{q('Cellule paie')} est dirigée par un poste absent{N}: {q('nobody')}."
    assert told("dangling_lead", before=broken) == [(Severity.BLOCKING, message)]


def test_a_unit_created_without_posts() -> None:
    empty = warned("no_posts", CreateUnit(id="1", new=new_unit(), parent="s"))
    assert empty == [f"{q('Cellule neuve')} est créée sans aucun poste."]
    assert warned("no_posts", CreateUnit(id="1", new=new_unit(), parent="d", units=("s",))) == []


# Totals announced


def created(name: str, posts: tuple[str, ...], announced: int | None, parent: str | None = "s") -> CreateUnit:
    unit = new_unit(name, label=f"Cellule {name}")
    return CreateUnit(id=name, new=unit, parent=parent, posts=posts, announced=announced)


def test_announced_units_that_reconcile_say_how() -> None:
    changes = (created("a", ("p1", "p2"), 2), created("b", ("p3",), 1))
    assert told("totals_reconcile", *changes) == [(Severity.OK, f"Totaux rapprochés{N}: 2{N}+{N}2{N}+{N}1{N}={N}5.")]
    everything = created("a", ("chief", "p1", "p2", "p3", "guest"), 5)
    assert told("totals_reconcile", everything) == [(Severity.OK, f"Totaux rapprochés{N}: 5{N}postes.")]


@pytest.mark.parametrize(
    ("announced", "words"), [(0, f"0{N}poste annoncé"), (1, f"1{N}poste annoncé"), (3, f"3{N}postes annoncés")]
)
def test_an_announced_unit_that_does_not_reconcile(announced: int, words: str) -> None:
    changes = (created("a", ("p1", "p2"), announced), created("b", ("p3",), 1))
    gap = f"{q('Cellule a')}{N}: {words}, 2{N}postes dans l’organigramme après."
    assert warned("announced_gap", *changes) == [gap]
    assert told("totals_reconcile", *changes) == []


def test_nothing_is_said_of_what_announces_nothing_or_is_known_in_part() -> None:
    partial = chart(units=(Unit(id="s", kind="service", label="Service", parent="d", partial=True),))
    assert told("totals_reconcile", created("a", ("p1",), 1), before=partial) == []
    assert told("totals_reconcile", created("a", ("p1",), 1, parent=None)) == []
    assert told("totals_reconcile", created("a", ("p1",), None)) == []
    assert warned("announced_gap", created("a", (), 3), CloseUnit(id="m", unit="a")) == []


@pytest.mark.parametrize(
    ("parts", "severity", "words"),
    [
        ((3, 2), Severity.OK, f"Sources rapprochées{N}: 3{N}+{N}2{N}={N}5, comme l’organigramme après."),
        (
            (3, 1),
            Severity.WARNING,
            f"3{N}+{N}1{N}={N}4 alors que le rapport compte 5{N}postes{N}: un poste n’est pas expliqué.",
        ),
        (
            (3,),
            Severity.WARNING,
            f"3{N}postes alors que le rapport compte 5{N}postes{N}: 2{N}postes ne sont pas expliqués.",
        ),
        (
            (6,),
            Severity.WARNING,
            f"6{N}postes alors que le rapport compte 5{N}postes{N}: un poste annoncé n’y figure pas.",
        ),
        (
            (4, 3),
            Severity.WARNING,
            f"4{N}+{N}3{N}={N}7 alors que le rapport compte 5{N}postes{N}: 2{N}postes annoncés n’y figurent pas.",
        ),
    ],
)
def test_announced_parts_are_added_up(parts: tuple[int, ...], severity: Severity, words: str) -> None:
    announced = Announced(unit="s", parts=tuple(AnnouncedPart(label="", posts=number) for number in parts))
    (problem,) = check(announced=[announced])
    assert (problem.severity, problem.message) == (severity, words)


def test_parts_of_what_does_not_stand_or_is_known_in_part_say_nothing() -> None:
    part = (AnnouncedPart(label="", posts=1),)
    partial = chart(units=(Unit(id="c", kind="cellule", label="Paie", parent="s", partial=True),))
    assert check(announced=[Announced(unit="absente", parts=part), Announced(unit="s", parts=())]) == ()
    assert check(announced=[Announced(unit="d", parts=part)], before=partial) == ()


# Words


def test_an_attachment_that_leaves_the_perimeter_is_a_transfer() -> None:
    one = f"1{N}poste vient d’une autre direction ou mission{N}: c’est un transfert plutôt qu’un rattachement."
    two = f"2{N}postes viennent d’une autre direction ou mission{N}: c’est un transfert plutôt qu’un rattachement."
    assert warned("not_an_attachment", AttachPosts(id="1", posts=("driver",), to="t")) == [one]
    assert warned("not_an_attachment", AttachPosts(id="1", posts=("p1", "p2"), to="e")) == [two]
    assert warned("not_an_attachment", CreateUnit(id="1", new=new_unit(), parent="d", posts=("driver", "p1"))) == [one]
    assert warned("not_an_attachment", AttachPosts(id="1", posts=("p1",), to="t")) == []
    afterwards = (TransferPost(id="1", post="driver", to="t"), AttachPosts(id="2", posts=("driver",), to="s"))
    assert warned("not_an_attachment", *afterwards) == []


def test_a_transfer_inside_the_perimeter_is_an_attachment() -> None:
    message = (
        f"Le poste {q('chargé de mission')} reste dans la même direction ou mission{N}: "
        "c’est un rattachement plutôt qu’un transfert."
    )
    assert warned("not_a_transfer", TransferPost(id="1", post="p1", to="t")) == [message]
    assert warned("not_a_transfer", TransferPost(id="1", post="driver", to="t")) == []
    new = (CreatePost(id="1", unit="s", new=new_post()), TransferPost(id="2", post="n", to="t"))
    assert warned("not_a_transfer", *new) == []


def hours(worked: str, reference: str = "35") -> Hours:
    return Hours(worked=Decimal(worked), reference=Decimal(reference))


@pytest.mark.parametrize(
    ("was", "now", "reasons"),
    [
        (FULL, hours("32"), ["passe de temps complet à temps non complet"]),
        (
            FULL,
            HALF,
            [
                "passe de temps complet à temps non complet",
                f"baisse de 50{N}%",
                "descend sous le seuil d’affiliation à la CNRACL (28/35)",
            ],
        ),
        (hours("30"), hours("27"), ["descend sous le seuil d’affiliation à la CNRACL (28/35)"]),
        (HALF, hours("20"), [f"augmente de 14,3{N}%"]),
        (hours("20"), hours("18"), []),
        (HALF, FULL, [f"augmente de 100{N}%"]),
        (hours("32"), hours("31"), []),
    ],
)
def test_a_change_of_hours_that_may_be_a_suppression(was: Hours, now: Hours, reasons: list[str]) -> None:
    before = chart(posts=(Post(id="p1", unit="s", title="charge", grade="A 2", hours=was),))
    expected = [
        f"La durée du poste {q('chargé de mission')} {', '.join(reasons)}{N}: "
        "la modification peut être assimilée à une suppression."
    ]
    assert warned("hours", ChangePostHours(id="1", post="p1", hours=now), before=before) == (
        expected if reasons else []
    )


def test_hours_that_were_unknown_are_not_a_change() -> None:
    assert warned("hours", ChangePostHours(id="1", post="guest", hours=HALF)) == []


def test_a_transformation_that_changes_the_emploi_is_a_suppression_and_a_creation() -> None:
    facts = {
        "grade": "A 2",
        "hours": FULL,
        "corps": ("attachés",),
        "statutory_grades": ("attaché", "attaché principal"),
    }
    before = chart(posts=(Post(id="p1", unit="s", title="charge", **facts),))

    def transformed(marked: bool = False, **changed: Any) -> list[str]:
        into = new_post(**facts | changed)
        change = TransformPost(id="1", post="p1", into=into, as_suppression_and_creation=marked)
        return warned("emploi", change, before=before)

    head, tail = (
        f"La transformation du poste {q('chargé de mission')} change ",
        (f"{N}: à la délibération, c’est une suppression et une création."),
    )
    other = {"corps": ("rédacteurs",), "statutory_grades": ("rédacteur",), "hours": HALF}
    assert transformed() == []
    assert transformed(corps=(), statutory_grades=(), hours=None) == []
    assert transformed(statutory_grades=("attaché principal", "attaché")) == []
    assert transformed(hours=HALF) == [f"{head}la durée{tail}"]
    assert transformed(**other) == [f"{head}les grades ouverts, les cadres d’emplois et la durée{tail}"]
    assert transformed(marked=True, **other) == []
    twice = (TransformPost(id="1", post="p1", into=new_post("m")), TransformPost(id="2", post="m", into=new_post()))
    assert warned("emploi", *twice, before=before) == []


# People


def test_the_residence_of_a_held_post() -> None:
    change = TransferPost(id="1", post="driver", to="s")
    sited = ChangePostSite(id="2", post="driver", site="amiens")
    message = (
        f"Le poste {q('gestionnaire')} est occupé et passe de Lille à Amiens{N}: "
        "changement de résidence administrative."
    )
    held = {"driver": ["agent"]}
    assert warned("residence", change, sited, holders=held, principle_of_security=False) == [message]
    assert warned("residence", change, sited) == warned("residence", change, holders=held) == []
    assert warned("residence", change, holders=held, principle_of_security=False) == []
    assert told("security", change, sited, holders=held, principle_of_security=False) == []


def test_departures_from_the_principle_of_security() -> None:
    before = chart(posts=(Post(id="p1", unit="s", title="charge", grade="A 2", duties=("Instruire",)),))
    into = new_post(grade="B 1", duties=("Évaluer",), site="lille")
    change = TransformPost(id="1", post="p1", into=into)
    head = f"Le poste {q('chargé de mission')} est occupé{N}: "
    assert warned("security", change, before=before, holders={"p1": ["agent"]}) == [
        f"{head}la personne change de résidence administrative (Amiens → Lille).",
        f"{head}la cotation baisse de A 2 à B 1, la rémunération est à garantir.",
        f"{head}aucune des missions exercées n’est conservée.",
    ]
    assert warned("security", RegradePost(id="1", post="p1", grade="A 1"), holders={"p1": ["agent"]}) == []
    assert warned("security", SuppressPost(id="1", post="p1"), holders={"p1": ["agent"]}) == []
    unknown = TransformPost(id="1", post="p1", into=new_post())
    assert warned("security", unknown, before=before, holders={"p1": ["agent"]}) == []


def test_what_the_bourse_can_and_cannot_say() -> None:
    change = TransformUndetermined(id="1", candidates=("p1", "p2", "p3"), into=new_post(grade="A 1"))

    def found(**holders: list[str]) -> list[tuple[Severity, str]]:
        return told("candidates", change, holders=holders)

    assert found(p1=["a"], p2=["b"]) == []
    assert found(p1=[], p2=[], p3=[]) == [
        (
            Severity.WARNING,
            f"Les 3{N}postes dont l’un sera transformé sont vacants{N}: "
            "la bourse ne dira pas lequel, vous pouvez le désigner.",
        )
    ]
    retained = "Si la personne retenue n’occupe aucun des postes dont l’un sera transformé, "
    assert found(p1=["a"], p2=["b"], p3=[]) == [(Severity.INFO, f"{retained}le poste vacant sera transformé.")]
    assert found(p1=["a"], p2=[], p3=[]) == [(Severity.INFO, f"{retained}un des postes vacants sera transformé.")]
    assert found(p1=["a"], p2=["b"], p3=["c"]) == [
        (
            Severity.INFO,
            f"Les postes dont l’un sera transformé sont tous occupés{N}: si la personne retenue n’en occupe aucun, "
            "un nouvel examen par l’instance peut être nécessaire.",
        )
    ]


# Dates


def test_dates_that_are_not_known() -> None:
    one, two = (MoveUnit(id=str(n), unit="c", to=to, eventually=True) for n, to in enumerate("td"))
    assert told("eventual", one) == [(Severity.INFO, f"1{N}ajustement prévu «{N}à terme{N}», sans date.")]
    assert told("eventual", one, two) == [(Severity.INFO, f"2{N}ajustements prévus «{N}à terme{N}», sans date.")]
    dated = MoveUnit(id="3", unit="c", to="e", on=TODAY)
    plain = MoveUnit(id="4", unit="c", to="d")
    assert told("no_date", dated, plain, effective=None) == [
        (Severity.INFO, f"La date d’effet de 1{N}ajustement n’est pas renseignée.")
    ]
    assert told("no_date", dated, one, effective=None) == told("no_date", plain) == []
