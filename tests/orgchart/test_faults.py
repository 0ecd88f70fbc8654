"""The faults of a chart by itself, each with its words."""

from decimal import Decimal
from typing import Any

import pytest

from orgchart.changes import (
    TransformUndetermined,
)
from orgchart.checks import Severity, faults
from orgchart.fold import fold
from orgchart.records import Pending, Post, Unit
from orgchart.structure import Structure
from orgchart.values import Share
from tests.orgchart.sample import N, chart, new_post, q


def fault_codes(structure: Structure) -> list[str]:
    assert all(problem.severity is Severity.BLOCKING for problem in faults(structure))
    return [problem.code for problem in faults(structure)]


def unit(name: str, **fields: Any) -> Unit:
    return Unit(**{"id": name, "kind": "cellule", "label": f"Unité {name}", **fields})


def post(name: str, **fields: Any) -> Post:
    return Post(**{"id": name, "unit": "s", **fields})


FAULTS: list[tuple[dict[str, tuple[Any, ...]], str, str]] = [
    ({"units": (unit("x"), unit("x"))}, "duplicate_unit", f"2{N}unités portent le même identifiant{N}: {q('x')}."),
    ({"posts": (post("x"), post("x"))}, "duplicate_post", f"2{N}postes portent le même identifiant{N}: {q('x')}."),
    (
        {"units": (unit("x", parent="y"), unit("y", parent="x"), unit("z", parent="x"))},
        "cycle",
        f"Ces unités dépendent l’une de l’autre{N}: {q('Unité x')}, {q('Unité y')}.",
    ),
    (
        {"units": (unit("x", parent="absente"),)},
        "orphan_unit",
        f"{q('Unité x')} est rattachée à une unité absente{N}: {q('absente')}.",
    ),
    (
        {"units": (unit("x", lead="absent"),)},
        "dangling_lead",
        f"{q('Unité x')} est dirigée par un poste absent{N}: {q('absent')}.",
    ),
    (
        {"units": (unit("x", links=("absente",)),)},
        "dangling_link",
        f"{q('Unité x')} dépend fonctionnellement d’une unité absente{N}: {q('absente')}.",
    ),
    (
        {"units": (unit("x", kind="pôle"),)},
        "unknown_code",
        f"{q('Unité x')} emploie un code absent des nomenclatures{N}: {q('pôle')}.",
    ),
    (
        {"units": (unit("x", sites=("arras",)),)},
        "unknown_code",
        f"{q('Unité x')} emploie un code absent des nomenclatures{N}: {q('arras')}.",
    ),
    (
        {"posts": (post("x", unit="absente", label="juriste"),)},
        "orphan_post",
        f"Le poste {q('juriste')} est dans une unité absente{N}: {q('absente')}.",
    ),
    (
        {"posts": (post("x", superiors=("absent",), label="juriste"),)},
        "dangling_superior",
        f"Le poste {q('juriste')} relève fonctionnellement d’un poste absent{N}: {q('absent')}.",
    ),
    (
        {"posts": (post("x", grade="Z 9"),)},
        "unknown_code",
        f"Le poste {q('intitulé non renseigné')} emploie un code absent des nomenclatures{N}: {q('Z 9')}.",
    ),
]


def shares(*parts: tuple[str, int]) -> tuple[Share, ...]:
    return tuple(Share(unit=name, percent=Decimal(percent)) for name, percent in parts)


SHARE_FAULTS: list[tuple[tuple[Share, ...], str, str]] = [
    (
        shares(("s", 50), ("absente", 50)),
        "dangling_share",
        f"Le poste {q('juriste')} est partagé avec une unité absente{N}: {q('absente')}.",
    ),
    (
        shares(("s", 50), ("t", 40)),
        "shares_total",
        f"Les parts du poste {q('juriste')} font 90{N}% au lieu de 100{N}%.",
    ),
    (
        shares(("t", 50), ("d", 50)),
        "shares_home",
        f"Le poste {q('juriste')} est partagé sans que son unité garde une part.",
    ),
]


@pytest.mark.parametrize(("added", "code", "message"), FAULTS)
def test_each_fault_of_a_chart(added: dict[str, tuple[Any, ...]], code: str, message: str) -> None:
    sound = chart()
    broken = Structure.of(
        sound.units + added.get("units", ()), sound.posts + added.get("posts", ()), (), sound.nomenclature
    )
    assert [(problem.code, problem.message) for problem in faults(broken)] == [(code, message)]


@pytest.mark.parametrize(("parts", "code", "message"), SHARE_FAULTS)
def test_each_fault_of_a_sharing(parts: tuple[Share, ...], code: str, message: str) -> None:
    broken = chart(posts=(post("x", label="juriste", shares=parts),))
    assert [(problem.code, problem.message) for problem in faults(broken)] == [(code, message)]


def test_faults_of_pending_transformations() -> None:
    sound = fold(chart(), [TransformUndetermined(id="w", candidates=("p1", "p2"), into=new_post())])
    (pending,) = sound.pendings

    def with_pendings(*pendings: Pending) -> list[tuple[str, str]]:
        broken = Structure.of(sound.units, sound.posts, pendings, sound.nomenclature)
        return [(problem.code, problem.message) for problem in faults(broken)]

    absent = "Une transformation à déterminer porte sur"
    assert with_pendings(pending) == []
    assert with_pendings(pending, pending) == [
        ("duplicate_pending", f"2{N}transformations à déterminer portent le même identifiant{N}: {q('w')}.")
    ]
    assert with_pendings(Pending(id="w", candidates=("p1", "p2"), into="absent")) == [
        ("dangling_pending", f"{absent} 1{N}poste absent.")
    ]
    assert with_pendings(Pending(id="w", candidates=("p1", "gone"), into="absent")) == [
        ("dangling_pending", f"{absent} 2{N}postes absents.")
    ]
    assert with_pendings(Pending(id="w", candidates=("p1", "chief"), into="n")) == [
        (
            "parted_candidates",
            "Les postes dont l’un sera transformé n’ont pas la même unité, la même cotation et la même durée.",
        )
    ]


def test_a_chain_above_a_loop_is_not_a_second_loop() -> None:
    looped = Structure.of(
        [unit("a", parent="b"), unit("b", parent="c"), unit("c", parent="b")], nomenclature=chart().nomenclature
    )
    assert fault_codes(looped) == ["cycle"]
    assert faults(looped)[0].units == ("b", "c")
