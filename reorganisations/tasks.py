"""Long or timed work of the room, through django.tasks."""

from django.tasks import task

from .actions import apply_due
from .actions.reviewing import send_invitation
from .models import Reviewer


@task()
def apply_due_stages() -> list[str]:
    """Apply the stages whose date has come. Returns a line for each, without names."""
    return [
        f"{each.reorganisation.code}\u00a0: {f'version {each.version.number}' if each.version else each.refusal}"
        for each in apply_due()
    ]


@task()
def tell_reviewer(key: int) -> bool:
    """The letter of an invitation; none when it was taken back meanwhile."""
    reviewer = Reviewer.objects.select_related("reorganisation", "user").filter(pk=key).first()
    if reviewer is not None:
        send_invitation(reviewer=reviewer)
    return reviewer is not None
