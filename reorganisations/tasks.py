"""Long or timed work of the room, through django.tasks."""

from django.tasks import task

from .actions import apply_due


@task()
def apply_due_stages() -> list[str]:
    """Apply the stages whose date has come. Returns a line for each, without names."""
    return [
        f"{each.reorganisation.code}\u00a0: {f'version {each.version.number}' if each.version else each.refusal}"
        for each in apply_due()
    ]
