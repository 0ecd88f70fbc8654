"""« Échéances »: what is still to be done for every session, as a page, as a file, and at a secret address."""

import hashlib
import re

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.http import parse_etags, quote_etag
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from accounts.requests import SignedInRequest
from orgchart.french import count, date

from .. import actions
from ..calendar_file import calendar_file
from ..forms.examining import ReconveneForm
from ..models import CalendarFeed, CommitteeRules
from ..permissions import can_manage_committees, check_can_manage_committees
from ..queries.committees import get_session
from ..queries.deadlines import calendar_sessions, calendars, open_lines
from ..queries.records import rules_on
from .plain_form import SESSIONS, render_form, saved

PER_PAGE = 50
TOKEN = re.compile(r"^[-_A-Za-z0-9]{43}$")
PAGE = "reorganisations:deadlines"


@require_GET
def deadlines(request: SignedInRequest) -> HttpResponse:
    check_can_manage_committees(request.user)
    lines = open_lines(calendars(calendar_sessions()))
    late = sum(each.line.deadline.late_by > 0 for each in lines)
    page = Paginator(lines, PER_PAGE).get_page(request.GET.get("page"))
    feed = CalendarFeed.objects.filter(user=request.user).first()
    context = {
        "page": page,
        "facts": [
            count(len(lines), "échéance ouverte", "échéances ouvertes"),
            f"{late} en retard" if late else "aucune en retard",
        ],
        "crumbs": [(SESSIONS[0], reverse(SESSIONS[1]))],
        "feed": feed,
        "has_rules": bool(lines) or CommitteeRules.objects.exists(),
        # Shown this once, after it was made.
        "address": request.session.pop("calendar_address", ""),
    }
    return render(request, "reorganisations/deadlines.html", context)


@require_POST
def make_address(request: SignedInRequest) -> HttpResponse:
    token = actions.make_calendar_address(by=request.user)
    request.session["calendar_address"] = request.build_absolute_uri(
        reverse("reorganisations:calendar_feed", args=[token])
    )
    messages.success(request, "L’adresse d’agenda est créée. Copiez-la maintenant\u00a0: elle ne sera plus montrée.")
    return redirect(f"{reverse(PAGE)}#agenda")


@require_http_methods(["GET", "POST"])
def revoke_address(request: SignedInRequest) -> HttpResponse:
    check_can_manage_committees(request.user)
    if request.method == "POST":
        actions.revoke_calendar_address(by=request.user)
        messages.success(request, "L’adresse d’agenda ne répond plus.")
        return redirect(PAGE)
    context = {
        "crumbs": [(SESSIONS[0], reverse(SESSIONS[1])), ("Échéances", reverse(PAGE))],
        "question": "Révoquer l’adresse d’agenda\u00a0?",
        "consequences": "Les agendas qui la lisent ne recevront plus rien. Une autre adresse peut être créée ensuite.",
        "action": "Révoquer l’adresse",
        "cancel_url": reverse(PAGE),
    }
    return render(request, "components/confirm_page.html", context)


@require_safe
def download(request: SignedInRequest) -> HttpResponse:
    check_can_manage_committees(request.user)
    answer = ics(request)
    answer["Content-Disposition"] = 'attachment; filename="echeances.ics"'
    return answer


@login_not_required
@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """Raises Http404 unless the secret is that of somebody who still manages the committees."""
    if not TOKEN.match(token):
        raise Http404
    found = CalendarFeed.objects.select_related("user").filter(token_sha256=CalendarFeed.digest(token)).first()
    if found is None or not found.user.is_active or not can_manage_committees(found.user):
        raise Http404
    return ics(request)


def ics(request: HttpRequest) -> HttpResponse:
    """With an ETag: an agenda that has it already is answered without the file."""
    base = request.build_absolute_uri("/").rstrip("/")
    content = calendar_file(calendars(calendar_sessions()), base=base, today=timezone.localdate())
    etag = quote_etag(hashlib.sha256(content).hexdigest())
    known = parse_etags(request.headers.get("If-None-Match", ""))
    if etag in known or "*" in known:
        answer = HttpResponse(status=304)
    else:
        answer = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    answer["ETag"] = etag
    answer["X-Robots-Tag"] = "noindex"
    answer["Referrer-Policy"] = "no-referrer"
    patch_cache_control(answer, private=True, no_cache=True)
    return answer


@require_http_methods(["GET", "POST"])
def reconvene(request: SignedInRequest, uid: str) -> HttpResponse:
    """Another session in place of one that could not sit."""
    check_can_manage_committees(request.user)
    session = get_session(uid)
    rules = rules_on(session.held_on)
    form = ReconveneForm(request.POST or None, initial={"place": session.place})

    def action() -> None:
        again = actions.reconvene_session(
            session=session, held_on=form.cleaned_data["held_on"], by=request.user, **form.details()
        )
        if words := actions.late_convocation(session, again, rules):
            messages.warning(request, words)
        messages.success(request, f"La séance est reconvoquée au {date(again.held_on)}, avec son ordre du jour.")
        form.again = again  # type: ignore[attr-defined]  # for the way on

    page = reverse("reorganisations:session", args=[uid])
    if saved(request, form, action, field="held_on"):
        return redirect("reorganisations:session", form.again.uid)  # type: ignore[attr-defined]
    title = f"Séance du {date(session.held_on)}"
    limit = f" dans les {rules.new_convocation_days} jours" if rules else ""
    return render_form(
        request,
        form,
        title="Reconvoquer la séance sans quorum",
        words=(
            f"{title}. La nouvelle convocation est à envoyer{limit}. L’ordre du jour passe à la nouvelle séance, "
            "valable quel que soit le nombre de présents\u00a0; les réorganisations restent soumises."
        ),
        button="Reconvoquer la séance",
        cancel_url=page,
        crumbs=[(SESSIONS[0], reverse(SESSIONS[1])), (title, page)],
    )
