"""Deadlines of the sessions, read in a constant number of queries, and the rows that show them."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from orgchart import french

from ..deadlines import Deadline, Known, Refusal, Rules, State, deadlines
from ..models import AgendaItem, College, CommitteeRules, Outcome, Session, Status
from ..votes import Quorum
from .records import only_new_examinations, quorums, rules_of, without_quorum

# Nothing of a withdrawn or rewritten text is left to examine.
GIVEN_UP = (Status.DRAFT, Status.WITHDRAWN)
MARKS = {
    State.DONE: "created",
    State.DUE: "planned",
    State.LATE: "warning",
    State.UNKNOWN: "unchanged",
    State.NOT_CONCERNED: "unchanged",
}
WORDS = {
    State.DONE: "fait",
    State.DUE: "à faire",
    State.LATE: "en retard",
    State.UNKNOWN: "non renseigné",
    State.NOT_CONCERNED: "sans objet",
}


LATE_DONE = "fait hors délai"


class CalendarLine(NamedTuple):
    """A deadline as it is shown. `state`: its word; `mark`: how it is drawn. `when`: the last day or the window."""

    label: str
    when: str
    words: str
    state: str
    mark: str
    source: str
    deadline: Deadline


class SessionCalendar(NamedTuple):
    """The deadlines of one session; none when the reference data has no rules for its date."""

    session: Session
    url: str
    deadlines: tuple[Deadline, ...]
    rules: CommitteeRules | None = None
    any_number: bool = False

    @property
    def label(self) -> str:
        return f"{self.session.committee.label}, séance du {french.date(self.session.held_on)}"

    @property
    def lines(self) -> tuple[CalendarLine, ...]:
        return tuple(line(each) for each in self.deadlines)

    @property
    def quorums(self) -> tuple[str, ...]:
        """« Représentants du personnel : 3 présents sur 10, 5 nécessaires, quorum non atteint »."""
        if self.rules is None or self.session.after_failed_quorum:
            return ()
        return tuple(quorum_words(each) for each in quorums(self.session, self.rules))

    @property
    def reconvene_url(self) -> str:
        """Where to convoke it again, when it could not sit and is not yet."""
        failed = self.rules is not None and without_quorum(self.session, self.rules)
        if self.any_number or not failed or self.reconvened_as is not None:
            return ""
        return reverse("reorganisations:reconvene", args=[self.session.uid])

    @property
    def reconvened_as(self) -> Session | None:
        return getattr(self.session, "reconvened_as", None)

    @property
    def in_place_of(self) -> Session | None:
        return self.session.in_place_of

    @property
    def open_lines(self) -> tuple[CalendarLine, ...]:
        return tuple(line(each) for each in self.deadlines if each.state.open)


class OpenLine(NamedTuple):
    """One line of « Échéances »: a deadline still open and its session."""

    line: CalendarLine
    session: str
    url: str


def calendar_sessions() -> QuerySet[Session]:
    """With what their deadlines hang on."""
    return Session.objects.select_related("committee", "in_place_of", "reconvened_as")


def calendars(
    sessions: Iterable[Session],
    today: datetime.date | None = None,
    rules: Iterable[CommitteeRules] | None = None,
) -> tuple[SessionCalendar, ...]:
    """The sessions, as `calendar_sessions` reads them, in their order. Four queries besides, or three."""
    today = today or timezone.localdate()
    found = list(sessions)
    if not found:
        return ()
    sets = list(CommitteeRules.objects.all() if rules is None else rules)
    following = _following(found)
    refusals = _refusals(found)
    anew = _only_new_examinations(found)
    return tuple(
        calendar_of(
            each,
            sets,
            following=following.get(each.pk),
            refusals=refusals.get(each.pk, ()),
            any_number=each.pk in anew,
            today=today,
        )
        for each in found
    )


def calendar_of(
    session: Session,
    rules: Iterable[CommitteeRules],
    *,
    following: datetime.date | None,
    refusals: tuple[Refusal, ...],
    any_number: bool,
    today: datetime.date,
) -> SessionCalendar:
    """From what was read already. `following`: the day of the next session of the committee."""
    applied = rules_of(session, rules)
    asked = _deadlines(session, applied, following, refusals, any_number, today) if applied else ()
    url = reverse("reorganisations:session", args=[session.uid])
    return SessionCalendar(session, url, asked, applied, any_number)


def open_lines(found: Iterable[SessionCalendar]) -> tuple[OpenLine, ...]:
    """What is late first, the oldest before, then what is due by its day; what has no day yet comes last."""
    lines = [
        OpenLine(line(each), calendar.label, calendar.url)
        for calendar in found
        for each in calendar.deadlines
        if each.state.open
    ]
    return tuple(sorted(lines, key=_rank))


def quorum_words(found: Quorum) -> str:
    there = "présents non renseignés" if found.present is None else french.count(found.present, "présent")
    seats = "sièges non renseignés" if found.seats is None else french.count(found.seats, "siège")
    needed = "" if found.needed is None else f", {french.count(found.needed, 'nécessaire')}"
    end = {True: ", quorum atteint", False: ", quorum non atteint", None: ""}[found.reached]
    return f"{found.college.label}\u00a0: {there}, {seats}{needed}{end}"


def rule_values(rules: CommitteeRules) -> Rules:
    return Rules(**{name: getattr(rules, name) for name in Rules._fields})


def line(deadline: Deadline) -> CalendarLine:
    return CalendarLine(
        label=deadline.label,
        when=_when(deadline),
        words=deadline.words,
        state=LATE_DONE if deadline.late_by and deadline.state is State.DONE else WORDS[deadline.state],
        mark="warning" if deadline.late_by else MARKS[deadline.state],
        source=deadline.source,
        deadline=deadline,
    )


def _rank(each: OpenLine) -> tuple[bool, datetime.date]:
    last = each.line.deadline.last
    return (last is None, last or datetime.date.max)


def _when(deadline: Deadline) -> str:
    if deadline.last is None:
        return ""
    if deadline.first is not None:
        return f"du {french.date(deadline.first)} au {french.date(deadline.last)}"
    return french.date(deadline.last)


def _deadlines(
    session: Session,
    rules: CommitteeRules,
    following: datetime.date | None,
    refusals: tuple[Refusal, ...],
    any_number: bool,
    today: datetime.date,
) -> tuple[Deadline, ...]:
    instead = session.in_place_of
    after: Session | None = getattr(session, "reconvened_as", None)
    known = Known(
        held_on=session.held_on,
        convoked_on=session.convoked_on,
        urgent=session.urgent,
        documents_sent_on=session.documents_sent_on,
        without_quorum=not any_number and without_quorum(session, rules),
        reconvened_on=after.held_on if after else None,
        reconvened_by_letter_on=after.convoked_on if after else None,
        after_failed_quorum=session.after_failed_quorum,
        in_place_of=instead.held_on if instead else None,
        in_place_of_documents_on=instead.documents_sent_on if instead else None,
        minutes_signed_on=session.minutes_signed_on,
        minutes_approved_on=session.minutes_approved_on,
        members_informed_on=session.members_informed_on,
        next_session_on=following,
        refusals=refusals,
    )
    return deadlines(known, rule_values(rules), today)


def _following(sessions: Sequence[Session]) -> Mapping[int, datetime.date]:
    """Session → the day of the next one of its committee, of those known."""
    committees = {each.committee_id for each in sessions}
    days: dict[int, list[datetime.date]] = {}
    rows = Session.objects.filter(committee__in=committees).order_by("held_on").values_list("committee", "held_on")
    for committee, held_on in rows:
        days.setdefault(committee, []).append(held_on)
    return {
        each.pk: later
        for each in sessions
        if (later := next((day for day in days[each.committee_id] if day > each.held_on), None))
    }


def _only_new_examinations(sessions: Sequence[Session]) -> frozenset[int]:
    """The sessions that are valid whoever attends."""
    found: dict[int, list[AgendaItem]] = {}
    keys = [each.pk for each in sessions]
    items = AgendaItem.objects.filter(session__in=keys).only("session", "reorganisation", "new_examination_of")
    for item in items:
        found.setdefault(item.session_id, []).append(item)
    return frozenset(session for session, items in found.items() if only_new_examinations(items))


def _refusals(sessions: Sequence[Session]) -> Mapping[int, tuple[Refusal, ...]]:
    """Session → its points that a new examination may follow: refused unanimously by the staff, for the first time."""
    items = AgendaItem.objects.filter(
        session__in=[each.pk for each in sessions],
        new_examination_of__isnull=True,
        opinion__colleges__college=College.STAFF,
        opinion__colleges__outcome=Outcome.UNFAVOURABLE,
        opinion__colleges__unanimous=True,
    )
    found: dict[int, tuple[Refusal, ...]] = {}
    for item in items.select_related("reorganisation", "opinion", "examined_anew__session").order_by("number", "pk"):
        found[item.session_id] = (*found.get(item.session_id, ()), refusal_of(item))
    return found


def refusal_of(item: AgendaItem) -> Refusal:
    """Of a point that was refused: read with its reorganisation, its opinion and the session that examines it anew."""
    again: AgendaItem | None = getattr(item, "examined_anew", None)
    row = item.reorganisation
    return Refusal(
        subject=row.title if row else item.title,
        deliberation_needed=item.opinion.deliberation_needed,
        examined_anew_on=again.session.held_on if again else None,
        given_up=row is None or row.status in GIVEN_UP,
    )
