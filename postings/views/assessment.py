"""A member of the jury assesses a candidacy: a draft they may come back to, then submitted for good."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from accounts.requests import SignedInRequest

from .. import actions
from ..forms.assessment import AssessmentForm
from ..models import BEST_SCORE
from ..queries.candidates import Share
from .candidate import pieces, shown
from .jury import page, sit
from .steps import done


@require_http_methods(["GET", "POST"])
def assess(request: SignedInRequest, code: str, uid: str) -> HttpResponse:
    seat = sit(request, code)
    found = shown(request, seat, uid)
    if found.share not in (Share.TO_DO, Share.DRAFT):
        messages.error(request, refusal(found.share))
        return redirect("postings:candidate", code, uid)
    form = AssessmentForm(request.POST or None, criteria=found.sheet.criteria, marked=found.sheet.of(found.member))
    if request.method == "POST" and form.is_valid():

        def record() -> None:
            actions.assess(application=found.application, scores=form.scores(), by=request.user)
            if form.submits:
                actions.submit_assessment(application=found.application, by=request.user)

        if done(form, record):
            messages.success(
                request,
                f"Votre évaluation est rendue\u00a0: {found.label}."
                if form.submits
                else "Le brouillon est enregistré\u00a0: personne d’autre ne le voit.",
            )
            return redirect("postings:candidate" if form.submits else "postings:assess", code, uid)
    context = {
        "application": found.application,
        "label": found.label,
        "form": form,
        "best": BEST_SCORE,
        "pieces": pieces(found.application, names=seat.names),
        "share": found.share,
    }
    return page(request, seat, "candidates", "assess.html", context, status=422 if form.errors else 200)


def refusal(share: Share) -> str:
    if share is Share.DONE:
        return "Votre évaluation est rendue\u00a0: elle ne se modifie plus."
    return "Seuls les membres du jury sans lien avec le candidat évaluent une candidature, une fois recevable."
