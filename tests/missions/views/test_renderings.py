"""Documents behind a progress page: who waits, what the page says, what is given in the end; short ones at once."""

import datetime

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from accounts.actions import set_roles
from accounts.models import Role
from missions import printing, tasks
from missions.actions import renderings
from missions.models import Document, Rendering, RenderingState
from missions.pdf_process import NotWritten
from missions.views import renderings as views
from tests.factories import UserFactory
from tests.orgchart import real_case

CHART = f"/unites/{real_case.MISSION}/organigramme.pdf"
VERSION = "/historique/2/organigramme.pdf"
PDF = b"%PDF-fait"


@pytest.fixture
def long(monkeypatch):
    """Everything is long."""
    monkeypatch.setattr(printing, "IN_THE_REQUEST", 0)


@pytest.fixture
def no_worker(monkeypatch):
    """What is put in the queue stays there."""
    queue = []
    monkeypatch.setattr(views, "prepare_document", type("Task", (), {"enqueue": staticmethod(queue.append)}))
    return queue


@pytest.fixture
def written(monkeypatch):
    def gives(outcome=PDF):
        def write_apart(html, *, tell):
            if isinstance(outcome, BaseException):
                raise outcome
            return outcome

        monkeypatch.setattr(tasks, "write_apart", write_apart)

    return gives


@pytest.fixture
def waiting(client_as, hr, adapted, long, no_worker):
    """One that HR waits for."""
    client_as(hr).get(CHART)
    return Rendering.objects.get()


def page(rendering, name="rendering"):
    return reverse(f"missions:{name}", args=[rendering.uid])


def shown(client, rendering, **headers):
    answer = client.get(page(rendering), headers=headers)
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


def now_is(rendering, **values):
    Rendering.objects.filter(pk=rendering.pk).update(**values)


def ago(seconds):
    return timezone.now() - datetime.timedelta(seconds=seconds)


def lose_all_roles(user):
    # Somebody of the human resources must remain.
    UserFactory.create(roles=[Role.HR])
    set_roles(user=user, roles=[], by=None)


# From the address of a document to its file


def test_a_short_one_is_written_in_the_request(client_as, hr, adapted):
    assert client_as(hr).get(CHART)["Content-Type"] == "application/pdf"
    assert not Rendering.objects.exists()


def test_a_long_one_leads_to_its_page_then_to_its_file(client_as, hr, adapted, long, written):
    written()
    client = client_as(hr)
    answer = client.get(CHART, {"au": "2021-10-04", "format": "a3"})
    rendering = Rendering.objects.get()
    assert answer["Location"] == page(rendering)
    assert rendering.subject == f"au=2021-10-04&format=a3&unite={real_case.MISSION}"
    link = shown(client, rendering).select_one("a.button--primary")
    assert link.text == "Télécharger le document"
    file = client.get(link["href"])
    assert file.content == PDF
    assert file["Content-Disposition"] == f'attachment; filename="{rendering.name}"'


def test_a_sealed_one_is_kept_once_whoever_asks(client_as, hr, agent, adapted, long, written):
    written()
    client_as(hr).get(VERSION)
    first = client_as(hr).get(page(Rendering.objects.get(), "rendering_file"))
    document = Document.objects.get()
    assert first["X-Content-SHA256"] == document.content.sha256
    second = client_as(agent).get(VERSION)
    assert second.content == first.content == PDF
    assert Rendering.objects.count() == 1


def test_the_day_is_the_one_it_was_asked_for(client_as, hr, adapted, long, no_worker):
    client_as(hr).get(CHART)
    assert timezone.localdate().isoformat() in Rendering.objects.get().subject


def test_asking_twice_is_waiting_once(client_as, hr, adapted, long, no_worker):
    client = client_as(hr)
    assert client.get(CHART)["Location"] == client.get(CHART)["Location"]
    assert len(no_worker) == 1


def test_beyond_the_limit_it_is_refused_and_tables_are_proposed(client_as, hr, adapted, long, monkeypatch):
    monkeypatch.setattr(printing, "AT_MOST", 5)
    client = client_as(hr)
    answer = client.get(CHART)
    assert answer.status_code == 422
    links = {link.text: link["href"] for link in BeautifulSoup(answer.content, "html.parser").select("main a.button")}
    assert links["Tableau des postes, XLSX"] == f"/postes.xlsx?unite={real_case.MISSION}"
    assert client.get(links["Tableau des postes, ODS"]).status_code == 200
    assert links["Revenir à la page"].startswith(f"/unites/{real_case.MISSION}/")
    assert not Rendering.objects.exists()


# Who may see


@pytest.mark.parametrize("name", ["rendering", "rendering_file", "retry_rendering"])
@pytest.mark.parametrize("who", ["manager", "agent", "committee_member", "another hr", "nobody"])
def test_it_exists_for_nobody_but_who_asked(who, name, request, client_as, waiting):
    others = {"another hr": [Role.HR], "nobody": []}
    user = UserFactory.create(roles=others[who]) if who in others else request.getfixturevalue(who)
    client = client_as(user)
    method = client.post if name == "retry_rendering" else client.get
    assert method(page(waiting, name)).status_code == 404


@pytest.mark.parametrize("name", ["rendering_file", "retry_rendering"])
def test_who_lost_the_right_to_read_it_gets_nothing(name, client_as, hr, waiting):
    now_is(waiting, state=RenderingState.DONE, content=PDF)
    client = client_as(hr)
    lose_all_roles(hr)
    method = client.post if name == "retry_rendering" else client.get
    assert method(page(waiting, name)).status_code == 403


def test_the_worker_too_asks_whether_it_may_be_read(client_as, hr, waiting):
    lose_all_roles(hr)
    tasks.prepare_document.call(waiting.uid)
    waiting.refresh_from_db()
    assert waiting.state == RenderingState.FAILED
    assert "réservé aux personnes qui ont un rôle" in waiting.failure


def test_a_forgotten_one_does_not_exist(client_as, hr, waiting):
    waiting.delete()
    assert client_as(hr).get(page(waiting)).status_code == 404


def test_signed_out_one_signs_in_first(client, waiting):
    assert client.get(page(waiting))["Location"].startswith(reverse("account_login"))


# What the page says

SAID = [
    ({}, "Préparation du PDF : en attente de son tour"),
    ({"requested_at": ago(60)}, "Le service de préparation ne répond pas"),
    ({"state": "running"}, "Préparation du PDF"),
    ({"state": "running", "done": 24}, "Préparation du PDF : mise en page, 24 pages"),
    ({"state": "running", "done": 1, "total": 40}, "Préparation du PDF : 1 page sur 40"),
    ({"state": "running", "done": 12, "total": 40}, "Préparation du PDF : 12 pages sur 40"),
    ({"state": "running", "media_type": "autre", "done": 0}, "Préparation du document"),
    ({"state": "running", "heard_at": ago(120)}, "La préparation s’est interrompue avant la fin."),
    ({"state": "failed", "failure": "Le document est trop long."}, "Le document est trop long."),
    ({"state": "done", "content": PDF}, "Le document est prêt"),
]


@pytest.mark.parametrize(("values", "said"), SAID, ids=[words for _, words in SAID])
def test_it_says_where_the_work_is_and_the_part_swapped_says_the_same(values, said, client_as, hr, waiting):
    fresh = {} if "requested_at" in values else {"requested_at": timezone.now()}
    heard = {} if "heard_at" in values else {"heard_at": timezone.now()}
    now_is(waiting, **values | fresh | heard)
    whole = shown(client_as(hr), waiting).select_one("#rendering")
    assert said in whole.get_text(" ").replace("\u00a0", " ")
    part = shown(client_as(hr), waiting, **{"HX-Request": "true"})
    assert part.select_one("h1") is None
    for each in (whole, part):
        for token in each.select("[name=csrfmiddlewaretoken]"):
            token.decompose()
    assert part.select_one("#rendering").prettify() == whole.prettify()


def test_the_bar_counts_pages(client_as, hr, waiting):
    now_is(waiting, state="running", done=12, total=40)
    bar = shown(client_as(hr), waiting).select_one("progress")
    assert (bar["value"], bar["max"]) == ("12", "40")
    assert bar["aria-label"] == "Préparation du PDF\u00a0: 12\u00a0pages sur 40"


def test_it_waits_its_turn_while_another_is_written(client_as, hr, agent, waiting):
    now_is(waiting, requested_at=ago(60))
    Rendering.objects.create(kind="x", requested_by=agent, state=RenderingState.RUNNING)
    assert "en attente de son tour" in shown(client_as(hr), waiting).text


def test_it_turns_only_while_something_is_to_come(client_as, hr, waiting):
    client = client_as(hr)
    polled = {}
    for state in ("waiting", "running", "failed", "done"):
        now_is(waiting, state=state, content=PDF, heard_at=timezone.now(), requested_at=timezone.now())
        polled[state] = shown(client, waiting).select_one("#rendering").get("hx-get")
    assert polled == {"waiting": page(waiting), "running": page(waiting), "failed": None, "done": None}


def test_it_is_never_taken_from_a_cache(client_as, hr, waiting):
    assert "no-store" in client_as(hr).get(page(waiting))["Cache-Control"]


def test_asking_for_the_file_too_early_leads_back(client_as, hr, waiting):
    assert client_as(hr).get(page(waiting, "rendering_file"))["Location"] == page(waiting)


@pytest.mark.parametrize(("state", "queries"), [("waiting", 3), ("running", 3), ("done", 3)])
def test_looking_again_costs_few_queries(state, queries, client_as, hr, waiting, django_assert_num_queries):
    now_is(waiting, state=state, content=PDF, heard_at=timezone.now(), requested_at=timezone.now())
    client = client_as(hr)
    with django_assert_num_queries(queries):
        client.get(page(waiting), headers={"HX-Request": "true"})


# Failing, and trying again


def test_a_failure_is_told_and_tried_again(client_as, hr, adapted, long, written):
    written(NotWritten("Le document est trop long : il demandait trop de temps."))
    client = client_as(hr)
    client.get(CHART)
    rendering = Rendering.objects.get()
    form = shown(client, rendering).select_one("#rendering")
    assert "trop de temps" in form.select_one("[role=alert]").text
    assert form.button.text == "Recommencer"
    written()
    answer = client.post(form["action"], follow=True)
    assert "Le document est prêt" in answer.content.decode()


def test_what_is_on_its_way_is_not_tried_again(client_as, hr, waiting, no_worker):
    answer = client_as(hr).post(page(waiting, "retry_rendering"), follow=True)
    assert "en préparation" in BeautifulSoup(answer.content, "html.parser").select_one("#messages").text
    assert len(no_worker) == 1


def test_a_lost_one_is_tried_again(client_as, hr, waiting, no_worker):
    renderings.begin_rendering(uid=waiting.uid)
    now_is(waiting, heard_at=ago(120))
    client_as(hr).post(page(waiting, "retry_rendering"))
    assert no_worker == [waiting.uid] * 2
