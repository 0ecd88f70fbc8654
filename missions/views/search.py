"""« Rechercher »: units, posts, and the people one may know of."""

from typing import NamedTuple

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.requests import SignedInRequest
from orgchart import french

from .. import permissions, queries
from ..queries import Found


class Hit(NamedTuple):
    label: str
    url: str
    tag: str
    note: str


@require_safe
def search(request: SignedInRequest) -> HttpResponse:
    permissions.check_can_view_chart(request.user)
    text = request.GET.get("q", "").strip()[:200]
    found = queries.search(text, permissions.holders_visible_to(request.user)) if text else Found()
    opens_agents = permissions.can_edit_agents(request.user)
    groups = [
        ("Unités", "unite", [_unit(each) for each in found.units]),
        ("Postes", "poste", [_post(each) for each in found.posts]),
        ("Agents", "agent", [_agent(each, opens=opens_agents) for each in found.agents]),
    ]
    number = sum(len(hits) for _, _, hits in groups)
    return render(
        request,
        "missions/search.html",
        {
            "text": text,
            "groups": [group for group in groups if group[2]],
            "facts": [french.count(number, "résultat")] if text else [],
            "more": found.more,
            "fictitious": bool(number) and queries.shows_fiction(timezone.localdate()),
        },
    )


def _unit(found: queries.FoundUnit) -> Hit:
    acronym = f" ({found.acronym})" if found.acronym and found.acronym != found.label else ""
    return Hit(
        f"{french.upper_first(found.label)}{acronym}", reverse("missions:unit", args=[found.uid]), "", found.kind
    )


def _post(found: queries.FoundPost) -> Hit:
    url = reverse("missions:post", args=[found.uid])
    return Hit(french.upper_first(found.title), url, found.grade or "", found.unit)


def _agent(found: queries.FoundAgent, *, opens: bool) -> Hit:
    """HR goes to the person's page, others to the post they know them on."""
    if opens:
        url = reverse("missions:agent", args=[found.uid])
    else:
        url = reverse("missions:post", args=[found.post]) if found.post else ""
    return Hit(found.name, url, "", "fictif" if found.fictitious else "")
