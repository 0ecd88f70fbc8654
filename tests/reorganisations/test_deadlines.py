"""The committee's calendar, from plain values."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reorganisations.deadlines import (
    DAY,
    Kind,
    Known,
    Refusal,
    Rules,
    State,
    deadlines,
    examination_window,
    months_after,
    outside,
)

RULES = Rules(
    legal_source="Décret",
    convocation_days=15,
    urgent_convocation_days=8,
    documents_days=8,
    quorum_percent=50,
    new_convocation_days=8,
    new_examination_after_days=8,
    new_examination_before_days=30,
    minutes_days=15,
    follow_up_months=2,
    new_examination_source="Article sur le nouvel examen",
)
HELD_ON = datetime.date(2025, 3, 20)
BEFORE, AFTER = HELD_ON - 30 * DAY, HELD_ON + 100 * DAY


def found(kind: Kind, today: datetime.date = AFTER, **known: object):
    """The only deadline of that kind."""
    [each] = [each for each in deadlines(Known(HELD_ON, **known), RULES, today) if each.kind is kind]
    return each


def plain(words: str) -> str:
    """Dates hold together by non-breaking spaces."""
    return words.replace("\u00a0", " ")


def day(number: int) -> datetime.date:
    return HELD_ON + number * DAY


@pytest.mark.parametrize(
    ("kind", "known", "today", "state", "words"),
    [
        (Kind.CONVOCATION, {}, BEFORE, State.DUE, "À envoyer au plus tard le 5 mars 2025."),
        (
            Kind.CONVOCATION,
            {},
            day(-14),
            State.LATE,
            "À envoyer au plus tard le 5 mars 2025, rien n’est renseigné.",
        ),
        (Kind.CONVOCATION, {}, HELD_ON, State.UNKNOWN, "Date d’envoi non renseignée."),
        (Kind.CONVOCATION, {"convoked_on": day(-15)}, AFTER, State.DONE, "Envoyée le 5 mars 2025."),
        (
            Kind.CONVOCATION,
            {"convoked_on": day(-12)},
            AFTER,
            State.DONE,
            "Envoyée le 8 mars 2025, 3 jours trop tard.",
        ),
        (Kind.CONVOCATION, {"convoked_on": day(-8), "urgent": True}, AFTER, State.DONE, "Envoyée le 12 mars 2025."),
        (
            Kind.CONVOCATION,
            {"after_failed_quorum": True},
            BEFORE,
            State.NOT_CONCERNED,
            "Nouvelle convocation faute de quorum\u00a0: son délai court depuis la séance.",
        ),
        (
            Kind.DOCUMENTS,
            {"documents_sent_on": day(-7)},
            AFTER,
            State.DONE,
            "Envoyés le 13 mars 2025, 1 jour trop tard.",
        ),
        (
            Kind.DOCUMENTS,
            {"in_place_of": day(-9), "in_place_of_documents_on": day(-20)},
            AFTER,
            State.NOT_CONCERNED,
            "Même ordre du jour que la séance du 11 mars 2025, documents envoyés le 28 février 2025.",
        ),
        (
            Kind.DOCUMENTS,
            {"in_place_of": day(-9)},
            AFTER,
            State.NOT_CONCERNED,
            "Même ordre du jour que la séance du 11 mars 2025.",
        ),
        (
            Kind.NEW_CONVOCATION,
            {"without_quorum": True},
            HELD_ON,
            State.DUE,
            "À envoyer au plus tard le 28 mars 2025.",
        ),
        (
            Kind.NEW_CONVOCATION,
            {"without_quorum": True, "reconvened_on": day(12)},
            day(2),
            State.DUE,
            "Séance du 1er avril 2025\u00a0: date d’envoi de la convocation non renseignée.",
        ),
        (
            Kind.NEW_CONVOCATION,
            {"without_quorum": True, "reconvened_on": day(12)},
            AFTER,
            State.UNKNOWN,
            "Séance du 1er avril 2025\u00a0: date d’envoi de la convocation non renseignée.",
        ),
        (
            Kind.NEW_CONVOCATION,
            {"without_quorum": True, "reconvened_on": day(20), "reconvened_by_letter_on": day(10)},
            AFTER,
            State.DONE,
            "Envoyée le 30 mars 2025, 2 jours trop tard.",
        ),
        (Kind.MINUTES, {}, BEFORE, State.NOT_CONCERNED, "La séance n’a pas encore eu lieu."),
        (Kind.MINUTES, {}, HELD_ON, State.DUE, "À signer au plus tard le 4 avril 2025."),
        (Kind.MINUTES, {"minutes_signed_on": day(15)}, AFTER, State.DONE, "Signé le 4 avril 2025."),
        (
            Kind.MINUTES,
            {"without_quorum": True},
            AFTER,
            State.NOT_CONCERNED,
            "La séance n’a pas siégé, faute de quorum.",
        ),
        (Kind.APPROVAL, {}, BEFORE, State.NOT_CONCERNED, "À approuver à la prochaine séance, non prévue."),
        (Kind.APPROVAL, {}, AFTER, State.DUE, "À approuver à la prochaine séance, non prévue."),
        (
            Kind.APPROVAL,
            {"next_session_on": day(60)},
            AFTER,
            State.LATE,
            "À approuver à la séance suivante au plus tard le 19 mai 2025, rien n’est renseigné.",
        ),
        (Kind.APPROVAL, {"minutes_approved_on": day(60)}, AFTER, State.DONE, "Approuvé le 19 mai 2025."),
        (
            Kind.APPROVAL,
            {"without_quorum": True},
            AFTER,
            State.NOT_CONCERNED,
            "La séance n’a pas siégé, faute de quorum.",
        ),
        (
            Kind.FOLLOW_UP,
            {"members_informed_on": datetime.date(2025, 5, 21)},
            AFTER,
            State.DONE,
            "Informés le 21 mai 2025, 1 jour trop tard.",
        ),
        (
            Kind.FOLLOW_UP,
            {"without_quorum": True},
            AFTER,
            State.NOT_CONCERNED,
            "La séance n’a pas siégé, faute de quorum.",
        ),
    ],
)
def test_each_deadline_says_where_it_stands(kind, known, today, state, words):
    each = found(kind, today, **known)
    assert (each.state, plain(each.words)) == (state, plain(words))


@pytest.mark.parametrize(
    ("refusal", "today", "state", "words", "late_by"),
    [
        (
            Refusal("Essai", True),
            day(1),
            State.DUE,
            "À tenir du 28 mars 2025 au 19 avril 2025.",
            0,
        ),
        (
            Refusal("Essai"),
            day(31),
            State.LATE,
            "À tenir du 28 mars 2025 au 19 avril 2025. Dites si une délibération est nécessaire.",
            1,
        ),
        (Refusal("Essai", True, day(8)), AFTER, State.DONE, "Tenu le 28 mars 2025.", 0),
        (Refusal("Essai", True, day(30)), day(9), State.DUE, "Prévu le 19 avril 2025.", 0),
        (Refusal("Essai", True, day(6)), AFTER, State.DONE, "Tenu le 26 mars 2025, 2 jours trop tôt.", -2),
        (Refusal("Essai", True, day(33)), AFTER, State.DONE, "Tenu le 22 avril 2025, 3 jours trop tard.", 3),
        (
            Refusal("Essai", False),
            AFTER,
            State.NOT_CONCERNED,
            "Avis défavorable unanime, mais aucune délibération n’est nécessaire.",
            0,
        ),
        (Refusal("Essai", given_up=True), AFTER, State.NOT_CONCERNED, "Le projet soumis n’a pas été maintenu.", 0),
    ],
)
def test_a_new_examination_has_its_window(refusal, today, state, words, late_by):
    each = found(Kind.NEW_EXAMINATION, today, refusals=(refusal,))
    assert (each.state, plain(each.words), each.late_by) == (state, words, late_by)
    assert (each.label, each.source) == ("Nouvel examen\u00a0: Essai", "Article sur le nouvel examen")


def test_months_after_stays_within_the_month():
    assert months_after(datetime.date(2021, 12, 31), 2) == datetime.date(2022, 2, 28)


# Properties

days = st.dates(datetime.date(2019, 1, 1), datetime.date(2030, 1, 1))
perhaps = st.none() | days
refusals = st.builds(
    Refusal,
    subject=st.just("Essai"),
    deliberation_needed=st.sampled_from([None, True, False]),
    examined_anew_on=perhaps,
    given_up=st.booleans(),
)
sessions = st.builds(
    Known,
    held_on=days,
    convoked_on=perhaps,
    urgent=st.booleans(),
    documents_sent_on=perhaps,
    without_quorum=st.booleans(),
    reconvened_on=perhaps,
    reconvened_by_letter_on=perhaps,
    after_failed_quorum=st.booleans(),
    in_place_of=perhaps,
    in_place_of_documents_on=perhaps,
    minutes_signed_on=perhaps,
    minutes_approved_on=perhaps,
    members_informed_on=perhaps,
    next_session_on=perhaps,
    refusals=st.lists(refusals, max_size=3).map(tuple),
)


@given(sessions, days)
def test_what_is_late_is_past_its_day_and_what_is_due_is_not(known, today):
    for each in deadlines(known, RULES, today):
        if each.state is State.LATE:
            assert each.last < today
            assert each.late_by == (today - each.last).days
        if each.state is State.DUE and each.last and each.done_on is None:
            assert today <= each.last


@given(sessions, days)
def test_what_was_done_stays_done_and_says_how_late(known, today):
    for each in deadlines(known, RULES, today):
        if each.state is State.DONE and each.last:
            assert ("trop tard" in each.words) == (each.done_on > each.last)
            if each.done_on > each.last:
                assert each.late_by == (each.done_on - each.last).days
        assert each.words.endswith(".")
        assert each.source


@given(sessions, days, days)
def test_time_passing_never_brings_back_what_is_due_once_it_is_late(known, one, other):
    earlier, later = sorted((one, other))
    before, after = deadlines(known, RULES, earlier), deadlines(known, RULES, later)
    assert [(each.kind, each.label) for each in before] == [(each.kind, each.label) for each in after]
    for old, new in zip(before, after, strict=True):
        if old.state is State.LATE:
            assert new.state is not State.DUE


@given(days, st.integers(-60, 60))
def test_the_window_is_8_to_30_days_both_included(held_on, gap):
    first, last = examination_window(held_on, RULES)
    amiss = outside(held_on + gap * DAY, first, last)
    assert (amiss == 0) == (8 <= gap <= 30)
    assert amiss == (gap - 30 if gap > 30 else gap - 8 if gap < 8 else 0)
