"""Dotted links, a unit led from above, a post that serves two superiors, a provisional name."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Role
from missions.drawing.font import FontMeasure
from missions.queries import structure_in_force
from orgchart.layout import layout
from orgchart.values import PostId, UnitId
from reorganisations.models import Reorganisation
from reorganisations.queries import draft
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
NAME = "05-liens-fonctionnels"


def test_functional_ties_leave_hierarchy_and_totals_as_they_are(open_case: Callable[[str], Reorganisation]) -> None:
    difference = draft(open_case(NAME)).difference
    assert difference.totals().headcount.gap.posts == 0
    assert "parent" not in difference.units[UnitId("courrier")].fields
    now = structure_in_force()
    assert now.unit_by_id[UnitId("courrier")].links == ("finances",)
    assert now.post_by_id[PostId("controleur")].superiors == ("directeur-finances",)
    assert now.post_by_id[PostId("controleur")].unit == "humaines"


def test_the_drawing_has_dotted_lines_who_leads_from_above_and_the_provisional_name(
    open_case: Callable[[str], Reorganisation],
) -> None:
    open_case(NAME)
    drawing = layout(structure_in_force(), FontMeasure())
    dotted = {(line.source, line.target) for line in drawing.connectors if line.dotted}
    assert dotted == {("humaines", "finances"), ("courrier", "finances")}
    boxes = {box.unit: box for box in drawing.boxes}
    courrier = " ".join(text.text for text in boxes[UnitId("courrier")].head)
    assert "(nom provisoire)" in courrier
    assert "piloté depuis Pôle Ressources (directrice)" in courrier
    rows = " ".join(text.text for row in boxes[UnitId("humaines")].rows for text in row.texts)
    assert "relève aussi de\u00a0: directeur, Direction des finances" in rows


def test_units_without_a_head_are_told_by_no_lead_of_their_own(open_case: Callable[[str], Reorganisation]) -> None:
    open_case(NAME)
    now = structure_in_force()
    assert [now.unit_by_id[UnitId(unit)].lead for unit in ("depart", "arrivee")] == [None, None]


def test_the_pages_say_it(open_case: Callable[[str], Reorganisation]) -> None:
    open_case(NAME)
    client = Client()
    client.force_login(UserFactory(roles=[Role.HR]))
    unit = client.get(reverse("missions:unit", args=["courrier"])).text
    assert "nom provisoire" in unit
    assert "Direction des finances" in unit
    post = client.get(reverse("missions:post", args=["controleur"])).text
    assert "Relève aussi de" in post
    assert "Direction des finances" in post


def test_a_chart_of_one_unit_names_what_is_elsewhere(open_case: Callable[[str], Reorganisation]) -> None:
    open_case(NAME)
    client = Client()
    client.force_login(UserFactory(roles=[Role.HR]))
    page = " ".join(client.get(reverse("missions:chart_unit", args=["courrier"])).text.split())
    assert "piloté depuis Pôle Ressources" in page
    assert "Direction des finances" in page
    humaines = client.get(reverse("missions:chart_unit", args=["humaines"])).text
    assert "directeur, Direction des finances" in humaines
