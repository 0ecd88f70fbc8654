"""Sessions and what their colleges said, as the tables of the page."""

from collections.abc import Iterable
from typing import NamedTuple

from django.urls import reverse

from accounts.models import User
from orgchart.french import count, date, upper_first

from ..models import AgendaItem, College, CollegeOpinion, CommitteeRules, Opinion, Outcome, Vote
from ..permissions import can_manage_committees, can_run_workflow
from ..queries.follow_up import FollowUp
from ..queries.records import opinion_warnings, rules_of, session_warnings

COLUMNS = (
    ("in_favour", "Pour"),
    ("against", "Contre"),
    ("abstentions", "Abstentions"),
    ("not_taking_part", "Ne prend pas part au vote"),
    ("absent", "Absents"),
)
NEEDED = {
    True: "Une délibération est nécessaire.",
    False: "Aucune délibération n’est nécessaire.",
    None: "Délibération nécessaire ou non\u00a0: non renseigné.",
}
MARKS = {
    Outcome.FAVOURABLE: "created",
    Outcome.UNFAVOURABLE: "closed",
    Outcome.DEEMED_GIVEN: "transformed",
    Outcome.UNKNOWN: "planned",
}


class SessionLine(NamedTuple):
    """One point of an agenda. `state` is what the session gave; `url` its page, for those who manage it."""

    label: str
    kind: str
    state: str
    warnings: tuple[str, ...]
    source: str
    url: str


class VoteLine(NamedTuple):
    """`numbers` in the order of the columns, with their names; `cast_by`: titulaires, suppléants, délégation."""

    label: str
    numbers: tuple[tuple[str, int], ...]
    explanation: str
    cast_by: str


class CollegeLine(NamedTuple):
    label: str
    outcome: str
    mark: str
    unanimous: bool
    doubt: str
    qualification: str
    votes: tuple[VoteLine, ...]
    total: VoteLine | None


class OpinionLine(NamedTuple):
    title: str
    text: str
    text_url: str
    colleges: tuple[CollegeLine, ...]
    remarks: str
    warnings: tuple[str, ...]
    source: str
    fictitious: bool
    deliberation: str
    deliberation_url: str
    new_examination: str


def session_line(item: AgendaItem, user: User, rules: Iterable[CommitteeRules]) -> SessionLine:
    session = item.session
    applied = rules_of(session, rules)
    manages = can_manage_committees(user)
    anew = item.new_examination_of_id is not None
    warnings = session_warnings(session, applied, any_number=anew) if manages else ()
    return SessionLine(
        label=f"{session.committee.label} du {date(session.held_on)}",
        kind=item.get_kind_display().lower(),
        state="avis rendu" if hasattr(item, "opinion") else "",
        warnings=warnings,
        source=applied.legal_source if applied and warnings else "",
        url=reverse("reorganisations:session", args=[session.uid]) if manages else "",
    )


def opinion_line(draft: FollowUp, opinion: Opinion, user: User, rules: Iterable[CommitteeRules]) -> OpinionLine:
    item = next(each for each in draft.agenda_items if each.pk == opinion.agenda_item_id)
    text = next(each for each in draft.sealed_texts if each.pk == opinion.sealed_text_id)
    applied = rules_of(item.session, rules)
    warnings = opinion_warnings(
        opinion.colleges.all(),
        applied,
        deliberation_needed=opinion.deliberation_needed,
        second=item.new_examination_of_id is not None,
    )
    address = reverse("reorganisations:report", args=[draft.reorganisation.code])
    return OpinionLine(
        title=f"Avis de la séance du {date(item.session.held_on)}",
        text=f"{text.get_kind_display().lower()} n°\u00a0{text.number}",
        text_url=f"{address}?texte={text.number}",
        colleges=tuple(college_line(each, opinion.votes.all()) for each in opinion.colleges.all()),
        remarks=opinion.remarks,
        warnings=warnings,
        source=(applied.new_examination_source or applied.legal_source) if applied and warnings else "",
        fictitious=opinion.fictitious,
        deliberation=NEEDED[opinion.deliberation_needed],
        deliberation_url=reverse("reorganisations:say_deliberation", args=[draft.reorganisation.code, opinion.uid])
        if can_run_workflow(user)
        else "",
        new_examination=new_examination(item),
    )


def new_examination(item: AgendaItem) -> str:
    """« Nouvel examen », and why on that day when it is outside the legal ones."""
    if item.new_examination_of_id is None:
        return ""
    outside = f" Hors délai, confirmé\u00a0: {item.window_confirmation}" if item.window_confirmation else ""
    return f"Nouvel examen, valable quel que soit le nombre de présents.{outside}"


def college_line(said: CollegeOpinion, votes: Iterable[Vote]) -> CollegeLine:
    cast = [vote for vote in votes if vote.college == said.college]
    total = VoteLine(
        "Ensemble", tuple((label, sum(getattr(vote, name) for vote in cast)) for name, label in COLUMNS), "", ""
    )
    return CollegeLine(
        label=College(said.college).label,
        outcome=Outcome(said.outcome).label,
        mark=MARKS[Outcome(said.outcome)],
        unanimous=said.unanimous,
        doubt=said.doubt if not said.qualification else "",
        qualification=said.qualification,
        votes=tuple(vote_line(vote) for vote in cast),
        total=total if len(cast) > 1 else None,
    )


def vote_line(vote: Vote) -> VoteLine:
    ways = ((vote.full, "titulaire"), (vote.substitutes, "suppléant"), (vote.delegations, "délégation"))
    cast_by = ", ".join(count(number, word) for number, word in ways if number)
    return VoteLine(
        label=upper_first(vote.union) or "Ensemble du collège",
        numbers=tuple((label, getattr(vote, name)) for name, label in COLUMNS),
        explanation=vote.explanation,
        cast_by=cast_by,
    )
