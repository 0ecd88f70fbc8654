"""Every transition × every status × every actor, and the diagrams."""

import io
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from accounts.models import Role
from accounts.permissions import NotAllowed
from postings import actions
from postings.exceptions import ImpossibleTransition, NeedsNotMet
from postings.management.commands import posting_diagrams
from postings.models import Application, ApplicationStatus, PostingStatus
from postings.permissions import Actor
from postings.workflow import (
    APPLICATION,
    POSTING,
    application_offers,
    check_application,
    check_posting,
    mermaid,
    posting_offers,
    svg,
    table,
)
from tests.factories import UserFactory

from .bringing import CLOSES, DURING, INTERVIEW, OPENS, bring, decide, examine, prepare

# Fixtures are asked for by name, in the test: the chart of the file is opened before, not inside one of them.
pytestmark = pytest.mark.usefixtures("chart_of_module")

WORKFLOWS = (POSTING, APPLICATION)


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda each: each.name)
def test_the_pages_are_up_to_date(workflow):
    page = (settings.BASE_DIR / posting_diagrams.page_of(workflow)).read_text()
    assert page == posting_diagrams.regenerated(workflow, page)
    assert (settings.BASE_DIR / posting_diagrams.picture_of(workflow)).read_text() == svg(workflow)


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda each: each.name)
def test_the_drawing_has_every_status_and_every_arrow(workflow):
    drawing = ElementTree.fromstring(svg(workflow, workflow.ranks[1]))  # noqa: S314  (our own)
    texts = [text.text for text in drawing.iter("{http://www.w3.org/2000/svg}text")]
    labels = [transition.label for transition in workflow.transitions.values()]
    assert sorted(texts) == sorted([*labels, *(status.label for status in workflow.ranks), "état actuel"])
    assert set(workflow.ranks) == set(type(workflow.ranks[0]))
    for source, target in workflow.transitions:
        assert f"{source.value} --> {target.value}" in mermaid(workflow)
    assert len(table(workflow)) == len(workflow.transitions)


def test_the_command_prints_and_tells_what_is_missing(monkeypatch, tmp_path):
    out = io.StringIO()
    call_command("posting_diagrams", stdout=out)
    assert out.getvalue().count("stateDiagram-v2") == 2
    monkeypatch.setattr(settings, "BASE_DIR", tmp_path)
    (tmp_path / "docs").mkdir()
    for workflow in WORKFLOWS:
        (tmp_path / posting_diagrams.page_of(workflow)).write_text(
            f"{posting_diagrams.BEGIN}\n{posting_diagrams.END}\n"
        )
    call_command("posting_diagrams", "--write", stdout=out)
    assert (tmp_path / posting_diagrams.picture_of(POSTING)).read_text() == svg(POSTING)
    (tmp_path / posting_diagrams.page_of(POSTING)).write_text("rien")
    with pytest.raises(CommandError, match="repères"):
        call_command("posting_diagrams", "--write", stdout=out)


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda each: each.name)
def test_every_arrow_has_its_action(workflow):
    assert {transition.action for transition in workflow.transitions.values()} <= {*actions.__all__}


# Bourses


@pytest.fixture
def reach(request):
    """The bourse in that status, ready for the arrows that leave it."""

    def reached(status):
        if status in (PostingStatus.DECIDED, PostingStatus.UNFILLED, PostingStatus.ASSIGNED, PostingStatus.REOPENED):
            posting, hers = request.getfixturevalue("ranked"), request.getfixturevalue("hers")
            if status == PostingStatus.DECIDED:
                decide(posting, hers, effective_on=INTERVIEW.date().replace(year=2999))
            elif status == PostingStatus.ASSIGNED:
                decide(posting, hers)
            else:
                decide(posting)
            if status == PostingStatus.REOPENED:
                actions.reopen_posting(posting=posting, code="vague-2", by=None)
            return posting
        if status == PostingStatus.EXAMINATION:
            posting, hers = request.getfixturevalue("ranked"), request.getfixturevalue("hers")
            actions.propose(posting=posting, applications=[hers], reason="Expérience.", by=None)
            return posting
        posting = request.getfixturevalue("posting")
        if status == PostingStatus.CLOSED:
            bring(posting, PostingStatus.OPEN)
            request.getfixturevalue("president")
        return bring(posting, status)

    return reached


@pytest.mark.parametrize("source", PostingStatus)
def test_only_the_arrows_of_the_table_leave_a_bourse(reach, ana, luc, zoe, source):
    posting = reach(source)
    assert posting.status == source
    for target in PostingStatus:
        arrow = POSTING.transitions.get((source, target))
        # The day of a decision to come is in the year 2999.
        now = CLOSES.replace(year=3000) if source == PostingStatus.DECIDED else CLOSES
        now = OPENS if source == PostingStatus.PUBLISHED else now.replace(hour=11) if source == "preparation" else now
        if arrow is None:
            with pytest.raises(ImpossibleTransition, match=source.label):
                check_posting(posting, target, action="publish", by=None, now=now)
        else:
            assert check_posting(posting, target, action=arrow.action, by=None, now=now) == arrow


@pytest.mark.parametrize("arrow", POSTING.transitions, ids="→".join)
@pytest.mark.parametrize("role", [*Role, None])
def test_only_hr_leads_a_bourse(reach, ana, luc, zoe, arrow, role):
    source, target = arrow
    posting, user = reach(source), UserFactory.create(roles=[role] if role else [])
    transition = POSTING.transitions[arrow]
    now = {PostingStatus.PUBLISHED: OPENS, PostingStatus.PREPARATION: DURING}.get(source, CLOSES.replace(year=3000))
    if role == Role.HR:
        assert check_posting(posting, target, action=transition.action, by=user, now=now)
    else:
        with pytest.raises(NotAllowed, match="Vous ne pouvez pas"):
            check_posting(posting, target, action=transition.action, by=user, now=now)
    assert bool(posting_offers(posting, user)) is (role == Role.HR)


def test_a_bourse_is_not_published_until_it_says_everything(to_fill, hr, bring_draft):
    posting = bring_draft()
    with pytest.raises(NeedsNotMet) as told:
        actions.publish(posting=posting, by=hr)
    assert told.value.reasons == (
        "La fiche de poste n’est pas écrite.",
        "Il manque les dates d’ouverture et de clôture.",
        "Il manque le contact auquel s’adresser.",
        "Aucun critère n’est annoncé.",
        "La bourse est réservée\u00a0: dites à qui.",
    )
    (offer, cancel) = posting_offers(posting, hr)
    assert (offer.missing, cancel.transition.action) == (told.value.reasons, "cancel_posting")
    with pytest.raises(NeedsNotMet, match="La date de clôture est passée"):
        actions.publish(posting=prepare(by=hr, code="passee"), by=hr, now=CLOSES)


@pytest.fixture
def bring_draft(hr):
    def drafted():
        return actions.prepare_posting(code="vide", title="Vide", post_uid="inconnu", scope="reservee", by=hr)

    return drafted


# Applications


@pytest.fixture
def application_in(request):
    """Ana's application in that status, ready for the arrows that leave it."""

    def reached(status):
        opened = request.getfixturevalue("opened")
        if status == ApplicationStatus.DRAFT:
            ana = request.getfixturevalue("ana")
            return actions.save_application(posting=opened, agent=ana, letter="Bonjour.", by=ana.user)
        hers = request.getfixturevalue("hers")
        if status == ApplicationStatus.WITHDRAWN:
            return actions.withdraw(application=hers, by=hers.agent.user)
        posting = request.getfixturevalue("examined")
        if status == ApplicationStatus.INADMISSIBLE:
            actions.refuse_admission(application=hers, reason="Incomplète.", by=None)
            return fresh(hers)
        steps = {
            ApplicationStatus.ADMISSIBLE: lambda: actions.admit(application=hers, by=None),
            ApplicationStatus.SHORTLISTED: lambda: hear(hers, ready=False),
            ApplicationStatus.HEARD: lambda: hear(hers, ready=True),
        }
        for step_status, step in steps.items():
            if status == ApplicationStatus.SUBMITTED:
                break
            step()
            if step_status == status:
                break
        if status in (ApplicationStatus.RANKED, ApplicationStatus.RETAINED, ApplicationStatus.NOT_RETAINED):
            examine(fresh(hers))
            his = request.getfixturevalue("his")
            examine(fresh(his), position=2)
        elif status in (ApplicationStatus.ADMISSIBLE, ApplicationStatus.SHORTLISTED, ApplicationStatus.HEARD):
            assessed(fresh(hers))
        if status == ApplicationStatus.RETAINED:
            decide(posting, hers)
        if status == ApplicationStatus.NOT_RETAINED:
            decide(posting, request.getfixturevalue("his"))
        return fresh(hers)

    return reached


def fresh(application):
    return Application.objects.select_related("posting", "agent__user").get(pk=application.pk)


def hear(application, *, ready):
    if not ready:
        actions.shortlist(application=application, by=None)
        end = INTERVIEW.replace(hour=10)
        actions.plan_interview(application=application, starts_at=INTERVIEW, ends_at=end, place="Amiens", by=None)
    else:
        actions.record_interview(application=application, by=None, now=INTERVIEW)


def assessed(application):
    for member in application.posting.jury.filter(user__isnull=False):
        scores = {each.uid: (3, "") for each in application.posting.criteria.all()}
        actions.assess(application=application, by=member.user, scores=scores)
        actions.submit_assessment(application=application, by=member.user)


@pytest.mark.parametrize("source", ApplicationStatus)
def test_only_the_arrows_of_the_table_leave_an_application(application_in, source):
    application = application_in(source)
    assert application.status == source
    for target in ApplicationStatus:
        arrow = APPLICATION.transitions.get((source, target))
        if arrow is None:
            with pytest.raises(ImpossibleTransition, match=source.label):
                check_application(application, target, action="withdraw", by=None, now=DURING)
        else:
            now = DURING if source == ApplicationStatus.DRAFT else INTERVIEW
            assert check_application(application, target, action=arrow.action, by=None, now=now) == arrow


@pytest.mark.parametrize("arrow", APPLICATION.transitions, ids="→".join)
def test_only_the_actors_of_the_table_take_an_arrow(application_in, request, hr, arrow):
    source, target = arrow
    application = application_in(source)
    people = {
        Actor.HR: hr,
        Actor.CANDIDATE: application.agent.user,
        Actor.PRESIDENT: request.getfixturevalue("president"),
        Actor.JURY: request.getfixturevalue("juror"),
        None: UserFactory.create(roles=[*Role][1:]),
    }
    transition = APPLICATION.transitions[arrow]
    now = DURING if source == ApplicationStatus.DRAFT else INTERVIEW
    for actor, user in people.items():
        if actor in transition.actors:
            assert check_application(application, target, action=transition.action, by=user, now=now)
            assert transition in [offer.transition for offer in application_offers(application, user, now)]
        else:
            with pytest.raises(NotAllowed, match="Vous ne pouvez pas"):
                check_application(application, target, action=transition.action, by=user, now=now)
