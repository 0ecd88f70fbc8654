"""« Mes candidatures »: where each stands and what comes next, the order of the wishes, what one was told."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.requests import SignedInRequest
from orgchart import french

from .. import actions
from ..exceptions import Refused
from ..letters import leads_to, said
from ..models import Application, Notice
from ..permissions import check_can_apply, get_visible_posting
from ..progress import is_over, progress
from ..queries.mine import get_my_application, my_application_to, my_applications, my_notices, my_wishes
from ..status import ApplicationStatus
from ..workflow import application_offers

CRUMBS = ("Mes candidatures", "postings:applications")


@require_GET
def applications(request: SignedInRequest) -> HttpResponse:
    check_can_apply(request.user)
    mine = my_applications(request.user.agent, timezone.now())
    notices = my_notices(request.user.agent)
    unread = sum(each.read_at is None for each in notices)
    facts = [french.count(len(mine.wishes), "candidature en cours", "candidatures en cours")]
    if unread:
        facts.append(french.count(unread, "message non lu", "messages non lus"))
    last = len(mine.wishes)
    context = {
        "facts": facts,
        "wishes": [
            (
                rank,
                each,
                [(word, to) for word, to in (("Monter", rank - 1), ("Descendre", rank + 1)) if 1 <= to <= last],
            )
            for rank, each in enumerate(mine.wishes, 1)
        ],
        "past": mine.past,
        "notices": [(each, said(each.posting, Notice.Kind(each.kind))) for each in notices],
        "unread": unread,
    }
    return render(request, "postings/applications.html", context)


@require_POST
def move_wish(request: SignedInRequest) -> HttpResponse:
    """`uid` takes the rank `to`; what is no longer there, or no number, changes nothing."""
    check_can_apply(request.user)
    wishes = my_wishes(request.user.agent)
    uid, to = request.POST.get("uid", ""), request.POST.get("to", "")
    moved = next((each for each in wishes if each.uid == uid), None)
    if moved is None or not to.isdecimal():
        raise Http404("Cette candidature n’existe pas.")
    others = [each for each in wishes if each is not moved]
    place = min(max(int(to) - 1, 0), len(others))
    wanted = [*others[:place], moved, *others[place:]]
    try:
        actions.set_wishes(agent=request.user.agent, applications=wanted, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(f"{reverse('postings:applications')}#voeux")


@require_POST
def read(request: SignedInRequest) -> HttpResponse:
    """« Lire » marks one message and leads where it speaks of; without one, all are marked."""
    check_can_apply(request.user)
    waiting = [each for each in my_notices(request.user.agent) if each.read_at is None]
    code, kind = request.POST.get("bourse", ""), request.POST.get("objet", "")
    if code:
        waiting = [each for each in waiting if each.posting.code == code and each.kind == kind]
    for each in waiting:
        actions.read_notice(notice=each, by=request.user)
    if code:
        posting = get_visible_posting(code, request.user)
        return redirect(leads_to(posting, Notice.Kind(kind) if kind in Notice.Kind.values else Notice.Kind.OPENED))
    return redirect("postings:applications")


@require_GET
def mine_here(request: SignedInRequest, code: str) -> HttpResponse:
    """Where the letters lead: the agent's application to this bourse, else the bourse."""
    posting = get_visible_posting(code, request.user)
    check_can_apply(request.user)
    found = my_application_to(posting, request.user.agent)
    if found is None:
        return redirect("postings:posting", code)
    return redirect("postings:my_application", found.uid)


@require_GET
def my_application(request: SignedInRequest, uid: str) -> HttpResponse:
    application = get_my_application(uid, request.user)
    posting, now = application.posting, timezone.now()
    offered = {offer.transition.action for offer in application_offers(application, request.user, now)}
    is_draft = application.status == ApplicationStatus.DRAFT
    context = {
        "crumbs": [(CRUMBS[0], reverse(CRUMBS[1]))],
        "application": application,
        "posting": posting,
        "progress": progress(application, now),
        "files": application.files.all(),
        "can_continue": is_draft and not is_over(posting, now),
        "can_discard": is_draft,
        "can_withdraw": "withdraw" in offered,
        "interview": getattr(application, "interview", None),
        "admissibility": getattr(application, "admissibility", None),
        "decision": getattr(application, "decision", None),
        "kept": kept_for(),
    }
    return render(request, "postings/my_application.html", context)


@require_http_methods(["GET", "POST"])
def withdraw(request: SignedInRequest, uid: str) -> HttpResponse:
    application = get_my_application(uid, request.user)
    page = reverse("postings:my_application", args=[uid])
    if request.method == "POST":
        try:
            actions.withdraw(application=application, by=request.user)
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, "Votre candidature est retirée.")
        return redirect(page)
    again = (
        "La bourse est close\u00a0: vous ne pourrez pas en déposer une autre."
        if is_over(application.posting, timezone.now())
        else "Vous pourrez en déposer une autre avant la clôture."
    )
    return confirm(
        request,
        application,
        question="Retirer ma candidature\u00a0?",
        consequences=(
            f"Votre candidature à «\u00a0{application.posting.title}\u00a0» ne sera plus examinée. Ceux qui "
            f"l’examinent verront qu’elle est retirée. {again}"
        ),
        action="Retirer ma candidature",
    )


@require_http_methods(["GET", "POST"])
def discard(request: SignedInRequest, uid: str) -> HttpResponse:
    application = get_my_application(uid, request.user)
    page = reverse("postings:my_application", args=[uid])
    if request.method == "POST":
        try:
            actions.discard_draft(application=application, by=request.user)
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect(page)
        messages.success(request, "Le brouillon est effacé.")
        return redirect("postings:applications")
    return confirm(
        request,
        application,
        question="Effacer mon brouillon\u00a0?",
        consequences=(
            f"La lettre et les pièces préparées pour «\u00a0{application.posting.title}\u00a0» seront perdues. "
            "Personne d’autre ne les a lues."
        ),
        action="Effacer le brouillon",
    )


def confirm(request: SignedInRequest, application: Application, **words: str) -> HttpResponse:
    page = reverse("postings:my_application", args=[application.uid])
    crumbs = [(CRUMBS[0], reverse(CRUMBS[1])), (application.posting.title, page)]
    return render(request, "components/confirm_page.html", words | {"crumbs": crumbs, "cancel_url": page})


def kept_for() -> str:
    """« 2 ans »: how long applications are kept after appeals are over."""
    years, days = divmod(settings.APPLICATIONS_KEPT_DAYS, 365)
    return french.count(settings.APPLICATIONS_KEPT_DAYS, "jour") if days or not years else french.count(years, "an")
