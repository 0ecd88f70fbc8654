"""« Conflits »: what a draft disputes with other drafts and with the chart in force, and the choice on each."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from accounts.requests import SignedInRequest
from missions.queries import newest_version

from .. import actions
from ..disputes import DisputesPage, dispute_line, offered
from ..exceptions import Refused, StaleDraft
from ..forms.arbitration import ChoiceForm
from ..models import ConflictChoice
from ..permissions import can_edit, check_can_arbitrate, check_can_edit, get_visible_reorganisation
from ..queries.follow_up import FollowUp
from .follow_up.steps import Step, render_step
from .heading import heading


@require_GET
def conflicts(request: SignedInRequest, code: str) -> HttpResponse:
    reorganisation = get_visible_reorganisation(code, request.user)
    check_can_arbitrate(request.user)
    draft = FollowUp(reorganisation)
    page = DisputesPage.of(draft)
    editable = can_edit(request.user, reorganisation)
    newest = newest_version() if editable and draft.now else None
    context = {
        "reorganisation": reorganisation,
        "heading": heading(request, draft, "workspace"),
        "page": page,
        "editable": editable,
        "newest": newest,
        "can_follow": newest is not None and not page.left,
    }
    return render(request, "reorganisations/conflicts.html", context)


@require_http_methods(["GET", "POST"])
def settle_conflict(request: SignedInRequest, code: str, key: str) -> HttpResponse:
    """One choice; to rework a change leads to its form."""
    reorganisation = get_visible_reorganisation(code, request.user)
    check_can_arbitrate(request.user)
    check_can_edit(request.user, reorganisation)
    draft = FollowUp(reorganisation)
    dispute = next((each for each in draft.disputes if each.key == key), None)
    address = reverse("reorganisations:conflicts", args=[code])
    if dispute is None:
        messages.error(request, str(actions.ConflictIsGone()))
        return redirect(address)
    initial: dict[str, object] = {"seen": reorganisation.revision}
    if dispute.choice is not None:
        initial |= {"choice": dispute.choice.choice, "reason": dispute.choice.reason}
    form = ChoiceForm(request.POST or None, initial=initial, offered=offered(draft, dispute))
    if request.method == "POST" and form.is_valid():
        try:
            actions.settle_conflict(
                reorganisation=reorganisation,
                key=key,
                choice=form.chosen,
                reason=form.cleaned_data["reason"],
                by=request.user,
                seen=form.revision(),
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
            if isinstance(refusal, StaleDraft):
                form.look_again(refusal.revision)
        else:
            if form.chosen is ConflictChoice.Choice.REWORK:
                return redirect("reorganisations:edit_change", code, dispute.conflict.change)
            messages.success(request, "Le choix est enregistré.")
            return redirect(address)
    return render_step(
        request,
        draft,
        Step("Arbitrer le conflit", "Enregistrer le choix"),
        form,
        template="reorganisations/settle_conflict.html",
        dispute=dispute_line(draft, dispute),
        heading=heading(request, draft, "workspace"),
        cancel_url=address,
    )
