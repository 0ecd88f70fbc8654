"""Sealed texts, what differs from them, and the ways back."""

import datetime

import pytest
from msgspec.structs import replace

from missions.models.append_only import NeverRewritten
from reorganisations import actions
from reorganisations.exceptions import NeedsNotMet
from reorganisations.models import AgendaItem, SealedText, Status
from reorganisations.queries import draft
from reorganisations.sealing import Tampered, differences, unseal

from .conftest import CREATE_CELL, CREATE_POST


@pytest.fixture
def submitted(bring):
    return bring(Status.SUBMITTED)


def test_submitting_seals_what_the_draft_says(submitted):
    text = submitted.sealed_texts.get()
    content = unseal(text)
    found = draft(submitted)
    assert content == found.text
    assert (content.changes, content.before) == ((CREATE_POST,), found.before)
    assert (content.facts.committee, content.facts.session_on) == ("Comité technique", datetime.date(2021, 12, 1))
    assert (text.kind, text.number, found.differs_from_sealed) == (SealedText.Kind.SUBMITTED, 1, False)


def test_a_sealed_text_is_never_rewritten(submitted):
    text = submitted.sealed_texts.get()
    with pytest.raises(NeverRewritten):
        text.save()


@pytest.mark.parametrize("spoil", [lambda content: content[:-9], lambda content: b"nothing compressed"])
def test_a_spoilt_text_is_not_read(submitted, spoil):
    text = submitted.sealed_texts.get()
    text.content = spoil(bytes(text.content))
    with pytest.raises(Tampered, match="essai-2021"):
        unseal(text)


def test_a_hash_that_is_not_its_own_is_not_read(submitted):
    text = submitted.sealed_texts.get()
    text.sha256 = "0" * 64
    with pytest.raises(Tampered):
        unseal(text)


def test_the_draft_never_submitted_differs_from_nothing(reorganisation):
    assert draft(reorganisation).text_difference is None
    assert not draft(reorganisation).differs_from_sealed


def test_later_edits_are_shown_as_a_difference_from_the_text_sealed(submitted, hr):
    edited = replace(CREATE_POST, motive="Autre motif.")
    actions.edit_change(reorganisation=submitted, change=edited, by=hr, seen=submitted.revision)
    actions.add_change(reorganisation=submitted, change=CREATE_CELL, by=hr, seen=submitted.revision, position=0)
    actions.save_section(
        reorganisation=submitted, key="method", markdown="Trois réunions.", by=hr, seen=submitted.revision
    )
    actions.change_details(reorganisation=submitted, title="Autre titre", by=hr, seen=submitted.revision)
    found = draft(submitted).text_difference
    assert found.added == ("creer-cellule",)
    assert found.edited == ("creer-poste",)
    assert (found.sections, found.facts) == (("Méthode",), ("titre",))
    assert not found.removed
    assert not found.reordered


def test_two_texts_differ_by_order_removals_sections_and_base(submitted):
    text = unseal(submitted.sealed_texts.get())
    both = replace(text, changes=(CREATE_POST, CREATE_CELL))
    found = differences(
        both, replace(both, changes=(CREATE_CELL, CREATE_POST), sections=(), before=type(text.before)())
    )
    assert found.reordered
    assert found.before
    assert found.sections[0] == "Contexte"
    assert differences(both, text).removed == ("creer-cellule",)


def test_an_amended_text_is_sealed_beside_with_its_date_and_origin(submitted, hr):
    day = datetime.date(2021, 12, 1)
    with pytest.raises(actions.NothingAmended):
        actions.amend_text(reorganisation=submitted, by=hr, dated_on=day, origin="CFDT, en séance")
    actions.add_change(reorganisation=submitted, change=CREATE_CELL, by=hr, seen=submitted.revision)
    with pytest.raises(actions.OriginMissing):
        actions.amend_text(reorganisation=submitted, by=hr, dated_on=day, origin="  ")
    text = actions.amend_text(reorganisation=submitted, by=hr, dated_on=day, origin="CFDT, en séance")
    assert (text.number, text.kind, text.origin) == (2, SealedText.Kind.AMENDED, "CFDT, en séance")
    assert not draft(submitted).differs_from_sealed
    assert unseal(submitted.sealed_texts.get(number=1)).changes == (CREATE_POST,)


def test_an_amended_text_is_as_complete_as_the_first(submitted, hr):
    actions.delete_change(reorganisation=submitted, uid="creer-poste", by=hr, seen=submitted.revision)
    with pytest.raises(NeedsNotMet, match="aucun ajustement"):
        actions.amend_text(reorganisation=submitted, by=hr, dated_on=datetime.date(2021, 12, 1), origin="Séance")


def test_only_a_text_before_the_committee_is_amended(reorganisation, hr):
    with pytest.raises(actions.NotBeforeTheCommittee):
        actions.amend_text(reorganisation=reorganisation, by=hr, dated_on=datetime.date(2021, 12, 1), origin="Séance")


def test_a_postponed_examination_comes_to_another_session(submitted, session, hr):
    later = actions.plan_session(committee=session.committee, held_on=datetime.date(2022, 2, 1), by=hr)
    actions.postpone(reorganisation=submitted, session=later, reason="Séance trop longue.", by=hr)
    actions.present_again(reorganisation=submitted, by=hr)
    assert (submitted.status, draft(submitted).agenda_item.session) == (Status.SUBMITTED, later)


def test_a_new_examination_needs_a_session_that_gave_no_opinion(bring, session, hr):
    reorganisation = bring(Status.OPINION_GIVEN)
    with pytest.raises(NeedsNotMet, match="Choisissez la séance"):
        actions.present_again(reorganisation=reorganisation, by=hr)
    later = actions.plan_session(committee=session.committee, held_on=datetime.date(2021, 12, 15), by=hr)
    actions.present_again(reorganisation=reorganisation, session=later, by=hr)
    actions.record_opinion(reorganisation=reorganisation, session=later, by=hr)
    assert AgendaItem.objects.filter(opinion__isnull=False).count() == 2


def test_sending_a_decision_back_sets_it_aside_and_keeps_the_seals(bring, hr):
    reorganisation = bring(Status.DECIDED)
    actions.send_back(reorganisation=reorganisation, by=hr, reason="L’organigramme a changé.")
    assert reorganisation.status == Status.DRAFT
    assert reorganisation.decisions.get().set_aside_by == hr
    assert reorganisation.sealed_texts.count() == 1
    assert not reorganisation.stages.exists()


def test_a_session_takes_a_reorganisation_once_and_a_number_once(reorganisation, session, hr):
    actions.put_on_agenda(reorganisation=reorganisation, session=session, number=3, by=hr)
    with pytest.raises(actions.AlreadyOnAgenda):
        actions.put_on_agenda(reorganisation=reorganisation, session=session, by=hr)
    other = actions.create_reorganisation(code="autre", title="Autre", unit="direction", by=hr)
    with pytest.raises(actions.AlreadyOnAgenda):
        actions.put_on_agenda(reorganisation=other, session=session, number=3, by=hr)


def test_submitting_keeps_the_agenda_as_it_was_made(reorganisation, session, hr, add):
    add(CREATE_POST)
    item = actions.put_on_agenda(reorganisation=reorganisation, session=session, kind="information", by=hr)
    actions.submit(reorganisation=reorganisation, session=session, by=hr)
    assert reorganisation.agenda_items.get() == item
    assert unseal(reorganisation.sealed_texts.get()).facts.item == "information"


def test_what_is_said_when_submitting_is_what_the_agenda_says(reorganisation, session, hr, add):
    add(CREATE_POST)
    actions.put_on_agenda(reorganisation=reorganisation, session=session, kind="information", by=hr)
    actions.submit(reorganisation=reorganisation, session=session, kind="avis", number=2, by=hr)
    item = reorganisation.agenda_items.get()
    assert (item.kind, item.number) == ("avis", 2)
    assert unseal(reorganisation.sealed_texts.get()).facts.item == "avis"


def test_a_draft_meant_for_a_later_session_leaves_it(reorganisation, session, hr, add):
    add(CREATE_POST)
    later = actions.plan_session(committee=session.committee, held_on=datetime.date(2022, 2, 1), by=hr)
    actions.put_on_agenda(reorganisation=reorganisation, session=later, number=1, by=hr)
    after = actions.add_item(session=later, title="Questions diverses", number=2, by=hr)
    actions.submit(reorganisation=reorganisation, session=session, by=hr)
    assert draft(reorganisation).agenda_item.session == session
    assert unseal(reorganisation.sealed_texts.get()).facts.session_on == session.held_on
    after.refresh_from_db()
    assert (later.agenda_items.get(), after.number) == (after, 1)


def test_a_draft_on_which_something_was_declared_for_later_is_not_submitted_before(reorganisation, session, hr, add):
    add(CREATE_POST)
    later = actions.plan_session(committee=session.committee, held_on=datetime.date(2022, 2, 1), by=hr)
    item = actions.put_on_agenda(reorganisation=reorganisation, session=later, by=hr)
    actions.add_statement(item=item, author="Syndicat A", text="Nous demandons un report.", by=hr)
    with pytest.raises(actions.ItemKept, match="Des déclarations"):
        actions.submit(reorganisation=reorganisation, session=session, by=hr)
    assert not reorganisation.sealed_texts.exists()
    assert reorganisation.agenda_items.get() == item
