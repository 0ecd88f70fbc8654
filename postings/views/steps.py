"""The steps that HR makes: publish, open and close by hand, extend, examine, cancel; the declarations."""

from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.requests import SignedInRequest
from missions.moments import moment
from orgchart import french

from .. import actions
from ..exceptions import NeedsNotMet, Refused
from ..forms.steps import CancelForm, DeclarationsForm, ExtendForm, NothingForm, PublishForm
from ..models import Posting
from ..needs import is_before_opinion
from ..permissions import Actor, check_can_manage_posting, get_visible_posting
from ..queries.group import group_of
from ..queries.warnings import posting_warnings
from ..status import PostingStatus
from ..workflow import Offer, posting_offers
from .heading import heading

NOBODY = "Personne ne pourrait candidater\u00a0: élargissez le groupe, il ne changera plus une fois publié."


# Who begins a step: `begin` has checked it.
HR = frozenset({Actor.HR})


class Step(NamedTuple):
    """`consequences`, a sentence each; `missing`, what prevents it still; `warnings`, what prevents nothing."""

    title: str
    button: str
    consequences: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    danger: bool = False


def begin(request: SignedInRequest, code: str) -> Posting:
    """Raises Http404 and NotAllowed."""
    posting = get_visible_posting(code, request.user)
    check_can_manage_posting(request.user, posting)
    return posting


def offered(request: SignedInRequest, posting: Posting, action: str) -> Offer | None:
    """The transition, when the present state has it; otherwise a message for the page one is sent back to."""
    offers = posting_offers(posting, request.user, actors=HR)
    found = next((each for each in offers if each.transition.action == action), None)
    if found is None:
        too_late(request, posting)
    return found


def too_late(request: SignedInRequest, posting: Posting) -> None:
    state = posting.get_status_display()
    messages.error(request, f"Dans l’état «\u00a0{state}\u00a0», cette action n’est pas possible.")


def back(posting: Posting, name: str = "posting") -> HttpResponse:
    return redirect(f"postings:{name}", posting.code)


def done(form: forms.BaseForm, action: Callable[[], object], *, field: str | None = None) -> bool:
    """Run the action; a refusal comes back on the form, on the field that it is about, else on `field`."""
    try:
        action()
    except NeedsNotMet as refusal:
        for reason in refusal.reasons:
            form.add_error(None, reason)
    except Refused as refusal:
        about = getattr(refusal, "field", "")
        form.add_error(about if about in form.fields else field, str(refusal))
    else:
        return True
    return False


def render_step(
    request: SignedInRequest, posting: Posting, step: Step, form: forms.Form, *, tab: str = "posting", **context: Any
) -> HttpResponse:
    given = {
        "posting": posting,
        "heading": heading(request, posting, tab, HR),
        "step": step,
        "form": form,
        "cancel_url": reverse(f"postings:{tab}", args=[posting.code]),
    }
    template = context.pop("template", "postings/step.html")
    return render(request, template, given | context, status=422 if form.errors else 200)


def confirm(
    request: SignedInRequest, posting: Posting, step: Step, action: Callable[[], object], said: str
) -> HttpResponse:
    """A step that only asks to be confirmed. `said`: once it is made."""
    form = NothingForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and done(form, action):
        messages.success(request, said)
        return back(posting)
    return render_step(request, posting, step, form)


@require_http_methods(["GET", "POST"])
def publish(request: SignedInRequest, code: str) -> HttpResponse:
    posting = begin(request, code)
    offer = offered(request, posting, "publish")
    if offer is None:
        return back(posting)
    early = is_before_opinion(posting)
    form = PublishForm(request.POST if request.method == "POST" else None, early=early)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data.get("early_reason", "")
        if done(form, lambda: actions.publish(posting=posting, by=request.user, early_reason=reason)):
            messages.success(request, "La bourse est publiée.")
            return back(posting)
    number = group_of(posting).size
    opening = f"Elle s’ouvrira toute seule le {moment(posting.opens_at)}" if posting.opens_at else "Elle s’ouvrira"
    agents = french.count(number, "agent éligible", "agents éligibles")
    step = Step(
        title="Publier la bourse",
        button="Publier la bourse",
        consequences=(
            "La fiche de poste est scellée\u00a0: ni elle, ni les critères, ni le groupe ne changeront plus. La "
            "clôture pourra être reportée.",
            "Tous ceux qui ont un rôle dans l’application liront la bourse.",
            f"{opening}\u00a0: la liste sera arrêtée et chacun informé ({agents} aujourd’hui).",
        ),
        # The reason is asked by the form.
        missing=tuple(each for each in offer.missing if not (early and each.startswith("Le comité"))),
        warnings=(*((NOBODY,) if not number else ()), *posting_warnings(posting)),
    )
    return render_step(request, posting, step, form)


@require_http_methods(["GET", "POST"])
def open_by_hand(request: SignedInRequest, code: str) -> HttpResponse:
    posting = begin(request, code)
    offer = offered(request, posting, "open_posting")
    if offer is None:
        return back(posting)
    number = group_of(posting).size
    step = Step(
        title="Ouvrir la bourse",
        button="Ouvrir la bourse",
        consequences=(
            f"La liste est arrêtée\u00a0: {french.count(number, 'agent éligible', 'agents éligibles')}. Chacun est "
            "informé, dans l’application et par courriel.",
        ),
        missing=offer.missing,
    )
    action = partial(actions.open_posting, posting=posting, by=request.user)
    return confirm(request, posting, step, action, "La bourse est ouverte.")


@require_http_methods(["GET", "POST"])
def close_by_hand(request: SignedInRequest, code: str) -> HttpResponse:
    posting = begin(request, code)
    offer = offered(request, posting, "close_posting")
    if offer is None:
        return back(posting)
    step = Step(
        title="Clore la bourse",
        button="Clore la bourse",
        consequences=("Plus aucune candidature n’est reçue. Celles qui sont déposées passent à l’examen.",),
        missing=offer.missing,
    )
    action = partial(actions.close_posting, posting=posting, by=request.user)
    return confirm(request, posting, step, action, "La bourse est close.")


@require_http_methods(["GET", "POST"])
def start_examination(request: SignedInRequest, code: str) -> HttpResponse:
    posting = begin(request, code)
    offer = offered(request, posting, "start_examination")
    if offer is None:
        return back(posting)
    step = Step(
        title="Ouvrir l’examen des candidatures",
        button="Ouvrir l’examen",
        consequences=("Le jury lit les candidatures. Sa composition ne change plus.",),
        missing=offer.missing,
    )
    action = partial(actions.start_examination, posting=posting, by=request.user)
    return confirm(request, posting, step, action, "L’examen est ouvert.")


@require_http_methods(["GET", "POST"])
def extend(request: SignedInRequest, code: str) -> HttpResponse:
    posting = begin(request, code)
    if posting.status not in (PostingStatus.PUBLISHED, PostingStatus.OPEN):
        too_late(request, posting)
        return back(posting)
    form = ExtendForm(request.POST if request.method == "POST" else None, initial={"closes_at": posting.closes_at})
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("closes_at", "reason")}
        if done(form, lambda: actions.extend(posting=posting, by=request.user, **given)):
            messages.success(request, f"La clôture est reportée au {moment(given['closes_at'])}.")
            return back(posting)
    now = f"La clôture est prévue le {moment(posting.closes_at)}." if posting.closes_at else ""
    step = Step("Prolonger la bourse", "Reporter la clôture", (now, "La nouvelle date vaut pour tous les candidats."))
    return render_step(request, posting, step, form)


@require_http_methods(["GET", "POST"])
def cancel(request: SignedInRequest, code: str) -> HttpResponse:
    posting = begin(request, code)
    if offered(request, posting, "cancel_posting") is None:
        return back(posting)
    form = CancelForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        if done(form, lambda: actions.cancel_posting(posting=posting, reason=reason, by=request.user)):
            messages.success(request, "La bourse est annulée.")
            return back(posting)
    number = posting.applications.live().count()
    told = (
        f"{french.upper_first(french.count(number, 'candidat'))} {'sera informé' if number < 2 else 'seront informés'} "
        "de l’annulation, dans l’application et par courriel."
        if number
        else "Personne n’a candidaté\u00a0: personne n’est à informer."
    )
    step = Step(
        title="Annuler la bourse",
        button="Annuler la bourse",
        consequences=("C’est définitif. Ce qui est enregistré reste lisible.", told),
        danger=True,
    )
    return render_step(request, posting, step, form)


@require_http_methods(["GET", "POST"])
def declarations(request: SignedInRequest, code: str) -> HttpResponse:
    posting = begin(request, code)
    names = tuple(DeclarationsForm.base_fields)
    initial = {name: getattr(posting, name) for name in names}
    form = DeclarationsForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data[name] for name in names}
        if done(form, lambda: actions.record_declarations(posting=posting, by=request.user, **given)):
            messages.success(request, "Les déclarations sont enregistrées.")
            return back(posting)
    step = Step(
        title="Déclaration et validation juridique",
        button="Enregistrer",
        consequences=("Le numéro et la date peuvent être renseignés à tout moment, même après la publication.",),
    )
    return render_step(request, posting, step, form)
