"""« Ce qui change »: each variation by its causes. Every figure opens its posts and the adjustment behind it."""

from collections.abc import Iterable
from typing import NamedTuple

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_GET

from accounts.requests import SignedInRequest
from orgchart.causes import Cause, Item
from orgchart.dossier.tables import cause_figures, cause_text
from orgchart.french import count, signed
from orgchart.naming import grade_text
from orgchart.structure import Structure
from orgchart.values import PostId

from ..documents.source import unknowns_of
from ..permissions import can_see_draft, get_visible_reorganisation
from ..queries import Draft
from ..queries.reading import figures, reading
from ..workspace import adjustment_url
from .heading import heading

# With more causes than this in all, a variation shows its own when it is asked for.
ALL_UP_TO = 300


class PostLink(NamedTuple):
    label: str
    unit: str
    url: str


class Reason(NamedTuple):
    """One cause of a variation: so many posts, by which adjustment, which ones."""

    number: str
    kind: str
    sentence: str
    url: str
    posts: tuple[PostLink, ...]
    posts_count: str


class Variation(NamedTuple):
    """`partial`: the unit is known in part; only its gap is shown. `address`: where its reasons are, when not here."""

    key: str
    label: str
    before: str
    after: str
    gap: str
    partial: bool
    causes: str
    reasons: tuple[Reason, ...]
    address: str
    opened: bool


@require_GET
def what_changes(request: SignedInRequest, code: str) -> HttpResponse:
    reorganisation = get_visible_reorganisation(code, request.user)
    draft = reading(reorganisation, live=can_see_draft(request.user, reorganisation))
    counted = figures(draft)
    grades, units, outside = counted.causes
    everything = sum(len(row.items) for row in (*grades, *units, *outside)) <= ALL_UP_TO
    asked = request.GET.get("detail", "")

    def variations(kind: str, rows: Iterable[tuple[Cause, str]]) -> list[Variation]:
        # An id of the page has no space, a cotation may.
        keyed = ((row, f"{kind}-{row.key}".replace(" ", "-"), label) for row, label in rows)
        return [variation(draft, row, key, label, asked, everything=everything) for row, key, label in keyed]

    context = {
        "reorganisation": reorganisation,
        "heading": heading(request, draft, "what_changes"),
        "grades": variations("c", ((row, grade_text(row.label)) for row in grades)),
        "units": variations("u", ((row, row.label) for row in (*units, *outside))),
        "sites": counted.by_site(),
        "moves": [draft.wording(change) for change in draft.in_fold_order],
        "annex": unknowns_of(draft.text, counted),
    }
    return render(request, "reorganisations/what_changes.html", context)


def variation(draft: Draft, row: Cause, key: str, label: str, asked: str, *, everything: bool) -> Variation:
    before, after, gap = cause_figures(row)
    shown = everything or key == asked
    return Variation(
        key=key,
        label=label,
        before=before,
        after=after,
        gap=gap,
        partial=row.after is None,
        causes=cause_text(row.items),
        reasons=tuple(reasons(draft, row.items)) if shown else (),
        address="" if shown else f"?{urlencode({'detail': key})}#{key}",
        opened=key == asked,
    )


def reasons(draft: Draft, items: Iterable[Item]) -> Iterable[Reason]:
    by_id = {change.id: change for change in draft.changes}
    workspace = reverse("reorganisations:workspace", args=[draft.reorganisation.code])
    for item in items:
        change = by_id.get(item.change) if item.change else None
        yield Reason(
            number=signed(item.number),
            kind=item.kind,
            sentence=draft.wording(change).sentence if change else "",
            url=adjustment_url(workspace, change.id) if change else "",
            posts=tuple(post_link(draft, post) for post in item.posts),
            posts_count=count(len(item.posts), "poste"),
        )


def post_link(draft: Draft, post: PostId) -> PostLink:
    """The post where it is after, or where it was."""
    side: Structure = draft.after if post in draft.after.post_by_id else draft.before
    found = side.post_by_id[post]
    in_force = post in draft.before.post_by_id
    return PostLink(
        label=side.title_of(found),
        unit=side.unit_label(found.unit),
        url=reverse("missions:post", args=[post]) if in_force else "",
    )
