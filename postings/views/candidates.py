"""« Candidatures »: those of one bourse, under a name or a number, and how far the jury is with each."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.views.decorators.http import require_GET

from accounts.requests import SignedInRequest
from orgchart import french

from ..forms.candidates import CandidateFilters
from ..permissions import Actor
from ..queries.candidates import Roster, Share, roster
from ..status import EXAMINED, ApplicationStatus, PostingStatus
from .jury import page, sit

PER_PAGE = 50


@require_GET
def candidates(request: SignedInRequest, code: str) -> HttpResponse:
    seat = sit(request, code)
    found = roster(seat.posting, request.user, names=seat.names)
    here = {each.status for each in found.candidates}
    form = CandidateFilters(
        request.GET, statuses=[each for each in ApplicationStatus if each in here], assesses=found.member is not None
    )
    status, share = form.asked("etat"), form.asked("part")
    rows = [
        each
        for each in found.candidates
        if (not status or each.status == status) and (not share or each.share == share)
    ]
    context = {
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "form": form,
        "filtered": bool(status or share),
        "any": bool(found.candidates),
        "facts": facts(found),
        "assesses": found.member is not None,
        "mine": [each for each in found.candidates if each.share in (Share.TO_DO, Share.DRAFT)],
        "numbered": seat.posting.anonymous_until_decision and not seat.names,
        "not_begun": seat.posting.known_status in (PostingStatus.OPEN, PostingStatus.CLOSED),
        "undeclared": bool(found.member and found.member.declared_at is None and Actor.JURY in seat.actors),
    }
    return page(request, seat, "candidates", "candidates.html", context)


def facts(found: Roster) -> list[str]:
    """« 5 candidatures · 1 retirée · 2 évaluations complètes »."""
    gone = len(found.at(ApplicationStatus.WITHDRAWN))
    running = found.at(*EXAMINED)
    said = [french.count(len(found.candidates) - gone, "candidature")]
    if gone:
        said.append(french.count(gone, "retirée"))
    if waiting := len(found.at(ApplicationStatus.SUBMITTED)):
        said.append(f"recevabilité à décider pour {waiting}")
    if any(each.assessors for each in running):
        complete = sum(1 for each in running if each.complete)
        said.append(f"évaluations complètes pour {complete} sur {len(running)}")
    return said
