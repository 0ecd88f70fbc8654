"""Bourses done again through the actions, in the order and at the times that a file gives: all of them, or nothing."""

import datetime
from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.utils import timezone

from accounts.permissions import NotAllowed
from missions.actions import lock_chart
from missions.models import Agent
from reorganisations.case_file.problems import BadCaseFile
from reorganisations.models import Reorganisation

from .. import actions
from ..exceptions import Refused, TooLate
from ..models import Application, JuryMember, Posting, VacatedPost
from ..status import PostingStatus
from ..told import told_at
from .reading import ReadBourses
from .types import ApplicationOf, Bourse, MemberOf, OutcomeOf

type Moment = datetime.datetime
UNKNOWN: dict[type[ObjectDoesNotExist], str] = {
    Agent.DoesNotExist: "aucun agent n’a cet identifiant",
    Posting.DoesNotExist: "aucune bourse n’a ce code",
    Reorganisation.DoesNotExist: "aucune réorganisation n’a ce code",
    VacatedPost.DoesNotExist: "la bourse précédente n’a pas laissé ce poste vacant",
}


class Told(NamedTuple):
    """One bourse of the file. `done` False: it was there already, and nothing was changed."""

    code: str
    title: str
    done: bool

    def __str__(self) -> str:
        return f"{'+' if self.done else '='} {self.code}\u00a0: {self.title}{'' if self.done else ' (déjà là)'}"


class Event(NamedTuple):
    """Something done at a time; `rank` orders what is done at one instant."""

    at: Moment
    rank: int
    do: Callable[[], object]


@transaction.atomic
def import_bourses(read: ReadBourses, *, dry_run: bool = False) -> tuple[Told, ...]:
    """Bring in the bourses that the database does not have yet. A dry run does it all, then takes it back.

    Raises BadCaseFile, naming file, line and path; then nothing is written.
    """
    lock_chart()
    found = []
    for rank, bourse in enumerate(read.file.postings):
        there = Posting.objects.filter(code=bourse.code).exists()
        if not there:
            try:
                _Replay(bourse).run()
            except (Refused, NotAllowed) as refusal:
                raise BadCaseFile([read.lines.problem(("postings", rank), str(refusal))]) from refusal
            except tuple(UNKNOWN) as missing:
                words = UNKNOWN[type(missing)]
                raise BadCaseFile([read.lines.problem(("postings", rank), f"{words}.")]) from missing
        found.append(Told(bourse.code, bourse.title, not there))
    if dry_run:
        transaction.set_rollback(True)
    return tuple(found)


class _Replay:
    """One bourse: prepared, then each thing at its time."""

    def __init__(self, bourse: Bourse) -> None:
        self.bourse = bourse
        self.members: dict[int, JuryMember] = {}
        self.applications: dict[int, Application] = {}

    def run(self) -> None:
        with told_at(self.bourse.prepared_at):
            self.posting = self._prepared()
            for rank, member in enumerate(self.bourse.jury):
                self.members[rank] = actions.add_jury_member(
                    posting=self.posting,
                    name=member.name,
                    capacity=member.capacity,
                    president=member.president,
                    by=None,
                )
        for event in sorted(self._events(), key=lambda event: event[:2]):
            with told_at(event.at):
                event.do()

    # Before publication

    def _prepared(self) -> Posting:
        bourse = self.bourse
        parent = Posting.objects.get(code=bourse.parent) if bourse.parent else None
        fields: actions.PostingFields = {
            "title": bourse.title,
            "scope": bourse.scope,
            "opens_at": bourse.opens_at,
            "closes_at": bourse.closes_at,
            "contact": bourse.contact,
            "pieces": bourse.pieces,
            "rule": bourse.rule,
            "criteria": [(each.label, each.weight) for each in bourse.criteria],
            "anonymous_until_decision": bourse.anonymous_until_decision,
            "line_manager_informed": bourse.line_manager_informed,
            "early_reason": bourse.early_reason,
            "fictitious": bourse.fictitious,
        }
        if bourse.fiche is not None:
            fields["fiche"] = bourse.fiche
        if parent is not None and bourse.wave > 1:
            wave = actions.reopen_posting(posting=parent, code=bourse.code, by=None)
            wave.jury.all().delete()
            return actions.edit_posting(posting=wave, by=None, **fields)
        if bourse.reorganisation:
            fields["reorganisation"] = Reorganisation.objects.get(code=bourse.reorganisation)
        fields["post_uid"], fields["more_posts"] = bourse.post or "", bourse.more_posts
        fields["pending"] = bourse.pending or ""
        vacated = VacatedPost.objects.get(outcome__posting=parent, post_uid=bourse.post) if parent else None
        return actions.prepare_posting(code=bourse.code, by=None, vacated=vacated, **fields)

    # Then

    def _events(self) -> Iterator[Event]:
        bourse, posting = self.bourse, self.posting
        if bourse.dve_number or bourse.dve_published_on or bourse.legal_number or bourse.legal_on:
            yield Event(bourse.prepared_at, 0, self._declare)
        if bourse.published_at:
            yield Event(bourse.published_at, 1, lambda: actions.publish(posting=posting, by=None))
        if bourse.opened_at:
            yield Event(bourse.opened_at, 2, lambda: actions.open_posting(posting=posting, by=None))
        for each in bourse.added:
            yield Event(each.at, 3, partial(self._add, each.agent, each.reason))
        for number, application in enumerate(bourse.applications, 1):
            yield from self._applying(number, application)
        if bourse.closed_at:
            yield Event(bourse.closed_at, 6, lambda: actions.close_posting(posting=posting, by=None))
        examined_at = self._examined_at()
        for rank, member in enumerate(bourse.jury):
            if member.declared_at:
                at = min(member.declared_at, examined_at) if examined_at else member.declared_at
                yield Event(at, 7, partial(self._declare_interests, rank, member))
        if examined_at:
            yield Event(examined_at, 8, lambda: actions.start_examination(posting=posting, by=None))
        for number, application in enumerate(bourse.applications, 1):
            yield from self._examination(number, application)
        if bourse.proposal:
            yield Event(bourse.proposal.at, 13, self._propose)
        if bourse.outcome:
            yield from self._ending(bourse.outcome)
        if bourse.cancelled:
            reason = bourse.cancelled.reason
            yield Event(
                bourse.cancelled.at, 17, lambda: actions.cancel_posting(posting=posting, reason=reason, by=None)
            )

    def _examined_at(self) -> Moment | None:
        """Before the first thing that the jury did; no file keeps the time itself."""
        bourse = self.bourse
        if not bourse.examined or bourse.closed_at is None:
            return None
        first = [each.admissibility.at for each in bourse.applications if each.admissibility]
        declared = [each.declared_at for each in bourse.jury if each.declared_at]
        return min(first) if first else max([bourse.closed_at, *declared])

    def _declare(self) -> None:
        bourse = self.bourse
        actions.record_declarations(
            posting=self.posting,
            dve_number=bourse.dve_number,
            dve_published_on=bourse.dve_published_on,
            legal_number=bourse.legal_number,
            legal_on=bourse.legal_on,
            by=None,
        )

    def _add(self, agent: str, reason: str) -> None:
        actions.add_eligible(posting=self.posting, agent=Agent.objects.get(uid=agent), reason=reason, by=None)

    def _declare_interests(self, rank: int, member: MemberOf) -> None:
        ties = [(self.applications[tie.application], tie.reason) for tie in member.ties]
        with told_at(member.declared_at or self.bourse.prepared_at):
            actions.declare_interests(member=self.members[rank], declaration=member.declaration, ties=ties, by=None)

    def _applying(self, number: int, given: ApplicationOf) -> Iterator[Event]:
        # Before it was submitted, even when it was saved after.
        first = min(at for at in (given.saved_at, given.submitted_at, given.late_at) if at)
        yield Event(first, 4, lambda: self._save(number, given))
        if given.late_at:
            yield Event(given.late_at, 5, lambda: self._be_late(number))
        if given.submitted_at:
            yield Event(
                given.submitted_at,
                5,
                lambda: actions.submit_application(application=self.applications[number], by=None),
            )
        if given.withdrawn_at:
            yield Event(
                given.withdrawn_at, 12, lambda: actions.withdraw(application=self.applications[number], by=None)
            )

    def _save(self, number: int, given: ApplicationOf) -> None:
        with told_at(given.saved_at):
            self.applications[number] = actions.save_application(
                posting=self.posting,
                agent=Agent.objects.get(uid=given.agent),
                letter=given.letter,
                gender=given.gender,
                by=None,
            )

    def _be_late(self, number: int) -> None:
        try:
            actions.submit_application(application=self.applications[number], by=None)
        except TooLate:
            return

    def _examination(self, number: int, given: ApplicationOf) -> Iterator[Event]:
        found, interview, ranking = given.admissibility, given.interview, given.ranking
        if found is None:
            return
        if found.admissible:
            yield Event(
                found.at,
                9,
                lambda: actions.admit(application=self.applications[number], reason=found.reason, by=None),
            )
        else:
            yield Event(
                found.at,
                9,
                lambda: actions.refuse_admission(application=self.applications[number], reason=found.reason, by=None),
            )
        if given.shortlisted:
            yield Event(found.at, 10, lambda: actions.shortlist(application=self.applications[number], by=None))
        if interview is not None:
            yield Event(
                interview.planned_at,
                11,
                lambda: actions.plan_interview(
                    application=self.applications[number],
                    starts_at=interview.starts_at,
                    ends_at=interview.ends_at,
                    place=interview.place,
                    by=None,
                ),
            )
            if interview.held_at:
                yield Event(
                    interview.held_at,
                    11,
                    lambda: actions.record_interview(application=self.applications[number], by=None),
                )
        if ranking is not None:
            yield Event(
                ranking.at,
                12,
                lambda: actions.rank(
                    application=self.applications[number],
                    position=ranking.rank,
                    opinion=ranking.opinion,
                    tied=ranking.tied,
                    by=None,
                ),
            )

    def _propose(self) -> None:
        proposal = self.bourse.proposal
        if proposal is not None:
            actions.propose(
                posting=self.posting,
                applications=[self.applications[number] for number in proposal.applications],
                reason=proposal.reason,
                tie_break=proposal.tie_break,
                by=None,
            )

    def _ending(self, outcome: OutcomeOf) -> Iterator[Event]:
        yield Event(outcome.at, 14, lambda: self._decide(outcome))
        if outcome.assigned and outcome.assigned_at and outcome.effective_on:
            # Written ahead where it could be; the bourse is « affectée » on the day.
            day = timezone.make_aware(datetime.datetime.combine(outcome.effective_on, datetime.time()))
            yield Event(max(outcome.assigned_at, day), 15, self._assign)
        if outcome.follow_up:
            yield Event(
                outcome.at,
                16,
                lambda: actions.record_follow_up(posting=self.posting, follow_up=outcome.follow_up, by=None),
            )

    def _decide(self, outcome: OutcomeOf) -> None:
        decided = {number: each.decision for number, each in enumerate(self.bourse.applications, 1) if each.decision}
        actions.record_outcome(
            posting=self.posting,
            retained=[
                (self.applications[number], each.post or "") for number, each in decided.items() if each.retained
            ],
            reasons={self.applications[number].uid: each.reason for number, each in decided.items()},
            reason=outcome.reason,
            effective_on=outcome.effective_on,
            candidate_post=outcome.candidate_post or "",
            appeal_ways=outcome.appeal_ways,
            appeal_until=outcome.appeal_until,
            by=None,
        )

    def _assign(self) -> None:
        if self.posting.status == PostingStatus.DECIDED:
            actions.assign_retained(posting=self.posting, by=None)
