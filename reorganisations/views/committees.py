"""Instances, members and sessions, kept by HR; what departs from the rules of the day is shown with its source."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from accounts.requests import SignedInRequest
from orgchart.french import count, date

from .. import actions
from ..forms.committees import CommitteeForm, MemberForm, PlanForm, RulesForm, SessionDetailsForm
from ..models import CommitteeMember, CommitteeRules
from ..permissions import check_can_manage_committees
from ..queries.committees import committees, get_committee, get_session, sessions
from ..queries.records import rules_of, session_warnings
from .plain_form import SESSIONS, render_form, saved

PER_PAGE = 25


@require_GET
def list_sessions(request: SignedInRequest) -> HttpResponse:
    check_can_manage_committees(request.user)
    rules = list(CommitteeRules.objects.all())
    page = Paginator(sessions(), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "lines": [(each, session_warnings(each, rules_of(each, rules))) for each in page],
        "committees": committees(),
        "rules": rules,
    }
    return render(request, "reorganisations/sessions.html", context)


@require_GET
def show_committee(request: SignedInRequest, uid: str) -> HttpResponse:
    check_can_manage_committees(request.user)
    committee = get_committee(uid)
    members = list(committee.members.select_related("user"))
    held = list(sessions().filter(committee=committee))
    context = {
        "committee": committee,
        "crumbs": [(SESSIONS[0], reverse(SESSIONS[1]))],
        "facts": [committee.get_kind_display(), count(len(members), "membre"), count(len(held), "séance")],
        "members": members,
        "sessions": held,
    }
    return render(request, "reorganisations/committee.html", context)


@require_http_methods(["GET", "POST"])
def create_committee(request: SignedInRequest) -> HttpResponse:
    check_can_manage_committees(request.user)
    form = CommitteeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        committee = actions.create_committee(by=request.user, **form.cleaned_data)
        return redirect("reorganisations:committee", committee.uid)
    return render_form(
        request,
        form,
        title="Nouvelle instance",
        words="Ses règles (convocation, quorum, délais) suivent la date de chaque séance.",
        button="Créer l’instance",
        cancel_url=reverse(SESSIONS[1]),
    )


@require_http_methods(["GET", "POST"])
def add_member(request: SignedInRequest, uid: str) -> HttpResponse:
    check_can_manage_committees(request.user)
    committee = get_committee(uid)
    form = MemberForm(request.POST or None)
    page = reverse("reorganisations:committee", args=[uid])
    if saved(request, form, lambda: actions.add_member(committee=committee, by=request.user, **form.cleaned_data)):
        return redirect(page)
    return render_form(
        request,
        form,
        title="Ajouter un membre",
        words=committee.label,
        button="Ajouter le membre",
        cancel_url=page,
        crumbs=[(committee.label, page)],
    )


@require_http_methods(["GET", "POST"])
def remove_member(request: SignedInRequest, uid: str, key: int) -> HttpResponse:
    check_can_manage_committees(request.user)
    committee = get_committee(uid)
    member = CommitteeMember.objects.filter(committee=committee, pk=key).select_related("user").first()
    if member is None:
        raise Http404
    page = reverse("reorganisations:committee", args=[uid])
    if request.method == "POST":
        actions.remove_member(member=member, by=request.user)
        messages.success(request, f"{member} ne siège plus.")
        return redirect(page)
    context = {
        "crumbs": [(SESSIONS[0], reverse(SESSIONS[1])), (committee.label, page)],
        "question": f"Retirer {member} de l’instance\u00a0?",
        "consequences": f"Son siège est rendu. Ses accès aux dossiers de «\u00a0{committee.label}\u00a0» cessent.",
        "action": "Retirer le membre",
        "cancel_url": page,
    }
    return render(request, "components/confirm_page.html", context)


@require_http_methods(["GET", "POST"])
def plan_session(request: SignedInRequest, uid: str) -> HttpResponse:
    check_can_manage_committees(request.user)
    committee = get_committee(uid)
    form = PlanForm(request.POST or None)
    page = reverse("reorganisations:committee", args=[uid])
    if saved(
        request,
        form,
        lambda: actions.plan_session(committee=committee, by=request.user, **form.cleaned_data),
        field="held_on",
    ):
        return redirect(page)
    return render_form(
        request,
        form,
        title="Prévoir une séance",
        words=committee.label,
        button="Prévoir la séance",
        cancel_url=page,
        crumbs=[(committee.label, page)],
    )


@require_http_methods(["GET", "POST"])
def record_session(request: SignedInRequest, uid: str) -> HttpResponse:
    check_can_manage_committees(request.user)
    session = get_session(uid)
    page = reverse("reorganisations:session", args=[uid])
    form = SessionDetailsForm(request.POST or None, instance=get_session(uid))
    if saved(request, form, lambda: actions.record_session(session=session, by=request.user, **form.cleaned_data)):
        return redirect(page)
    title = f"Séance du {date(session.held_on)}"
    return render_form(
        request,
        form,
        title=f"Compléter la séance du {date(session.held_on)}",
        words="Ce qui n’est pas connu reste vide. Ce qui s’écarte des règles est signalé, jamais refusé.",
        button="Enregistrer la séance",
        cancel_url=page,
        crumbs=[(SESSIONS[0], reverse(SESSIONS[1])), (title, page)],
    )


@require_http_methods(["GET", "POST"])
def edit_rules(request: SignedInRequest, code: str) -> HttpResponse:
    check_can_manage_committees(request.user)
    rules = CommitteeRules.objects.filter(code=code).first()
    if rules is None:
        raise Http404
    form = RulesForm(request.POST or None, instance=rules)
    if saved(request, form, lambda: actions.save_committee_rules(rules=rules, by=request.user)):
        return redirect(SESSIONS[1])
    return render_form(
        request,
        form,
        title=rules.label,
        words="Ces chiffres servent aux avertissements des séances de ces dates. Ils ne refusent rien.",
        button="Enregistrer les règles",
        cancel_url=reverse(SESSIONS[1]),
    )
