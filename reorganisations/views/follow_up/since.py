"""« Depuis la version n »: what a newer version changes for a draft that followed it, or that is about to."""

from typing import Any, NamedTuple

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from accounts.requests import SignedInRequest
from missions.models import Version
from missions.queries import newest_version, version_structure
from orgchart.checks import Problem
from orgchart.following import Since
from orgchart.values import UnitId

from ... import actions
from ...exceptions import Refused
from ...permissions import can_edit, check_can_arbitrate, get_visible_reorganisation
from ...queries.bases import in_words_of_today
from ...queries.follow_up import FollowUp
from ...workspace import TotalLine, total_line
from ..heading import heading

# Lines shown of what changed around the draft; the versions compared page has them all.
MOST = 40


class UselessLine(NamedTuple):
    words: str
    reason: str
    delete_url: str


@require_GET
def since(request: SignedInRequest, code: str) -> HttpResponse:
    """From the version that was left to the one the draft is on; before it follows, from its own to the newest."""
    reorganisation = get_visible_reorganisation(code, request.user)
    check_can_arbitrate(request.user)
    draft = FollowUp(reorganisation)
    newest = newest_version() if draft.now else None
    old, new = versions(draft, newest)
    if old is None:
        messages.info(request, "Le projet est écrit sur l’organigramme en vigueur\u00a0: rien n’a changé pour lui.")
        return redirect("reorganisations:workspace", code)
    found = Since(
        draft.before if newest else in_words_of_today(version_structure(old)),
        draft.now or draft.before,
        draft.in_fold_order,
        UnitId(reorganisation.unit_uid),
        announced=draft.announced,
        effective=reorganisation.effective_on,
    )
    editable = can_edit(request.user, reorganisation)
    left = sum(dispute.other is None and not dispute.settled for dispute in draft.disputes)
    context: dict[str, Any] = {
        "reorganisation": reorganisation,
        "heading": heading(request, draft, "workspace"),
        "old": old,
        "new": new,
        "followed": newest is None,
        "editable": editable,
        "totals": total_lines(found),
        "useless": useless_lines(draft, found, editable=editable),
        "around": found.around[:MOST],
        "more": max(len(found.around) - MOST, 0),
        "gained": problem_words(found.gained),
        "lost": problem_words(found.lost),
        "silent": found.silent,
        "left": left,
        "compare_url": reverse("missions:compare_versions") + f"?de={old.number}&a={new.number}",
    }
    return render(request, "reorganisations/since.html", context)


@require_POST
def acknowledge(request: SignedInRequest, code: str) -> HttpResponse:
    reorganisation = get_visible_reorganisation(code, request.user)
    check_can_arbitrate(request.user)
    try:
        actions.acknowledge_following(reorganisation=reorganisation, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "C’est noté.")
    return redirect("reorganisations:workspace", code)


def versions(draft: FollowUp, newest: Version | None) -> tuple[Version | None, Version]:
    """The two that are compared; the first is None when nothing moved, or when it was read."""
    row = draft.reorganisation
    if newest is not None:
        return row.base_version, newest
    return row.followed_from, row.base_version


def total_lines(found: Since) -> tuple[TotalLine, ...]:
    return tuple(total_line(row, row.label) for row in found.totals)


def useless_lines(draft: FollowUp, found: Since, *, editable: bool) -> tuple[UselessLine, ...]:
    """Those in conflict are not useless: they are asked about."""
    code = draft.reorganisation.code
    disputed = {conflict.change for conflict in draft.conflicts}
    return tuple(
        UselessLine(
            draft.wording(refusal.change).sentence,
            refusal.reason,
            reverse("reorganisations:delete_change", args=[code, refusal.change.id]) if editable else "",
        )
        for refusal in found.useless
        if refusal.change.id not in disputed
    )


def problem_words(problems: tuple[Problem, ...]) -> tuple[str, ...]:
    return tuple(f"{each.title}\u00a0: {each.message}" if each.message else each.title for each in problems)
