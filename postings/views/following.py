"""After an unfilled bourse: widen, reopen as a new wave, or leave the post vacant."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from accounts.requests import SignedInRequest

from .. import actions
from ..forms.steps import FollowUpForm
from ..models import FollowUp
from ..queries.group import eligibility_of
from .preparing import free_code
from .steps import Step, back, begin, done, offered, render_step


@require_http_methods(["GET", "POST"])
def reopen(request: SignedInRequest, code: str) -> HttpResponse:
    """Widening begins a wave with the same group, whose page opens at once to be widened."""
    posting = begin(request, code)
    if offered(request, posting, "reopen_posting") is None:
        return back(posting)
    said = posting.outcome.follow_up
    if said == FollowUp.LEAVE_VACANT:
        messages.error(request, "Il est décidé de laisser ce poste vacant\u00a0: préparez une autre bourse.")
        return back(posting)
    form = FollowUpForm(request.POST if request.method == "POST" else None, initial={"follow_up": said})
    if request.method == "POST" and form.is_valid():
        follow_up = form.cleaned_data["follow_up"]
        if follow_up == FollowUp.LEAVE_VACANT:
            if done(form, lambda: actions.record_follow_up(posting=posting, follow_up=follow_up, by=request.user)):
                messages.success(request, "Le poste reste vacant.")
                return back(posting)
        else:
            new = free_code(posting.title)
            widen = eligibility_of(posting) if follow_up == FollowUp.WIDEN else None
            dates = {name: form.cleaned_data[name] for name in ("opens_at", "closes_at")}
            if done(
                form, lambda: actions.reopen_posting(posting=posting, by=request.user, code=new, widen=widen, **dates)
            ):
                messages.success(request, "La nouvelle vague est en préparation.")
                return redirect("postings:rule" if widen else "postings:posting", new)
    step = Step(
        title="Après une bourse infructueuse",
        button="Enregistrer la suite",
        consequences=(
            "Élargir ou rouvrir prépare une nouvelle vague, avec la même fiche, les mêmes critères et le même jury. "
            "Élargir ouvre ensuite la page du groupe.",
            "La réorganisation dont vient la bourse, et la page du poste, diront la suite donnée.",
        ),
    )
    return render_step(request, posting, step, form)
