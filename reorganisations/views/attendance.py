"""Who was there at a session, and who presided and wrote."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.requests import SignedInRequest

from .. import actions
from ..exceptions import Refused
from ..forms.attendance import AttendanceForm, seats_of
from ..permissions import check_can_manage_committees
from ..queries.committees import get_session
from .sessions import session_crumbs


@require_http_methods(["GET", "POST"])
def record_attendance(request: SignedInRequest, uid: str) -> HttpResponse:
    check_can_manage_committees(request.user)
    session = get_session(uid)
    seats = seats_of(
        session.attendances.select_related("member", "represented_by").order_by("position"),
        session.committee.members.select_related("user"),
    )
    form = AttendanceForm(request.POST if request.method == "POST" else None, session=session, seats=seats)
    refusal = ""
    if request.method == "POST" and form.is_valid():
        try:
            actions.record_attendance(
                session=session, lines=form.lines(), by=request.user, **form.officers.cleaned_data
            )
        except Refused as reason:
            refusal = str(reason)
        else:
            return redirect("reorganisations:session", uid)
    context = {
        "session": session,
        "form": form,
        "refusal": refusal,
        "names": sorted({seat.name for seat in seats if seat.name}),
        "crumbs": session_crumbs(session),
        "cancel_url": reverse("reorganisations:session", args=[uid]),
        "members_url": reverse("reorganisations:committee", args=[session.committee.uid]),
    }
    refused = bool(refusal) or form.has_errors
    return render(request, "reorganisations/attendance.html", context, status=422 if refused else 200)
