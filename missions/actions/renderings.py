"""Documents written by the worker: asked for, begun, told, finished or failed, forgotten after a day."""

import datetime
from collections.abc import Callable

from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts.models import User

from ..models import Document, Rendering
from ..models.rendering import ACTIVE, RenderingState
from ..printing import Parameters, Printed, as_subject

KEPT = datetime.timedelta(days=1)

# Puts the uid of a rendering in the queue of the worker.
type Enqueue = Callable[[str], object]


class Abandoned(Exception):
    def __init__(self) -> None:
        super().__init__("Plus personne n’attend ce document, ou un autre essai l’écrit.")


class NothingToRetry(Exception):
    def __init__(self) -> None:
        super().__init__("Ce document est prêt, ou en préparation.")


@transaction.atomic
def request_rendering(*, kind: str, parameters: Parameters, printed: Printed, by: User, enqueue: Enqueue) -> Rendering:
    """The one that this user is already waiting for, or a new one in the queue: both are written or neither."""
    rendering, is_new = Rendering.objects.without_content().get_or_create(
        requested_by=by,
        kind=kind,
        subject=as_subject(parameters),
        state__in=ACTIVE,
        defaults={
            "title": printed.title[:300],
            "name": printed.name[-200:],
            "media_type": printed.media_type,
            "back": printed.back,
        },
    )
    if is_new:
        enqueue(rendering.uid)
    elif rendering.is_lost:
        _start_again(rendering, enqueue)
    return rendering


@transaction.atomic
def retry_rendering(*, rendering: Rendering, by: User, enqueue: Enqueue) -> Rendering:
    """Back in the queue: one that failed, or whose worker is lost. Raises NothingToRetry.

    Where the same document was asked for again meanwhile, that one is answered.
    """
    rendering = Rendering.objects.without_content().select_for_update().get(pk=rendering.pk, requested_by=by)
    if rendering.state != RenderingState.FAILED and not rendering.is_lost:
        raise NothingToRetry
    same = Rendering.objects.without_content().filter(requested_by=by, kind=rendering.kind, subject=rendering.subject)
    other = same.filter(state__in=ACTIVE).exclude(pk=rendering.pk).first()
    if other is not None:
        return other
    _start_again(rendering, enqueue)
    return rendering


def _start_again(rendering: Rendering, enqueue: Enqueue) -> None:
    rendering.state = RenderingState.WAITING
    rendering.requested_at = rendering.heard_at = timezone.now()
    rendering.done = rendering.total = 0
    rendering.failure = ""
    rendering.save(update_fields=["state", "requested_at", "heard_at", "done", "total", "failure"])
    enqueue(rendering.uid)


@transaction.atomic
def begin_rendering(*, uid: str) -> Rendering | None:
    """For the worker: None when it was forgotten, is ready, or is being written; a task may come twice."""
    rendering = Rendering.objects.without_content().select_for_update().filter(uid=uid).first()
    if rendering is None or (rendering.state != RenderingState.WAITING and not rendering.is_lost):
        return None
    rendering.state = RenderingState.RUNNING
    rendering.attempt += 1
    rendering.heard_at = timezone.now()
    rendering.save(update_fields=["state", "attempt", "heard_at"])
    return rendering


def tell_progress(*, rendering: Rendering, done: int, total: int) -> None:
    """Pages done, and that somebody is at work. Raises Abandoned: then nothing more is to be done."""
    _write(rendering, done=done, total=total)


def finish_rendering(*, rendering: Rendering, content: bytes, document: Document | None) -> None:
    """`document`: the content kept for good, which is then not stored here. Raises Abandoned."""
    _write(
        rendering,
        state=RenderingState.DONE,
        content=None if document else content,
        document=document,
    )


def fail_rendering(*, rendering: Rendering, reason: str) -> None:
    """`reason`: what the one who asked is told. Raises Abandoned."""
    _write(rendering, state=RenderingState.FAILED, failure=reason[:500])


def _write(rendering: Rendering, **values: object) -> None:
    mine = Rendering.objects.filter(pk=rendering.pk, attempt=rendering.attempt, state=RenderingState.RUNNING)
    if not mine.update(heard_at=timezone.now(), **values):
        raise Abandoned


def forget_rendering(*, rendering: Rendering, by: User) -> None:
    """It was handed over to the one who asked for it, and names persons: nothing of it is kept."""
    Rendering.objects.filter(pk=rendering.pk, requested_by=by).delete()


@transaction.atomic
def purge_renderings() -> int:
    """Forget what was asked for more than a day ago. What is kept for good stays a Document. Returns how many went."""
    gone, _ = Rendering.objects.filter(requested_at__lt=timezone.now() - KEPT).delete()
    return gone


@transaction.atomic
def purge_finished_tasks() -> int:
    """Forget the tasks that ended more than a day ago. Returns how many went."""
    gone, _ = DBTaskResult.objects.finished().filter(finished_at__lt=timezone.now() - KEPT).delete()
    return gone
