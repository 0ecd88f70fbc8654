"""« Situations »: what the reorganisation does to each known holder of a touched post. For the human resources only."""

from typing import NamedTuple

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from accounts.requests import SignedInRequest
from orgchart.fates import Duties, Fate
from orgchart.french import upper_first
from orgchart.structure import Post, Structure
from orgchart.values import UnitId

from .. import actions, queries
from ..exceptions import Refused, StaleDraft
from ..forms.offers import Offer
from ..forms.situation import SituationForm
from ..permissions import can_edit, check_can_edit, check_can_see_holders, get_visible_reorganisation
from ..queries import Draft
from .heading import heading

DUTIES = {
    Duties.NONE: "aucune des missions conservée",
    Duties.PART: "missions conservées en partie",
    Duties.ALL: "missions conservées",
    Duties.UNKNOWN: "missions non renseignées",
}


class SituationLine(NamedTuple):
    """One holder of one post, in words. `url`: where HR settles it, when it is theirs to say."""

    name: str
    situation: str
    settled: bool
    before: str
    after: str
    residence: str
    duties: str
    note: str
    url: str


@require_GET
def situations(request: SignedInRequest, code: str) -> HttpResponse:
    reorganisation = get_visible_reorganisation(code, request.user)
    check_can_see_holders(request.user, reorganisation)
    draft = queries.draft(reorganisation)
    editable = can_edit(request.user, reorganisation)
    only = request.GET.get("filtre", "")
    lines = [situation_line(draft, fate, editable=editable) for fate in draft.fates]
    if only == "a-preciser":
        lines = [line for line in lines if not line.settled]
    touched = [post for post, delta in draft.difference.posts.items() if delta.before is not None]
    address = reverse("reorganisations:situations", args=[code])
    context = {
        "reorganisation": reorganisation,
        "heading": heading(request, draft, "situations"),
        "lines": lines,
        "filters": [("Toutes", address, not only), ("À préciser", f"{address}?filtre=a-preciser", bool(only))],
        "unsettled": len({fate.holder for fate in draft.unresolved}),
        "unknown": sum(not draft.holders.get(post) for post in touched),
        "touched": len(touched),
    }
    return render(request, "reorganisations/situations.html", context)


@require_http_methods(["GET", "POST"])
def settle(request: SignedInRequest, code: str, agent: str) -> HttpResponse:
    reorganisation = get_visible_reorganisation(code, request.user)
    check_can_see_holders(request.user, reorganisation)
    check_can_edit(request.user, reorganisation)
    draft = queries.draft(reorganisation)
    fates = [fate for fate in draft.fates if fate.holder == agent]
    if not fates:
        raise Http404
    known = draft.situations.get(agent)
    form = SituationForm(
        request.POST or None,
        offer=offer(draft, fates, request.GET.get("cherche", "")),
        initial={
            "post": known.post if known else "",
            "note": known.note if known else "",
            "seen": reorganisation.revision,
        },
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_situation(
                reorganisation=reorganisation,
                agent_uid=agent,
                post_uid=form.cleaned_data["post"] or None,
                note=form.cleaned_data["note"],
                by=request.user,
                seen=form.cleaned_data["seen"],
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
            if isinstance(refusal, StaleDraft):
                form.look_again(refusal.revision)
        else:
            return redirect("reorganisations:situations", code)
    context = {
        "reorganisation": reorganisation,
        "heading": heading(request, draft, "situations"),
        "lines": [situation_line(draft, fate, editable=False) for fate in fates],
        "form": form,
    }
    return render(request, "reorganisations/settle.html", context, status=422 if form.errors else 200)


def offer(draft: Draft, fates: list[Fate], text: str) -> Offer:
    """In a large perimeter, the posts of the units where the holder is, was or goes, and those searched for."""
    near = {unit for fate in fates for unit in (fate.unit_before, fate.unit_after) if unit}
    root = UnitId(draft.reorganisation.unit_uid)
    return Offer(draft.after, root, frozenset(near & draft.after.unit_by_id.keys()), text)


def situation_line(draft: Draft, fate: Fate, *, editable: bool) -> SituationLine:
    before = draft.before.post_by_id[fate.post_before]
    after = draft.after.post_by_id.get(fate.post_after) if fate.post_after else None
    names = draft.after.nomenclature
    residence = ""
    if fate.site_changed and fate.site_before and fate.site_after:
        residence = f"{names.site_label(fate.site_before)} → {names.site_label(fate.site_after)}"
    return SituationLine(
        name=draft.names.get(fate.holder, "agent inconnu"),
        situation=fate.resolved_by or fate.kind.label,
        settled=fate.settled,
        before=described(draft.before, before),
        after=described(draft.after, after) if after else "",
        residence=residence,
        duties=DUTIES[fate.duties],
        note=draft.situations[fate.holder].note if fate.holder in draft.situations else "",
        url=reverse("reorganisations:settle", args=[draft.reorganisation.code, fate.holder]) if editable else "",
    )


def described(structure: Structure, post: Post) -> str:
    """« Chargé de mission (A 3), Cellule éditoriale »."""
    grade = f" ({post.grade})" if post.grade else ""
    return f"{upper_first(structure.title_of(post))}{grade}, {structure.unit_label(post.unit)}"
