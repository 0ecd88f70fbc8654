"""The edits of a draft: what can be undone, and what was done since somebody looked."""

from ..models import DraftEdit, Reorganisation

# Edits of the list of changes: those that are undone, and those that make an editor of changes stale.
OF_CHANGES = (DraftEdit.Kind.ADDED, DraftEdit.Kind.EDITED, DraftEdit.Kind.MOVED, DraftEdit.Kind.DELETED)
OF_THE_DRAFT = (
    *OF_CHANGES,
    DraftEdit.Kind.UNDONE,
    DraftEdit.Kind.REDONE,
    DraftEdit.Kind.DETAILS,
    DraftEdit.Kind.REBASED,
)


def last_done(reorganisation: Reorganisation) -> DraftEdit | None:
    """The edit that « Annuler » takes back."""
    done = reorganisation.edits.filter(kind__in=OF_CHANGES, state=DraftEdit.State.DONE)
    return done.order_by("revision").last()


def next_to_redo(reorganisation: Reorganisation) -> DraftEdit | None:
    """The edit that « Rétablir » does again: the one undone last."""
    undone = reorganisation.edits.filter(kind__in=OF_CHANGES, state=DraftEdit.State.UNDONE)
    return undone.order_by("revision").first()


def standing_states(reorganisation: Reorganisation) -> set[str]:
    """Whether some edit can be undone (DONE is there), or redone (UNDONE is): one query."""
    edits = reorganisation.edits.filter(kind__in=OF_CHANGES).exclude(state=DraftEdit.State.DISCARDED)
    return set(edits.order_by().values_list("state", flat=True).distinct())


def edits_since(reorganisation: Reorganisation, seen: int, *, subject: str | None = None) -> list[DraftEdit]:
    """What was done to the changes and details after revision `seen`; to one section or situation, with `subject`."""
    later = reorganisation.edits.filter(revision__gt=seen).select_related("by").order_by("revision")
    if subject is None:
        return list(later.filter(kind__in=OF_THE_DRAFT))
    return list(later.filter(subject=subject))
