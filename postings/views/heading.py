"""The top of every page of one bourse: where it is, what it is, how far it has come, and its other pages."""

from typing import NamedTuple

from django.urls import reverse

from accounts.models import User
from accounts.requests import SignedInRequest
from missions.moments import moment

from ..models import Posting
from ..permissions import Actor, actors_of, reads_for_the_committee
from ..status import PostingStatus

# The way of a bourse that succeeds, as it is shown.
STEPS = (
    ("Préparation", (PostingStatus.PREPARATION,)),
    ("Publiée", (PostingStatus.PUBLISHED,)),
    ("Ouverte", (PostingStatus.OPEN,)),
    ("Examen", (PostingStatus.CLOSED, PostingStatus.EXAMINATION)),
    ("Décidée", (PostingStatus.DECIDED, PostingStatus.UNFILLED, PostingStatus.REOPENED)),
    ("Affectée", (PostingStatus.ASSIGNED,)),
)
NOTES = {
    PostingStatus.CLOSED: "close",
    PostingStatus.UNFILLED: "infructueuse",
    PostingStatus.REOPENED: "relancée",
}


class Heading(NamedTuple):
    crumbs: tuple[tuple[str, str], ...]
    facts: tuple[str, ...]
    steps: tuple[tuple[str, str, str], ...]
    tabs: tuple[tuple[str, str, bool], ...]
    fictitious: bool


class Tab(NamedTuple):
    """A page of the bourse: for whom (everybody who sees the bourse when empty), and in which states."""

    label: str
    name: str
    actors: frozenset[Actor] = frozenset()
    statuses: frozenset[PostingStatus] = frozenset(PostingStatus)


JURY = frozenset({Actor.HR, Actor.JURY})
DECIDED = frozenset({PostingStatus.DECIDED, PostingStatus.ASSIGNED, PostingStatus.UNFILLED, PostingStatus.REOPENED})
EXAMINED = DECIDED | {PostingStatus.EXAMINATION}
RECEIVED = EXAMINED | {PostingStatus.OPEN, PostingStatus.CLOSED, PostingStatus.CANCELLED}

TABS = (
    Tab("La bourse", "posting"),
    Tab("Éligibles", "eligible", frozenset({Actor.HR})),
    Tab("Jury", "composition", frozenset({Actor.HR})),
    Tab("Candidatures", "candidates", JURY, RECEIVED),
    Tab("Entretiens", "interviews", JURY, EXAMINED),
    Tab("Classement", "ranking", JURY, EXAMINED),
    Tab("Issue", "outcome", JURY, EXAMINED | {PostingStatus.CLOSED}),
    Tab("Procès-verbal", "minutes", frozenset({Actor.HR}), RECEIVED),
    Tab("Procès-verbal", "minutes", frozenset({Actor.JURY}), DECIDED),
)


def heading(
    request: SignedInRequest, posting: Posting, current: str, actors: frozenset[Actor] | None = None
) -> Heading:
    """`current`: the URL name, in this room, of the page shown. `actors`: as whom the user acts, where it is known."""
    return Heading(
        crumbs=(("Bourse interne", reverse("postings:list")),),
        facts=facts(posting),
        steps=steps(posting.known_status),
        tabs=tabs(posting, request.user, current, actors),
        fictitious=posting.fictitious,
    )


def facts(posting: Posting) -> tuple[str, ...]:
    """« Réservée à un groupe · ouverte du 3 janvier 2022 à 9 h au 21 janvier 2022 à 17 h »."""
    found = [posting.get_scope_display()]
    if posting.places > 1:
        found.append(f"{posting.places}\u00a0places")
    if posting.wave > 1:
        found.append(f"vague {posting.wave}")
    if posting.opens_at and posting.closes_at:
        found.append(f"du {moment(posting.opens_at)} au {moment(posting.closes_at)}")
    else:
        found.append("dates non renseignées")
    if posting.known_status is PostingStatus.CANCELLED:
        found.append("annulée")
    return tuple(found)


def steps(status: PostingStatus) -> tuple[tuple[str, str, str], ...]:
    """None when the bourse was cancelled: it stopped somewhere on the way."""
    if status is PostingStatus.CANCELLED:
        return ()
    reached = next(rank for rank, (_, statuses) in enumerate(STEPS) if status in statuses)
    found = []
    for rank, (label, _) in enumerate(STEPS):
        done = rank < reached or status is PostingStatus.ASSIGNED
        state = "done" if done else "current" if rank == reached else "next"
        found.append((label, state, NOTES.get(status, "") if rank == reached else ""))
    return tuple(found)


def tabs(
    posting: Posting, user: User, current: str, actors: frozenset[Actor] | None = None
) -> tuple[tuple[str, str, bool], ...]:
    """The pages of the bourse that this user may open."""
    known = actors_of(user, posting) if actors is None else actors
    status = posting.known_status
    pages = [
        (tab.label, tab.name)
        for tab in TABS
        if status in tab.statuses and (not tab.actors or not known.isdisjoint(tab.actors))
    ]
    if known.isdisjoint(JURY) and status in DECIDED and reads_for_the_committee(user, posting):
        pages.append(("Procès-verbal", "minutes_unnamed"))
    return tuple(
        (label, reverse(f"postings:{name}", args=[posting.code]), name == current)
        for label, name in dict.fromkeys(pages)
    )
