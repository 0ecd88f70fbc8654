"""A draft is copied, its variants do not trouble each other, and one of them is kept."""

from collections.abc import Callable

import pytest

from accounts.models import Event, User
from accounts.permissions import NotAllowed
from orgchart.changes import AnyChange
from reorganisations import actions
from reorganisations.exceptions import NeedsNotMet
from reorganisations.models import Reorganisation, Session, Status
from reorganisations.queries import Draft

from .conftest import CREATE_CELL, CREATE_POST, TRANSFORM

Add = Callable[..., None]


@pytest.fixture
def copy(reorganisation: Reorganisation, add: Add, hr: User) -> Reorganisation:
    add(CREATE_POST, TRANSFORM)
    actions.set_situation(reorganisation=reorganisation, agent_uid="a", note="À revoir.", by=hr, seen=2)
    return actions.duplicate_draft(reorganisation=reorganisation, label="Scénario B", by=hr)


def content(reorganisation: Reorganisation) -> object:
    draft = Draft(Reorganisation.objects.get(pk=reorganisation.pk))
    sections = [(each.key, each.title, each.markdown, each.position, each.included) for each in draft.sections]
    return draft.changes, sections, draft.situations, draft.announced, draft.before, draft.reorganisation.title


def add_to(reorganisation: Reorganisation, change: AnyChange, by: User) -> None:
    actions.add_change(reorganisation=reorganisation, change=change, by=by, seen=reorganisation.revision)


def test_a_copy_says_the_same_and_has_its_own_life(
    reorganisation: Reorganisation, copy: Reorganisation, hr: User
) -> None:
    assert content(copy) == content(reorganisation)
    assert (copy.code, copy.variant_label, copy.variant_of) == ("essai-2021-variante-2", "Scénario B", reorganisation)
    add_to(copy, CREATE_CELL, hr)
    assert len(Draft(copy).changes) == 3
    assert len(Draft(reorganisation).changes) == 2


def test_a_copy_of_a_copy_is_of_the_same_family(reorganisation: Reorganisation, copy: Reorganisation, hr: User) -> None:
    third = actions.duplicate_draft(reorganisation=copy, label="Scénario C", by=hr)
    assert third.variant_of == reorganisation
    assert third.code == "essai-2021-variante-3"
    for each in (reorganisation, copy, third):
        assert set(Reorganisation.objects.of_family(each)) == {reorganisation, copy, third}


def test_a_code_is_cut_to_make_room(reorganisation: Reorganisation, hr: User) -> None:
    row = actions.create_reorganisation(code="x" * 80, title="Longue", unit="direction", by=hr)
    copy = actions.duplicate_draft(reorganisation=row, label="B", by=hr)
    assert copy.code == "x" * 69 + "-variante-2"


def test_two_variants_do_not_have_the_same_name(copy: Reorganisation, hr: User) -> None:
    with pytest.raises(actions.VariantNameTaken, match="Scénario B"):
        actions.duplicate_draft(reorganisation=copy, label="Scénario B", by=hr)


def test_what_is_before_the_committee_is_not_copied(bring: Callable[..., Reorganisation], hr: User) -> None:
    submitted = bring(Status.SUBMITTED)
    with pytest.raises(actions.NotADraft, match="Soumise"):
        actions.duplicate_draft(reorganisation=submitted, label="B", by=hr)
    with pytest.raises(actions.NotADraft):
        actions.keep_variant(reorganisation=submitted, by=hr)


def test_variants_do_not_conflict_with_each_other(reorganisation: Reorganisation, copy: Reorganisation) -> None:
    assert Draft(reorganisation).others == ()
    assert Draft(copy).others == ()


def test_one_is_chosen_before_anything_is_submitted(
    reorganisation: Reorganisation, copy: Reorganisation, session: Session, hr: User
) -> None:
    actions.put_on_agenda(reorganisation=reorganisation, session=session, by=hr)
    with pytest.raises(NeedsNotMet, match="autres variantes"):
        actions.submit(reorganisation=reorganisation, session=session, by=hr)


def test_the_one_kept_goes_on_and_the_others_are_withdrawn(
    reorganisation: Reorganisation, copy: Reorganisation, session: Session, hr: User
) -> None:
    third = actions.duplicate_draft(reorganisation=copy, label="Scénario C", by=hr)
    actions.keep_variant(reorganisation=copy, by=hr)
    for gone in (reorganisation, third):
        gone.refresh_from_db()
        assert (gone.status, gone.withdrawn_by) == (Status.WITHDRAWN, hr)
    assert Event.objects.filter(verb="keep_variant", by=hr).count() == 1
    actions.submit(reorganisation=copy, session=session, by=hr)
    assert copy.status == Status.SUBMITTED


def test_alone_there_is_nothing_to_keep(reorganisation: Reorganisation, hr: User) -> None:
    with pytest.raises(actions.NoOtherVariant):
        actions.keep_variant(reorganisation=reorganisation, by=hr)


@pytest.mark.parametrize("role", ["manager", "agent", "committee_member"])
def test_only_hr_copies_and_chooses(role: str, copy: Reorganisation, request: pytest.FixtureRequest) -> None:
    user = request.getfixturevalue(role)
    with pytest.raises(NotAllowed):
        actions.duplicate_draft(reorganisation=copy, label="D", by=user)
    with pytest.raises(NotAllowed):
        actions.keep_variant(reorganisation=copy, by=user)
