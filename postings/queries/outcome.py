"""What HR decides on: the places of a bourse, the posts of which one is transformed, and the outcome once recorded."""

import datetime
from collections.abc import Iterable

from missions.models import Post, Version
from missions.queries import agents_by_uid, holders_on
from orgchart import french

from ..models import ApplicationOutcome, Outcome, Posting
from .targets import transformation


def places(posting: Posting) -> list[tuple[str, str]]:
    """(uid, label) of each post to fill; one that is not in force yet is called by the bourse. One query."""
    labels = labels_of(posting.posts)
    return [(uid, labels.get(uid, posting.title)) for uid in posting.posts]


def candidate_posts(posting: Posting, on: datetime.date) -> list[tuple[str, str]]:
    """(uid, label with who holds it that day), of an undetermined transformation."""
    if not posting.pending or posting.reorganisation is None:
        return []
    change = transformation(posting.reorganisation, posting.pending)
    candidates = change.candidates if change else ()
    labels = labels_of(candidates)
    holders = holders_on(on, candidates)
    names = agents_by_uid(sorted({uid for each in holders.values() for uid in each}))
    found = []
    for post in candidates:
        who = french.join(names[uid].name for uid in holders.get(post, ()))
        found.append((str(post), f"{labels.get(post, post)} ({f'tenu par {who}' if who else 'sans titulaire connu'})"))
    return found


def labels_of(uids: Iterable[str]) -> dict[str, str]:
    posts = Post.objects.filter(uid__in=list(uids)).select_related("title", "unit")
    return {post.uid: f"{post}, {post.unit.label}" for post in posts}


def outcome_of(posting: Posting) -> Outcome | None:
    found = Outcome.objects.filter(posting=posting)
    return found.select_related("decided_by", "resolution__version").first()


def decisions(outcome: Outcome) -> list[ApplicationOutcome]:
    rows = outcome.decisions.select_related("application__agent", "application__ranking")
    return list(rows.order_by("-retained", "application__number"))


def version_of(outcome: Outcome) -> Version | None:
    """The one sealed « issue de la bourse », if it was determined once in force."""
    return outcome.resolution.version if outcome.resolution else None
