"""Finding a unit, a post or a person by any part of a name, accents and case left aside."""

import unicodedata
from typing import NamedTuple

from django.db.models import Q

from ..models import Agent, Assignment, JobTitle, Post, Unit
from ..permissions import VisibleHolders

MOST = 20


class FoundUnit(NamedTuple):
    uid: str
    label: str
    acronym: str
    kind: str


class FoundPost(NamedTuple):
    uid: str
    title: str
    unit: str
    grade: str | None


class FoundAgent(NamedTuple):
    uid: str
    name: str
    post: str | None
    fictitious: bool


class Found(NamedTuple):
    """At most `MOST` of each; `more` says that there were others."""

    units: tuple[FoundUnit, ...] = ()
    posts: tuple[FoundPost, ...] = ()
    agents: tuple[FoundAgent, ...] = ()
    more: bool = False


def search(text: str, visible: VisibleHolders) -> Found:
    """Five queries at most. Persons only as far as the reader may know who holds what."""
    wanted = folded(text)
    if not wanted:
        return Found()
    units = [
        FoundUnit(uid, label, acronym, kind)
        for uid, label, acronym, aliases, kind in Unit.objects.in_force()
        .order_by("tree_id", "lft")
        .values_list("uid", "label", "acronym", "aliases", "kind__label")
        if any(wanted in folded(name) for name in (label, acronym, *aliases, f"{kind} {label}"))
    ]
    posts = _posts(wanted)
    agents = _agents(wanted, visible)
    return Found(
        tuple(units[:MOST]),
        tuple(posts[:MOST]),
        tuple(agents[:MOST]),
        more=max(len(units), len(posts), len(agents)) > MOST,
    )


def folded(text: str) -> str:
    """Without accents, case, nor the difference between ' and ’."""
    plain = unicodedata.normalize("NFKD", text.casefold().replace("’", "'"))
    return "".join(letter for letter in plain if not unicodedata.combining(letter)).strip()


def _posts(wanted: str) -> list[FoundPost]:
    titles = [
        code
        for code, *forms in JobTitle.objects.values_list(
            "code", "masculine", "masculine_plural", "feminine", "feminine_plural", "inclusive", "inclusive_plural"
        )
        if any(wanted in folded(form) for form in forms)
    ]
    own = [
        uid
        for uid, label, plural in Post.objects.in_force()
        .exclude(label="")
        .order_by()
        .values_list("uid", "label", "label_plural")
        if wanted in folded(label) or wanted in folded(plural)
    ]
    rows = (
        Post.objects.in_force()
        .filter(Q(uid__in=own[: 5 * MOST]) | Q(title__in=titles, label=""))
        .select_related("unit", "title")
        .order_by("unit__tree_id", "unit__lft", "position", "uid")[: MOST + 1]
    )
    return [FoundPost(post.uid, printed(post), post.unit.label, post.grade_id) for post in rows]


def printed(post: Post) -> str:
    """The printed title of a post whose `title` is loaded."""
    if post.label or post.title is None:
        return str(post)
    return {"feminine": post.title.feminine, "inclusive": post.title.inclusive}.get(post.form) or post.title.masculine


def _agents(wanted: str, visible: VisibleHolders) -> list[FoundAgent]:
    if not (visible.everything or visible.units or visible.agent):
        return []
    agents = Agent.objects.all()
    if not visible.everything:
        inside = Assignment.objects.filter(post__unit__uid__in=visible.units, post__gone_on__isnull=True).values(
            "agent"
        )
        agents = agents.filter(Q(pk__in=inside) | Q(pk=visible.agent))
    names = [
        (pk, uid, f"{first} {last}".strip(), fictitious)
        for pk, uid, first, last, fictitious in agents.values_list("pk", "uid", "first_name", "last_name", "fictitious")
    ]
    matched = [row for row in names if wanted in folded(row[2])][: MOST + 1]
    posts = dict(
        Assignment.objects.filter(agent__in=[pk for pk, *_ in matched])
        .order_by("begins_on", "pk")
        .values_list("agent", "post__uid")
    )
    return [FoundAgent(uid, name, posts.get(pk), fictitious) for pk, uid, name, fictitious in matched]
