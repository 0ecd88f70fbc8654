"""Who sees and does what, role by role and status by status."""

import pytest
from django.http import Http404
from msgspec.structs import replace

from accounts.models import Role
from accounts.permissions import NotAllowed
from missions.actions import set_perimeters
from missions.models import Unit
from reorganisations import actions, permissions
from reorganisations.models import College, Status
from reorganisations.queries import dossiers_for
from tests.factories import UserFactory

from .conftest import CREATE_CELL, CREATE_POST

ALL = frozenset(Status)
IN_FORCE = {Status.PARTLY_IN_FORCE, Status.IN_FORCE}
BEFORE_A_COMMITTEE = ALL - {Status.DRAFT, Status.WITHDRAWN}

# Who → the statuses in which the reorganisation exists for them, then those in which they read draft, sealed texts.
SEES = {
    "rh": (ALL, ALL, ALL),
    "encadrement du périmètre": (ALL, ALL, ALL),
    "encadrement d’un sous-périmètre": (IN_FORCE, set(), set()),
    "encadrement d’ailleurs": (IN_FORCE, set(), set()),
    "agent": (IN_FORCE, set(), set()),
    "membre du comité saisi": (BEFORE_A_COMMITTEE, set(), BEFORE_A_COMMITTEE),
    "membre d’un autre comité": (IN_FORCE, set(), set()),
    "membre sans rôle": (set(), set(), set()),
    "agent désactivé": (set(), set(), set()),
}


@pytest.fixture
def person(committee, chart):
    """`person("agent")`: somebody of that sort."""

    def made(who):
        role = {"rh": Role.HR, "encadrement": Role.MANAGER, "agent": Role.AGENT, "membre": Role.COMMITTEE}[
            who.split()[0]
        ]
        user = UserFactory.create(roles=[] if who == "membre sans rôle" else [role], is_active=who != "agent désactivé")
        units = {
            "encadrement du périmètre": ["direction"],
            "encadrement d’un sous-périmètre": ["service-1"],
        }.get(who, [])
        set_perimeters(user=user, units=list(Unit.objects.filter(uid__in=units)), by=None)
        if who in ("membre du comité saisi", "membre sans rôle"):
            actions.add_member(committee=committee, user=user, college=College.STAFF, by=None)
        if who == "membre d’un autre comité":
            other = actions.create_committee(kind="cst", label="Autre", by=None)
            actions.add_member(committee=other, user=user, college=College.STAFF, by=None)
        return user

    return made


@pytest.fixture
def reach(bring):
    def reached(status):
        staged = replace(CREATE_CELL, eventually=True)
        return bring(status, CREATE_POST, *([staged] if status == Status.PARTLY_IN_FORCE else []))

    return reached


def answers(check, can, *given):
    """Whether the pair agrees, and what it says; a refusal has a reason."""
    if can(*given):
        check(*given)
        return True
    with pytest.raises(NotAllowed, match=r"\w+ .*\."):
        check(*given)
    return False


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("who", SEES)
def test_who_sees_what(reach, person, who, status):
    reorganisation, user = reach(status), person(who)
    exists, draft, sealed = (status in statuses for statuses in SEES[who])
    assert permissions.can_see_reorganisation(user, reorganisation) is exists
    assert answers(permissions.check_can_see_draft, permissions.can_see_draft, user, reorganisation) is draft
    assert (
        answers(permissions.check_can_see_sealed_texts, permissions.can_see_sealed_texts, user, reorganisation)
        is sealed
    )
    if exists:
        assert permissions.get_visible_reorganisation("essai-2021", user) == reorganisation
    else:
        with pytest.raises(Http404):
            permissions.get_visible_reorganisation("essai-2021", user)


def test_what_does_not_exist_is_not_found_even_by_hr(hr):
    with pytest.raises(Http404):
        permissions.get_visible_reorganisation("inconnue", hr)


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("role", [*Role, None])
def test_only_hr_edits_and_only_until_the_opinion(reach, role, status):
    user = UserFactory.create(roles=[role] if role else [])
    expected = role == Role.HR and status in {Status.DRAFT, Status.SUBMITTED, Status.POSTPONED}
    assert answers(permissions.check_can_edit, permissions.can_edit, user, reach(status)) is expected


@pytest.mark.parametrize("role", [*Role, None])
def test_what_belongs_to_hr_alone(reorganisation, role):
    user = UserFactory.create(roles=[role] if role else [])
    for name in ("create_reorganisation", "run_workflow", "manage_committees", "attach_document"):
        pair = getattr(permissions, f"check_can_{name}"), getattr(permissions, f"can_{name}")
        assert answers(*pair, user) is (role == Role.HR)
    assert answers(permissions.check_can_see_holders, permissions.can_see_holders, user, reorganisation) is (
        role == Role.HR
    )


@pytest.mark.parametrize(
    ("who", "status", "kinds"),
    [
        ("rh", Status.DRAFT, {"avis", "proces-verbal", "decision", "autre"}),
        ("encadrement du périmètre", Status.DECIDED, {"avis", "proces-verbal", "decision", "autre"}),
        ("membre du comité saisi", Status.DECIDED, {"avis", "proces-verbal", "decision"}),
        ("membre d’un autre comité", Status.DECIDED, set()),
        ("agent", Status.DECIDED, set()),
        ("agent", Status.IN_FORCE, {"decision"}),
    ],
)
def test_who_downloads_which_document(reach, person, hr, who, status, kinds):
    reorganisation, user = reach(status), person(who)
    for kind in actions.AttachmentKind:
        document = actions.attach_document(
            reorganisation=reorganisation, kind=kind, name="piece.pdf", content=b"%PDF-1.7 " + kind.encode(), by=hr
        )
        assert answers(
            permissions.check_can_download_document,
            permissions.can_download_document,
            user,
            reorganisation,
            document,
        ) is (kind in kinds)


def test_a_document_of_something_else_is_not_downloaded_here(reorganisation, hr):
    other = actions.create_reorganisation(code="autre", title="Autre", unit="direction", by=hr)
    document = actions.attach_document(reorganisation=other, kind="decision", name="a.pdf", content=b"%PDF-", by=hr)
    assert not permissions.can_download_document(hr, reorganisation, document)


def test_the_files_of_a_committee_are_those_submitted_to_it(reach, person):
    reorganisation = reach(Status.SUBMITTED)
    assert [item.reorganisation for item in dossiers_for(person("membre du comité saisi"))] == [reorganisation]
    for who in ("membre d’un autre comité", "membre sans rôle", "rh"):
        assert not dossiers_for(person(who))


@pytest.mark.parametrize("role", Role)
@pytest.mark.django_db
def test_human_resources_alone_arbitrate_between_drafts(role):
    user = UserFactory.create(roles=[role])
    assert permissions.can_arbitrate(user) is (role == Role.HR)
    if role != Role.HR:
        with pytest.raises(NotAllowed, match="arbitrent les conflits"):
            permissions.check_can_arbitrate(user)
