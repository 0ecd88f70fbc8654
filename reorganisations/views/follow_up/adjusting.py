"""Execution adjustments: what is done otherwise than the text voted, or in addition, or not at all, and why."""

from itertools import takewhile

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from accounts.requests import SignedInRequest
from orgchart.changes import AnyChange, ImpossibleChange, tag_of
from orgchart.fold import fold_leniently
from orgchart.structure import Structure
from orgchart.values import UnitId

from ... import actions
from ...exceptions import Refused
from ...forms import catalogue
from ...forms.adjustment import AdjustmentForm
from ...forms.changes import Vocabulary
from ...forms.transitions import GiveUpForm
from ...ids import mint_id
from ...queries import chart_in_force
from ...queries.follow_up import FollowUp
from ..changes import is_unsent, searched
from ..heading import heading
from .steps import Step, back, begin, done, render_step, say_too_late

BESIDE = "Le texte voté reste tel quel\u00a0: l’adaptation est enregistrée à côté, avec son motif et votre nom."


@require_GET
def adjust_execution(request: SignedInRequest, code: str) -> HttpResponse:
    """The changes still to come, each of which may be done otherwise or given up, and what may be added."""
    draft = begin(request, code)
    if not to_come(draft):
        say_too_late(request, draft)
        return back(draft)
    lines = [
        {
            "words": draft.executed.words(change),
            "replace_url": reverse("reorganisations:replace_change", args=[code, change.id]),
            "give_up_url": reverse("reorganisations:give_up_change", args=[code, change.id]),
        }
        for change in draft.executed.waiting_changes
    ]
    context = {
        "reorganisation": draft.reorganisation,
        "heading": heading(request, draft, "follow_up"),
        "words": BESIDE,
        "lines": lines,
        "groups": catalogue.grouped(),
    }
    return render(request, "reorganisations/adjust_execution.html", context)


@require_http_methods(["GET", "POST"])
def replace_change(request: SignedInRequest, code: str, uid: str) -> HttpResponse:
    draft = begin(request, code)
    change = asked_change(draft, uid)
    if change is None:
        say_too_late(request, draft)
        return back(draft)
    form = AdjustmentForm(
        type(change),
        vocabulary(request, draft, chart_before(draft, change)),
        mint=mint_id,
        data=request.POST or None,
        change=change,
        unsent=is_unsent(request),
    )
    if request.method == "POST" and form.is_valid() and adjusted(request, draft, form, replaces=uid):
        messages.success(request, "L’adaptation est enregistrée.")
        return back(draft)
    title = f"Faire autrement\u00a0: {catalogue.BY_TAG[tag_of(change)].label.lower()}"
    step = Step(
        title, "Enregistrer l’adaptation", (BESIDE, f"Le texte voté dit\u00a0: {draft.executed.words(change)}.")
    )
    return render_step(request, draft, step, form, template="reorganisations/adjustment_form.html")


@require_http_methods(["GET", "POST"])
def add_adjustment(request: SignedInRequest, code: str, kind: str) -> HttpResponse:
    draft = begin(request, code)
    entry = catalogue.BY_TAG.get(kind)
    if entry is None:
        raise Http404
    if not to_come(draft):
        say_too_late(request, draft)
        return back(draft)
    form = AdjustmentForm(
        entry.kind,
        vocabulary(request, draft, chart_before(draft, None)),
        mint=mint_id,
        data=request.POST or None,
        unsent=is_unsent(request),
    )
    if request.method == "POST" and form.is_valid() and adjusted(request, draft, form, replaces=None):
        messages.success(request, "L’adaptation est enregistrée.")
        return back(draft)
    step = Step(
        f"Ajouter\u00a0: {entry.label.lower()}",
        "Enregistrer l’adaptation",
        (BESIDE, "Cet ajustement, absent du texte voté, entre en vigueur avec la prochaine étape."),
    )
    return render_step(request, draft, step, form, template="reorganisations/adjustment_form.html")


@require_http_methods(["GET", "POST"])
def give_up_change(request: SignedInRequest, code: str, uid: str) -> HttpResponse:
    draft = begin(request, code)
    change = asked_change(draft, uid)
    if change is None:
        say_too_late(request, draft)
        return back(draft)
    form = GiveUpForm(request.POST or None)
    if (
        request.method == "POST"
        and form.is_valid()
        and done(
            form,
            lambda: actions.adjust_execution(
                reorganisation=draft.reorganisation, replaces=uid, reason=form.cleaned_data["reason"], by=request.user
            ),
        )
    ):
        messages.success(request, "L’ajustement est abandonné, le motif est enregistré.")
        return back(draft)
    step = Step(
        title="Renoncer à un ajustement",
        button="Renoncer à cet ajustement",
        consequences=(f"{draft.executed.words(change)}\u00a0: cela ne sera pas fait.", BESIDE),
        danger=True,
    )
    return render_step(request, draft, step, form)


def adjusted(request: SignedInRequest, draft: FollowUp, form: AdjustmentForm, *, replaces: str | None) -> bool:
    try:
        actions.adjust_execution(
            reorganisation=draft.reorganisation,
            replaces=replaces,
            change=form.change(),
            reason=form.cleaned_data["reason"],
            by=request.user,
        )
    except (Refused, ImpossibleChange) as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def to_come(draft: FollowUp) -> bool:
    return draft.execution is not None and bool(draft.execution.waiting)


def asked_change(draft: FollowUp, uid: str) -> AnyChange | None:
    """One of the changes still to come."""
    if not to_come(draft):
        return None
    return next((change for change in draft.executed.waiting_changes if change.id == uid), None)


def chart_before(draft: FollowUp, change: AnyChange | None) -> Structure:
    """The chart in force with what is still to come before this change; without one, with the whole next stage."""
    if change is None:
        execution = draft.executed.execution
        earlier = list(execution.changes_of(execution.waiting[0]))
    else:
        earlier = list(takewhile(lambda each: each.id != change.id, draft.executed.waiting_changes))
    return fold_leniently(chart_in_force(), earlier).structure


def vocabulary(request: SignedInRequest, draft: FollowUp, chart: Structure) -> Vocabulary:
    return Vocabulary(chart, UnitId(draft.reorganisation.unit_uid), text=searched(request))
