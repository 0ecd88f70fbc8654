"""Headcount and ETP are two things: posts shared, à temps non complet, frozen, and totals that do not add up."""

from collections.abc import Callable
from fractions import Fraction

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from accounts.models import User
from orgchart.checks import Severity
from orgchart.total import Total
from orgchart.values import UnitId
from reorganisations import queries
from reorganisations.documents.source import report_of
from reorganisations.models import Reorganisation
from reorganisations.situation_lines import lines


@pytest.fixture
def reorganisation(open_case: Callable[[str], Reorganisation]) -> Reorganisation:
    return open_case("04-temps-et-partages")


def page(client: Client, name: str) -> str:
    response = client.get(reverse(f"reorganisations:{name}", args=["temps-et-partages"]))
    assert response.status_code == 200
    return " ".join(BeautifulSoup(response.content, "html.parser").main.get_text(" ").split())  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("unit", "before", "after"),
    [
        ("direction-culture", (8, "23/4", 1), (9, "119/20", 1)),
        ("service-musique", (3, "7/4", 0), (4, "47/20", 0)),
        ("service-lecture", (4, "3", 1), (4, "13/5", 1)),
        ("cellule-saisons", None, (1, "2/5", 0)),
    ],
)
def test_a_post_counts_once_and_its_etp_by_hours_and_shares(
    reorganisation: Reorganisation, unit: str, before: tuple[int, str, int] | None, after: tuple[int, str, int]
) -> None:
    draft = queries.draft(reorganisation)
    if before:
        assert draft.before.total(UnitId(unit)) == Total(before[0], Fraction(before[1]), before[2])
    assert draft.after.total(UnitId(unit)) == Total(after[0], Fraction(after[1]), after[2])


def test_announced_totals_that_do_not_reconcile_warn_and_say_the_difference(reorganisation: Reorganisation) -> None:
    found = {each.code: each for each in queries.draft(reorganisation).checks}
    gap = found["sources_gap"]
    assert gap.severity is Severity.WARNING
    assert gap.message.replace("\u00a0", " ") == (
        "8 + 2 = 10 alors que le rapport compte 9 postes : un poste annoncé n’y figure pas."
    )
    unit = found["announced_gap"].message.replace("\u00a0", " ")
    assert unit == "« Cellule Saisons » : 2 postes annoncés, 1 poste dans l’organigramme après."


def test_a_shorter_post_may_be_a_suppression_and_is_told_to_its_holder(reorganisation: Reorganisation) -> None:
    draft = queries.draft(reorganisation)
    assert [each.posts for each in draft.checks if each.code == "hours"] == [("professeur-5h",), ("regisseur",)]
    (line,) = (line for line in lines(draft, editable=True) if line.before.title == "Régisseur")
    assert [each.words for each in line.departures] == ["la durée du poste baisse de 20\u00a0%"]
    assert (line.before.hours, line.after.hours if line.after else "") == (
        "17,5/35 (0,5\u00a0ETP)",
        "14/35 (0,4\u00a0ETP)",
    )


def test_somebody_on_two_posts_is_one_person_and_how_each_is_held_is_said(reorganisation: Reorganisation) -> None:
    found = lines(queries.draft(reorganisation), editable=True)
    assert {(line.agent, line.tags, line.posts, line.stands_in) for line in found} == {
        ("agent-contractuelle", ("contractuel",), 2, False),
        ("agent-mediatrice", (), 1, False),
        ("agent-interim", ("intérim",), 1, True),
    }


def test_the_pages_never_confuse_posts_and_etp(
    reorganisation: Reorganisation, client_as: Callable[[User], Client], hr: User
) -> None:
    client = client_as(hr)
    workspace = page(client, "workspace").replace("\u00a0", " ")
    assert "Ensemble 8 9 +1" in workspace
    assert "5,95 ETP, 1 poste non renseigné" in workspace
    situations = page(client, "situations").replace("\u00a0", " ")
    assert "2 agents concernés" in situations
    assert "1 agent tient plusieurs postes touchés" in situations
    assert "2 postes touchés dont l’occupation n’est pas renseignée" in situations
    assert "Service Lecture (60 %) et Service Musique (40 %)" in situations


def test_the_tables_of_the_report_give_both(reorganisation: Reorganisation) -> None:
    written = str(report_of(queries.draft(reorganisation).text).dossier.annexes).replace("\\xa0", " ")
    assert "('9', 'Ensemble', '', '', '5,95 et 1 poste non renseigné')" in written
    assert "('8', 'Ensemble', '', '', '5,75 et 1 poste non renseigné')" in written
