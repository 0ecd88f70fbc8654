"""The decision, the dates of its stages, their entry into force, and what the bourse determines."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from accounts.requests import SignedInRequest
from missions.queries import agents_by_uid, holders_on, newest_version
from orgchart.changes import TransformUndetermined
from orgchart.french import date
from orgchart.values import PostId

from ... import actions
from ...exceptions import NoLongerApplies, Refused
from ...follow_up.execution import stage_line
from ...follow_up.opinions import opinion_line
from ...follow_up.standing import several
from ...forms.offers import post_labels
from ...forms.transitions import DecisionForm, ResolutionForm, StageDateForm
from ...models import FruitlessBourse, StageRecord, Status
from ...queries.follow_up import Executed, FollowUp
from .steps import Step, back, begin, done, offered, render_step, say_too_late

APPLIED = "reorganisations/apply_stage.html"


@require_http_methods(["GET", "POST"])
def decide(request: SignedInRequest, code: str) -> HttpResponse:
    draft = begin(request, code)
    if offered(request, draft, "decide") is None:
        return back(draft)
    form = DecisionForm(request.POST or None, initial={"effective_on": draft.reorganisation.effective_on})
    if (
        request.method == "POST"
        and form.is_valid()
        and done(
            form,
            lambda: actions.decide(reorganisation=draft.reorganisation, by=request.user, **form.cleaned_data),
        )
    ):
        messages.success(request, "La décision est enregistrée.")
        return back(draft)
    item, voted = draft.examined, draft.voted
    consequences = []
    if voted:
        consequences.append(
            f"Elle porte sur le texte voté ({voted.get_kind_display().lower()} n°\u00a0{voted.number})."
        )
    if item:
        held_on = date(item.session.held_on)
        consequences.append(f"La séance s’est tenue le {held_on}\u00a0: une décision datée d’avant sera signalée.")
    if draft.opinion:
        # Shown, never an obstacle: a new examination that is due is the committee's, the decision is not refused.
        consequences += opinion_line(draft, draft.opinion, request.user, draft.rules).warnings
    step = Step("Enregistrer la décision", "Enregistrer la décision", tuple(consequences))
    return render_step(request, draft, step, form)


@require_http_methods(["GET", "POST"])
def set_stage_date(request: SignedInRequest, code: str, stage: str) -> HttpResponse:
    draft = begin(request, code)
    found = asked_stage(draft, stage)
    if found is None or found.applied_at:
        say_too_late(request, draft)
        return back(draft)
    form = StageDateForm(request.POST or None, initial={"on": found.effective_on})
    if (
        request.method == "POST"
        and form.is_valid()
        and done(
            form,
            lambda: actions.set_stage_date(stage=found, on=form.cleaned_data["on"], by=request.user),
            field="on",
        )
    ):
        messages.success(request, f"La date d’effet est le {date(form.cleaned_data['on'])}.")
        return back(draft)
    step = Step(
        title=f"Date d’effet de l’{str(found).lower()}" if several(draft.executed) else "Date d’effet",
        button="Enregistrer la date",
        consequences=(
            "Une date à venir attend\u00a0: l’organigramme change ce jour-là. Une date passée s’applique dès "
            "que vous mettez en vigueur.",
        ),
    )
    listing = [words for words, _ in stage_line(draft, found, runs=False).changes]
    return render_step(request, draft, step, form, listing=listing, listing_title="Ce qui prend effet ce jour-là")


@require_http_methods(["GET", "POST"])
def apply_stage(request: SignedInRequest, code: str, stage: str) -> HttpResponse:
    """GET says what it changes and asks, POST applies. What no longer applies is shown with its two ways out."""
    draft = begin(request, code)
    found = asked_stage(draft, stage)
    if found is None or found.applied_at:
        say_too_late(request, draft)
        return back(draft)
    form = forms.Form(request.POST if request.method == "POST" else None)
    conflicts: tuple[dict[str, str], ...] = ()
    if form.is_valid():
        try:
            version = actions.apply_stage(stage=found, by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
            if isinstance(refusal, NoLongerApplies):
                conflicts = tuple(
                    {"message": each.message, "change": words_of(draft.executed, each.change), "uid": each.change}
                    for each in refusal.conflicts
                )
        else:
            messages.success(request, f"La version {version.number} est scellée et en vigueur.")
            return back(draft)
    newest = newest_version()
    number = newest.number + 1 if newest else 1
    on = date(found.effective_on) if found.effective_on else "une date à donner"
    step = Step(
        title=f"Mettre en vigueur l’{str(found).lower()}" if several(draft.executed) else "Mettre en vigueur",
        button=f"Mettre en vigueur et sceller la version {number}",
        consequences=(
            f"L’organigramme change au {on}. La version {number}, chaînée à la précédente, est scellée\u00a0: "
            "elle ne se modifie plus.",
            "Les titulaires suivent leur poste\u00a0; ceux des postes supprimés suivent la situation précisée.",
        ),
    )
    line = stage_line(draft, found, runs=False)
    return render_step(
        request,
        draft,
        step,
        form,
        template=APPLIED,
        stage=line,
        conflicts=conflicts,
        failed=form.is_bound,
        may_send_back=draft.reorganisation.status == Status.DECIDED,
        adjustable={change.id for change in draft.executed.waiting_changes},
    )


@require_http_methods(["GET", "POST"])
def resolve_transformation(request: SignedInRequest, code: str, pending: str) -> HttpResponse:
    draft = begin(request, code)
    if draft.execution is None:
        say_too_late(request, draft)
        return back(draft)
    change = next((each for each, said in draft.executed.undetermined if each.id == pending and said is None), None)
    if change is None:
        raise Http404
    form = ResolutionForm(request.POST or None, candidates=candidates(draft, change))
    if request.method == "POST" and form.is_valid() and done(form, lambda: end_bourse(request, draft, pending, form)):
        return after_bourse(request, draft, form)
    applied = any(pending in stage.change_uids and stage.applied_at for stage in draft.execution.stages)
    step = Step(
        title="Enregistrer l’issue de la bourse",
        button="Enregistrer l’issue",
        consequences=(
            f"{draft.executed.words(change)}.",
            "La transformation est en vigueur\u00a0: une version «\u00a0issue de la bourse\u00a0» est scellée sous la "
            "même décision, et la personne qui tient le poste passe sur le nouveau."
            if applied
            else "Elle n’est pas encore en vigueur\u00a0: le poste désigné sera pris en compte à l’entrée en vigueur.",
            "Si la personne retenue ne tient aucun de ces postes, désignez-en un vacant. S’il n’y en a pas, un nouvel "
            "examen par le comité peut être nécessaire.",
            "Si personne n’est retenu, rien ne bouge\u00a0: le nouveau poste compte, un des postes candidats ne compte "
            "plus, lequel reste à déterminer.",
        ),
    )
    return render_step(request, draft, step, form)


def end_bourse(request: SignedInRequest, draft: FollowUp, pending: str, form: ResolutionForm) -> None:
    said = form.cleaned_data
    given: dict[str, Any] = {
        "reorganisation": draft.reorganisation,
        "pending": pending,
        "on": said["on"],
        "by": request.user,
    }
    if form.retained:
        actions.resolve_transformation(post=said["post"], from_elsewhere=form.from_elsewhere, **given)
    else:
        actions.record_fruitless_bourse(
            outcome=said["outcome"], next_step=said["next_step"], note=said["note"], **given
        )


def after_bourse(request: SignedInRequest, draft: FollowUp, form: ResolutionForm) -> HttpResponse:
    if form.retained:
        messages.success(request, "La transformation est déterminée.")
        return back(draft)
    messages.success(
        request, "La bourse est enregistrée comme infructueuse\u00a0: la transformation reste à déterminer."
    )
    if form.cleaned_data["next_step"] != FruitlessBourse.Next.EXAMINE_AGAIN:
        return back(draft)
    if draft.reorganisation.status == Status.DECIDED:
        return redirect("reorganisations:send_back", draft.reorganisation.code)
    messages.info(
        request, "Une partie est déjà en vigueur\u00a0: le nouvel examen porte sur une nouvelle réorganisation."
    )
    return back(draft)


def candidates(draft: FollowUp, change: TransformUndetermined) -> list[tuple[str, str]]:
    """The candidate posts as they were when the text was written, with who holds them today."""
    chart = draft.executed.execution.text.before
    holders = holders_on(draft.day, change.candidates)
    names = {uid: agent.name for uid, agent in agents_by_uid({u for found in holders.values() for u in found}).items()}
    said: dict[PostId, str] = {
        post: ", ".join(names[uid] for uid in holders[post] if uid in names) if post in holders else ""
        for post in change.candidates
    }
    posts = [chart.post_by_id[post] for post in change.candidates if post in chart.post_by_id]
    return post_labels(chart, posts, said)


def asked_stage(draft: FollowUp, uid: str) -> StageRecord | None:
    return draft.executed.stage(uid) if draft.execution else None


def words_of(executed: Executed, uid: str) -> str:
    """The change in words, when it is still one of those to come."""
    return next((executed.words(each) for each in executed.waiting_changes if each.id == uid), "")
