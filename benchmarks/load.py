"""A whole synthetic installation, of any size: the chart and its versions (`database.fill`), milestones, a committee,
open drafts, a long draft and a reorganisation decided; all of it by the actions, the same for the same seed."""

import datetime
from typing import NamedTuple

import msgspec

from accounts.actions import create_user
from accounts.models import Role, User
from benchmarks.database import fill, marked
from benchmarks.generate import draft
from missions.actions import add_milestone
from missions.models import Version
from missions.queries import structure_in_force
from orgchart.changes import AnyChange
from reorganisations import actions
from reorganisations.models import College, CommitteeKind, Decision, Reorganisation
from reorganisations.queries import Draft
from reorganisations.votes import Ballot

ROOT = "u0"
LONG, SHORT, DECIDED = "mesure-longue", "mesure-courte", "mesure-decidee"
READER = "mesure@exemple.fr"
TODAY = datetime.date.today()  # noqa: DTZ011  # a day has no zone
MOTIVE = "Mesure du banc d’essai."


class Loaded(NamedTuple):
    """Who reads, and the codes of the reorganisations to read."""

    hr: User
    long: str = LONG
    short: str = SHORT
    decided: str = DECIDED


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
        hr = create_user(email=READER, name="Mesure", roles=[Role.HR], by=None)
        for year in range(2005, 2015):
            add_milestone(label=f"Jalon de {year}", year=year, by=hr)
        decide(code=DECIDED, changes=changes, seed=seed + 200, by=hr)
        prepare(code=LONG, changes=changes, seed=seed + 100, by=hr)
        prepare(code=SHORT, changes=min(changes, 10), seed=seed + 300, by=hr)
        for number in range(drafts):
            prepare(code=f"{SHORT}-{number}", changes=min(changes, 10), seed=seed + 301 + number, by=hr)
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


def decide(*, code: str, changes: int, seed: int, by: User) -> Reorganisation:
    """From draft to decision: every holder has a situation, the committee is in favour, no date has come yet."""
    reorganisation = prepare(code=code, changes=changes, seed=seed, by=by)
    settle(reorganisation, by)
    committee = actions.create_committee(kind=CommitteeKind.CST, label="Comité social territorial", by=by)
    session = actions.plan_session(committee=committee, held_on=TODAY - datetime.timedelta(days=30), by=by)
    actions.submit(reorganisation=reorganisation, session=session, by=by)
    actions.record_opinion(
        reorganisation=reorganisation,
        session=session,
        ballots=[Ballot(college=College.STAFF, union="Syndicat", in_favour=6)],
        by=by,
    )
    actions.decide(reorganisation=reorganisation, kind=Decision.Kind.ORDER, dated_on=session.held_on, by=by)
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
