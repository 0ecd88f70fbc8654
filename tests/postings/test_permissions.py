"""Who sees and does what: role × what, as tables."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404

from accounts.models import Role
from accounts.permissions import NotAllowed
from missions.actions import set_perimeters
from missions.models import Unit
from postings import actions, permissions
from postings.models import Application, ConflictOfInterest, JuryMember, Posting, PostingStatus
from postings.permissions import Actor
from tests.factories import UserFactory

from .bringing import bring, decide, prepare

# Fixtures are asked for by name, in the test: the chart of the file is opened before, not inside one of them.
pytestmark = pytest.mark.usefixtures("chart_of_module")

SOMEBODY = {
    "hr": lambda request: request.getfixturevalue("hr"),
    "manager": lambda request: request.getfixturevalue("manager"),
    "candidate": lambda request: request.getfixturevalue("ana").user,
    "rival": lambda request: request.getfixturevalue("luc").user,
    "excluded": lambda request: request.getfixturevalue("zoe").user,
    "president": lambda request: request.getfixturevalue("president"),
    "juror": lambda request: request.getfixturevalue("juror"),
    "nobody": lambda request: UserFactory.create(),
    "gone": lambda request: UserFactory.create(roles=[*Role], is_active=False),
}

# Permission on the bourse being examined → who has it.
ON_POSTING = {
    "can_see_posting": {"hr", "manager", "candidate", "rival", "excluded", "president", "juror"},
    "can_manage_posting": {"hr"},
    "can_see_eligible": {"hr"},
    "can_examine": {"hr", "president", "juror"},
    "can_lead_jury": {"hr", "president"},
    "can_see_candidate_names": {"hr", "president", "juror"},
    "can_read_minutes": {"hr"},
    "can_read_named_minutes": {"hr"},
}
ON_APPLICATION = {
    "can_see_application": {"hr", "candidate", "president", "juror"},
    "can_edit_application": set(),
    "can_assess": {"president", "juror"},
    "can_know_as_manager": set(),
}
ALONE = {
    "can_prepare_postings": {"hr"},
    "can_read_balance": {"hr"},
    "can_list_postings": {"hr", "manager", "candidate", "rival", "excluded", "president", "juror"},
    "can_apply": {"candidate", "rival", "excluded"},
}


@pytest.mark.parametrize("who", SOMEBODY)
def test_each_permission_and_its_check_agree_with_the_table(examined, hers, request, who):
    user = SOMEBODY[who](request)
    application = Application.objects.select_related("agent__user", "posting").get(pk=hers.pk)
    for table, subject in ((ON_POSTING, [examined]), (ON_APPLICATION, [application]), (ALONE, [])):
        for name, allowed in table.items():
            assert getattr(permissions, name)(user, *subject) is (who in allowed), name
            check = getattr(permissions, f"check_{name}")
            if who in allowed:
                check(user, *subject)
            else:
                with pytest.raises(NotAllowed, match=r"\w+ .*\."):
                    check(user, *subject)


def test_the_tables_have_every_pair():
    named = {name for name in dir(permissions) if name.startswith("can_")}
    assert {name for name in named if f"check_{name}" in dir(permissions)} - {"can_view_chart"} == {
        *ON_POSTING,
        *ON_APPLICATION,
        *ALONE,
        "can_read_file",
    }


@pytest.mark.parametrize(
    ("who", "found"),
    [
        ("hr", True),
        ("manager", False),
        ("candidate", False),
        ("juror", True),
        ("nobody", False),
    ],
)
def test_what_is_in_preparation_does_not_exist_for_others(to_fill, opened, juror, ana, request, who, found):
    posting = prepare(code="autre")
    user = SOMEBODY[who](request)
    if who == "juror":
        actions.add_jury_member(posting=posting, user=user, by=None)
    if found:
        assert permissions.get_visible_posting("autre", user) == posting
    else:
        with pytest.raises(Http404):
            permissions.get_visible_posting("autre", user)


def test_an_application_exists_for_its_author_the_jury_and_hr(examined, hers, his, ana, luc, juror, hr):
    member = examined.jury.get(user=juror)
    for user in (ana.user, juror, hr):
        assert permissions.get_visible_application(hers.uid, user) == hers
    ConflictOfInterest.objects.create(member=member, application=hers)
    for user in (luc.user, juror):
        with pytest.raises(Http404):
            permissions.get_visible_application(hers.uid, user)
    assert set(permissions.applications_visible_to(juror)) == {his}
    assert not permissions.can_assess(juror, hers)
    assert permissions.has_conflict(juror, hers)


def test_a_tie_keeps_the_human_resources_away_too(examined, hers, his, hr):
    """Of the jury as well, they declared a tie with Ana."""
    actions.admit(application=Application.objects.get(pk=hers.pk), by=hr)
    member = JuryMember.objects.create(posting=examined, user=hr)
    assert permissions.actors_of(hr, examined, hers) == {Actor.HR, Actor.JURY}
    ConflictOfInterest.objects.create(member=member, application=hers)
    assert set(permissions.applications_visible_to(hr)) == {his}
    assert permissions.actors_of(hr, examined, hers) == frozenset()
    assert permissions.actors_of(hr, examined, his) == {Actor.HR, Actor.JURY}
    with pytest.raises(NotAllowed, match="un lien avec ce candidat"):
        actions.shortlist(application=hers, by=hr)
    assert permissions.steps_aside(hr, examined)
    hers.refresh_from_db()
    actions.withdraw(application=hers, by=hers.agent.user)
    assert not permissions.steps_aside(hr, examined)


def test_a_draft_is_its_authors_alone(opened, ana, hr):
    draft = actions.save_application(posting=opened, agent=ana, letter="Bonjour.", by=ana.user)
    assert permissions.can_edit_application(ana.user, draft)
    permissions.check_can_edit_application(ana.user, draft)
    assert not permissions.can_see_application(hr, draft)
    with pytest.raises(NotAllowed, match="Seul son auteur"):
        permissions.check_can_edit_application(hr, draft)


def test_a_file_is_read_as_its_application(opened, ana, luc, hr):
    draft = actions.save_application(posting=opened, agent=ana, letter="Bonjour.", by=ana.user)
    file = actions.add_file(application=draft, name="photo.png", content=PNG, by=ana.user)
    assert permissions.can_read_file(ana.user, file)
    permissions.check_can_read_file(ana.user, file)
    for user in (luc.user, hr):
        with pytest.raises(NotAllowed, match="Cette pièce"):
            permissions.check_can_read_file(user, file)


PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"


def test_nobody_leads_the_bourse_they_apply_to(examined, hers, ana, hr, president):
    from missions.actions import update_agent

    update_agent(agent=ana, first_name="Ana", last_name="Blin", user=hr, by=None)
    with pytest.raises(NotAllowed, match="Vous êtes candidat"):
        permissions.check_can_manage_posting(hr, examined)
    assert permissions.actors_of(hr, examined) == frozenset()
    application = Application.objects.select_related("agent__user", "posting").get(pk=hers.pk)
    assert permissions.actors_of(hr, examined, application) == {Actor.CANDIDATE}
    assert set(permissions.applications_visible_to(hr)) == {hers}


def test_names_are_hidden_from_the_jury_until_the_decision(ranked, hers, juror, hr):
    Posting.objects.filter(pk=ranked.pk).update(anonymous_until_decision=True)
    ranked.refresh_from_db()
    assert permissions.can_see_candidate_names(hr, ranked)
    assert not permissions.can_see_candidate_names(juror, ranked)
    decide(ranked, hers)
    assert permissions.can_see_candidate_names(juror, Posting.objects.get(pk=ranked.pk))


@pytest.mark.parametrize("informed", [True, False])
def test_a_manager_knows_of_an_application_only_where_the_bourse_says_so(to_fill, ana, luc, zoe, manager, informed):
    posting = bring(prepare(line_manager_informed=informed), PostingStatus.OPEN)
    set_perimeters(user=manager, units=[Unit.objects.get(uid="service-1")], by=None)
    draft = actions.save_application(posting=posting, agent=ana, letter="Bonjour.", by=ana.user)
    assert not permissions.can_know_as_manager(manager, draft)
    from .bringing import DURING

    hers = actions.submit_application(application=draft, by=ana.user, now=DURING)
    assert permissions.can_know_as_manager(manager, hers) is informed
    other = UserFactory.create(roles=[Role.MANAGER])
    assert not permissions.can_know_as_manager(other, hers)
    assert not permissions.can_see_application(manager, hers)
    if informed:
        permissions.check_can_know_as_manager(manager, hers)
    actions.withdraw(application=hers, by=ana.user)
    assert not permissions.can_know_as_manager(manager, hers)


def test_those_who_did_not_sign_in_have_nothing():
    assert not AnonymousUser().is_active
