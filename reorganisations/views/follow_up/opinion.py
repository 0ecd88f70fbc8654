"""Recording the opinion: attendance at the opening, the votes of each delegation, the text voted."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.requests import SignedInRequest
from orgchart.french import date

from ... import actions
from ...forms.examining import DeliberationForm, as_typed
from ...forms.opinion import ATTENDANCE, PREFIX, BallotFormSet, OpinionForm, ballot_rows, blank_row, typed_rows
from ...models import AgendaItem, College, CommitteeRules, Session
from ...queries.follow_up import FollowUp
from ...queries.records import rules_of, rules_on, session_warnings
from ...votes import Ballot
from .steps import Step, back, begin, done, offered, render_step

TEMPLATE = "reorganisations/opinion_form.html"


@require_http_methods(["GET", "POST"])
def record_opinion(request: SignedInRequest, code: str) -> HttpResponse:
    draft = begin(request, code)
    if offered(request, draft, "record_opinion") is None:
        return back(draft)
    item = asked_item(draft, request.GET.get("seance", ""))
    if item is None:
        messages.error(request, "Aucune séance n’attend d’avis\u00a0: présentez la réorganisation à une séance.")
        return redirect("reorganisations:follow_up", code)
    session = item.session
    texts = draft.sealed_texts
    if request.method == "POST" and "more_votes" not in request.POST:
        form = OpinionForm(request.POST, texts=texts)
        rows = BallotFormSet(request.POST, prefix=PREFIX)
        if form.is_valid() and rows.is_valid():
            ballots = [ballot for row in rows if (ballot := row.ballot())]
            form.check_doubts(ballots, rules_on(session.held_on))
            if form.is_valid() and done(form, lambda: record(request, draft, session, form, ballots)):
                messages.success(request, f"L’avis de la séance du {date(session.held_on)} est enregistré.")
                return back(draft)
    elif request.method == "POST":
        form = OpinionForm(initial=request.POST.dict(), texts=texts)
        rows = ballot_rows([*typed_rows(request.POST), blank_row()])
    else:
        form = OpinionForm(initial=known(session) | {"text": str(texts[-1].number)}, texts=texts)
        rows = ballot_rows(delegations(session))
    return render_step(
        request,
        draft,
        step(draft, session),
        form,
        template=TEMPLATE,
        refused=(row for row in rows.forms) if rows.is_bound else (),
        rows=rows,
        session=session,
        other_sessions=other_sessions(draft, item),
        **warnings(item),
    )


@transaction.atomic
def record(
    request: SignedInRequest, draft: FollowUp, session: Session, form: OpinionForm, ballots: list[Ballot]
) -> None:
    """The attendance first: the warnings logged with the opinion count with it."""
    attended = form.attended(session)
    if attended:
        actions.record_session(session=session, by=request.user, **attended)
    actions.record_opinion(
        reorganisation=draft.reorganisation,
        session=session,
        ballots=ballots,
        qualifications=form.qualifications(),
        text=form.texts[form.cleaned_data["text"]],
        remarks=form.cleaned_data["remarks"],
        deliberation_needed=form.cleaned_data["deliberation_needed"],
        by=request.user,
    )


def asked_item(draft: FollowUp, uid: str) -> AgendaItem | None:
    """The point asked for, or the last one without an opinion."""
    waiting = draft.to_examine
    return next((item for item in waiting if item.session.uid == uid), waiting[-1] if waiting else None)


def other_sessions(draft: FollowUp, item: AgendaItem) -> list[tuple[str, str]]:
    address = reverse("reorganisations:record_opinion", args=[draft.reorganisation.code])
    return [
        (date(each.session.held_on), f"{address}?seance={each.session.uid}")
        for each in draft.to_examine
        if each.pk != item.pk
    ]


def known(session: Session) -> dict[str, Any]:
    return {name: getattr(session, name) for name in ATTENDANCE}


def delegations(session: Session) -> list[dict[str, Any]]:
    """One row for each union that sits in the committee; an empty one when none is known."""
    seats = session.committee.members.filter(college=College.STAFF).exclude(union="")
    unions = seats.order_by("union").values_list("union", flat=True).distinct()
    rows = [{"college": College.STAFF.value, "union": union} for union in unions]
    if session.employer_votes:
        rows.append({"college": College.EMPLOYER.value, "union": ""})
    return rows or [blank_row()]


def warnings(item: AgendaItem) -> dict[str, Any]:
    session = item.session
    rules = rules_of(session, CommitteeRules.objects.all())
    found = session_warnings(session, rules, any_number=item.new_examination_of_id is not None)
    return {"warnings": found, "rules": rules}


def step(draft: FollowUp, session: Session) -> Step:
    return Step(
        title=f"Enregistrer l’avis de la séance du {date(session.held_on)}",
        button="Enregistrer l’avis",
        consequences=(
            "L’avis est consultatif, quel qu’il soit. L’issue de chaque collège est comptée d’après les votes, à la "
            "majorité des présents.",
        ),
    )


@require_http_methods(["GET", "POST"])
def say_deliberation(request: SignedInRequest, code: str, uid: str) -> HttpResponse:
    """Whether a deliberation is needed, said or corrected after the opinion was recorded."""
    draft = begin(request, code)
    opinion = next((each for each in draft.opinions if each.uid == uid), None)
    if opinion is None:
        raise Http404("Cet avis n’existe pas.")
    form = DeliberationForm(request.POST or None, initial={"needed": as_typed(opinion.deliberation_needed)})
    if request.method == "POST" and form.is_valid():
        needed = form.cleaned_data["needed"]
        actions.say_deliberation_needed(opinion=opinion, needed=needed, by=request.user)
        messages.success(request, "C’est enregistré.")
        return back(draft)
    asked = Step(
        title="Dire si une délibération est nécessaire",
        button="Enregistrer",
        consequences=(
            "Après un avis défavorable unanime des représentants du personnel, un projet qui demande une délibération "
            "est examiné une seconde fois.",
        ),
    )
    return render_step(request, draft, asked, form)
