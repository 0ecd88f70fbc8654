"""A whole synthetic installation, of any size: the chart and its versions (`database.fill`), milestones, a committee,
open drafts, a long draft and a reorganisation decided; all of it by the actions, the same for the same seed."""

import datetime
from itertools import pairwise
from typing import NamedTuple

import msgspec

from accounts.actions import create_user
from accounts.models import Role, User
from benchmarks.database import apply, fill, marked
from benchmarks.generate import draft
from missions.actions import add_milestone
from missions.models import Version
from missions.queries import structure_in_force
from orgchart.changes import AnyChange, NewPost, TransformUndetermined
from orgchart.structure import Structure
from orgchart.values import ChangeId, PostId
from reorganisations import actions
from reorganisations.models import College, CommitteeKind, Decision, Reorganisation, Session
from reorganisations.queries import Draft
from reorganisations.votes import Ballot

ROOT = "u0"
LONG, SHORT, DECIDED = "mesure-longue", "mesure-courte", "mesure-decidee"
SUBMITTED, POSTPONED, OPINION = "mesure-soumise", "mesure-reportee", "mesure-avis"
READER = "mesure@exemple.fr"
TODAY = datetime.date.today()  # noqa: DTZ011  # a day has no zone
# Changes of a short draft.
FEW = 10
MOTIVE = "Mesure du banc d’essai."


class Loaded(NamedTuple):
    """Who reads, with every role that opens a page, and the codes of the reorganisations to read."""

    hr: User
    long: str = LONG
    short: str = SHORT
    decided: str = DECIDED
    submitted: str = SUBMITTED
    postponed: str = POSTPONED
    opinion: str = OPINION


def load(
    *,
    units: int = 1_000,
    posts: int = 10_000,
    agents: int = 9_000,
    versions: int = 10,
    changes: int = 500,
    drafts: int = 3,
    seed: int = 1,
) -> Loaded:
    """Nothing is done over an installation loaded already. `changes`: of the long draft and of the one decided;
    `drafts`: how many short ones stand beside, over the same version."""
    if not Reorganisation.objects.exists():
        fill(units=units, posts=posts, agents=agents, versions=versions, seed=seed)
        if not structure_in_force().pendings:
            apply((undetermined(structure_in_force()),), versions)
        hr = create_user(email=READER, name="Mesure", roles=[Role.HR, Role.MANAGER, Role.COMMITTEE], by=None)
        for year in range(2005, 2015):
            add_milestone(label=f"Jalon de {year}", year=year, by=hr)
        decide(code=DECIDED, changes=changes, seed=seed + 200, by=hr)
        few = min(changes, FEW)
        submit(code=SUBMITTED, changes=few, seed=seed + 201, by=hr)
        put_off = submit(code=POSTPONED, changes=few, seed=seed + 202, by=hr)
        actions.postpone(reorganisation=put_off, by=hr)
        vote(submit(code=OPINION, changes=few, seed=seed + 203, by=hr), by=hr)
        prepare(code=LONG, changes=changes, seed=seed + 100, by=hr)
        prepare(code=SHORT, changes=few, seed=seed + 300, by=hr)
        for number in range(drafts):
            prepare(code=f"{SHORT}-{number}", changes=few, seed=seed + 301 + number, by=hr)
    return Loaded(User.objects.get(email=READER))


def prepare(*, code: str, changes: int, seed: int, by: User) -> Reorganisation:
    """A draft over the chart in force, each change with its motive."""
    reorganisation = actions.create_reorganisation(
        code=code, title=f"Réorganisation {code}", unit=ROOT, by=by, effective_on=next_day()
    )
    wanted = explained(marked(draft(structure_in_force(), changes=changes, seed=seed), seed))
    actions.add_changes(reorganisation=reorganisation, changes=wanted, by=by, seen=reorganisation.revision)
    return reorganisation


def explained(changes: tuple[AnyChange, ...]) -> tuple[AnyChange, ...]:
    return tuple(msgspec.structs.replace(change, motive=change.motive or MOTIVE) for change in changes)


def undetermined(chart: Structure) -> AnyChange:
    """One of two posts that nothing tells apart becomes another: a small chart may have none in its drafts."""
    for posts in chart.posts_of.values():
        for one, other in pairwise(sorted(posts, key=lambda post: (str(post.grade), str(post.hours)))):
            if (one.grade, one.hours) == (other.grade, other.hours):
                new = NewPost(id=PostId("pending-new"), title=one.title, grade=one.grade)
                return TransformUndetermined(id=ChangeId("pending"), candidates=(one.id, other.id), into=new)
    raise LookupError("no two posts of one unit are alike: make the chart larger")


def the_session(*, by: User) -> Session:
    """A session that has been, of a committee with one member: the same for all."""
    if found := Session.objects.order_by("pk").first():
        return found
    committee = actions.create_committee(kind=CommitteeKind.CST, label="Comité social territorial", by=by)
    actions.add_member(committee=committee, college=College.STAFF, user=by, union="Syndicat", by=by)
    return actions.plan_session(committee=committee, held_on=TODAY - datetime.timedelta(days=30), by=by)


def submit(*, code: str, changes: int, seed: int, by: User) -> Reorganisation:
    """A draft in which every holder has a situation, sealed."""
    reorganisation = prepare(code=code, changes=changes, seed=seed, by=by)
    settle(reorganisation, by)
    actions.submit(reorganisation=reorganisation, session=the_session(by=by), by=by)
    return reorganisation


def vote(reorganisation: Reorganisation, *, by: User) -> None:
    ballots = [Ballot(college=College.STAFF, union="Syndicat", in_favour=6)]
    actions.record_opinion(reorganisation=reorganisation, session=the_session(by=by), ballots=ballots, by=by)


def decide(*, code: str, changes: int, seed: int, by: User) -> Reorganisation:
    """The committee is in favour; the date of effect has not come yet."""
    reorganisation = submit(code=code, changes=changes, seed=seed, by=by)
    vote(reorganisation, by=by)
    held_on = the_session(by=by).held_on
    actions.decide(reorganisation=reorganisation, kind=Decision.Kind.ORDER, dated_on=held_on, by=by)
    return reorganisation


def next_day() -> datetime.date:
    """A year after the newest version and after today: what takes effect then is planned, not due."""
    return max(Version.objects.latest("number").effective_on, TODAY) + datetime.timedelta(days=365)


def settle(reorganisation: Reorganisation, by: User) -> None:
    for holder in {fate.holder for fate in Draft(reorganisation).unresolved}:
        actions.set_situation(
            reorganisation=reorganisation,
            agent_uid=holder,
            note="Accompagnement vers un autre poste.",
            by=by,
            seen=reorganisation.revision,
        )
