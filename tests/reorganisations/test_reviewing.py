"""A draft is read by those invited, who remark, write what they may, and sign; nothing open goes to the committee."""

from collections.abc import Callable

import pytest
from django.core.mail import EmailMessage
from django.http import Http404
from pytest_django import DjangoCaptureOnCommitCallbacks

from accounts.models import User
from accounts.permissions import NotAllowed
from orgchart.changes import TransformPost
from reorganisations import actions, permissions, tasks
from reorganisations.exceptions import ChangeIsGone, NeedsNotMet, StaleDraft
from reorganisations.models import Remark, Reorganisation, Reviewer, Session, Status, Visa
from reorganisations.queries import Draft
from tests.factories import UserFactory

from .conftest import CREATE_POST, SUPPRESS, TRANSFORM

Add = Callable[..., None]


@pytest.fixture
def reader(reorganisation: Reorganisation, agent: User, hr: User) -> Reviewer:
    return actions.invite_reviewer(reorganisation=reorganisation, user=agent, may_write=False, by=hr)


@pytest.fixture
def writer(reorganisation: Reorganisation, manager: User, hr: User) -> Reviewer:
    return actions.invite_reviewer(reorganisation=reorganisation, user=manager, may_write=True, by=hr)


def remark(reorganisation: Reorganisation, by: User) -> Remark:
    return actions.make_remark(reorganisation=reorganisation, text="  À revoir. ", by=by)


def test_who_is_invited_reads_the_draft_and_nobody_else_does(
    reorganisation: Reorganisation, reader: Reviewer, manager: User
) -> None:
    assert permissions.get_visible_reorganisation(reorganisation.code, reader.user) == reorganisation
    assert permissions.can_see_draft(reader.user, reorganisation)
    with pytest.raises(Http404):
        permissions.get_visible_reorganisation(reorganisation.code, manager)


def test_an_invitation_is_taken_back(reorganisation: Reorganisation, reader: Reviewer, hr: User) -> None:
    actions.remove_reviewer(reviewer=reader, by=hr)
    assert not permissions.can_see_draft(reader.user, reorganisation)


def test_an_invitation_ends_with_the_draft(
    reader: Reviewer, bring: Callable[..., Reorganisation], reorganisation: Reorganisation
) -> None:
    bring(Status.OPINION_GIVEN)
    assert not permissions.can_see_draft(reader.user, reorganisation)
    assert not permissions.can_remark(reader.user, reorganisation)


def test_invited_again_they_may_write_and_get_no_second_letter(
    reorganisation: Reorganisation,
    agent: User,
    hr: User,
    mailoutbox: list[EmailMessage],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    for may_write in (False, True):
        with django_capture_on_commit_callbacks(execute=True):
            reviewer = actions.invite_reviewer(reorganisation=reorganisation, user=agent, may_write=may_write, by=hr)
    assert reviewer.may_write
    assert reviewer.invited_by == hr
    assert [(each.to, each.subject) for each in mailoutbox] == [
        ([agent.email], "Projet à relire\u00a0: Réorganisation d’essai")
    ]
    assert "rédiger" not in mailoutbox[0].body


def test_a_writer_is_told_so_and_nobody_when_it_was_taken_back(
    writer: Reviewer, hr: User, mailoutbox: list[EmailMessage]
) -> None:
    assert tasks.tell_reviewer.call(writer.pk)
    assert "rédiger le texte" in mailoutbox[0].body
    key = writer.pk
    actions.remove_reviewer(reviewer=writer, by=hr)
    assert not tasks.tell_reviewer.call(key)


@pytest.mark.parametrize("fields", [{"roles": []}, {"is_active": False}])
def test_an_account_that_sees_nothing_is_not_invited(
    fields: dict[str, object], reorganisation: Reorganisation, hr: User
) -> None:
    user = UserFactory.create(**fields)
    with pytest.raises(actions.CannotBeInvited):
        actions.invite_reviewer(reorganisation=reorganisation, user=user, may_write=False, by=hr)


def test_a_remark_is_dealt_with_once_and_opened_again(
    reorganisation: Reorganisation, reader: Reviewer, hr: User
) -> None:
    made = remark(reorganisation, reader.user)
    assert (made.text, made.made_by) == ("À revoir.", reader.user)
    for answer in ("Fait. ", "Trop tard."):
        actions.resolve_remark(remark=made, answer=answer, by=hr)
    made.refresh_from_db()
    assert (made.answer, made.resolved_by) == ("Fait.", hr)
    for _ in range(2):
        actions.reopen_remark(remark=made, by=reader.user)
    made.refresh_from_db()
    assert (made.answer, made.resolved_at, made.resolved_by) == ("Fait.", None, None)


def test_an_empty_remark_is_refused(reorganisation: Reorganisation, hr: User) -> None:
    with pytest.raises(actions.SaysNothing):
        actions.make_remark(reorganisation=reorganisation, text=" ", by=hr)


def test_a_remark_still_open_blocks_submission(
    reorganisation: Reorganisation, add: Add, session: Session, hr: User, reader: Reviewer
) -> None:
    add(CREATE_POST)
    made = remark(reorganisation, reader.user)
    with pytest.raises(NeedsNotMet, match="remarques"):
        actions.submit(reorganisation=reorganisation, session=session, by=hr)
    actions.resolve_remark(remark=made, by=reader.user)
    actions.submit(reorganisation=reorganisation, session=session, by=hr)
    assert reorganisation.status == Status.SUBMITTED


def test_a_visa_is_of_the_draft_as_it_is(reorganisation: Reorganisation, add: Add, reader: Reviewer) -> None:
    add(CREATE_POST)
    visa = actions.give_visa(reorganisation=reorganisation, word=Visa.Word.AGREED, by=reader.user)
    assert visa.revision == reorganisation.revision
    for word in (Visa.Word.WITH_RESERVES, Visa.Word.REFUSED):
        with pytest.raises(actions.SaysNothing):
            actions.give_visa(reorganisation=reorganisation, word=word, by=reader.user)
    assert actions.give_visa(
        reorganisation=reorganisation, word=Visa.Word.REFUSED, note="Trop tôt.", by=reader.user
    ).note == ("Trop tôt.")


def test_duties_are_written_and_nothing_else_changes(
    reorganisation: Reorganisation, add: Add, writer: Reviewer
) -> None:
    add(CREATE_POST, TRANSFORM, SUPPRESS)
    for change in (CREATE_POST, TRANSFORM):
        actions.write_duties(
            reorganisation=reorganisation,
            change=change,
            duties=["Piloter ", "", "Suivre"],
            by=writer.user,
            seen=reorganisation.revision,
        )
    created, transformed, suppressed = Draft(reorganisation).changes
    assert created.new.duties == ("Piloter", "Suivre")
    assert isinstance(transformed, TransformPost)
    assert transformed.into.duties == ("Piloter", "Suivre")
    assert suppressed == SUPPRESS
    with pytest.raises(actions.NoDutiesThere):
        actions.write_duties(
            reorganisation=reorganisation, change=SUPPRESS, duties=[], by=writer.user, seen=reorganisation.revision
        )
    with pytest.raises(StaleDraft):
        actions.write_duties(reorganisation=reorganisation, change=TRANSFORM, duties=[], by=writer.user, seen=0)


def test_duties_of_what_is_gone(reorganisation: Reorganisation, writer: Reviewer) -> None:
    with pytest.raises(ChangeIsGone):
        actions.write_duties(reorganisation=reorganisation, change=TRANSFORM, duties=[], by=writer.user, seen=0)


# Who may do what: action, then whether HR, a writer, a reader, somebody not invited may.
def invite(row: Reorganisation, by: User) -> object:
    return actions.invite_reviewer(reorganisation=row, user=by, may_write=False, by=by)


def take_back(row: Reorganisation, by: User) -> object:
    return actions.remove_reviewer(reviewer=row.reviewers.all()[0], by=by)


def settle(row: Reorganisation, by: User) -> object:
    return actions.resolve_remark(remark=row.remarks.all()[0], by=by)


def reopen(row: Reorganisation, by: User) -> object:
    return actions.reopen_remark(remark=row.remarks.all()[0], by=by)


def sign(row: Reorganisation, by: User) -> object:
    return actions.give_visa(reorganisation=row, word=Visa.Word.AGREED, by=by)


def write(row: Reorganisation, by: User) -> object:
    return actions.write_duties(reorganisation=row, change=CREATE_POST, duties=["Écrire"], by=by, seen=row.revision)


def write_section(row: Reorganisation, by: User) -> object:
    return actions.save_section(reorganisation=row, key="context", markdown="Texte.", by=by, seen=row.revision)


def add_section(row: Reorganisation, by: User) -> object:
    return actions.add_section(reorganisation=row, title="Autre", by=by, seen=row.revision)


@pytest.mark.parametrize(
    ("act", "allowed"),
    [
        (invite, {"hr"}),
        (take_back, {"hr"}),
        (remark, {"hr", "writer", "reader"}),
        (settle, {"hr"}),
        (reopen, {"hr"}),
        (sign, {"writer", "reader"}),
        (write, {"hr", "writer"}),
        (write_section, {"hr", "writer"}),
        (add_section, {"hr"}),
    ],
)
def test_who_may(
    act: Callable[[Reorganisation, User], object],
    allowed: set[str],
    reorganisation: Reorganisation,
    add: Add,
    reader: Reviewer,
    writer: Reviewer,
    committee_member: User,
    hr: User,
) -> None:
    add(CREATE_POST)
    remark(reorganisation, hr)
    people = {"writer": writer.user, "reader": reader.user, "outsider": committee_member, "hr": hr}
    found = set()
    for name, user in people.items():
        try:
            act(reorganisation, user)
        except NotAllowed:
            continue
        found.add(name)
    assert found == allowed
