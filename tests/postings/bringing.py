"""A bourse of the small chart and its people, at each step of its way; every state is reached by actions."""

import datetime
from zoneinfo import ZoneInfo

from accounts.models import Role, User
from missions.actions import assign_agent
from missions.models import Agent, Post
from orgchart.changes import CreatePost, NewPost
from orgchart.values import ChangeId, GradeCode, PostId, TitleCode, UnitId
from postings import actions
from postings.eligibility import AllOf, Eligibility, Exclusion, HasGrade, HasTitle, InUnit
from postings.models import Application, Posting, PostingStatus
from tests.factories import UserFactory, make_agent

PARIS = ZoneInfo("Europe/Paris")
BEFORE = datetime.datetime(2022, 2, 1, 9, 0, tzinfo=PARIS)
OPENS = datetime.datetime(2022, 3, 1, 8, 0, tzinfo=PARIS)
DURING = datetime.datetime(2022, 3, 10, 14, 30, tzinfo=PARIS)
CLOSES = datetime.datetime(2022, 3, 31, 12, 0, tzinfo=PARIS)
INTERVIEW = datetime.datetime(2022, 4, 5, 9, 0, tzinfo=PARIS)
RULE_ON = datetime.date(2022, 2, 15)
EFFECTIVE = datetime.date(2022, 5, 2)

NEW_POST = CreatePost(
    id=ChangeId("creer-a-pourvoir"),
    unit=UnitId("service-1"),
    new=NewPost(id=PostId("a-pourvoir"), title=TitleCode("responsable"), grade=GradeCode("A 2.2")),
)
RULE = Eligibility(
    on=RULE_ON,
    who=AllOf(of=(InUnit(unit=UnitId("service-1")), HasTitle(titles=(TitleCode("charge-mission"),)))),
    excluded=(Exclusion(rule=HasGrade(grades=(GradeCode("B 1"),)), reason="autre métier"),),
)


def person(name: str, post: str | None = None, *, since: datetime.date = datetime.date(2021, 11, 1)) -> Agent:
    """An agent with an account, who holds this post."""
    agent = make_agent(name, user=UserFactory.create(name=name, roles=[Role.AGENT]))
    if post is not None:
        assign_agent(agent=agent, post=Post.objects.get(uid=post), begins_on=since, by=None)
    return agent


def prepare(by: User | None = None, code: str = "bourse", **fields: object) -> Posting:
    """Ready to be published."""
    given = {
        "title": "Responsable du suivi",
        "post_uid": "a-pourvoir",
        "scope": "reservee",
        "rule": RULE,
        "opens_at": OPENS,
        "closes_at": CLOSES,
        "contact": "Mobilité, 03 22 00 00 00",
        "criteria": [("Expérience", 2), ("Motivation", 1)],
    }
    return actions.prepare_posting(code=code, by=by, **given | fields)


def sit(posting: Posting, *, president: bool = False, name: str = "Jurée") -> User:
    """Somebody of the jury, with an account, who declared no tie."""
    user = UserFactory.create(name=name)
    member = actions.add_jury_member(posting=posting, user=user, president=president, by=None)
    actions.declare_interests(member=member, by=user)
    return user


def apply(posting: Posting, agent: Agent, *, now: datetime.datetime = DURING) -> Application:
    """A submitted application."""
    draft = actions.save_application(posting=posting, agent=agent, letter="Je souhaite ce poste.", by=agent.user)
    return actions.submit_application(application=draft, by=agent.user, now=now)


def bring(posting: Posting, target: PostingStatus) -> Posting:
    """From the preparation to the examination at most, or cancelled."""
    if target == PostingStatus.CANCELLED:
        return actions.cancel_posting(posting=posting, reason="Poste repris.", by=None)
    steps = (
        (PostingStatus.PUBLISHED, lambda: actions.publish(posting=posting, by=None, now=BEFORE)),
        (PostingStatus.OPEN, lambda: actions.open_posting(posting=posting, by=None, now=OPENS)),
        (PostingStatus.CLOSED, lambda: actions.close_posting(posting=posting, by=None, now=CLOSES)),
        (PostingStatus.EXAMINATION, lambda: actions.start_examination(posting=posting, by=None)),
    )
    order = [PostingStatus.PREPARATION, *(status for status, _ in steps)]
    for status, step in steps:
        if order.index(posting.known_status) < order.index(status) <= order.index(target):
            step()
    assert posting.status == target
    return posting


def examine(application: Application, *, position: int | None = 1, opinion: str = "", tied: bool = False) -> None:
    """Admitted, assessed by everybody, ranked."""
    if application.status == "deposee":
        actions.admit(application=application, by=None)
    scores = {each.uid: (4, "Bien.") for each in application.posting.criteria.all()}
    for member in application.posting.jury.filter(user__isnull=False):
        actions.assess(application=application, by=member.user, scores=scores)
        actions.submit_assessment(application=application, by=member.user)
    actions.rank(application=application, by=None, position=position, opinion=opinion, tied=tied)


def decide(posting: Posting, *retained: Application, by: User | None = None, **given: object):
    """The jury proposes them, and so it is decided; every application has its reason."""
    if posting.status == PostingStatus.EXAMINATION:
        actions.propose(
            posting=posting, by=None, applications=retained, reason="Au vu des entretiens.", tie_break="Âge"
        )
    reasons = {each.uid: "Motif de la décision." for each in posting.applications.all()}
    dated = {"effective_on": EFFECTIVE} if retained else {"reason": "Aucun profil ne convient."}
    options = {"reasons": reasons, **dated, **given}
    return actions.record_outcome(posting=posting, by=by, retained=[(each, "") for each in retained], **options)


def open_now(code: str = "en-cours", **fields: object) -> Posting:
    """Open by the clock of this machine, as the pages need: since yesterday, for ten days."""
    now = datetime.datetime.now(PARIS)
    dates = {"opens_at": now - datetime.timedelta(days=1), "closes_at": now + datetime.timedelta(days=10)}
    posting = prepare(code=code, **dates | fields)
    return bring_now(posting)


def bring_now(posting: Posting) -> Posting:
    actions.publish(posting=posting, by=None)
    return actions.open_posting(posting=posting, by=None)


def close_now(posting: Posting, *, seconds: int = 7) -> Posting:
    """Its time is over, the clock has not closed it yet: as if it had been written so."""
    Posting.objects.filter(pk=posting.pk).update(
        closes_at=datetime.datetime.now(PARIS) - datetime.timedelta(seconds=seconds)
    )
    posting.refresh_from_db()
    return posting
