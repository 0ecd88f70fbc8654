"""The acts beside the one that decided, and what the human resources confirm of what is flagged."""

from django.contrib import messages
from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from accounts.requests import SignedInRequest

from ... import actions
from ...forms.transitions import ActForm, ConfirmationForm
from ...models import Confirmation, Decision
from ...queries.acts import DECIDED
from .steps import Step, back, begin, done, render_step, say_too_late


@require_http_methods(["GET", "POST"])
def record_act(request: SignedInRequest, code: str) -> HttpResponse:
    draft = begin(request, code)
    if draft.reorganisation.status not in DECIDED:
        say_too_late(request, draft)
        return back(draft)
    form = ActForm(request.POST or None, initial={"kind": Decision.Kind.DELIBERATION})
    if (
        request.method == "POST"
        and form.is_valid()
        and done(
            form,
            lambda: actions.record_act(reorganisation=draft.reorganisation, by=request.user, **form.cleaned_data),
        )
    ):
        messages.success(request, "L’acte est enregistré.")
        return back(draft)
    step = Step(
        title="Enregistrer un autre acte",
        button="Enregistrer l’acte",
        consequences=(
            "Il se lit à côté de ceux déjà enregistrés, sur le même texte voté\u00a0: une délibération pour les "
            "emplois et un arrêté pour l’organisation des services. Les étapes et leurs dates ne changent pas.",
        ),
    )
    return render_step(request, draft, step, form)


@require_http_methods(["GET", "POST"])
def confirm_undeliberated(request: SignedInRequest, code: str) -> HttpResponse:
    draft = begin(request, code)
    if draft.reorganisation.status not in DECIDED:
        say_too_late(request, draft)
        return back(draft)
    known = draft.reorganisation.confirmations.filter(subject=Confirmation.Subject.NO_DELIBERATION).first()
    form = ConfirmationForm(request.POST or None, initial={"reason": known.reason if known else ""})
    if (
        request.method == "POST"
        and form.is_valid()
        and done(
            form,
            lambda: actions.confirm(
                reorganisation=draft.reorganisation,
                subject=Confirmation.Subject.NO_DELIBERATION,
                reason=form.cleaned_data["reason"],
                by=request.user,
            ),
            field="reason",
        )
    ):
        messages.success(request, "Le motif est enregistré\u00a0: il s’affiche avec le signalement.")
        return back(draft)
    step = Step(
        title="Confirmer les créations sans délibération",
        button="Enregistrer le motif",
        consequences=(
            "Les emplois sont en principe créés par l’organe délibérant. Si une délibération existe, enregistrez-la "
            "plutôt parmi les actes. Sinon, dites pourquoi il n’y en a pas\u00a0: l’application le signale, elle ne "
            "tranche pas.",
        ),
    )
    return render_step(request, draft, step, form)
