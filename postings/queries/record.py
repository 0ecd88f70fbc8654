"""Everything that was recorded about one bourse, read at once for its minutes."""

import datetime
from collections import defaultdict
from collections.abc import Mapping, Sequence

from ..models import (
    Application,
    ApplicationStatus,
    ConflictOfInterest,
    Criterion,
    EligiblePerson,
    JuryMember,
    Notice,
    Outcome,
    Posting,
    Proposal,
)
from .group import rule_in_words

type Told = Mapping[str, Mapping[str, Notice]]


class PostingRecord:
    """Eight queries, whatever the number of people.

    `applications`: those submitted, by number, withdrawn ones among them. `late`: the attempts after the closing.
    """

    def __init__(self, posting: Posting) -> None:
        self.posting = posting
        self.rule = rule_in_words(posting)
        self.criteria: Sequence[Criterion] = list(posting.criteria.all())
        self.jury: Sequence[JuryMember] = list(posting.jury.select_related("user"))
        self.eligible: Sequence[EligiblePerson] = list(posting.eligible.select_related("agent"))
        rows = posting.applications.select_related(
            "agent", "admissibility", "interview", "ranking", "decision"
        ).order_by("number", "pk")
        every = list(rows)
        for row in every:
            row.posting = posting
        self.applications: Sequence[Application] = [row for row in every if row.number is not None]
        self.late: Sequence[datetime.datetime] = [row.late_at for row in every if row.late_at is not None]
        ties = ConflictOfInterest.objects.filter(member__posting=posting).select_related("application")
        self._ties: dict[int, list[ConflictOfInterest]] = defaultdict(list)
        for tie in ties:
            self._ties[tie.member_id].append(tie)
        self.told = _told(posting, Notice.Kind.OPENED)
        self.proposal: Proposal | None = getattr(posting, "proposal", None)
        self.outcome: Outcome | None = getattr(posting, "outcome", None)

    @property
    def standing(self) -> Sequence[Application]:
        return [each for each in self.applications if each.status != ApplicationStatus.WITHDRAWN]

    @property
    def withdrawn(self) -> Sequence[Application]:
        return [each for each in self.applications if each.status == ApplicationStatus.WITHDRAWN]

    @property
    def ranked(self) -> Sequence[Application]:
        """The first of the ranking first, then those with a reasoned opinion alone."""
        found = [each for each in self.standing if hasattr(each, "ranking")]
        return sorted(found, key=lambda each: (each.ranking.rank is None, each.ranking.rank or 0, each.number or 0))

    def ties_of(self, member: JuryMember) -> Sequence[ConflictOfInterest]:
        return self._ties.get(member.pk, [])


def _told(posting: Posting, kind: Notice.Kind) -> Told:
    """Agent → way → what was kept of the telling."""
    found: dict[str, dict[str, Notice]] = defaultdict(dict)
    for notice in posting.notices.filter(kind=kind):
        found[notice.agent_id][notice.channel] = notice
    return found
