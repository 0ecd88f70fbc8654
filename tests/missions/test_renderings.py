"""Long documents: asked for once, written once, told as they go, failed in words, forgotten after a day."""

import datetime
import hashlib
import io
import zipfile

import pytest
from django.db import IntegrityError, transaction
from django.http import Http404
from django.tasks import TaskResultStatus
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts import trail
from accounts.permissions import NotAllowed
from missions import printing, tasks
from missions.actions import keep_document, renderings
from missions.archives import MEDIA_TYPE as ARCHIVE
from missions.archives import Archive, Member
from missions.models import Document, Rendering, RenderingState
from missions.pdf_process import NotWritten, TookTooMuchMemory
from missions.printing import AT_MOST, IN_THE_REQUEST, Printed, Printing, as_subject, from_subject
from tests.factories import UserFactory, open_small_chart

PDF = b"%PDF-fait"


@pytest.fixture
def queue():
    """What was put in the queue of the worker."""
    return []


@pytest.fixture
def ask(hr, queue):
    def asked(by=hr, **parameters):
        return renderings.request_rendering(
            kind="essai", parameters=parameters, printed=document(), by=by, enqueue=queue.append
        )

    return asked


def document(**fields):
    usual = {"name": "essai.pdf", "title": "Essai", "weight": 500, "back": "/", "source": lambda: "<p>Essai"}
    return Printed(**usual | fields)


@pytest.fixture
def kind(monkeypatch):
    """`kind(document(…))`: the kind « essai » gives this document, or raises this refusal."""

    def is_now(printed=None, refusal=None):
        def read(user, asked):
            if refusal:
                raise refusal
            return printed or document()

        monkeypatch.setattr(tasks, "printing", lambda key: Printing(lambda user, asked: None, read))

    return is_now


@pytest.fixture
def written(monkeypatch):
    """`written(PDF)` or `written(refusal)`: what the process of its own gives."""

    def gives(outcome=PDF, pages=()):
        def write_apart(html, *, tell):
            for done, total in pages:
                tell(done, total)
            if isinstance(outcome, BaseException):
                raise outcome
            return outcome

        monkeypatch.setattr(tasks, "write_apart", write_apart)

    return gives


def silent(rendering, seconds=120):
    """Nothing was heard of it for so long."""
    Rendering.objects.filter(pk=rendering.pk).update(heard_at=timezone.now() - datetime.timedelta(seconds=seconds))


# Asking


def test_what_is_asked_for_waits_in_the_queue(ask, queue, hr):
    rendering = ask(unite="u1")
    assert queue == [rendering.uid]
    assert (rendering.state, rendering.requested_by, rendering.subject) == (RenderingState.WAITING, hr, "unite=u1")
    assert (rendering.name, rendering.media_type, rendering.title) == ("essai.pdf", "application/pdf", "Essai")


def test_the_same_asked_twice_is_written_once(ask, queue):
    assert ask(a="1", b="2") == ask(b="2", a="1")
    assert len(queue) == 1
    assert ask(a="2") != ask(a="1", b="2")


def test_two_people_wait_for_their_own(ask):
    assert ask() != ask(by=UserFactory.create())


def test_what_is_ready_is_asked_for_anew(ask, queue):
    first = renderings.begin_rendering(uid=ask().uid)
    renderings.finish_rendering(rendering=first, content=PDF, document=None)
    assert ask() != first
    assert len(queue) == 2


def test_asking_again_for_a_lost_one_puts_it_back_in_the_queue(ask, queue):
    rendering = ask()
    renderings.begin_rendering(uid=rendering.uid)
    assert ask() == rendering
    assert len(queue) == 1
    silent(rendering)
    assert ask().state == RenderingState.WAITING
    assert queue == [rendering.uid] * 2


def test_nothing_is_written_when_the_queue_refuses(hr):
    def refuse(uid):
        raise RuntimeError

    with pytest.raises(RuntimeError):
        renderings.request_rendering(kind="essai", parameters={}, printed=document(), by=hr, enqueue=refuse)
    assert not Rendering.objects.exists()


def test_the_database_holds_one_active_at_a_time(ask, hr):
    ask()
    with pytest.raises(IntegrityError, match=r"one_active_rendering|UNIQUE"), transaction.atomic():
        Rendering.objects.create(kind="essai", requested_by=hr)


def test_the_database_refuses_a_ready_one_without_content(hr):
    with pytest.raises(IntegrityError, match="rendering_done_has_content"), transaction.atomic():
        Rendering.objects.create(kind="essai", requested_by=hr, state=RenderingState.DONE)


def test_parameters_have_one_text():
    assert as_subject({"b": "é &", "a": "1", "vide": ""}) == "a=1&b=%C3%A9+%26"
    assert from_subject("a=1&b=%C3%A9+%26") == {"a": "1", "b": "é &"}


@pytest.mark.parametrize(
    ("weight", "short", "too_long"),
    [(0, True, False), (IN_THE_REQUEST, True, False), (IN_THE_REQUEST + 1, False, False), (AT_MOST + 1, False, True)],
)
def test_where_the_limits_are(weight, short, too_long):
    printed = document(weight=weight)
    assert (printed.is_short, printed.is_too_long) == (short, too_long)


def test_every_declared_kind_exists(settings):
    for kind in ("organigramme", "version", "rapport", "rapport-docx"):
        assert isinstance(printing.printing(kind), Printing)
    with pytest.raises(KeyError):
        printing.printing("inconnu")


# The worker


def test_it_is_written_and_told(ask, kind, written, django_assert_num_queries):
    kind()
    written(pages=[(3, 0), (2, 7)])
    uid = ask().uid
    tasks.prepare_document.call(uid)
    rendering = Rendering.objects.get(uid=uid)
    assert (rendering.state, bytes(rendering.content)) == (RenderingState.DONE, PDF)
    assert (rendering.done, rendering.total, rendering.attempt) == (2, 7, 1)


def test_a_file_that_is_no_pdf_is_written_in_place(ask, kind):
    kind(document(source=lambda: b"PK"))
    uid = ask().uid
    tasks.prepare_document.call(uid)
    assert bytes(Rendering.objects.get(uid=uid).content) == b"PK"


def test_an_archive_is_written_member_by_member_and_told(ask, kind, written, monkeypatch):
    """A PDF is made of HTML, a file is taken as it is; what is told are members, while pages of one say it is alive."""
    members = (
        Member("1.pdf", lambda: "<p>Un"),
        Member("2.csv", lambda: b"a;b"),
        Member("3.pdf", lambda: "<p>Trois"),
    )
    kind(document(name="essai.zip", media_type=ARCHIVE, source=lambda: Archive(members)))
    written(pages=[(5, 0), (5, 9)])
    told = []
    really = renderings.tell_progress

    def tell_progress(*, rendering, done, total):
        told.append((done, total))
        really(rendering=rendering, done=done, total=total)

    monkeypatch.setattr(renderings, "tell_progress", tell_progress)
    uid = ask().uid
    tasks.prepare_document.call(uid)
    rendering = Rendering.objects.get(uid=uid)
    assert rendering.state == RenderingState.DONE
    bundle = zipfile.ZipFile(io.BytesIO(bytes(rendering.content)))
    assert {name: bundle.read(name) for name in bundle.namelist()} == {"1.pdf": PDF, "2.csv": b"a;b", "3.pdf": PDF}
    assert told == [(0, 0), (0, 3), (0, 3), (0, 3), (1, 3), (2, 3), (2, 3), (2, 3)]


def test_an_archive_with_a_member_too_long_is_refused_whole(ask, kind, written):
    kind(document(source=lambda: Archive((Member("1.csv", lambda: b"a"), Member("2.pdf", lambda: "<p>Long")))))
    written(TookTooMuchMemory())
    uid = ask().uid
    tasks.prepare_document.call(uid)
    rendering = Rendering.objects.get(uid=uid)
    assert (rendering.state, rendering.content) == (RenderingState.FAILED, None)
    assert rendering.failure == str(TookTooMuchMemory())


def test_what_is_kept_for_good_is_stored_once(ask, kind, written, hr):
    version = open_small_chart()

    def keep(content):
        return keep_document(owner=version, kind="organigramme", name="v.pdf", content=content, by=hr)

    kind(document(keep=keep))
    written()
    uid = ask().uid
    tasks.prepare_document.call(uid)
    rendering = Rendering.objects.get(uid=uid)
    assert rendering.content is None
    assert rendering.document.content.sha256 == hashlib.sha256(PDF).hexdigest()
    assert keep(b"autre") == rendering.document
    assert Document.objects.count() == 1

    kind(document(kept=rendering.document, source=pytest.fail))
    again = ask().uid
    tasks.prepare_document.call(again)
    assert Rendering.objects.get(uid=again).document == rendering.document


@pytest.mark.parametrize(
    "refusal",
    [
        NotAllowed("Vous ne le lisez plus."),
        Http404("Elle n’existe plus."),
        NotWritten("Trop long."),
        TookTooMuchMemory(),
    ],
)
def test_a_refusal_is_told_in_its_own_words(ask, kind, written, refusal):
    if isinstance(refusal, NotWritten):
        kind()
        written(refusal)
    else:
        kind(refusal=refusal)
    uid = ask().uid
    tasks.prepare_document.call(uid)
    rendering = Rendering.objects.get(uid=uid)
    assert (rendering.state, rendering.failure) == (RenderingState.FAILED, str(refusal))


def test_what_nobody_foresaw_is_told_without_its_details_and_left_to_the_log(ask, kind, written):
    kind()
    written(ValueError("un détail interne"))
    uid = ask().uid
    with pytest.raises(ValueError, match="interne"):
        tasks.prepare_document.call(uid)
    rendering = Rendering.objects.get(uid=uid)
    assert (rendering.state, rendering.failure) == (RenderingState.FAILED, tasks.UNEXPECTED)


@pytest.mark.parametrize("state", ["done", "failed", "running", "forgotten"])
def test_a_task_that_comes_twice_does_nothing(ask, kind, written, state):
    rendering = renderings.begin_rendering(uid=ask().uid)
    if state == "done":
        renderings.finish_rendering(rendering=rendering, content=PDF, document=None)
    elif state == "failed":
        renderings.fail_rendering(rendering=rendering, reason="Non.")
    elif state == "forgotten":
        rendering.delete()
    kind(refusal=AssertionError("written twice"))
    before = list(Rendering.objects.values())
    tasks.prepare_document.call(rendering.uid)
    assert list(Rendering.objects.values()) == before


def test_a_lost_one_is_begun_again_and_the_first_worker_is_no_longer_heard(ask):
    uid = ask().uid
    first = renderings.begin_rendering(uid=uid)
    silent(first)
    second = renderings.begin_rendering(uid=uid)
    assert second.attempt == 2
    for late in (
        lambda: renderings.tell_progress(rendering=first, done=1, total=2),
        lambda: renderings.finish_rendering(rendering=first, content=b"vieux", document=None),
        lambda: renderings.fail_rendering(rendering=first, reason="vieux"),
    ):
        with pytest.raises(renderings.Abandoned):
            late()
    renderings.finish_rendering(rendering=second, content=PDF, document=None)
    assert bytes(Rendering.objects.get().content) == PDF


def test_one_that_was_forgotten_meanwhile_stops_without_noise(ask, kind, written):
    kind(document(source=lambda: str(Rendering.objects.all().delete())))
    written()
    tasks.prepare_document.call(ask().uid)
    assert not Rendering.objects.exists()


# Retrying


def test_what_failed_goes_back_in_the_queue(ask, queue, hr):
    rendering = renderings.begin_rendering(uid=ask().uid)
    renderings.tell_progress(rendering=rendering, done=3, total=4)
    renderings.fail_rendering(rendering=rendering, reason="Non.")
    again = renderings.retry_rendering(rendering=rendering, by=hr, enqueue=queue.append)
    again.refresh_from_db()
    assert (again.state, again.failure, again.done, again.total) == (RenderingState.WAITING, "", 0, 0)
    assert queue == [rendering.uid] * 2


def test_a_lost_one_too(ask, queue, hr):
    rendering = renderings.begin_rendering(uid=ask().uid)
    silent(rendering)
    assert renderings.retry_rendering(rendering=rendering, by=hr, enqueue=queue.append).state == RenderingState.WAITING


def test_when_it_was_asked_for_again_meanwhile_that_one_is_answered(ask, queue, hr):
    failed = renderings.begin_rendering(uid=ask().uid)
    renderings.fail_rendering(rendering=failed, reason="Non.")
    other = ask()
    assert renderings.retry_rendering(rendering=failed, by=hr, enqueue=queue.append) == other
    assert len(queue) == 2


@pytest.mark.parametrize("begun", [False, True])
def test_what_is_on_its_way_is_not_retried(ask, queue, hr, begun):
    rendering = ask()
    if begun:
        rendering = renderings.begin_rendering(uid=rendering.uid)
    with pytest.raises(renderings.NothingToRetry):
        renderings.retry_rendering(rendering=rendering, by=hr, enqueue=queue.append)


# Forgetting


def test_after_a_day_it_is_forgotten_and_what_is_kept_for_good_stays(ask, hr):
    version = open_small_chart()
    kept = keep_document(owner=version, kind="organigramme", name="v.pdf", content=PDF, by=hr)
    old = renderings.begin_rendering(uid=ask(n="1").uid)
    renderings.finish_rendering(rendering=old, content=b"", document=kept)
    recent = ask(n="2")
    yesterday = timezone.now() - datetime.timedelta(hours=25)
    Rendering.objects.filter(pk=old.pk).update(requested_at=yesterday)
    forget = trail.purges()["Documents préparés (un jour après la demande)"]
    assert forget() == 1
    assert list(Rendering.objects.all()) == [recent]
    assert Document.objects.get() == kept


def test_finished_tasks_are_forgotten_too(db):
    yesterday = timezone.now() - datetime.timedelta(hours=25)
    common = {"args_kwargs": {}, "task_path": "x", "backend_name": "default", "run_after": yesterday}
    DBTaskResult.objects.create(status=TaskResultStatus.SUCCESSFUL, finished_at=yesterday, **common)
    DBTaskResult.objects.create(status=TaskResultStatus.SUCCESSFUL, finished_at=timezone.now(), **common)
    DBTaskResult.objects.create(status=TaskResultStatus.READY, **common)
    assert trail.purges()["Travaux de fond terminés (un jour après)"]() == 1
    assert DBTaskResult.objects.count() == 2
