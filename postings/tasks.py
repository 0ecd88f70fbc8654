"""Long or timed work of the room, through django.tasks."""

from django.tasks import task

from .actions.clock import run_clock
from .actions.minutes import seal_minutes
from .actions.telling import send_letters
from .models import Notice, Posting


@task()
def send_letters_of(posting: str, kind: str) -> int:
    """The letters of one kind of one bourse that have not gone yet. Returns how many went."""
    return send_letters(posting=Posting.objects.get(uid=posting), kind=Notice.Kind(kind))


@task()
def run_the_clock() -> list[str]:
    """Open, close and carry out what is due. Returns a line for each, without names."""
    return [f"{each.posting.code}\u00a0: {each.refusal or each.done}" for each in run_clock()]


@task()
def write_minutes_of(posting: str) -> None:
    """Printed and kept as soon as the bourse is decided."""
    seal_minutes(posting=Posting.objects.select_related("reorganisation").get(uid=posting))
