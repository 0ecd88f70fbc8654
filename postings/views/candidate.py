"""One candidacy as the jury reads it, and what is decided of it before it is assessed."""

from collections.abc import Callable
from typing import NamedTuple

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.requests import SignedInRequest

from .. import actions
from ..forms.candidates import AdmissibilityForm, TieForm
from ..models import Application, ApplicationFile, EligiblePerson, JuryMember
from ..queries.candidates import Share
from ..queries.group import rule_in_words
from ..queries.jury import Sheet, sheet_of
from ..scoring import printed
from ..status import EXAMINED, ApplicationStatus, PostingStatus
from ..workflow import offers_as
from .jury import Seat, application_of, called, page, sit, told
from .steps import done


class Piece(NamedTuple):
    file: ApplicationFile
    label: str


class Shown(NamedTuple):
    """A candidacy, its sheet of assessments as the reader may see it, and their own part in it."""

    application: Application
    label: str
    sheet: Sheet
    share: Share
    member: JuryMember | None


@require_GET
def candidate(request: SignedInRequest, code: str, uid: str) -> HttpResponse:
    seat = sit(request, code)
    return candidate_page(request, seat, shown(request, seat, uid), AdmissibilityForm())


@require_POST
def decide_admissibility(request: SignedInRequest, code: str, uid: str) -> HttpResponse:
    """`decision`: the button pressed."""
    seat = sit(request, code)
    found = shown(request, seat, uid)
    form = AdmissibilityForm(request.POST)
    admissible = request.POST.get("decision") == "admit"
    action = actions.admit if admissible else actions.refuse_admission
    if form.is_valid() and done(
        form,
        lambda: action(application=found.application, reason=form.cleaned_data["reason"], by=request.user),
        field=None if admissible else "reason",
    ):
        said = "recevable" if admissible else "irrecevable"
        messages.success(request, f"{found.label}\u00a0: {said}.")
        return redirect("postings:candidate", code, uid)
    return candidate_page(request, seat, found, form)


@require_POST
def shortlist(request: SignedInRequest, code: str, uid: str) -> HttpResponse:
    return pressed(request, code, uid, actions.shortlist, "est présélectionnée\u00a0: son entretien reste à prévoir")


@require_POST
def record_interview(request: SignedInRequest, code: str, uid: str) -> HttpResponse:
    return pressed(request, code, uid, actions.record_interview, "a été entendue")


def pressed(request: SignedInRequest, code: str, uid: str, action: Callable[..., object], words: str) -> HttpResponse:
    seat = sit(request, code)
    application = application_of(request, seat, uid)
    told(request, lambda: action(application=application, by=request.user), f"{application} {words}.")
    return redirect("postings:candidate", code, uid)


@require_http_methods(["GET", "POST"])
def declare_tie(request: SignedInRequest, code: str, uid: str) -> HttpResponse:
    """A conflict of interest: the candidacy leaves the member's pages. It asks before it does."""
    seat = sit(request, code)
    found = shown(request, seat, uid)
    member = found.member
    if member is None or found.share is Share.DONE:
        messages.error(
            request,
            "Votre évaluation est rendue\u00a0: signalez le lien à la présidence du jury."
            if member
            else "Seul un membre du jury déclare un lien avec un candidat.",
        )
        return redirect("postings:candidate", code, uid)
    form = TieForm(request.POST or None)
    if (
        request.method == "POST"
        and form.is_valid()
        and done(
            form,
            lambda: actions.declare_interests(
                member=member,
                declaration=member.declaration,
                ties=[(found.application, form.cleaned_data["reason"])],
                by=request.user,
            ),
            field="reason",
        )
    ):
        messages.success(request, f"Le lien est déclaré\u00a0: {found.application} ne vous est plus montrée.")
        return redirect("postings:candidates", code)
    context = {"form": form, "label": found.label, "application": found.application}
    return page(request, seat, "candidates", "declare_tie.html", context, status=422 if form.errors else 200)


def shown(request: SignedInRequest, seat: Seat, uid: str) -> Shown:
    application = application_of(request, seat, uid)
    member = seat.posting.jury.filter(user=request.user).first()
    sheet = sheet_of(application, member)
    return Shown(application, called(seat, application), sheet, share_of(sheet, member, application), member)


def share_of(sheet: Sheet, member: JuryMember | None, application: Application) -> Share:
    if member not in sheet.assessors:
        return Share.NONE
    if member not in sheet.awaited:
        return Share.DONE
    if application.status not in EXAMINED:
        return Share.NONE
    mine = sheet.of(member)
    return Share.DRAFT if mine and any(mine.marks) else Share.TO_DO


def candidate_page(request: SignedInRequest, seat: Seat, found: Shown, form: AdmissibilityForm) -> HttpResponse:
    application = found.application
    offers = {each.transition.action: each for each in offers_as(application, seat.actors)}
    eligible = EligiblePerson.objects.filter(posting=seat.posting, agent=application.agent).first()
    context = {
        "application": application,
        "label": found.label,
        "pieces": pieces(application, names=seat.names),
        "eligible": eligible,
        "rule": "" if seat.names and eligible else rule_in_words(seat.posting),
        "admissibility": getattr(application, "admissibility", None),
        "interview": getattr(application, "interview", None),
        "ranking": getattr(application, "ranking", None),
        "decision": getattr(application, "decision", None),
        "offers": offers,
        "form": form,
        "may_admit": "admit" in offers,
        "may_refuse": "refuse_admission" in offers,
        "may_plan": seat.leads
        and application.status == ApplicationStatus.SHORTLISTED
        and seat.posting.status == PostingStatus.EXAMINATION,
        "sheet": found.sheet,
        "assessable": application.status in EXAMINED or any(any(each.marks) for each in found.sheet.marked),
        "rows": sheet_rows(found.sheet),
        "totals": [printed(each.total) if each.total is not None else "" for each in found.sheet.marked],
        "mean": printed(found.sheet.mean) if found.sheet.mean is not None else "",
        "assesses": found.share in (Share.TO_DO, Share.DRAFT) and seat.posting.status == PostingStatus.EXAMINATION,
        "share": found.share,
        "may_tie": found.member in found.sheet.assessors and found.share is not Share.DONE,
    }
    return page(request, seat, "candidates", "candidate.html", context, status=422 if form.errors else 200)


def pieces(application: Application, *, names: bool) -> list[Piece]:
    """Under a number, the name that a candidate gave a file is not shown either."""
    return [
        Piece(each, each.name if names else f"pièce {rank}") for rank, each in enumerate(application.files.all(), 1)
    ]


def sheet_rows(sheet: Sheet) -> list[tuple[str, int, list[tuple[str, str, str]]]]:
    """Criterion, weight, then of each member whose marks are shown: name, score, remark."""
    return [
        (
            criterion.label,
            criterion.weight,
            [
                (str(each.member), str(mark.score) if mark else "", mark.remark if mark else "")
                for each in sheet.marked
                for mark in [each.marks[rank]]
            ],
        )
        for rank, criterion in enumerate(sheet.criteria)
    ]
