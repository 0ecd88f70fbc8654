"""Reading a case into the database, through the actions of the rooms and nothing else: all of it, or nothing."""

import datetime
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, NamedTuple

import msgspec
from django.db import transaction

from accounts.models import User
from missions import models as chart
from missions.actions import (
    add_milestone,
    add_missing_reference,
    create_agent,
    lock_chart,
    open_chart,
)
from missions.queries import nomenclature, version_by_number, version_structure
from orgchart import french
from orgchart.changes import AnyChange, read_change
from orgchart.checks import faults
from orgchart.nomenclature import Nomenclature
from orgchart.values import ChangeId, GradeCode, KindCode, PostId, SiteCode, TitleCode, UnitId

from .. import models
from ..actions import create_committee, plan_session, sign_minutes
from .checking import IdentifierKind, Known, identifiers_in, mistaken_identifiers
from .hours import HOURS, time_of
from .outcome import Outcome
from .problems import BadCaseFile, Path, Problem
from .reading import Read
from .replaying import REFUSALS, replay
from .steps import AgendaItemId, AgentId, CommitteeId, MilestoneId, ReorganisationCode, SessionId
from .types import Agent, Committee, Milestone, Session, structure_sha256

# The days of a session's minutes, as `sign_minutes` takes them.
SIGNED = (
    "president_signed_on",
    "secretary_signed_on",
    "deputy_secretary_signed_on",
    "minutes_signed_on",
    "minutes_approved_on",
)


class Imported(NamedTuple):
    """What was done, record by record, in the order it was done."""

    outcomes: tuple[Outcome, ...]

    @property
    def done(self) -> int:
        return sum(outcome.done for outcome in self.outcomes)


@transaction.atomic
def import_case(read: Read, *, by: User | None, dry_run: bool = False) -> Imported:
    """Bring in what the file holds and the database does not have yet. A dry run does it all, then takes it back.

    What is there already is left as it is. Raises BadCaseFile, naming file, line and path; then nothing is written.
    """
    lock_chart()
    if problems := mistaken_identifiers(read, known_identifiers()):
        raise BadCaseFile(problems)
    imported = Imported(tuple(_Import(read, by).run()))
    if dry_run:
        transaction.set_rollback(True)
    return imported


class _Import:
    def __init__(self, read: Read, by: User | None) -> None:
        self.read = read
        self.case = read.case
        self.by = by
        self.outcomes: list[Outcome] = []
        self.signed: list[tuple[models.Session, dict[str, datetime.date | None]]] = []

    def run(self) -> list[Outcome]:
        self._words()
        self._chart()
        self._milestones(left=False)
        self._surroundings()
        self.outcomes += replay(self.read, by=self.by)
        self._milestones(left=True)
        self._minutes()
        self._versions()
        return self.outcomes

    def _note(self, path: Path, wording: str, *, done: bool) -> None:
        self.outcomes.append(Outcome(path, wording, done))

    def _do(self, path: Path, wording: str, there: bool, action: Callable[[], object]) -> None:
        """Unless it is `there`. A refusal of the action is told where the record stands."""
        if not there:
            try:
                action()
            except REFUSALS as refusal:
                raise BadCaseFile([self.read.lines.problem(path, str(refusal))]) from refusal
        self._note(path, wording, done=not there)

    def _fail(self, path: Path, messages: Iterable[str]) -> None:
        problems: list[Problem] = [self.read.lines.problem(path, message) for message in messages]
        if problems:
            raise BadCaseFile(problems)

    # What the case says

    def _words(self) -> None:
        if self.case.nomenclature == Nomenclature():
            return
        added = sum(add_missing_reference(words=self.case.nomenclature, by=self.by))
        wording = f"Données de référence\u00a0: {added} ajoutées" if added else "Données de référence"
        self._note(("nomenclature",), wording, done=bool(added))

    def _chart(self) -> None:
        if self.case.chart is None:
            return
        given = self.case.chart
        path: Path = ("chart",)
        structure = given.structure(nomenclature())
        self._fail(path, (problem.message for problem in faults(structure)))
        wording = f"État constaté\u00a0: {len(structure.units)} unités, {len(structure.posts)} postes"
        opening = version_by_number(1)
        if opening is not None:
            found = version_structure(opening, with_corrections=False)
            if (
                found.unit_by_id.keys() != structure.unit_by_id.keys()
                or found.post_by_id.keys() != structure.post_by_id.keys()
            ):
                self._fail(path, ["l’organigramme a déjà un autre état constaté que celui du fichier."])
        self._do(
            path,
            wording,
            opening is not None,
            partial(
                open_chart,
                structure=structure,
                effective_on=given.effective_on,
                by=self.by,
                note=given.note,
                fictitious=given.fictitious,
            ),
        )

    def _milestones(self, *, left: bool) -> None:
        """Those of units that only the steps make come after them (`left`)."""
        known = set(chart.Unit.objects.values_list("uid", flat=True))
        seen = {outcome.path for outcome in self.outcomes}
        there = set(chart.Milestone.objects.values_list("uid", flat=True))
        for rank, milestone in enumerate(self.case.milestones):
            path = ("milestones", rank)
            if path not in seen and (left or milestone.unit is None or milestone.unit in known):
                wording = f"Jalon\u00a0: {milestone.label}"
                self._do(path, wording, milestone.id in there, partial(self._add_milestone, milestone))

    def _add_milestone(self, milestone: Milestone) -> None:
        year, month, day = partial_date(milestone.on)
        add_milestone(
            uid=milestone.id,
            unit=chart.Unit.objects.get(uid=milestone.unit) if milestone.unit else None,
            label=milestone.label,
            year=year,
            month=month,
            day=day,
            posts_announced=milestone.posts_announced,
            source=milestone.source,
            fictitious=milestone.fictitious,
            by=self.by,
        )

    def _surroundings(self) -> None:
        """Committees, sessions, agents."""
        there = set(models.Committee.objects.values_list("uid", flat=True))
        for rank, committee in enumerate(self.case.committees):
            create = partial(create_committee, **_fields(committee), by=self.by)
            self._do(("committees", rank), f"Instance\u00a0: {committee.label}", committee.id in there, create)
        there = set(models.Session.objects.values_list("uid", flat=True))
        for rank, session in enumerate(self.case.sessions):
            wording = f"Séance du {french.date(session.held_on)}"
            self._do(("sessions", rank), wording, session.id in there, partial(self._plan_session, session))
        there = set(chart.Agent.objects.values_list("uid", flat=True))
        for rank, agent in enumerate(self.case.agents):
            wording = f"Agent\u00a0: {agent.first_name} {agent.last_name}"
            enter = partial(create_agent, **_fields(agent), by=self.by)
            self._do(("agents", rank), wording, agent.id in there, enter)

    def _plan_session(self, session: Session) -> None:
        fields = _fields(session)
        committee = models.Committee.objects.get(uid=fields.pop("committee"))
        fields |= {hour: time_of(fields[hour]) for hour in HOURS}
        signed = {day: fields.pop(day) for day in SIGNED}
        planned = plan_session(committee=committee, **fields, by=self.by)
        if any(signed.values()):
            self.signed.append((planned, signed))

    def _minutes(self) -> None:
        """Signed last: from then on what they say is not written any more."""
        for session, days in self.signed:
            sign_minutes(session=session, by=self.by, **days)

    def _versions(self) -> None:
        """Raises BadCaseFile when a version is not the one the file was written from."""
        for rank, given in enumerate(self.case.versions):
            path: Path = ("versions", rank)
            found = version_by_number(given.number)
            if found is None:
                missing = "les étapes du fichier ne scellent pas cette version."
                raise BadCaseFile([self.read.lines.problem(path, missing)])
            structure = version_structure(found, with_corrections=False)
            if (found.effective_on, structure_sha256(structure)) != (given.effective_on, given.structure_sha256):
                self._fail(path, ["la version scellée n’est pas celle du fichier\u00a0: date ou contenu diffèrent."])
            self._note(path, f"Version {given.number}\u00a0: empreinte vérifiée", done=False)


def _fields(record: Committee | Session | Agent) -> dict[str, Any]:
    """As the action takes them: its `uid` is what the file calls `id`."""
    fields = msgspec.structs.asdict(record)
    return {"uid": fields.pop("id"), **fields}


def partial_date(text: str) -> tuple[int, int | None, int | None]:
    """« 2020-03 » → (2020, 3, None)."""
    numbers: list[int | None] = [int(number) for number in text.split("-")]
    year, month, day = [*numbers, None, None][:3]
    assert year is not None  # noqa: S101  (the pattern of the field)
    return year, month, day


def known_identifiers() -> Known:
    """Those of the database: rows in force or gone, and what drafts name before it exists."""
    pages: dict[IdentifierKind, Iterable[str]] = {
        UnitId: chart.Unit.objects.values_list("uid", flat=True),
        PostId: chart.Post.objects.values_list("uid", flat=True),
        KindCode: chart.UnitKind.objects.values_list("code", flat=True),
        GradeCode: chart.Grade.objects.values_list("code", flat=True),
        TitleCode: chart.JobTitle.objects.values_list("code", flat=True),
        SiteCode: chart.Site.objects.values_list("code", flat=True),
        MilestoneId: chart.Milestone.objects.values_list("uid", flat=True),
        AgentId: chart.Agent.objects.values_list("uid", flat=True),
        CommitteeId: models.Committee.objects.values_list("uid", flat=True),
        SessionId: models.Session.objects.values_list("uid", flat=True),
        ReorganisationCode: models.Reorganisation.objects.values_list("code", flat=True),
        ChangeId: chart.PendingTransformation.objects.values_list("uid", flat=True),
        AgendaItemId: models.AgendaItem.objects.values_list("uid", flat=True),
    }
    changes: tuple[AnyChange, ...] = tuple(
        read_change(payload) for payload in models.ChangeRecord.objects.values_list("payload", flat=True)
    )
    found = Known({kind: frozenset(identifiers) for kind, identifiers in pages.items()})
    return found.and_given(identifiers_in(changes, tuple[AnyChange, ...]))
