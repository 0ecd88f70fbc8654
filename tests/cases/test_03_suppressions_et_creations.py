"""Suppressions paired with creations, n ↔ n, each with its motive."""

from collections.abc import Callable

import pytest
from msgspec.structs import replace

from orgchart.changes import SuppressPost
from orgchart.dossier.provenance import origins
from orgchart.naming import Names
from orgchart.values import ChangeId, PostId
from reorganisations import actions
from reorganisations.exceptions import NeedsNotMet
from reorganisations.models import Reorganisation, Session, Status
from reorganisations.queries import draft

pytestmark = pytest.mark.django_db
NAME = "03-suppressions-et-creations"


def submit(reorganisation: Reorganisation) -> None:
    actions.submit(
        reorganisation=reorganisation,
        session=Session.objects.get(uid="csa-2025-10-02"),
        by=None,
    )


def test_each_suppression_tells_what_it_is_exchanged_for(open_case: Callable[[str], Reorganisation]) -> None:
    seen = draft(open_case(NAME))
    told = {change.id: seen.wording(change).details for change in seen.changes if isinstance(change, SuppressPost)}
    assert [detail.count("ingénieur pédagogique") for detail in told[ChangeId("supprimer-appariteur-1")]] == [0, 2]
    assert [detail.count("ingénieur pédagogique") for detail in told[ChangeId("supprimer-appariteur-2")]] == [0, 1]
    assert len(told[ChangeId("supprimer-secretaire-2")]) == 1
    gaps = {row.label: row.gap.posts for row in seen.difference.totals().grades}
    assert gaps == {"A 3": 2, "B 2": -1, "C 1": -2}


def test_a_suppression_without_a_motive_is_refused_at_submission(open_case: Callable[[str], Reorganisation]) -> None:
    reorganisation = open_case(NAME)
    with pytest.raises(NeedsNotMet, match=r"motif de.*Suppression de poste"):
        submit(reorganisation)
    reorganisation.refresh_from_db()
    assert reorganisation.status == Status.DRAFT
    last = next(change for change in draft(reorganisation).changes if change.id == "supprimer-secretaire-2")
    motived = replace(last, motive="Le courrier est dématérialisé.", counterparts=(PostId("ingenieur-3"),))
    actions.edit_change(reorganisation=reorganisation, change=motived, by=None, seen=reorganisation.revision)
    reorganisation.refresh_from_db()
    submit(reorganisation)
    reorganisation.refresh_from_db()
    assert reorganisation.status == Status.SUBMITTED


def test_the_report_tells_both_sides_of_the_exchange(open_case: Callable[[str], Reorganisation]) -> None:
    seen = draft(open_case(NAME))
    known = origins(seen.changes, Names(seen.before, seen.after))
    source = "d’un poste d’appariteur (C\u00a01) du service de l’accueil"
    assert known[PostId("ingenieur-2")].one == f"créé en contrepartie de la suppression {source}"
    assert known[PostId("ingenieur-3")].one == f"créé en contrepartie de la suppression {source} et {source}"
