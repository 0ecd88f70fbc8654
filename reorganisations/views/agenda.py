"""The agenda of a session: inscribing, adding, editing, moving, removing its items."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from accounts.requests import SignedInRequest

from .. import actions
from ..actions.agenda import next_number
from ..exceptions import Refused
from ..forms.agenda import InscribeForm, ItemForm, MatterForm, approval_title
from ..models import AgendaItem, Session
from ..permissions import check_can_manage_committees
from ..queries.committees import get_session
from ..queries.sessions import earlier_sessions, get_item
from .plain_form import render_form, saved
from .sessions import session_crumbs


@require_http_methods(["GET", "POST"])
def inscribe(request: SignedInRequest, uid: str) -> HttpResponse:
    """Put a reorganisation on the agenda."""
    check_can_manage_committees(request.user)
    session = get_session(uid)
    form = InscribeForm(request.POST or None, session=session, initial={"number": next_number(session)})
    if saved(request, form, lambda: actions.put_on_agenda(session=session, by=request.user, **form.cleaned_data)):
        return redirect("reorganisations:session", uid)
    return render_form(
        request,
        form,
        title="Inscrire une réorganisation",
        words="Son texte se soumet depuis sa page de suivi. Laissé vide, le numéro reste non renseigné.",
        button="Inscrire à l’ordre du jour",
        cancel_url=reverse("reorganisations:session", args=[uid]),
        crumbs=session_crumbs(session),
    )


@require_http_methods(["GET", "POST"])
def add_item(request: SignedInRequest, uid: str) -> HttpResponse:
    """Another matter; `?pv=` proposes the approval of the minutes of that session."""
    check_can_manage_committees(request.user)
    session = get_session(uid)
    initial = {"number": next_number(session), "kind": AgendaItem.Kind.FOR_INFORMATION}
    earlier = earlier_sessions(session)
    asked = request.GET.get("pv")
    if asked and (proposed := earlier.filter(uid=asked).first()):
        initial |= {"minutes_of": proposed.pk, "title": approval_title(proposed), "kind": AgendaItem.Kind.FOR_OPINION}
    form = MatterForm(request.POST or None, earlier=earlier, initial=initial)
    if saved(request, form, lambda: actions.add_item(session=session, by=request.user, **form.cleaned_data)):
        return redirect("reorganisations:session", uid)
    return render_form(
        request,
        form,
        title="Ajouter un autre point",
        words="Approbation d’un procès-verbal, information, questions diverses\u00a0: ce qui n’est pas un projet.",
        button="Ajouter le point",
        cancel_url=reverse("reorganisations:session", args=[uid]),
        crumbs=session_crumbs(session),
    )


@require_http_methods(["GET", "POST"])
def edit_item(request: SignedInRequest, uid: str, item_uid: str) -> HttpResponse:
    check_can_manage_committees(request.user)
    session = get_session(uid)
    item = get_item(session, item_uid)
    form = edit_form(request, session, item)
    if saved(request, form, lambda: actions.edit_item(item=item, by=request.user, **form.cleaned_data)):
        return redirect("reorganisations:session", uid)
    return render_form(
        request,
        form,
        title="Modifier le point",
        words=item.label,
        button="Enregistrer le point",
        cancel_url=reverse("reorganisations:session", args=[uid]),
        crumbs=session_crumbs(session),
    )


def edit_form(request: SignedInRequest, session: Session, item: AgendaItem) -> ItemForm:
    initial = {"kind": item.kind, "number": item.number, "note": item.note}
    if item.reorganisation is not None:
        return ItemForm(request.POST or None, initial=initial)
    initial |= {"title": item.title, "minutes_of": item.minutes_of_id}
    return MatterForm(request.POST or None, earlier=earlier_sessions(session), initial=initial)


@require_http_methods(["GET", "POST"])
def remove_item(request: SignedInRequest, uid: str, item_uid: str) -> HttpResponse:
    check_can_manage_committees(request.user)
    session = get_session(uid)
    item = get_item(session, item_uid)
    page = reverse("reorganisations:session", args=[uid])
    if request.method == "POST":
        try:
            actions.remove_item(item=item, by=request.user)
            messages.success(request, "Le point n’est plus à l’ordre du jour.")
        except Refused as refusal:
            messages.error(request, str(refusal))
        return redirect(page)
    context = {
        "crumbs": session_crumbs(session),
        "question": f"Retirer «\u00a0{item.label}\u00a0» de l’ordre du jour\u00a0?",
        "consequences": "Ses débats et sa conclusion sont effacés. Les points suivants remontent d’un rang.",
        "action": "Retirer le point",
        "cancel_url": page,
    }
    return render(request, "components/confirm_page.html", context)


@require_POST
def move_item(request: SignedInRequest, uid: str, item_uid: str) -> HttpResponse:
    """One place; the agenda is numbered anew. It comes back to the item that moved."""
    check_can_manage_committees(request.user)
    item = get_item(get_session(uid), item_uid)
    try:
        actions.move_item(item=item, up=request.POST.get("sens") == "haut", by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(f"{reverse('reorganisations:session', args=[uid])}#{item.uid}")
