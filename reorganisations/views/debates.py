"""An item of an agenda as the minutes will tell it: debates, statements, the opinion, the conclusion."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.requests import SignedInRequest

from .. import actions
from ..exceptions import Refused
from ..follow_up.opinions import CollegeLine, college_line
from ..forms.agenda import ApprovalForm, DebateForm, StatementForm
from ..minutes import MinutesState, minutes_state
from ..models import AgendaItem, Opinion, Session, Statement
from ..permissions import check_can_manage_committees
from ..queries.committees import get_session
from ..queries.sessions import get_item
from ..status import Status
from .plain_form import render_form, saved
from .sessions import session_crumbs


@require_http_methods(["GET", "POST"])
def show_item(request: SignedInRequest, uid: str, item_uid: str) -> HttpResponse:
    check_can_manage_committees(request.user)
    session = get_session(uid)
    item = get_item(session, item_uid)
    form = debate_form(request, item)
    if saved(request, form, lambda: actions.record_debate(item=item, by=request.user, **form.cleaned_data)):
        messages.success(request, "Les débats sont consignés.")
        return redirect("reorganisations:session", uid)
    return render_form(
        request,
        form,
        template="reorganisations/agenda_item.html",
        crumbs=session_crumbs(session),
        session=session,
        item=item,
        colleges=colleges_of(item),
        statements=list(item.statements.select_related("document").order_by("pk")),
        opinion_url=opinion_url(session, item),
        open=minutes_state(session) == MinutesState.DRAFT,
        cancel_url=reverse("reorganisations:session", args=[uid]),
    )


def debate_form(request: SignedInRequest, item: AgendaItem) -> DebateForm:
    initial: dict[str, Any] = {"debate": item.debate, "conclusion": item.conclusion}
    if item.minutes_of is None:
        return DebateForm(request.POST or None, initial=initial)
    initial["minutes_approved"] = item.minutes_of.minutes_approved_on == item.session.held_on
    return ApprovalForm(request.POST or None, initial=initial)


def colleges_of(item: AgendaItem) -> list[CollegeLine]:
    opinion: Opinion | None = getattr(item, "opinion", None)
    if opinion is None:
        return []
    votes = list(opinion.votes.all())
    return [college_line(said, votes) for said in opinion.colleges.all()]


def opinion_url(session: Session, item: AgendaItem) -> str:
    """Where the opinion is recorded, while it waits for one and the minutes may still tell it."""
    row = item.reorganisation
    if row is None or hasattr(item, "opinion") or row.status != Status.SUBMITTED:
        return ""
    if minutes_state(session) != MinutesState.DRAFT:
        return ""
    return f"{reverse('reorganisations:record_opinion', args=[row.code])}?seance={session.uid}"


@require_http_methods(["GET", "POST"])
def add_statement(request: SignedInRequest, uid: str, item_uid: str) -> HttpResponse:
    check_can_manage_committees(request.user)
    session = get_session(uid)
    item = get_item(session, item_uid)
    form = StatementForm(request.POST or None, request.FILES or None)

    def action() -> None:
        given = form.cleaned_data
        file = given["file"]
        actions.add_statement(
            item=item,
            author=given["author"],
            text=given["text"],
            file_name=file.name if file else "",
            content=file.read() if file else None,
            by=request.user,
        )

    page = reverse("reorganisations:agenda_item", args=[uid, item_uid])
    if saved(request, form, action):
        return redirect(page)
    return render_form(
        request,
        form,
        template="reorganisations/session_file.html",
        title="Joindre une déclaration",
        words=item.label,
        button="Joindre la déclaration",
        cancel_url=page,
        crumbs=[*session_crumbs(session), (item.label, page)],
    )


@require_http_methods(["GET", "POST"])
def remove_statement(request: SignedInRequest, uid: str, statement_uid: str) -> HttpResponse:
    check_can_manage_committees(request.user)
    rows = Statement.objects.select_related("agenda_item__session__committee", "agenda_item__reorganisation")
    statement = rows.filter(uid=statement_uid, agenda_item__session__uid=uid).first()
    if statement is None:
        raise Http404("Cette déclaration n’existe pas.")
    page = reverse("reorganisations:agenda_item", args=[uid, statement.agenda_item.uid])
    if request.method == "POST":
        try:
            actions.remove_statement(statement=statement, by=request.user)
        except Refused as refusal:
            messages.error(request, str(refusal))
        return redirect(page)
    context = {
        "crumbs": [*session_crumbs(statement.agenda_item.session), (statement.agenda_item.label, page)],
        "question": f"Retirer la déclaration de {statement.author}\u00a0?",
        "consequences": "Elle ne figure plus au procès-verbal. Un fichier joint reste gardé avec son empreinte.",
        "action": "Retirer la déclaration",
        "cancel_url": page,
    }
    return render(request, "components/confirm_page.html", context)
