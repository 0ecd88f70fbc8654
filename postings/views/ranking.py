"""« Classement »: the totals, the ranks and opinions of the jury, and what it proposes."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from accounts.permissions import NotAllowed
from accounts.requests import SignedInRequest
from orgchart import french

from .. import actions
from ..forms.ranking import ProposalForm, RankingForm, in_order, initial_of, moved
from ..queries.candidates import Candidate, Roster, roster
from ..scoring import ordered, printed
from ..status import EXAMINED, ApplicationStatus, PostingStatus
from .jury import Seat, page, sit
from .steps import done


@require_GET
def ranking(request: SignedInRequest, code: str) -> HttpResponse:
    seat = sit(request, code)
    return ranking_page(request, seat, roster(seat.posting, request.user, names=seat.names))


@require_POST
def rank(request: SignedInRequest, code: str) -> HttpResponse:
    """`move`: a candidate goes up or down on the page, nothing is written yet."""
    seat, found = begin(request, code)
    candidates = rankable(found)
    if "move" in request.POST:
        form = RankingForm(candidates=candidates, initial=moved(request.POST, candidates))
        return ranking_page(request, seat, found, form, unsaved=True)
    form = RankingForm(request.POST, candidates=candidates)

    def write() -> None:
        actions.rank_candidates(
            posting=seat.posting, places=form.places(), ties_stated=form.cleaned_data["ties"], by=request.user
        )

    if form.is_valid() and done(form, write):
        messages.success(request, "Le classement est enregistré. La proposition du jury reste à faire.")
        return redirect("postings:ranking", code)
    return ranking_page(request, seat, found, form)


@require_POST
def propose(request: SignedInRequest, code: str) -> HttpResponse:
    seat, found = begin(request, code)
    form = ProposalForm(request.POST, candidates=proposable(found))

    def write() -> None:
        actions.propose(
            posting=seat.posting,
            applications=form.applications(),
            reason=form.cleaned_data["reason"],
            tie_break=form.cleaned_data["tie_break"],
            by=request.user,
        )

    if form.is_valid() and done(form, write):
        messages.success(request, "La proposition du jury est enregistrée\u00a0: les ressources humaines décident.")
        return redirect("postings:ranking", code)
    return ranking_page(request, seat, found, proposal_form=form)


def begin(request: SignedInRequest, code: str) -> tuple[Seat, Roster]:
    seat = sit(request, code)
    if not seat.leads:
        raise NotAllowed("Seules la présidence du jury et les ressources humaines classent les candidatures.")
    return seat, roster(seat.posting, request.user, names=seat.names)


def rankable(found: Roster) -> list[Candidate]:
    """Still in the running, all their assessments in."""
    return [each for each in found.at(*EXAMINED) if each.complete or each.ranking]


def proposable(found: Roster) -> list[Candidate]:
    ranked = found.at(ApplicationStatus.RANKED)
    return in_order(ranked, {f"rank_{each.application.uid}": each.ranking and each.ranking.rank for each in ranked})


def ranking_page(
    request: SignedInRequest,
    seat: Seat,
    found: Roster,
    form: RankingForm | None = None,
    proposal_form: ProposalForm | None = None,
    *,
    unsaved: bool = False,
) -> HttpResponse:
    candidates = rankable(found)
    ranked = proposable(found)
    proposal = getattr(seat.posting, "proposal", None)
    edits = seat.leads and seat.posting.status == PostingStatus.EXAMINATION
    form = form or RankingForm(candidates=candidates, initial=initial_of(candidates))
    if proposal_form is None:
        given = {"reason": proposal.reason, "tie_break": proposal.tie_break} if proposal else {}
        chosen = [each.application.uid for each in ranked if each.ranking and each.ranking.proposed]
        proposal_form = ProposalForm(candidates=ranked, initial=given | {"proposed": chosen})
    rest = found.at(ApplicationStatus.RETAINED, ApplicationStatus.NOT_RETAINED)
    context = {
        "edits": edits,
        "form": form,
        "rows": [
            (each, rank_field, opinion, printed(each.total) if each.total is not None else "")
            for each, rank_field, opinion in form.rows
        ],
        "read": [
            (each, printed(each.total) if each.total is not None else "")
            for each in in_order(
                [*candidates, *rest],
                {f"rank_{each.application.uid}": each.ranking and each.ranking.rank for each in [*candidates, *rest]},
            )
        ],
        "begun": any(each.ranking for each in candidates),
        "unsaved": unsaved,
        "waiting": [each for each in found.at(*EXAMINED) if each not in candidates],
        "ties": tied_totals(candidates),
        "proposal": proposal,
        "proposed": [each for each in [*ranked, *rest] if each.ranking and each.ranking.proposed],
        "proposal_form": proposal_form,
        "ranked": ranked,
        "places": seat.posting.places,
    }
    wrong = form.errors or proposal_form.errors
    return page(request, seat, "ranking", "ranking.html", context, status=422 if wrong else 200)


def tied_totals(candidates: list[Candidate]) -> list[str]:
    """« Ana Blin et Luc Roy ont le même total : 3,5. »"""
    totals = {each.label: each.total for each in candidates if each.total is not None}
    return [
        f"{french.join(labels)} ont le même total\u00a0: {printed(totals[labels[0]])}."
        for _, labels in ordered(totals)
        if len(labels) > 1
    ]
