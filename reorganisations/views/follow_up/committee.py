"""Before the committee: find a session, submit, seal an amended text, postpone, present again, send back, withdraw."""

import datetime
from collections.abc import Callable, Sequence
from typing import TypedDict

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from accounts.requests import SignedInRequest
from orgchart.dossier.completeness import Mend
from orgchart.french import date

from ... import actions
from ...actions import OutsideTheWindow
from ...deadlines import examination_window
from ...documents.committee_file import committee_file
from ...documents.source import facts_of, narrative_of
from ...follow_up.page import difference_words
from ...forms.examining import NewExaminationForm, as_typed
from ...forms.transitions import AmendForm, PostponeForm, ReasonForm, SessionForm, SubmitForm
from ...models import Committee, CommitteeRules, Opinion, Session, Status
from ...permissions import check_can_manage_committees
from ...queries.completeness import lacks
from ...queries.deadlines import rule_values
from ...queries.execution import last_opinion
from ...queries.follow_up import FollowUp
from ...queries.records import rules_on
from ...workflow import ON_AN_AGENDA, TO_SUBMIT
from .steps import Step, back, begin, done, offered, render_step, say_too_late


@require_http_methods(["GET", "POST"])
def put_on_agenda(request: SignedInRequest, code: str) -> HttpResponse:
    """A draft finds its session before its text is ready to be submitted."""
    draft = begin(request, code)
    check_can_manage_committees(request.user)
    if draft.reorganisation.status != Status.DRAFT:
        say_too_late(request, draft)
        return back(draft)
    form = SubmitForm(request.POST or None, **sessions_for(draft, new=True))
    if request.method == "POST" and form.is_valid():

        def action() -> None:
            session = session_of(request, form)
            assert session is not None  # noqa: S101  (the form asks for one)
            actions.put_on_agenda(
                reorganisation=draft.reorganisation,
                session=session,
                kind=form.cleaned_data["kind"],
                number=form.cleaned_data["number"],
                by=request.user,
            )

        if atomically(form, action):
            messages.success(request, "La réorganisation est à l’ordre du jour.")
            return back(draft)
    step = Step(
        title="Inscrire à une séance",
        button="Inscrire à l’ordre du jour",
        consequences=("Le comité n’est pas encore saisi\u00a0: le texte lui est soumis plus tard, une fois prêt.",),
    )
    return render_step(request, draft, step, form)


@require_http_methods(["GET", "POST"])
def submit(request: SignedInRequest, code: str) -> HttpResponse:
    """Everything that is missing is told before the session is asked for."""
    draft = begin(request, code)
    offer = offered(request, draft, "submit")
    if offer is None:
        return back(draft)
    item = draft.to_examine[-1] if draft.to_examine else None
    form = SubmitForm(
        request.POST or None,
        **sessions_for(draft),
        initial={"session": item.session.uid, "kind": item.kind, "number": item.number} if item else {},
    )
    if request.method == "POST" and form.is_valid():

        def action() -> None:
            actions.submit(
                reorganisation=draft.reorganisation,
                session=session_of(request, form),
                kind=form.cleaned_data["kind"],
                number=form.cleaned_data["number"],
                by=request.user,
            )

        if atomically(form, action):
            messages.success(request, "Le texte est scellé et soumis au comité.")
            return back(draft)
    step = Step(
        title="Soumettre au comité",
        button="Sceller le texte et le soumettre",
        consequences=(
            "Le texte tel qu’il est maintenant sera scellé avec son empreinte\u00a0: les membres du comité le liront.",
            "Le projet reste modifiable. Ce qui s’en écarte ensuite sera montré, et scellé à part si vous le décidez.",
            *(
                ("Inscrit à une séance postérieure à celle que vous choisissez, il en quitte l’ordre du jour.",)
                if item
                else ()
            ),
        ),
        missing=tuple(reason for need in TO_SUBMIT if need != ON_AN_AGENDA and (reason := need.missing(draft))),
        lacking=lacking(draft),
    )
    return render_step(request, draft, step, form)


@require_http_methods(["GET", "POST"])
def amend_text(request: SignedInRequest, code: str) -> HttpResponse:
    draft = begin(request, code)
    if draft.reorganisation.status not in (Status.SUBMITTED, Status.POSTPONED):
        say_too_late(request, draft)
        return back(draft)
    form = AmendForm(request.POST or None)
    if (
        request.method == "POST"
        and form.is_valid()
        and done(
            form,
            lambda: actions.amend_text(
                reorganisation=draft.reorganisation,
                origin=form.cleaned_data["origin"],
                dated_on=form.cleaned_data["dated_on"],
                by=request.user,
            ),
        )
    ):
        messages.success(request, "La version modifiée est scellée.")
        return back(draft)
    found = draft.text_difference
    words = difference_words(draft, found) if found is not None and draft.differs_from_sealed else ()
    step = Step(
        title="Sceller une version modifiée",
        button="Sceller la version modifiée",
        consequences=(
            "Le texte soumis reste tel quel. Le projet actuel est scellé à côté, et le vote dira quel texte.",
        ),
        missing=tuple(reason for need in TO_SUBMIT if (reason := need.missing(draft)))
        if words
        else ("Le projet ne diffère pas du dernier texte scellé.",),
    )
    return render_step(
        request, draft, step, form, listing=words, listing_title="Ce qui diffère du dernier texte scellé"
    )


@require_http_methods(["GET", "POST"])
def postpone(request: SignedInRequest, code: str) -> HttpResponse:
    draft = begin(request, code)
    if offered(request, draft, "postpone") is None:
        return back(draft)
    form = PostponeForm(request.POST or None, **sessions_for(draft, new=True))
    if request.method == "POST" and form.is_valid():

        def action() -> None:
            actions.postpone(
                reorganisation=draft.reorganisation,
                session=session_of(request, form),
                reason=form.cleaned_data["reason"],
                by=request.user,
            )

        if atomically(form, action):
            messages.success(request, "L’examen est reporté.")
            return back(draft)
    step = Step(
        title="Reporter l’examen",
        button="Reporter l’examen",
        consequences=("La séance n’a pas rendu d’avis. Le texte soumis reste scellé, une autre séance l’examinera.",),
    )
    return render_step(request, draft, step, form)


@require_http_methods(["GET", "POST"])
def present_again(request: SignedInRequest, code: str) -> HttpResponse:
    draft = begin(request, code)
    if offered(request, draft, "present_again") is None:
        return back(draft)
    if draft.reorganisation.status == Status.OPINION_GIVEN:
        return examine_anew(request, draft)
    item = draft.to_examine[-1] if draft.to_examine else None
    known = sessions_for(draft, new=True)
    if item:
        known["sessions"] = [item.session, *known["sessions"]]
    form = SessionForm(request.POST or None, **known, initial={"session": item.session.uid} if item else {})
    if request.method == "POST" and form.is_valid():

        def action() -> None:
            actions.present_again(
                reorganisation=draft.reorganisation, session=session_of(request, form), by=request.user
            )

        if atomically(form, action):
            messages.success(request, "La réorganisation est présentée à cette séance.")
            return back(draft)
    step = Step(
        title="Présenter à une autre séance",
        button="Présenter à cette séance",
        consequences=("Les textes scellés et les avis déjà rendus restent. Un nouvel avis sera enregistré.",),
    )
    return render_step(request, draft, step, form)


def examine_anew(request: SignedInRequest, draft: FollowUp) -> HttpResponse:
    """After an opinion: once only, in its window or for a reason."""
    opinion = last_opinion(draft.reorganisation)
    assert opinion is not None  # noqa: S101  (no other way leads to this status)
    rules = rules_on(opinion.agenda_item.session.held_on)
    known = sessions_for(draft, after=opinion.agenda_item.session.held_on)
    offered_too = {each.uid for each in known["sessions"]}
    inscribed = next((item.session.uid for item in draft.agenda_items if item.session.uid in offered_too), "")
    form = NewExaminationForm(
        request.POST or None,
        **known,
        initial={"needed": as_typed(opinion.deliberation_needed), "session": inscribed},
    )
    if request.method == "POST" and form.is_valid():

        def action() -> None:
            needed = form.cleaned_data["needed"]
            if needed != opinion.deliberation_needed:
                actions.say_deliberation_needed(opinion=opinion, needed=needed, by=request.user)
            actions.present_again(
                reorganisation=draft.reorganisation,
                session=session_of(request, form),
                confirmation=form.cleaned_data["confirmation"],
                by=request.user,
            )

        def confirmed() -> None:
            """The refusal that a reason answers is told where the reason is typed."""
            try:
                transaction.atomic(action)()
            except OutsideTheWindow as refusal:
                form.add_error("confirmation", str(refusal))

        if done(form, confirmed) and not form.errors:
            messages.success(request, "La réorganisation est présentée à un nouvel examen.")
            return back(draft)
    return render_step(request, draft, examination_step(opinion, rules), form)


def examination_step(opinion: Opinion, rules: CommitteeRules | None) -> Step:
    title, button = "Présenter à un nouvel examen", "Présenter à cette séance"
    try:
        actions.check_first(opinion)
    except actions.ThirdExamination as refusal:
        return Step(title, button, missing=(str(refusal),))
    said = []
    if rules is not None:
        first, last = examination_window(opinion.agenda_item.session.held_on, rule_values(rules))
        said.append(
            f"Le nouvel examen a lieu du {date(first)} au {date(last)}, une seule fois, et vaut quel que soit le "
            f"nombre de présents ({rules.new_examination_source or rules.legal_source})."
        )
    said.append("Les textes scellés et l’avis déjà rendu restent. Le projet peut être modifié et scellé de nouveau.")
    if remark := actions.not_called_for(opinion):
        said.append(remark)
    return Step(title, button, tuple(said))


@require_http_methods(["GET", "POST"])
def send_back(request: SignedInRequest, code: str) -> HttpResponse:
    draft = begin(request, code)
    consequences = ["Le projet se modifie de nouveau. Il devra être soumis une nouvelle fois au comité."]
    consequences.append("Les textes scellés et les avis rendus restent tels quels.")
    if draft.decision:
        signed = f"{draft.decision} du {date(draft.decision.dated_on)}"
        consequences.append(f"La décision ({signed}) est écartée, avec ses étapes et ses adaptations.")
    step = Step("Renvoyer en projet", "Renvoyer en projet", tuple(consequences), danger=True)
    return for_a_reason(request, draft, step, actions.send_back, "La réorganisation est de nouveau en projet.")


@require_http_methods(["GET", "POST"])
def withdraw(request: SignedInRequest, code: str) -> HttpResponse:
    draft = begin(request, code)
    step = Step(
        title="Retirer la réorganisation",
        button="Retirer la réorganisation",
        consequences=(
            "Elle ne pourra plus être soumise, décidée ni mise en vigueur. Ce qui est enregistré reste lisible.",
            "L’organigramme en vigueur ne change pas.",
        ),
        danger=True,
    )
    return for_a_reason(request, draft, step, actions.withdraw, "La réorganisation est retirée.")


def for_a_reason(
    request: SignedInRequest, draft: FollowUp, step: Step, action: Callable[..., None], said: str
) -> HttpResponse:
    """A transition of which only the reason is asked. `said`: once it is made."""
    if offered(request, draft, action.__name__) is None:
        return back(draft)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        if done(form, lambda: action(reorganisation=draft.reorganisation, reason=reason, by=request.user)):
            messages.success(request, said)
            return back(draft)
    return render_step(request, draft, step, form)


class Known(TypedDict):
    """What a form about sessions is given."""

    sessions: Sequence[Session]
    committees: Sequence[Committee]


def lacking(draft: FollowUp) -> tuple[str, ...]:
    """What the dossier lacks, but for what this very page asks; its own page looks for names too."""
    file = committee_file(draft.text, deadlined=False)
    found = lacks(draft, file.dossier, facts_of(draft.text), narrative_of(draft.text), people=False)
    return tuple(lack.message for lack in found if lack.mend is not Mend.AGENDA)


def sessions_for(draft: FollowUp, *, new: bool = False, after: datetime.date | None = None) -> Known:
    """The sessions that may be chosen, the latest first. `new`: those it was not put to yet; `after`: later ones."""
    used = [item.session_id for item in draft.agenda_items if new or hasattr(item, "opinion")]
    sessions = Session.objects.select_related("committee").exclude(pk__in=used)
    if after is not None:
        sessions = sessions.filter(held_on__gt=after)
    return {"sessions": list(sessions.order_by("-held_on", "pk")), "committees": list(Committee.objects.all())}


def session_of(request: SignedInRequest, form: SessionForm) -> Session | None:
    """The session chosen, planned first when it is a new one. Raises SessionExists."""
    if form.planned is None:
        return form.chosen
    committee, held_on = form.planned
    return actions.plan_session(committee=committee, held_on=held_on, by=request.user)


def atomically(form: SessionForm, action: Callable[[], object]) -> bool:
    """A session planned for a step that is refused is not kept."""
    return done(form, transaction.atomic(action))
