"""The group: who may apply, and why. The facts are those of the day that the rule names."""

import datetime
from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import Q
from django.utils import timezone

from missions.models import Agent, Assignment
from missions.queries import agents_by_uid, holders_on, structure_on
from orgchart import french
from orgchart.structure import Structure
from orgchart.values import PostId

from ..eligibility import (
    AllOf,
    AnyOf,
    AnyRule,
    Eligibility,
    IsNamed,
    Not,
    Person,
    Reason,
    Truth,
    Verdict,
    explain,
    read_eligibility,
    sentence,
)
from ..models import Posting


class EligibleAgent(NamedTuple):
    """`reasons`: sentences. `unknown`: a missing fact had a part in it."""

    uid: str
    name: str
    reasons: tuple[str, ...]
    unknown: bool


class Group(NamedTuple):
    """`people`: those who may apply. `doubtful`: those who may not for want of a fact: HR may add them by name."""

    people: tuple[EligibleAgent, ...]
    doubtful: tuple[EligibleAgent, ...]

    @property
    def size(self) -> int:
        return len(self.people)


def eligibility_of(posting: Posting) -> Eligibility:
    """The rule of the bourse; without one, every agent on the day it opens."""
    if posting.rule is not None:
        return read_eligibility(posting.rule)
    day = timezone.localtime(posting.opens_at).date() if posting.opens_at else timezone.localdate()
    return Eligibility(on=day, who=AllOf(of=()))


def chart_of(eligibility: Eligibility) -> Structure:
    """Of the day of the rule; empty before the first version."""
    return structure_on(eligibility.on) or Structure.of()


def group_of(posting: Posting) -> Group:
    """As the rule says it now. The frozen list of a bourse that has opened is in `posting.eligible`."""
    eligibility = eligibility_of(posting)
    return group_on(eligibility, chart_of(eligibility))


def group_on(eligibility: Eligibility, chart: Structure) -> Group:
    """What a rule makes, whether or not a bourse has it yet. `chart`: of the day of the rule. Three queries."""
    people = people_on(eligibility.on, named=named_in(eligibility))
    verdicts = {person.uid: explain(eligibility, person, chart) for person in people}
    wanted = [uid for uid, verdict in verdicts.items() if verdict.eligible or verdict.unknown]
    names = agents_by_uid(wanted)
    told = [
        (verdicts[uid].eligible, EligibleAgent(uid, names[uid].name, tuple(verdicts[uid].texts), verdicts[uid].unknown))
        for uid in wanted
    ]
    return Group(tuple(each for yes, each in told if yes), tuple(each for yes, each in told if not yes))


def verdict_for(posting: Posting, agent: Agent, chart: Structure | None = None) -> Verdict:
    """For one agent: once the list is frozen, it alone says who may apply. `chart`: that of the rule, if known."""
    if posting.opened_at is not None:
        row = posting.eligible.filter(agent=agent).first()
        if row is not None:
            return Verdict(True, tuple(Reason(text, Truth.MET) for text in row.reasons))
    eligibility = eligibility_of(posting)
    held = Assignment.objects.filter(agent=agent).in_force_on(eligibility.on).ordinary().order_by("begins_on", "pk")
    posts = tuple(PostId(uid) for uid in held.values_list("post__uid", flat=True))
    person = Person(uid=agent.uid, posts=posts, statutory_grade=agent.statutory_grade)
    verdict = explain(eligibility, person, chart or chart_of(eligibility))
    if posting.opened_at is None or not verdict.eligible:
        return verdict
    day = french.date(timezone.localtime(posting.opened_at))
    late = f"La liste des agents éligibles a été arrêtée le {day}\u00a0: vous n’y figurez pas."
    return Verdict(False, (Reason(late, Truth.NOT_MET),))


def people_on(day: datetime.date, *, named: Iterable[str] = ()) -> tuple[Person, ...]:
    """Those who hold a post that day, those of whom no assignment was ever recorded, and those `named`."""
    agents = Agent.objects.order_by("last_name", "first_name", "uid")
    held_then = Assignment.objects.in_force_on(day).values("agent")
    agents = agents.filter(Q(pk__in=held_then) | Q(assignment__isnull=True) | Q(uid__in=list(named))).distinct()
    posts: dict[str, list[PostId]] = {}
    for post, holders in holders_on(day).items():
        for uid in holders:
            posts.setdefault(uid, []).append(post)
    return tuple(
        Person(uid=uid, posts=tuple(posts.get(uid, ())), statutory_grade=grade)
        for uid, grade in agents.values_list("uid", "statutory_grade")
    )


def named_in(eligibility: Eligibility) -> frozenset[str]:
    found = {each.agent for each in eligibility.added}
    rules: list[AnyRule] = [eligibility.who]
    while rules:
        match rules.pop():
            case IsNamed(agents=agents):
                found.update(agents)
            case AllOf(of=parts) | AnyOf(of=parts):
                rules.extend(parts)
            case Not(of=part):
                rules.append(part)
            case _:
                pass
    return frozenset(found)


def rule_in_words(posting: Posting) -> str:
    eligibility = eligibility_of(posting)
    return sentence(eligibility, chart_of(eligibility))
