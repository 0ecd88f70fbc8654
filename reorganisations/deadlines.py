"""The committee's calendar: what the rules of a session's date ask, by when, and where it stands on a given day.

Plain values in, plain values out: no database, no clock. The application warns, it never decides legality.
"""

import calendar
import datetime
from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple, cast

from orgchart import french

DAY = datetime.timedelta(days=1)


class Rules(NamedTuple):
    """Durations in days, `follow_up_months` in months. `…_source`: the article; empty, `legal_source` as a whole."""

    legal_source: str
    convocation_days: int
    urgent_convocation_days: int
    documents_days: int
    quorum_percent: int
    new_convocation_days: int
    new_examination_after_days: int
    new_examination_before_days: int
    minutes_days: int
    follow_up_months: int
    delegations_per_member: int | None = None
    convocation_source: str = ""
    documents_source: str = ""
    quorum_source: str = ""
    new_examination_source: str = ""
    minutes_source: str = ""
    follow_up_source: str = ""


class Refusal(NamedTuple):
    """A point on which the staff was unanimously unfavourable. `deliberation_needed`: HR's word, None is not known.

    `examined_anew_on`: the session that examines, or examined, it a second time. `given_up`: withdrawn, or a draft
    again: nothing is left to examine.
    """

    subject: str
    deliberation_needed: bool | None = None
    examined_anew_on: datetime.date | None = None
    given_up: bool = False


class Known(NamedTuple):
    """What is known of a session. None is not known.

    `without_quorum`: counted at the opening, a college that votes was not there in number; `reconvened_on`: the day of
    the session that takes its place, `reconvened_by_letter_on` when that one was convoked. `in_place_of`: the day of
    the session without quorum that this one replaces, `in_place_of_documents_on` when its documents were sent.
    `next_session_on`: the next session of the committee, of those planned. `refusals`: the points that a new
    examination may follow.
    """

    held_on: datetime.date
    convoked_on: datetime.date | None = None
    urgent: bool = False
    documents_sent_on: datetime.date | None = None
    without_quorum: bool = False
    reconvened_on: datetime.date | None = None
    reconvened_by_letter_on: datetime.date | None = None
    after_failed_quorum: bool = False
    in_place_of: datetime.date | None = None
    in_place_of_documents_on: datetime.date | None = None
    minutes_signed_on: datetime.date | None = None
    minutes_approved_on: datetime.date | None = None
    members_informed_on: datetime.date | None = None
    next_session_on: datetime.date | None = None
    refusals: tuple[Refusal, ...] = ()


class Kind(StrEnum):
    CONVOCATION = "convocation"
    DOCUMENTS = "documents"
    NEW_CONVOCATION = "nouvelle-convocation"
    NEW_EXAMINATION = "nouvel-examen"
    MINUTES = "proces-verbal"
    APPROVAL = "approbation"
    FOLLOW_UP = "suites"


class State(StrEnum):
    """`UNKNOWN`: it can no longer be done and nothing says whether it was."""

    DONE = "fait"
    DUE = "a-faire"
    LATE = "en-retard"
    UNKNOWN = "non-renseigne"
    NOT_CONCERNED = "sans-objet"

    @property
    def open(self) -> bool:
        return self in (State.DUE, State.LATE)


class Deadline(NamedTuple):
    """`last`: the last day to do it, None when it hangs on a day that is not known; `first`: not before that day.

    `late_by`: days between `last` and the day it was done, or today; negative, days before `first`. 0 is in time.
    """

    kind: Kind
    label: str
    first: datetime.date | None
    last: datetime.date | None
    done_on: datetime.date | None
    state: State
    words: str
    source: str
    late_by: int = 0


def months_after(day: datetime.date, months: int) -> datetime.date:
    """The same day so many months later, or the last of the month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return datetime.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def examination_window(held_on: datetime.date, rules: Rules) -> tuple[datetime.date, datetime.date]:
    """The first and the last day of a new examination of what that session refused unanimously."""
    return held_on + rules.new_examination_after_days * DAY, held_on + rules.new_examination_before_days * DAY


def outside(day: datetime.date, first: datetime.date, last: datetime.date) -> int:
    """Days too late, or too early (negative). 0 is between the two, both included."""
    return max((day - last).days, 0) or min((day - first).days, 0)


def deadlines(known: Known, rules: Rules, today: datetime.date) -> tuple[Deadline, ...]:
    """Every deadline of the session, in the order of the procedure."""
    return (
        _convocation(known, rules, today),
        _documents(known, rules, today),
        *_new_convocation(known, rules, today),
        *(_new_examination(refusal, known, rules, today) for refusal in known.refusals),
        _minutes(known, rules, today),
        _approval(known, rules, today),
        _follow_up(known, rules, today),
    )


def _convocation(known: Known, rules: Rules, today: datetime.date) -> Deadline:
    days = rules.urgent_convocation_days if known.urgent else rules.convocation_days
    label = "Convocation en urgence" if known.urgent else "Convocation"
    source = rules.convocation_source or rules.legal_source
    if known.after_failed_quorum:
        of = f" du {french.date(known.in_place_of)}" if known.in_place_of else ""
        words = f"Nouvelle convocation faute de quorum\u00a0: son délai court depuis la séance{of}."
        return _not_concerned(Kind.CONVOCATION, label, words, rules.quorum_source or rules.legal_source)
    last = known.held_on - days * DAY
    return _before_the_session(Kind.CONVOCATION, label, last, known.convoked_on, known, today, source)


def _documents(known: Known, rules: Rules, today: datetime.date) -> Deadline:
    label, source = "Envoi des documents", rules.documents_source or rules.legal_source
    if known.in_place_of and known.documents_sent_on is None:
        sent = known.in_place_of_documents_on
        words = f"Même ordre du jour que la séance du {french.date(known.in_place_of)}"
        words += f", documents envoyés le {french.date(sent)}." if sent else "."
        return _not_concerned(Kind.DOCUMENTS, label, words, source)
    last = known.held_on - rules.documents_days * DAY
    return _before_the_session(
        Kind.DOCUMENTS, label, last, known.documents_sent_on, known, today, source, said=("envoyés", "à envoyer")
    )


def _new_convocation(known: Known, rules: Rules, today: datetime.date) -> Iterator[Deadline]:
    """Only where the quorum failed at the opening."""
    if not known.without_quorum:
        return
    kind, label, source = Kind.NEW_CONVOCATION, "Nouvelle convocation", rules.quorum_source or rules.legal_source
    last = known.held_on + rules.new_convocation_days * DAY
    done_on = known.reconvened_by_letter_on
    if done_on is None and known.reconvened_on is not None:
        words = f"Séance du {french.date(known.reconvened_on)}\u00a0: date d’envoi de la convocation non renseignée."
        state = State.UNKNOWN if known.reconvened_on <= today else State.LATE if today > last else State.DUE
        yield Deadline(kind, label, None, last, None, state, words, source, _late(state, last, today))
        return
    yield _deadline(kind, label, last, done_on, today, source, ("envoyée", "à envoyer"))


def _new_examination(refusal: Refusal, known: Known, rules: Rules, today: datetime.date) -> Deadline:
    first, last = examination_window(known.held_on, rules)
    kind, label = Kind.NEW_EXAMINATION, f"Nouvel examen\u00a0: {refusal.subject}"
    source = rules.new_examination_source or rules.legal_source
    anew = refusal.examined_anew_on
    if anew is None and refusal.given_up:
        return _not_concerned(kind, label, "Le projet soumis n’a pas été maintenu.", source)
    if anew is None and refusal.deliberation_needed is False:
        words = "Avis défavorable unanime, mais aucune délibération n’est nécessaire."
        return _not_concerned(kind, label, words, source)
    if anew is not None:
        gap = outside(anew, first, last)
        tense = "Prévu" if anew > today else "Tenu"
        state = State.DUE if anew > today else State.DONE
        words = f"{tense} le {french.date(anew)}{_amiss(gap)}."
        return Deadline(kind, label, first, last, anew, state, words, source, gap)
    asked = "" if refusal.deliberation_needed else " Dites si une délibération est nécessaire."
    state = State.LATE if today > last else State.DUE
    words = f"À tenir du {french.date(first)} au {french.date(last)}.{asked}"
    return Deadline(kind, label, first, last, None, state, words, source, _late(state, last, today))


def _minutes(known: Known, rules: Rules, today: datetime.date) -> Deadline:
    last = known.held_on + rules.minutes_days * DAY
    source = rules.minutes_source or rules.legal_source
    label = "Procès-verbal signé et transmis"
    if known.without_quorum:
        return _not_concerned(Kind.MINUTES, label, "La séance n’a pas siégé, faute de quorum.", source)
    said = ("signé", "à signer")
    return _after_the_session(Kind.MINUTES, label, last, known.minutes_signed_on, known, today, source, said)


def _approval(known: Known, rules: Rules, today: datetime.date) -> Deadline:
    kind, label = Kind.APPROVAL, "Approbation du procès-verbal"
    source = rules.minutes_source or rules.legal_source
    if known.without_quorum:
        return _not_concerned(kind, label, "La séance n’a pas siégé, faute de quorum.", source)
    last, done_on = known.next_session_on, known.minutes_approved_on
    if last is None and done_on is None:
        state = State.DUE if known.held_on <= today else State.NOT_CONCERNED
        return Deadline(kind, label, None, None, None, state, "À approuver à la prochaine séance, non prévue.", source)
    said = ("approuvé", "à approuver à la séance suivante")
    if last is None:
        words = f"Approuvé le {french.date(cast('datetime.date', done_on))}."
        return Deadline(kind, label, None, None, done_on, State.DONE, words, source)
    return _after_the_session(kind, label, last, done_on, known, today, source, said)


def _follow_up(known: Known, rules: Rules, today: datetime.date) -> Deadline:
    kind, label = Kind.FOLLOW_UP, "Information des membres sur les suites"
    source = rules.follow_up_source or rules.legal_source
    if known.without_quorum:
        return _not_concerned(kind, label, "La séance n’a pas siégé, faute de quorum.", source)
    last = months_after(known.held_on, rules.follow_up_months)
    said = ("informés", "à informer")
    return _after_the_session(kind, label, last, known.members_informed_on, known, today, source, said)


# How each is told


def _before_the_session(
    kind: Kind,
    label: str,
    last: datetime.date,
    done_on: datetime.date | None,
    known: Known,
    today: datetime.date,
    source: str,
    said: tuple[str, str] = ("envoyée", "à envoyer"),
) -> Deadline:
    """Once the session was held, what is not recorded is not known: it can no longer be done."""
    if done_on is None and known.held_on <= today:
        return Deadline(kind, label, None, last, None, State.UNKNOWN, "Date d’envoi non renseignée.", source)
    return _deadline(kind, label, last, done_on, today, source, said)


def _after_the_session(
    kind: Kind,
    label: str,
    last: datetime.date,
    done_on: datetime.date | None,
    known: Known,
    today: datetime.date,
    source: str,
    said: tuple[str, str],
) -> Deadline:
    """Nothing is due before the session is held; `last` is shown all the same."""
    found = _deadline(kind, label, last, done_on, today, source, said)
    if done_on is None and known.held_on > today:
        return found._replace(state=State.NOT_CONCERNED, words="La séance n’a pas encore eu lieu.", late_by=0)
    return found


def _deadline(
    kind: Kind,
    label: str,
    last: datetime.date,
    done_on: datetime.date | None,
    today: datetime.date,
    source: str,
    said: tuple[str, str],
) -> Deadline:
    """`said`: « envoyée », « à envoyer »."""
    done, to_do = said
    if done_on is not None:
        gap = max((done_on - last).days, 0)
        words = f"{french.upper_first(done)} le {french.date(done_on)}{_amiss(gap)}."
        return Deadline(kind, label, None, last, done_on, State.DONE, words, source, gap)
    state = State.LATE if today > last else State.DUE
    nothing = ", rien n’est renseigné" if state is State.LATE else ""
    words = f"{french.upper_first(to_do)} au plus tard le {french.date(last)}{nothing}."
    return Deadline(kind, label, None, last, None, state, words, source, _late(state, last, today))


def _not_concerned(kind: Kind, label: str, words: str, source: str) -> Deadline:
    return Deadline(kind, label, None, None, None, State.NOT_CONCERNED, words, source)


def _late(state: State, last: datetime.date, today: datetime.date) -> int:
    return (today - last).days if state is State.LATE else 0


def _amiss(gap: int) -> str:
    """« , 3 jours trop tard », « , 2 jours trop tôt », or nothing."""
    if not gap:
        return ""
    return f", {french.count(abs(gap), 'jour')} trop {'tard' if gap > 0 else 'tôt'}"
