"""A bourse prepared on a post or on a transformation, edited until it is published."""

from django.utils import timezone

from orgchart.changes import TransformUndetermined
from postings.eligibility import AllOf, HasTitle, InUnit, read_eligibility
from postings.models import Posting, PostingStatus
from reorganisations.models import Status
from tests.postings.bringing import bring
from tests.reorganisations.conftest import PENDING

from .reading import PREPARE, filled, sent, soup, told, url


def test_a_bourse_is_prepared_on_a_post_with_what_the_chart_says(as_hr, to_fill, hr):
    found = soup(as_hr.get(PREPARE, {"q": "responsable"}))
    assert found.select_one('a[href="?poste=a-pourvoir"]')
    response = as_hr.post(f"{PREPARE}?poste=a-pourvoir", filled(as_hr, "?poste=a-pourvoir", pieces=["CV\n\nDiplôme"]))
    made = Posting.objects.get()
    assert response["Location"] == url("posting", code=made.code)
    assert made.code == f"responsable-{timezone.localdate().year}"
    assert (made.title, made.post_uid, made.pieces) == ("Responsable", "a-pourvoir", ["CV", "Diplôme"])
    assert (made.fiche["unit"], made.fiche["grade"], made.created_by) == ("Service des ports", "A 2.2", hr)
    assert [(each.label, each.weight) for each in made.criteria.all()] == [("Expérience", 3)]
    # Another of the same title has a code of its own.
    as_hr.post(f"{PREPARE}?poste=a-pourvoir", filled(as_hr, "?poste=a-pourvoir"))
    assert Posting.objects.filter(code=f"{made.code}-2").exists()


def test_similar_posts_are_further_places(as_hr, to_fill):
    page = soup(as_hr.get(f"{PREPARE}?poste=port-1"))
    assert [box["value"] for box in page.select("[name=more_posts]")] == ["port-2"]
    as_hr.post(f"{PREPARE}?poste=port-1", filled(as_hr, "?poste=port-1", more_posts=["port-2"]))
    assert Posting.objects.get().places == 2


def test_what_does_not_hold_comes_back_beside_its_field_with_what_was_typed(as_hr, to_fill):
    wrong = {"title": [""], "opens_at": ["demain"], "criteres-1-weight": ["2"], "contact": ["Bureau 12"]}
    page = soup(as_hr.post(f"{PREPARE}?poste=a-pourvoir", filled(as_hr, "?poste=a-pourvoir", **wrong)), 422)
    assert page.select_one("#id_opens_at")["value"] == "demain"
    assert page.select_one("#id_contact")["value"] == "Bureau 12"
    assert "par exemple 21/01/2022" in told(page.select_one(".form-summary"))
    assert "Nommez le critère" in told(page.select_one(".form-summary"))
    backwards = {"opens_at": ["2030-01-02T09:00"], "closes_at": ["2030-01-01T09:00"]}
    page = soup(as_hr.post(f"{PREPARE}?poste=a-pourvoir", filled(as_hr, "?poste=a-pourvoir", **backwards)), 422)
    assert "La clôture vient après" in told(page)
    assert not Posting.objects.exists()


def test_another_row_of_criteria_comes_without_a_fault_nor_a_loss(as_hr, to_fill):
    data = filled(as_hr, "?poste=a-pourvoir", title=[""], more=["1"])
    page = soup(as_hr.post(f"{PREPARE}?poste=a-pourvoir", data))
    assert len(page.select("[name$=-weight]")) == 4
    assert page.select_one("[name=criteres-0-label]")["value"] == "Expérience"
    assert not page.select(".form-summary, .field__error")


def test_what_is_nowhere_is_not_found(as_hr, to_fill):
    assert as_hr.get(f"{PREPARE}?poste=inconnu").status_code == 404
    assert as_hr.get(f"{PREPARE}?transformation=inconnue").status_code == 404


def test_a_bourse_is_edited_until_it_is_published(as_hr, posting):
    data = sent(soup(as_hr.get(url("edit")))) | {"title": ["Autre titre"], "fiche_profile": ["Patient"]}
    assert as_hr.post(url("edit"), data).status_code == 302
    posting.refresh_from_db()
    assert (posting.title, posting.fiche["profile"]) == ("Autre titre", "Patient")
    assert [(each.label, each.weight) for each in posting.criteria.all()] == [("Expérience", 2), ("Motivation", 1)]
    bring(posting, PostingStatus.PUBLISHED)
    assert as_hr.get(url("edit"))["Location"] == url("posting")
    assert as_hr.get(url("rule"))["Location"] == url("eligible")


def test_a_transformation_begins_with_the_usual_group(as_hr, candidates, bring_reorganisation):
    """Those who hold the title of the candidate posts in their unit; the other titles there are excluded."""
    bring_reorganisation(Status.IN_FORCE, PENDING)
    assert isinstance(PENDING, TransformUndetermined)
    response = as_hr.post(f"{PREPARE}?transformation=a-determiner", filled(as_hr, "?transformation=a-determiner"))
    made = Posting.objects.get()
    assert response["Location"] == url("rule", code=made.code)
    assert (made.pending, made.post_uid, made.scope) == ("a-determiner", "referent", "reservee")
    rule = read_eligibility(made.rule)
    assert rule.who == AllOf(of=(InUnit(unit="service-1"), HasTitle(titles=("charge-mission",))))
    # A second one on the same transformation is refused where it is asked.
    page = soup(
        as_hr.post(f"{PREPARE}?transformation=a-determiner", filled(as_hr, "?transformation=a-determiner")), 422
    )
    assert "porte déjà sur cette transformation" in told(page)
    # The post it makes leads to the transformation.
    assert "transformation à déterminer" in told(soup(as_hr.get(f"{PREPARE}?poste=referent")))
