"""What HR does with a bourse on its pages: list, preparation, group, steps, jury, frozen list, what comes after."""

import datetime

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from accounts.models import Event
from orgchart.changes import TransformUndetermined
from postings import actions
from postings.eligibility import AllOf, AnyOf, Eligibility, HasGrade, HasTitle, InUnit, read_eligibility
from postings.models import JuryMember, Notice, Posting, PostingStatus
from reorganisations.models import Status
from tests.postings.bringing import CLOSES, OPENS, RULE, bring, decide, person, prepare
from tests.reorganisations.conftest import PENDING

LIST = reverse("postings:list")
PREPARE = reverse("postings:prepare")
# Queries of each page, whatever is on it.
QUERIES = {"list": 8, "posting": 14, "rule": 12, "eligible": 15, "composition": 8, "publish": 13, "edit": 11}


@pytest.fixture
def client(client_as, hr):
    return client_as(hr)


def url(name, *args, code="bourse"):
    return reverse(f"postings:{name}", args=[code, *args])


def soup(response, status=200):
    assert response.status_code == status
    return BeautifulSoup(response.content, "html.parser")


def told(element):
    return " ".join(element.get_text(" ").split())


def sent(page, selector=".form--bourse"):
    """What the form would send, as a browser does."""
    data = {}
    for field in page.select_one(selector).select("input[name], textarea[name], select[name]"):
        kind = field.get("type")
        if kind in ("checkbox", "radio") and not field.has_attr("checked"):
            continue
        if field.name == "select":
            chosen = [each["value"] for each in field.select("option[selected]")] or [
                field.select_one("option")["value"]
            ]
            data.setdefault(field["name"], []).extend(chosen)
        else:
            value = field.get_text().removeprefix("\n") if field.name == "textarea" else field.get("value", "")
            data.setdefault(field["name"], []).append(value)
    data.pop("csrfmiddlewaretoken", None)
    return data


# The list


def test_the_open_ones_come_first_and_those_in_preparation_are_the_human_resources_alone(
    client, client_as, agent, to_fill, ana
):
    prepare(code="finie")
    actions.cancel_posting(posting=Posting.objects.get(code="finie"), reason="Repris.", by=None)
    prepare(code="preparee")
    bring(prepare(code="ouverte"), PostingStatus.OPEN)
    bring(prepare(code="publiee"), PostingStatus.PUBLISHED)
    page = soup(client.get(LIST))
    assert [a["href"] for a in page.select("tbody th a")] == [
        url("posting", code=code) for code in ("ouverte", "publiee", "preparee", "finie")
    ]
    theirs = soup(client_as(agent).get(LIST))
    assert [a["href"] for a in theirs.select("tbody th a")] == [
        url("posting", code=code) for code in ("ouverte", "publiee", "finie")
    ]
    assert "À vérifier" not in told(theirs)
    assert not theirs.select('option[value="en-preparation"]')


def test_the_list_is_filtered_and_says_when_nothing_answers(client, posting):
    assert "Responsable du suivi" in told(soup(client.get(LIST, {"etat": "en-preparation"})))
    assert "Aucune bourse ne correspond" in told(soup(client.get(LIST, {"etat": "ouvertes"})))
    assert "Responsable du suivi" in told(soup(client.get(LIST, {"unite": "Service des ports"})))
    # What is not in the list filters nothing.
    assert "Responsable du suivi" in told(soup(client.get(LIST, {"etat": "nimporte"})))


def test_the_list_says_what_was_transformed_and_never_opened(client, candidates, bring_reorganisation):
    bring_reorganisation(Status.IN_FORCE, PENDING)
    page = soup(client.get(LIST))
    assert page.select_one(f'a[href="{PREPARE}?transformation=a-determiner"]')
    client.post(f"{PREPARE}?transformation=a-determiner", filled(client, "?transformation=a-determiner"))
    page = soup(client.get(LIST))
    assert "Transformé, jamais ouvert" in told(page)
    assert "Voir la préparation" in told(page)


def test_the_list_is_long_and_takes_the_same_queries(client, to_fill, django_assert_num_queries):
    for number in range(27):
        prepare(code=f"bourse-{number}")
    with django_assert_num_queries(QUERIES["list"]):
        page = soup(client.get(LIST))
    assert "1 à 25 sur 27" in told(page)


# The page of one


def test_everybody_reads_what_is_published_and_nothing_of_how_it_is_led(client_as, agent, opened, posting):
    page = soup(client_as(agent).get(url("posting")))
    words = told(page)
    for said in (
        "Responsable du suivi",
        "Service des ports",
        "Expérience",
        "Mobilité, 03 22",
        "1er mars 2022 à 8 h 00",
    ):
        assert said in words
    assert "non renseigné" in words
    assert "exclus" in words
    assert "Qui a fait quoi" not in words
    assert "Annuler" not in words
    assert not page.select(".next-step")


def test_the_human_resources_read_what_to_do_next(client, posting):
    page = soup(client.get(url("posting")))
    assert "En préparation" in told(page.select_one(".next-step"))
    # The dates of the small bourse are past: it cannot be published, the first thing is to complete it.
    assert "La date de clôture est passée." in told(page.select_one(".next-step"))
    assert [told(a) for a in page.select(".next-step .button--primary")] == ["Compléter la bourse"]
    assert "DVE" in told(page.select_one(".notice--warning"))
    assert "Bourse préparée" in told(page)
    assert page.select_one("svg.workflow")


def test_a_bourse_in_preparation_does_not_exist_for_the_others(client_as, agent, posting):
    assert client_as(agent).get(url("posting")).status_code == 404
    for name in ("edit", "rule", "eligible", "composition", "publish", "cancel", "declarations", "extend", "reopen"):
        assert client_as(agent).get(url(name)).status_code == 404
    assert client_as(agent).get(PREPARE).status_code == 403


def test_what_is_published_is_led_by_the_human_resources_alone(client_as, agent, opened):
    for name in ("edit", "rule", "eligible", "composition", "publish", "cancel", "declarations", "extend", "telling"):
        assert client_as(agent).get(url(name)).status_code == 403


@pytest.mark.parametrize("name", ["posting", "rule", "eligible", "composition", "publish", "edit"])
def test_a_page_takes_so_many_queries(client, posting, ana, luc, name, django_assert_num_queries):
    client.get(url(name))
    with django_assert_num_queries(QUERIES[name]):
        assert client.get(url(name)).status_code == 200


# Preparation


def filled(client, query, **changes):
    data = sent(soup(client.get(PREPARE + query)))
    return data | {"contact": ["Mobilité"], "criteres-0-label": ["Expérience"], "criteres-0-weight": ["3"]} | changes


def test_a_bourse_is_prepared_on_a_post_with_what_the_chart_says(client, to_fill, hr):
    found = soup(client.get(PREPARE, {"q": "responsable"}))
    assert found.select_one('a[href="?poste=a-pourvoir"]')
    response = client.post(f"{PREPARE}?poste=a-pourvoir", filled(client, "?poste=a-pourvoir", pieces=["CV\n\nDiplôme"]))
    made = Posting.objects.get()
    assert response["Location"] == url("posting", code=made.code)
    assert made.code == f"responsable-{timezone.localdate().year}"
    assert (made.title, made.post_uid, made.pieces) == ("Responsable", "a-pourvoir", ["CV", "Diplôme"])
    assert (made.fiche["unit"], made.fiche["grade"], made.created_by) == ("Service des ports", "A 2.2", hr)
    assert [(each.label, each.weight) for each in made.criteria.all()] == [("Expérience", 3)]
    # Another of the same title has a code of its own.
    client.post(f"{PREPARE}?poste=a-pourvoir", filled(client, "?poste=a-pourvoir"))
    assert Posting.objects.filter(code=f"{made.code}-2").exists()


def test_similar_posts_are_further_places(client, to_fill):
    page = soup(client.get(f"{PREPARE}?poste=port-1"))
    assert [box["value"] for box in page.select("[name=more_posts]")] == ["port-2"]
    client.post(f"{PREPARE}?poste=port-1", filled(client, "?poste=port-1", more_posts=["port-2"]))
    assert Posting.objects.get().places == 2


def test_what_does_not_hold_comes_back_beside_its_field_with_what_was_typed(client, to_fill):
    wrong = {"title": [""], "opens_at": ["demain"], "criteres-1-weight": ["2"], "contact": ["Bureau 12"]}
    page = soup(client.post(f"{PREPARE}?poste=a-pourvoir", filled(client, "?poste=a-pourvoir", **wrong)), 422)
    assert page.select_one("#id_opens_at")["value"] == "demain"
    assert page.select_one("#id_contact")["value"] == "Bureau 12"
    assert "par exemple 21/01/2022" in told(page.select_one(".form-summary"))
    assert "Nommez le critère" in told(page.select_one(".form-summary"))
    backwards = {"opens_at": ["2030-01-02T09:00"], "closes_at": ["2030-01-01T09:00"]}
    page = soup(client.post(f"{PREPARE}?poste=a-pourvoir", filled(client, "?poste=a-pourvoir", **backwards)), 422)
    assert "La clôture vient après" in told(page)
    assert not Posting.objects.exists()


def test_another_row_of_criteria_comes_without_a_fault_nor_a_loss(client, to_fill):
    data = filled(client, "?poste=a-pourvoir", title=[""], more=["1"])
    page = soup(client.post(f"{PREPARE}?poste=a-pourvoir", data))
    assert len(page.select("[name$=-weight]")) == 4
    assert page.select_one("[name=criteres-0-label]")["value"] == "Expérience"
    assert not page.select(".form-summary, .field__error")


def test_what_is_nowhere_is_not_found(client, to_fill):
    assert client.get(f"{PREPARE}?poste=inconnu").status_code == 404
    assert client.get(f"{PREPARE}?transformation=inconnue").status_code == 404


def test_a_bourse_is_edited_until_it_is_published(client, posting):
    data = sent(soup(client.get(url("edit")))) | {"title": ["Autre titre"], "fiche_profile": ["Patient"]}
    assert client.post(url("edit"), data).status_code == 302
    posting.refresh_from_db()
    assert (posting.title, posting.fiche["profile"]) == ("Autre titre", "Patient")
    assert [(each.label, each.weight) for each in posting.criteria.all()] == [("Expérience", 2), ("Motivation", 1)]
    bring(posting, PostingStatus.PUBLISHED)
    assert client.get(url("edit"))["Location"] == url("posting")
    assert client.get(url("rule"))["Location"] == url("eligible")


@pytest.fixture
def bring_reorganisation(bring):
    return bring


def test_a_transformation_begins_with_the_usual_group(client, candidates, bring_reorganisation):
    """Those who hold the title of the candidate posts in their unit; the other titles there are excluded."""
    bring_reorganisation(Status.IN_FORCE, PENDING)
    assert isinstance(PENDING, TransformUndetermined)
    response = client.post(f"{PREPARE}?transformation=a-determiner", filled(client, "?transformation=a-determiner"))
    made = Posting.objects.get()
    assert response["Location"] == url("rule", code=made.code)
    assert (made.pending, made.post_uid, made.scope) == ("a-determiner", "referent", "reservee")
    rule = read_eligibility(made.rule)
    assert rule.who == AllOf(of=(InUnit(unit="service-1"), HasTitle(titles=("charge-mission",))))
    # A second one on the same transformation is refused where it is asked.
    page = soup(
        client.post(f"{PREPARE}?transformation=a-determiner", filled(client, "?transformation=a-determiner")), 422
    )
    assert "porte déjà sur cette transformation" in told(page)
    # The post it makes leads to the transformation.
    assert "transformation à déterminer" in told(soup(client.get(f"{PREPARE}?poste=referent")))


# The group


def test_the_group_is_shown_with_its_reasons_and_nothing_is_written_before_it_is_saved(client, posting, ana, luc, zoe):
    page = soup(client.get(url("rule")))
    assert told(page.select_one("#preview-title")) == "2 agents éligibles"
    assert "Ana Blin" in told(page.select_one("#apercu"))
    data = sent(page, "#regle")
    data |= {"g0-kind": ["cotation"], "do": ["add:g0"]}
    page = soup(client.post(url("rule"), data))
    assert told(page.select_one("#apercu h2")) == "Groupe"
    number = len(page.select("fieldset.bourse-condition"))
    assert number == 4
    data = sent(page, "#regle")
    row = next(
        name.removesuffix("-kind")
        for name, value in data.items()
        if value == ["cotation"] and name[0] == "l" and data[name.removesuffix("-kind") + "-place"] == ["g0"]
    )
    data |= {f"{row}-values": ["B 1"], "do": ["preview"]}
    page = soup(client.post(url("rule"), data))
    assert "Personne ne pourrait candidater" in told(page.select_one("#apercu"))
    posting.refresh_from_db()
    assert read_eligibility(posting.rule) == RULE
    data = sent(page, "#regle") | {"do": ["save"]}
    assert client.post(url("rule"), data)["Location"] == url("eligible")
    posting.refresh_from_db()
    rule = read_eligibility(posting.rule)
    assert HasGrade(grades=("B 1",)) in rule.who.of
    assert rule.excluded == RULE.excluded


def test_a_row_without_a_fact_is_told_and_nothing_typed_is_lost(client, posting, ana):
    data = sent(soup(client.get(url("rule"))), "#regle") | {"do": ["add:ajout"]}
    data = sent(soup(client.post(url("rule"), data)), "#regle")
    row = next(name.removesuffix("-place") for name, value in data.items() if value == ["ajout"])
    data |= {f"{row}-values": [ana.uid], "do": ["save"], "on": ["15/02/2022"]}
    page = soup(client.post(url("rule"), data), 422)
    assert "pourquoi cet agent est ajouté" in told(page.select_one(".form-summary"))
    assert page.select_one(f'[name={row}-values][value="{ana.uid}"]').has_attr("checked")
    data |= {f"{row}-reason": ["Retour de détachement"]}
    assert client.post(url("rule"), data).status_code == 302
    posting.refresh_from_db()
    assert [(each.agent, each.reason) for each in read_eligibility(posting.rule).added] == [
        (ana.uid, "Retour de détachement")
    ]


def test_groups_rows_and_kept_conditions_come_and_go(client, posting, ana):
    deep = AnyOf(
        of=(AllOf(of=(HasTitle(titles=("responsable",)), HasGrade(grades=("A 3",)))), InUnit(unit="service-1"))
    )
    actions.edit_posting(
        posting=posting, rule=Eligibility(on=RULE.on, who=AllOf(of=(deep, HasGrade(grades=("A 3",))))), by=None
    )
    page = soup(client.get(url("rule")))
    assert "Condition composée" in told(page)
    assert client.post(url("rule"), sent(page, "#regle") | {"do": ["save"]}).status_code == 302
    data = sent(page, "#regle") | {"do": ["group"]}
    page = soup(client.post(url("rule"), data))
    assert len(page.select(".bourse-group")) == 3
    before = len(page.select("fieldset.bourse-condition"))
    page = soup(client.post(url("rule"), sent(page, "#regle") | {"do": ["remove:0"]}))
    assert len(page.select("fieldset.bourse-condition")) == before - 1


def test_nonsense_is_left_out_and_a_missing_date_is_told(client, posting):
    data = {"rows": "3", "groups": "x", "l0-kind": "autre", "l1-kind": "site", "l1-place": "ailleurs", "do": "save"}
    page = soup(client.post(url("rule"), data), 422)
    assert "à quelle date" in told(page.select_one(".form-summary"))
    assert not page.select("fieldset.bourse-condition")


# The steps


SOON = {
    "opens_at": timezone.now() + datetime.timedelta(days=2),
    "closes_at": timezone.now() + datetime.timedelta(days=20),
}


def test_publishing_says_what_it_does_and_seals(client, to_fill, ana):
    prepare(**SOON)
    page = soup(client.get(url("publish")))
    assert "1 agent éligible aujourd’hui" in told(page)
    assert "DVE" in told(page.select_one(".notice--warning"))
    assert client.post(url("publish")).status_code == 302
    assert Posting.objects.get().status == PostingStatus.PUBLISHED
    page = soup(client.get(url("posting")))
    assert "s’ouvrira toute seule le" in told(page.select_one(".next-step"))
    assert [told(a) for a in page.select(".next-step a")] == ["Prolonger", "Annuler la bourse"]
    # What is done is not offered again, and by hand it does not open before its time.
    assert client.get(url("publish"))["Location"] == url("posting")
    page = soup(client.get(url("open")))
    assert "La bourse ouvre le" in told(page.select_one(".notice--blocking"))
    soup(client.post(url("open")), 422)


def test_publishing_with_something_missing_says_it(client, posting):
    page = soup(client.get(url("publish")))
    assert "La date de clôture est passée." in told(page.select_one(".notice--blocking"))
    assert "Personne ne pourrait candidater" in told(page)
    assert "date de clôture" in told(soup(client.post(url("publish")), 422))


def test_publishing_before_the_opinion_asks_for_a_reason(client, to_fill, reorganisation):
    prepare(reorganisation=reorganisation, **SOON)
    page = soup(client.get(url("publish")))
    assert page.select_one("#id_early_reason")
    assert not page.select(".notice--blocking")
    soup(client.post(url("publish"), {"early_reason": ""}), 422)
    assert client.post(url("publish"), {"early_reason": "Besoin urgent"}).status_code == 302
    assert Event.objects.get(verb="publish_posting").details["early_reason"] == "Besoin urgent"


def test_the_closing_is_postponed_for_a_reason(client, to_fill):
    bring(
        prepare(opens_at=OPENS, closes_at=SOON["closes_at"]),
        PostingStatus.OPEN,
    )
    page = soup(client.post(url("extend"), {"closes_at": "01/01/2022 10:00", "reason": "Trêve"}), 422)
    assert "après l’ancienne" in told(page)
    assert page.select_one("#id_closes_at")["value"] == "01/01/2022 10:00"
    later = timezone.localtime(SOON["closes_at"] + datetime.timedelta(days=9)).replace(second=0, microsecond=0)
    assert client.post(url("extend"), {"closes_at": f"{later:%Y-%m-%dT%H:%M}", "reason": "Trêve"}).status_code == 302
    assert Posting.objects.get().closes_at == later


def test_by_hand_what_the_clock_has_not_done_yet(client, posting, ana):
    bring(posting, PostingStatus.PUBLISHED)
    # Its closing is past: it opens no more.
    assert "prolongez-la" in told(soup(client.get(url("open"))))
    actions.extend(posting=posting, closes_at=SOON["closes_at"], reason="Oubli", by=None)
    assert client.post(url("open")).status_code == 302
    assert "Elle se clora toute seule" in told(soup(client.get(url("posting"))))
    soup(client.post(url("close")), 422)
    Posting.objects.update(closes_at=CLOSES)
    assert client.post(url("close")).status_code == 302
    page = soup(client.get(url("posting")))
    assert "Le jury n’a pas de présidence." in told(page.select_one(".next-step"))
    assert [told(a) for a in page.select(".next-step .button--primary")] == ["Composer le jury"]
    assert "présidence" in told(soup(client.get(url("start_examination"))))


def test_the_examination_begins_when_the_jury_is_ready(client, opened, president, hers):
    bring(opened, PostingStatus.CLOSED)
    assert client.post(url("start_examination")).status_code == 302
    assert Posting.objects.get().status == PostingStatus.EXAMINATION
    assert client.get(url("extend"))["Location"] == url("posting")


def test_cancelling_says_who_will_be_told(client, opened, hers):
    assert "1 candidat sera informé" in told(soup(client.get(url("cancel"))))
    soup(client.post(url("cancel"), {"reason": ""}), 422)
    assert client.post(url("cancel"), {"reason": "Poste repris."}).status_code == 302
    assert "Poste repris." in told(soup(client.get(url("posting"))))
    assert client.get(url("cancel"))["Location"] == url("posting")


def test_the_declarations_are_recorded_at_any_time(client, opened):
    given = {"dve_number": "080220300001", "dve_published_on": "2022-02-20", "legal_number": "", "legal_on": ""}
    assert client.post(url("declarations"), given).status_code == 302
    assert "n° 080220300001" in told(soup(client.get(url("posting"))))
    soup(client.post(url("declarations"), given | {"legal_on": "jamais"}), 422)


# The jury


def test_a_jury_is_composed_and_declares(client, posting, agent):
    assert client.post(url("composition"), {"account": agent.email.upper(), "president": "on"}).status_code == 302
    assert client.post(url("composition"), {"name": "Maire de Bréhat", "capacity": "extérieur"}).status_code == 302
    member = JuryMember.objects.get(user=agent)
    page = soup(client.get(url("composition")))
    assert "présidence" in told(page)
    assert "déclaration attendue" in told(page)
    for wrong, fault in (
        ({"account": "personne@nulle.part"}, "Aucun compte actif"),
        ({"account": agent.email, "name": "X"}, "pas les deux"),
        ({}, "Choisissez un compte"),
        ({"account": agent.email}, "siège déjà"),
    ):
        assert fault in told(soup(client.post(url("composition"), wrong), 422))
    assert client.post(url("declare", member.uid), {"declaration": "Ancien chef de service"}).status_code == 302
    assert "Ancien chef de service" in told(soup(client.get(url("composition"))))
    assert "Retirer" in told(soup(client.get(url("remove_member", member.uid))))
    assert client.post(url("remove_member", member.uid)).status_code == 302
    assert client.get(url("declare", member.uid)).status_code == 404


def test_a_member_keeps_away_from_a_candidate_and_the_jury_stays_once_it_examines(client, examined, juror, hers):
    member = JuryMember.objects.get(user=juror)
    assert "Ajouter un membre" not in told(soup(client.get(url("composition"))))
    client.post(url("declare", member.uid), {"declaration": "Cousine", "ties": [hers.uid]})
    assert "s’écarte de la candidature" in told(soup(client.get(url("composition"))))
    page = client.post(url("remove_member", member.uid), follow=True)
    assert "le jury ne change plus" in told(soup(page))


# Who may apply, once the list is frozen


def test_the_list_says_why_and_when_each_was_told(client, opened, ana, luc, django_capture_on_commit_callbacks):
    page = soup(client.get(url("eligible")))
    assert [told(row.th) for row in page.select("tbody tr")] == ["Ana Blin", "Luc Roy"]
    assert "Dans l’application" in told(page)
    assert page.select_one("#progress progress")
    assert [told(row.th) for row in soup(client.get(url("eligible"), {"q": "roy"})).select("tbody tr")] == ["Luc Roy"]
    assert "Personne de ce nom" in told(soup(client.get(url("eligible"), {"q": "zzz"})))
    with django_capture_on_commit_callbacks(execute=True):
        client.post(url("tell_again"))
    actions.send_letters(posting=opened, kind=Notice.Kind.OPENED)
    page = soup(client.get(url("telling")))
    assert "2 courriels partis" in told(page)
    assert not page.select("[hx-get]")
    assert "Envoyer de nouveau" not in told(soup(client.get(url("eligible"))))


def test_somebody_is_added_later_for_a_reason(client, opened, zoe):
    page = soup(client.get(url("add_eligible"), {"q": "petit"}))
    link = page.select_one(".bourse-choices a")["href"]
    soup(client.post(link, {"reason": ""}), 422)
    assert client.post(link, {"reason": "Erreur de cotation"}).status_code == 302
    assert "Ajout nominatif : Erreur de cotation" in told(soup(client.get(url("eligible"))))
    assert "hors de la liste" in told(soup(client.get(url("add_eligible"), {"q": "petit"})))
    assert "déjà dans la liste" in told(soup(client.post(link, {"reason": "Encore"}), 422))
    assert client.get(url("add_one", "personne")).status_code == 404
    bring(opened, PostingStatus.CLOSED)
    assert client.get(url("add_eligible"))["Location"] == url("eligible")
    assert client.get(link)["Location"] == url("eligible")


# After


def test_an_unfilled_bourse_is_widened_as_a_new_wave(client, opened):
    unfilled(opened)
    assert "Dites la suite" in told(soup(client.get(url("posting"))))
    soup(client.post(url("reopen"), {}), 422)
    wrong = {"follow_up": "rouvrir", "opens_at": "2030-01-02T09:00", "closes_at": "2030-01-01T09:00"}
    soup(client.post(url("reopen"), wrong), 422)
    response = client.post(url("reopen"), {"follow_up": "elargir"})
    wave = Posting.objects.get(wave=2)
    assert response["Location"] == url("rule", code=wave.code)
    assert "Vague 2" in told(soup(client.get(url("posting"))))
    assert "Fait suite à la vague 1" in told(soup(client.get(url("posting", code=wave.code))))
    assert client.get(url("reopen"))["Location"] == url("posting")


def test_an_unfilled_bourse_is_reopened_or_left_vacant(client, opened):
    unfilled(opened)
    assert client.post(url("reopen"), {"follow_up": "vacant"}).status_code == 302
    page = soup(client.get(url("posting")))
    assert "laisser le poste vacant" in told(page.select_one(".next-step"))
    assert client.get(url("reopen"))["Location"] == url("posting")


def test_what_the_move_leaves_vacant_leads_to_the_next_bourse(client, ranked, hers):
    decide(ranked, hers)
    page = soup(client.get(url("posting")))
    link = page.select_one('a[href$="?poste=port-1"]')
    assert told(link) == "Ouvrir une bourse sur ce poste"
    client.post(link["href"], filled(client, "?poste=port-1"))
    page = soup(client.get(url("posting")))
    assert "Voir la bourse ouverte dessus" in told(page)
    assert "Ouverte sur un poste laissé vacant" in told(page)


def unfilled(posting):
    bring(posting, PostingStatus.CLOSED)
    actions.record_outcome(posting=posting, by=None, reasons={}, reason="Aucune candidature.")


# From the pages of the other rooms


def test_the_page_of_a_post_leads_to_its_bourse(client, client_as, agent, to_fill):
    page = reverse("missions:post", args=["a-pourvoir"])
    assert soup(client.get(page)).select_one(f'a[href="{PREPARE}?poste=a-pourvoir"]')
    assert not soup(client_as(agent).get(page)).select('a[href*="bourses"]:not(nav a)')
    prepare()
    assert told(soup(client.get(page)).select_one(f'a[href="{url("posting")}"]')) == "Bourse en préparation"


def test_the_reorganisation_says_where_the_bourse_of_a_transformation_is(client, candidates, bring_reorganisation):
    found = bring_reorganisation(Status.IN_FORCE, PENDING)
    page = reverse("reorganisations:follow_up", args=[found.code])
    link = soup(client.get(page)).select_one("#transformations a[href*=preparer]")
    assert told(link) == "Préparer la bourse"
    query = link["href"].removeprefix(PREPARE)
    client.post(link["href"], filled(client, query))
    assert "Bourse en préparation" in told(soup(client.get(page)).select_one("#transformations"))


def test_an_agent_named_is_searched_for_where_the_list_is_long(client, posting, db):
    for number in range(26):
        person(f"Agent Numéro{number}")
    data = sent(soup(client.get(url("rule"))), "#regle") | {"do": ["add:ajout"]}
    page = soup(client.post(url("rule"), data))
    data = sent(page, "#regle")
    row = next(name.removesuffix("-place") for name, value in data.items() if value == ["ajout"])
    assert "Cherchez pour choisir" in told(page)
    page = soup(client.post(url("rule"), data | {f"{row}-search": ["numero7"], "do": ["search"]}))
    assert [told(label) for label in page.select(f"label:has([name={row}-values])")] == ["Agent Numéro7"]
