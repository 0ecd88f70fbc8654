"""What the pages of transitions share: who may, from which state, the refusals of the actions, one template."""

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from accounts.requests import SignedInRequest

from ...exceptions import NeedsNotMet, Refused
from ...permissions import check_can_run_workflow, get_visible_reorganisation
from ...queries.follow_up import FollowUp
from ...status import Status
from ...workflow import Offer, offers
from ..heading import heading


class Step(NamedTuple):
    """What the page says before it asks: `consequences`, a sentence each; `missing`, what prevents it still;
    `lacking`, what prevents nothing and deserves a look."""

    title: str
    button: str
    consequences: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    danger: bool = False
    lacking: tuple[str, ...] = ()


def begin(request: SignedInRequest, code: str) -> FollowUp:
    """Raises Http404 and NotAllowed."""
    reorganisation = get_visible_reorganisation(code, request.user)
    check_can_run_workflow(request.user)
    return FollowUp(reorganisation)


def offered(request: SignedInRequest, draft: FollowUp, action: str) -> Offer | None:
    """The transition, when the present state has it; otherwise a message for the page one is sent back to."""
    found = next((each for each in offers(draft, request.user) if each.transition.action == action), None)
    if found is None:
        say_too_late(request, draft)
    return found


def say_too_late(request: SignedInRequest, draft: FollowUp) -> None:
    state = Status(draft.reorganisation.status).label
    messages.error(request, f"Dans l’état «\u00a0{state}\u00a0», cette action n’est pas possible.")


def back(draft: FollowUp) -> HttpResponse:
    return redirect("reorganisations:follow_up", draft.reorganisation.code)


def done(form: forms.Form, action: Callable[[], object], *, field: str | None = None) -> bool:
    """Run the action; a refusal comes back on the form, on `field` if it is about one."""
    try:
        action()
    except NeedsNotMet as refusal:
        for reason in refusal.reasons:
            form.add_error(None, reason)
    except Refused as refusal:
        form.add_error(field, str(refusal))
    else:
        return True
    return False


def render_step(
    request: SignedInRequest,
    draft: FollowUp,
    step: Step,
    form: forms.BaseForm,
    *,
    template: str = "reorganisations/step.html",
    refused: Iterable[forms.BaseForm] = (),
    **context: Any,
) -> HttpResponse:
    """The page, 422 when something typed is refused, in the form or in one of its rows."""
    wrong = form.errors or any(each.errors for each in refused)
    given = {
        "reorganisation": draft.reorganisation,
        "heading": heading(request, draft, "follow_up"),
        "step": step,
        "form": form,
        "cancel_url": reverse("reorganisations:follow_up", args=[draft.reorganisation.code]),
    }
    return render(request, template, given | context, status=422 if wrong else 200)
