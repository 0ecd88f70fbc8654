"""« Entretiens »: the slots of a bourse, planned for one or several candidates at once, and taken to an agenda."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods

from accounts.permissions import NotAllowed
from accounts.requests import SignedInRequest
from orgchart import french

from .. import actions
from ..forms.interviews import InterviewsForm
from ..interview_file import interview_file
from ..models import Interview
from ..permissions import applications_visible_to
from ..queries.candidates import label_of, roster
from ..queries.interviews import planned, taken_elsewhere
from ..status import ApplicationStatus, PostingStatus
from .files import attachment
from .jury import Seat, application_of, page, sit
from .steps import done


@require_GET
def interviews(request: SignedInRequest, code: str) -> HttpResponse:
    seat = sit(request, code)
    found = roster(seat.posting, request.user, names=seat.names)
    rows = sorted(
        (
            (each.interview, each)
            for each in found.candidates
            if each.interview and each.status != ApplicationStatus.WITHDRAWN
        ),
        key=lambda row: (row[0].starts_at, row[0].pk),
    )
    waiting = [each for each in found.at(ApplicationStatus.SHORTLISTED) if each.interview is None]
    slots = [(interview.starts_at, interview.ends_at) for interview, _ in rows if interview.held_at is None]
    context = {
        "rows": rows,
        "waiting": waiting,
        "to_plan": bool(found.at(ApplicationStatus.SHORTLISTED)),
        "may_plan": seat.leads and seat.posting.status == PostingStatus.EXAMINATION,
        "elsewhere": taken_elsewhere(seat.posting, slots),
    }
    return page(request, seat, "interviews", "interviews.html", context)


@require_http_methods(["GET", "POST"])
def plan_interviews(request: SignedInRequest, code: str) -> HttpResponse:
    seat = sit(request, code)
    if not seat.leads:
        raise NotAllowed("Seules la présidence du jury et les ressources humaines prévoient les entretiens.")
    found = roster(seat.posting, request.user, names=seat.names)
    candidates = found.at(ApplicationStatus.SHORTLISTED)
    if not candidates or seat.posting.status != PostingStatus.EXAMINATION:
        messages.error(request, "Un entretien se prévoit pour une candidature présélectionnée, pendant l’examen.")
        return redirect("postings:interviews", code)
    asked = request.GET.getlist("candidature")
    initial = {"applications": asked or [each.application.uid for each in candidates if each.interview is None]}
    form = InterviewsForm(request.POST or None, candidates=candidates, initial=initial)
    if request.method == "POST" and form.is_valid():
        slots: list[Interview] = []
        if done(
            form, lambda: slots.extend(actions.plan_interviews(by=request.user, **form.given())), field="starts_at"
        ):
            for words in taken_elsewhere(seat.posting, [(each.starts_at, each.ends_at) for each in slots]):
                messages.warning(request, words)
            number = french.count(len(slots), "entretien prévu", "entretiens prévus")
            messages.success(request, f"{number}\u00a0: les candidats sont informés.")
            return redirect("postings:interviews", code)
    return page(request, seat, "interviews", "plan_interviews.html", {"form": form}, status=422 if form.errors else 200)


@require_GET
def calendar(request: SignedInRequest, code: str) -> HttpResponse:
    """Of the whole jury: every interview that the reader may know of."""
    seat = sit(request, code)
    mine = set(applications_visible_to(request.user).filter(posting=seat.posting).values_list("pk", flat=True))
    found = [each for each in planned(seat.posting) if each.application_id in mine]
    return _calendar(seat, found, f"entretiens-{code}.ics")


@require_GET
def interview_calendar(request: SignedInRequest, code: str, uid: str) -> HttpResponse:
    seat = sit(request, code)
    application = application_of(request, seat, uid)
    if not hasattr(application, "interview"):
        raise Http404("Aucun entretien n’est prévu.")
    application.interview.application = application
    return _calendar(seat, [application.interview], f"entretien-{code}-{application.number}.ics")


def _calendar(seat: Seat, found: list[Interview], name: str) -> HttpResponse:
    called = {each.uid: label_of(each.application, names=seat.names) for each in found}
    return attachment(interview_file(found, called), name, "text/calendar; charset=utf-8")
