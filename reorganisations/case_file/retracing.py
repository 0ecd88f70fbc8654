"""What was recorded about one reorganisation, as the steps that record it again.

Only what is kept for good is read: rows, seals, dates. The trail, which is purged, is not; what it alone knows (the
reason of a postponement) is left out, and what the seals imply (sent back before a second submission) is put in.
"""

import datetime
from collections.abc import Callable
from functools import partial
from typing import Any, Literal, NamedTuple

from msgspec import convert

from orgchart.changes import AnyChange, read_change
from orgchart.checks import Announced
from orgchart.fold import stages
from orgchart.values import ChangeId, PostId, UnitId

from ..models import AgendaItem, ConflictChoice, Decision, Opinion, Reorganisation, SealedText, Status
from ..queries.draft import Draft
from ..queries.execution import execution_of
from ..queries.written import announced_of, changes_of
from ..sealing import unseal
from .drafts import sections_of, situations_of
from .steps import (
    AdjustExecution,
    AmendText,
    AnyStep,
    ApplyStage,
    ArbitrateConflict,
    CollegeOutcome,
    Confirm,
    Decide,
    EditDraft,
    OpenReorganisation,
    Postpone,
    PresentAgain,
    PutOnAgenda,
    RecordAct,
    RecordFruitlessBourse,
    RecordOpinion,
    ReorganisationCode,
    ResolveByBourse,
    Section,
    SendBack,
    SessionId,
    SetStageDate,
    SituationOf,
    Submit,
    UnionVote,
    Withdraw,
)
from .traces import AGAIN, BACK, DONE, EDITED, LAST, SETTLED, THEN, Trace

VOTE_FIELDS = tuple(field for field in UnionVote.__struct_fields__ if field != "fictitious")
DECISION_FIELDS = tuple(field for field in Decide.__struct_fields__ if field != "reorganisation")


class Content(NamedTuple):
    """What a draft says, as an `edit_draft` step has it."""

    title: str
    effective_on: datetime.date | None
    principle_of_security: bool
    announced: tuple[Announced, ...]
    changes: tuple[AnyChange, ...]
    sections: tuple[Section, ...]
    situations: tuple[SituationOf, ...]


def reorganisation_steps(row: Reorganisation, *, nominative: bool) -> list[Trace]:
    """All that was recorded about one reorganisation, from its opening on."""
    return _Retracing(row, nominative=nominative).traces


class _Retracing:
    """Walks the seals, opinions and decisions of one reorganisation in their order, and the status with them."""

    def __init__(self, row: Reorganisation, *, nominative: bool) -> None:
        self.row = row
        self.code = ReorganisationCode(row.code)
        self.traces: list[Trace] = []
        self.status = Status.DRAFT
        self.session = ""
        self.examined: set[str] = set()
        items = row.agenda_items.select_related("session__in_place_of").order_by("pk")
        self.items = {item.session.uid: item for item in items}
        # A session without quorum → the one that took its place, where the reorganisation came along.
        self.instead = {
            item.session.in_place_of.uid: item.session.uid
            for item in self.items.values()
            if item.session.in_place_of and item.session.in_place_of.uid in self.items
        }
        self.texts = list(row.sealed_texts.order_by("number"))
        self.now = Content(
            row.title,
            row.effective_on,
            row.principle_of_security,
            announced_of(row),
            changes_of(row),
            sections_of(row),
            situations_of(row) if nominative else (),
        )
        self.written = self._content_of(self.texts[0]) if self.texts else self.now
        self._walk()

    def _add(self, at: datetime.datetime, rank: int, step: AnyStep) -> None:
        self.traces.append(Trace(at, rank, self.code, step))

    def _walk(self) -> None:
        row = self.row
        opened = max(row.created_at, row.base_version.sealed_at)
        fields = self.written._asdict()
        first = row.variant_of
        step = OpenReorganisation(
            code=self.code,
            unit=UnitId(row.unit_uid),
            variant_of=ReorganisationCode(first.code) if first else None,
            variant=row.variant_label,
            fictitious=row.fictitious,
            **fields,
        )
        self._add(opened, LAST, step)
        opinions = Opinion.objects.filter(agenda_item__reorganisation=row)
        events: list[tuple[datetime.datetime, int, Callable[[], None]]] = []
        events += [(text.sealed_at, 0, partial(self._text, text)) for text in self.texts]
        events += [
            (opinion.recorded_at, 1, partial(self._opinion, opinion))
            for opinion in opinions.select_related("agenda_item__session", "sealed_text")
        ]
        decisions = tuple(row.decisions.all())
        events += [(decision.recorded_at, 2, partial(self._decision, decision)) for decision in decisions]
        # The acts that stood together were set aside together.
        undone = {decision.set_aside_at for decision in decisions if decision.set_aside_at}
        events += [(at, 3, partial(self._send_back, at, BACK)) for at in undone]
        last = opened
        for at, _, retrace in sorted(events, key=lambda event: event[:2]):
            retrace()
            last = at
        self._end(last)

    def _text(self, text: SealedText) -> None:
        if text.kind == SealedText.Kind.SUBMITTED:
            if self.status != Status.DRAFT:
                self._send_back(text.sealed_at, BACK)
            self._edit(text.sealed_at, EDITED, self._content_of(text))
            # It went to the session that had not examined it yet, the first if there are several.
            item = next(item for uid, item in self.items.items() if uid not in self.examined)
            self.session = item.session.uid
            self._add(text.sealed_at, DONE, Submit(**self._put(item)))
            self.status = Status.SUBMITTED
        else:
            if self.status == Status.OPINION_GIVEN:
                self._examine_anew(text.sealed_at)
            self._edit(text.sealed_at, EDITED, self._content_of(text))
            step = AmendText(
                reorganisation=self.code, dated_on=text.dated_on, origin=text.origin, fictitious=self.row.fictitious
            )
            self._add(text.sealed_at, DONE, step)

    def _opinion(self, opinion: Opinion) -> None:
        at, item = opinion.recorded_at, opinion.agenda_item
        if self.status == Status.SUBMITTED:
            self._reconvened()
        if self.status == Status.OPINION_GIVEN or self.session != item.session.uid:
            self._present_again(at, item)
        sealed = [text for text in self.texts if text.sealed_at <= at]
        step = RecordOpinion(
            reorganisation=self.code,
            session=SessionId(item.session.uid),
            votes=tuple(
                UnionVote(**{field: getattr(vote, field) for field in VOTE_FIELDS})
                for vote in opinion.votes.order_by("pk")
            ),
            outcomes=tuple(
                convert(
                    {
                        "college": each.college,
                        "outcome": each.outcome,
                        "qualification": each.qualification,
                        "unanimous": each.unanimous and bool(each.doubt),
                    },
                    CollegeOutcome,
                )
                for each in opinion.colleges.order_by("pk")
                if each.qualification or (each.unanimous and each.doubt)
            ),
            remarks=opinion.remarks,
            deliberation_needed=opinion.deliberation_needed,
            text=None if sealed[-1].pk == opinion.sealed_text_id else opinion.sealed_text.number,
            fictitious=opinion.fictitious,
        )
        self._add(at, DONE, step)
        self.examined.add(item.session.uid)
        self.status = Status.OPINION_GIVEN

    def _decision(self, decision: Decision) -> None:
        """The first act decides, those beside it are recorded."""
        fields = {field: getattr(decision, field) for field in DECISION_FIELDS}
        if self.status == Status.DECIDED:
            self._add(decision.recorded_at, DONE, RecordAct(reorganisation=self.code, **fields))
            return
        self._add(decision.recorded_at, DONE, Decide(reorganisation=self.code, **fields))
        self.status = Status.DECIDED
        if decision.set_aside_at is None:
            self._execution(decision)

    def _execution(self, decision: Decision) -> None:
        """Stages that have another date than the text gives, adjustments, entries into force, resolutions."""
        row, fictitious = self.row, decision.fictitious
        execution = execution_of(row)
        planned = stages(execution.text.changes, execution.text.facts.effective_on) if execution else ()
        for record, stage in zip(execution.stages if execution else (), planned, strict=True):
            if record.effective_on and record.effective_on != stage.date:
                dated = SetStageDate(
                    reorganisation=self.code,
                    stage=record.position,
                    effective_on=record.effective_on,
                    fictitious=fictitious,
                )
                self._add(decision.recorded_at, THEN, dated)
            if record.version:
                applied = ApplyStage(reorganisation=self.code, stage=record.position, fictitious=fictitious)
                self._add(record.version.sealed_at, DONE, applied)
        for adjustment in row.execution_adjustments.all():
            step = AdjustExecution(
                reorganisation=self.code,
                reason=adjustment.reason,
                replaces=ChangeId(adjustment.change_uid) if adjustment.change_uid else None,
                change=read_change(adjustment.payload) if adjustment.payload else None,
                fictitious=fictitious,
            )
            self._add(adjustment.recorded_at, DONE, step)
        for resolution in row.resolutions.all():
            resolved = ResolveByBourse(
                reorganisation=self.code,
                pending=ChangeId(resolution.pending),
                post=PostId(resolution.post_uid),
                on=resolution.on,
                from_elsewhere=resolution.from_elsewhere,
                fictitious=fictitious,
            )
            at = resolution.version.sealed_at if resolution.version else resolution.recorded_at
            self._add(at, DONE, resolved)
        for each in row.confirmations.all():
            fields = {"reorganisation": self.code, "subject": each.subject, "reason": each.reason}
            self._add(each.confirmed_at, LAST, convert(fields | {"fictitious": each.fictitious}, Confirm))

    def _fruitless(self) -> None:
        """They stay when the reorganisation is sent back: what follows from them is in the seals."""
        for bourse in self.row.fruitless_bourses.order_by("recorded_at", "pk"):
            step = RecordFruitlessBourse(
                reorganisation=self.code,
                pending=ChangeId(bourse.pending),
                outcome=convert(bourse.outcome, Literal["aucun_candidat", "aucun_retenu"]),
                next=convert(bourse.next, Literal["rouvrir", "vacant", "nouvel_examen"]),
                on=bourse.on,
                note=bourse.note,
                fictitious=self.row.fictitious,
            )
            self._add(bourse.recorded_at, DONE, step)

    def _choices(self) -> None:
        """Those of the conflicts that stand: what a choice already took is in the draft."""
        if not self.row.conflict_choices.exists():
            return
        for dispute in Draft(self.row).disputes:
            choice, other = dispute.choice, dispute.other
            if choice is None or choice.choice == ConflictChoice.Choice.TAKE:
                continue
            settled = ArbitrateConflict(
                reorganisation=self.code,
                change=dispute.conflict.change,
                choice=convert(choice.choice, Literal["conserver", "prendre", "retravailler"]),
                other=ReorganisationCode(other.code) if other else None,
                field=dispute.conflict.field,
                reason=choice.reason,
                fictitious=self.row.fictitious,
            )
            # Once both drafts say what they say, and the chart is the one they read.
            moments = [choice.at, self.row.saved_at, *([other.saved_at] if other else [])]
            self._add(max(moments), SETTLED, settled)

    def _end(self, last: datetime.datetime) -> None:
        """From where the seals lead to the status the reorganisation has, and to the draft as it stands."""
        now = Status(self.row.status)
        if self.status == Status.SUBMITTED:
            self._reconvened()
        left = [
            item
            for uid, item in self.items.items()
            if uid not in self.examined and uid != self.session and uid not in self.instead.values()
        ]
        if now == Status.DRAFT:
            if self.status != Status.DRAFT:
                self._send_back(last, THEN)
            for item in left:
                self._add(last, LAST, PutOnAgenda(**self._put(item)))
        elif now == Status.POSTPONED:
            self._postpone(last, THEN, left[-1] if left else None)
        elif now == Status.SUBMITTED and (left or self.status == Status.OPINION_GIVEN):
            self._present_again(last, left[-1], ranks=(THEN, LAST))
        elif now == Status.WITHDRAWN and self.row.withdrawn_at:
            withdrawn = Withdraw(reorganisation=self.code, fictitious=self.row.fictitious)
            self._add(self.row.withdrawn_at, DONE, withdrawn)
        self._edit(self.row.saved_at, LAST, self.now)
        self._fruitless()
        self._choices()

    def _reconvened(self) -> None:
        """To the session that took the place of the one without quorum: a step of its own says so."""
        while self.session in self.instead:
            self.examined.add(self.session)
            self.session = self.instead[self.session]

    def _examine_anew(self, at: datetime.datetime) -> None:
        """A text amended after an opinion was sealed for the new examination."""
        item = next(each for uid, each in self.items.items() if uid not in self.examined and each.new_examination_of_id)
        self._present_again(at, item, ranks=(BACK, BACK))

    def _put(self, item: AgendaItem) -> dict[str, Any]:
        return {
            "reorganisation": self.code,
            "session": SessionId(item.session.uid),
            "kind": item.kind,
            "number": item.number,
            "fictitious": self.row.fictitious,
        }

    def _send_back(self, at: datetime.datetime, rank: int) -> None:
        self._add(at, rank, SendBack(reorganisation=self.code, fictitious=self.row.fictitious))
        self.status = Status.DRAFT

    def _postpone(self, at: datetime.datetime, rank: int, to: AgendaItem | None = None) -> None:
        session = SessionId(to.session.uid) if to else None
        self._add(at, rank, Postpone(reorganisation=self.code, session=session, fictitious=self.row.fictitious))

    def _present_again(self, at: datetime.datetime, item: AgendaItem, ranks: tuple[int, int] = (BACK, AGAIN)) -> None:
        if self.status == Status.SUBMITTED:
            self._postpone(at, ranks[0])
        again = PresentAgain(**self._put(item), confirmation=item.window_confirmation)
        self._add(at, ranks[1], again)
        self.session, self.status = item.session.uid, Status.SUBMITTED

    def _edit(self, at: datetime.datetime, rank: int, content: Content) -> None:
        """The draft from here on, when it is not what was written last."""
        old = self.written._asdict()
        changed = {field: value for field, value in content._asdict().items() if value != old[field]}
        if changed:
            self._add(at, rank, EditDraft(reorganisation=self.code, fictitious=self.row.fictitious, **changed))
            self.written = content

    def _content_of(self, sealed: SealedText) -> Content:
        """What was sealed; of what a text leaves out (sections not included, situations), what is known now."""
        text = unseal(sealed)
        sections = tuple(
            Section(key=each.key, title=each.title, markdown=each.markdown, change=each.change)
            for each in text.sections
        )
        if sections == tuple(section for section in self.now.sections if section.included):
            sections = self.now.sections
        return self.now._replace(
            title=text.facts.title,
            effective_on=text.facts.effective_on,
            announced=text.facts.announced,
            changes=text.changes,
            sections=sections,
        )
