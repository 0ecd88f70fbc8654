"""One bourse as its page shows it to everybody, and what the human resources read besides."""

import datetime
from typing import NamedTuple

from django.db.models import Q

from accounts.models import Event
from missions.models import Post
from orgchart import french

from ..fiche import FicheLine, fiche_lines, read_fiche, unseal
from ..models import Posting, VacatedPost
from ..status import PUBLIC, PostingStatus

HISTORY = 50
# Somebody is retained.
DECIDED = frozenset({PostingStatus.DECIDED, PostingStatus.ASSIGNED})


class Seat(NamedTuple):
    name: str
    capacity: str
    president: bool


class Linked(NamedTuple):
    """Another bourse of the chain: « vague 2 », « poste laissé vacant »."""

    label: str
    title: str
    code: str
    status: str


class Vacated(NamedTuple):
    """What the outcome leaves vacant. `code`: of the bourse opened on it, or empty."""

    post_uid: str
    label: str
    since: str
    code: str


def sheet_lines(posting: Posting) -> tuple[FicheLine, ...]:
    """As it was sealed, once it is."""
    return fiche_lines(unseal(posting.sealed_fiche) if posting.sealed_fiche else read_fiche(posting.fiche))


def seats(posting: Posting) -> tuple[Seat, ...]:
    return tuple(Seat(str(member), member.capacity, member.president) for member in posting.jury.select_related("user"))


def chain(posting: Posting, *, unpublished: bool) -> tuple[Linked, ...]:
    """The bourse it follows, then those that follow it. `unpublished`: those in preparation too. One query."""
    found = Posting.objects.filter(Q(parent=posting) | Q(pk=posting.parent_id)).order_by("wave", "pk")
    return tuple(
        Linked(_relation(posting, each), each.title, each.code, each.get_status_display())
        for each in found
        if unpublished or each.status in PUBLIC
    )


def _relation(posting: Posting, other: Posting) -> str:
    if other.pk == posting.parent_id:
        return f"Fait suite à la vague {other.wave}" if posting.wave > 1 else "Ouverte sur le poste laissé vacant par"
    return f"Vague {other.wave}" if other.wave > 1 else "Ouverte sur un poste laissé vacant"


def vacated(posting: Posting) -> tuple[Vacated, ...]:
    """Two queries once there is an outcome."""
    if posting.known_status not in DECIDED:
        return ()
    rows = list(VacatedPost.objects.filter(outcome__posting=posting).select_related("posting"))
    uids = [row.post_uid for row in rows]
    labels = {
        post.uid: f"{post}, {post.unit.label}"
        for post in (Post.objects.filter(uid__in=uids).select_related("title", "unit") if uids else ())
    }
    return tuple(
        Vacated(
            row.post_uid,
            labels.get(row.post_uid, row.post_uid),
            _day(row.since),
            row.posting.code if row.posting else "",
        )
        for row in rows
    )


def _day(day: datetime.date) -> str:
    return french.date(day)


def history(posting: Posting) -> list[Event]:
    """The latest first. One query."""
    return list(Event.objects.about(posting._meta.label_lower, posting.uid).select_related("by")[:HISTORY])
