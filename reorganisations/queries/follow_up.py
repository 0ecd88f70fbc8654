"""All that surrounds a text given to a committee: sessions, opinions, decisions, stages, documents, trail."""

import datetime
from functools import cached_property
from typing import cast

from django.db.models import OuterRef, Subquery
from django.utils import timezone

from accounts.models import Event
from missions.models import Document
from missions.queries import newest_version
from orgchart.changes import AnyChange, Change, TransformUndetermined
from orgchart.structure import Structure

from ..deadlines import Refusal
from ..models import (
    AgendaItem,
    CommitteeRules,
    Decision,
    Opinion,
    SealedText,
    Session,
    StageRecord,
    TransformationResolution,
)
from ..sealing import Text, unseal
from ..status import EDITABLE, Status
from .deadlines import GIVEN_UP, SessionCalendar, calendar_of
from .draft import Draft
from .execution import Execution
from .records import refused_unanimously, trail_of

# Lines of the trail shown beside the procedure; the whole is in the journal.
LATEST = 40
# Edits of the draft are told one by one in the workspace.
ELSEWHERE = ("edit_draft", "store_document")

NEXT_SESSION = (
    Session.objects.filter(committee=OuterRef("session__committee"), held_on__gt=OuterRef("session__held_on"))
    .order_by("held_on")
    .values("held_on")[:1]
)


class FollowUp(Draft):
    """The draft with its procedure, each part read once. What cannot be there yet is not asked for."""

    @cached_property
    def agenda_items(self) -> tuple[AgendaItem, ...]:
        """The sessions it was put to, the earliest first, each with its opinion if it gave one."""
        items = self.reorganisation.agenda_items.select_related(
            "session__committee", "session__reconvened_as", "session__in_place_of", "opinion__recorded_by"
        ).annotate(next_session_on=Subquery(NEXT_SESSION))
        return tuple(items.order_by("session__held_on", "pk"))

    @cached_property
    def agenda_item(self) -> AgendaItem | None:
        return self.agenda_items[-1] if self.agenda_items else None

    @cached_property
    def rules(self) -> tuple[CommitteeRules, ...]:
        """All the sets, by their dates, read once for every session."""
        return tuple(CommitteeRules.objects.all()) if self.agenda_items else ()

    @cached_property
    def calendars(self) -> tuple[SessionCalendar, ...]:
        """The deadlines of its sessions, the earliest first, from what the page reads anyway."""
        return tuple(
            calendar_of(
                item.session,
                self.rules,
                following=item.next_session_on,  # type: ignore[attr-defined]  # annotated
                refusals=self._refusal(item),
                any_number=item.new_examination_of_id is not None,
                today=timezone.localdate(),
            )
            for item in self.agenda_items
        )

    def _refusal(self, item: AgendaItem) -> tuple[Refusal, ...]:
        """What a new examination may follow: nothing, or this point."""
        opinion = next((each for each in self.opinions if each.agenda_item_id == item.pk), None)
        if opinion is None or item.new_examination_of_id or not refused_unanimously(opinion.colleges.all()):
            return ()
        anew = (each.session.held_on for each in self.agenda_items if each.new_examination_of_id == item.pk)
        given_up = self.reorganisation.status in GIVEN_UP
        return (Refusal(self.reorganisation.title, opinion.deliberation_needed, next(anew, None), given_up),)

    @cached_property
    def opinions(self) -> tuple[Opinion, ...]:
        """With `votes` and `colleges`, in the order they were recorded."""
        if not any(hasattr(item, "opinion") for item in self.agenda_items):
            return ()
        found = Opinion.objects.filter(agenda_item__reorganisation=self.reorganisation)
        return tuple(found.prefetch_related("votes", "colleges").order_by("recorded_at", "pk"))

    @property
    def edited_since_sealed(self) -> bool:
        """Read from the texts, which the page shows anyway."""
        row = self.reorganisation
        before_committee = row.status in (Status.SUBMITTED, Status.POSTPONED)
        return before_committee and all(text.sealed_at < row.saved_at for text in self.sealed_texts)

    @property
    def opinion(self) -> Opinion | None:
        return self.opinions[-1] if self.opinions else None

    @property
    def examined(self) -> AgendaItem | None:
        """The point of the last opinion."""
        opinion = self.opinion
        return next((item for item in self.agenda_items if opinion and item.pk == opinion.agenda_item_id), None)

    @property
    def to_examine(self) -> tuple[AgendaItem, ...]:
        """The points whose session gave no opinion yet, nor was convoked again for want of quorum."""
        return tuple(
            item
            for item in self.agenda_items
            if not hasattr(item, "opinion") and not hasattr(item.session, "reconvened_as")
        )

    @property
    def voted(self) -> SealedText | None:
        opinion = self.opinion
        return next((text for text in self.sealed_texts if opinion and text.pk == opinion.sealed_text_id), None)

    @cached_property
    def decisions(self) -> tuple[Decision, ...]:
        """Those that stand last, after those set aside."""
        if not self.opinions:
            return ()
        found = self.reorganisation.decisions.select_related("recorded_by").order_by("recorded_at", "pk")
        return tuple(sorted(found, key=lambda each: each.set_aside_at is None))

    @property
    def acts(self) -> tuple[Decision, ...]:
        """Those that stand, in the order in which they were recorded."""
        return tuple(each for each in self.decisions if each.set_aside_at is None)

    @property
    def decision(self) -> Decision | None:
        """The act that decided: others may stand beside it."""
        return next(iter(self.acts), None)

    @cached_property
    def content(self) -> Text | None:
        """The text voted, or the last one given to the committee."""
        text = self.voted or (self.sealed_texts[-1] if self.sealed_texts else None)
        return unseal(text) if text else None

    @cached_property
    def before(self) -> Structure:
        """Once the text is settled, the chart it was sealed with: nothing else is shown any more."""
        settled = self.reorganisation.status not in EDITABLE and self.content
        return settled.before if settled else super().before

    @cached_property
    def execution(self) -> Execution | None:
        """None while nothing is decided."""
        return Execution(self.reorganisation, self.content) if self.decision and self.content else None

    @cached_property
    def executed(self) -> "Executed":
        """Of a decided reorganisation only."""
        return Executed(cast("Execution", self.execution))

    @cached_property
    def fictitious(self) -> bool:
        made_up = any(act.fictitious for act in self.acts)
        return self.reorganisation.fictitious or made_up or any(opinion.fictitious for opinion in self.opinions)

    @cached_property
    def outdated(self) -> bool:
        """Whether a version was sealed since the one the draft was written over."""
        newest = newest_version()
        return newest is not None and newest.pk != self.reorganisation.base_version_id

    @cached_property
    def documents(self) -> tuple[Document, ...]:
        """Signed documents, the latest first, without their content. Reports written from a seal are not among them."""
        meta = self.reorganisation._meta.label_lower
        found = Document.objects.filter(owner_type=meta, owner_uid=self.reorganisation.uid)
        return tuple(found.select_related("content", "by").defer("content__content"))

    @cached_property
    def trail(self) -> tuple[Event, ...]:
        """What was done and by whom, the latest first."""
        return tuple(trail_of(self.reorganisation).exclude(verb__in=ELSEWHERE)[:LATEST])


class Executed:
    """The changes as they are carried out: the text voted with its adjustments, over the chart it was sealed on."""

    def __init__(self, execution: Execution) -> None:
        self.execution = execution

    @cached_property
    def carried(self) -> "Carried":
        return Carried(self.execution)

    def stage(self, uid: str) -> StageRecord | None:
        return next((stage for stage in self.execution.stages if stage.uid == uid), None)

    @property
    def next(self) -> StageRecord | None:
        return self.execution.waiting[0] if self.execution.waiting else None

    def due(self, stage: StageRecord, today: datetime.date | None = None) -> bool:
        return stage.effective_on is not None and stage.effective_on <= (today or timezone.localdate())

    @property
    def undetermined(self) -> tuple[tuple[TransformUndetermined, TransformationResolution | None], ...]:
        """Transformations whose post the bourse names, with what it said."""
        said = {row.pending: row for row in self.execution.resolutions}
        return tuple(
            (change, said.get(change.id))
            for stage in self.execution.stages
            for change in self.execution.changes_of(stage)
            if isinstance(change, TransformUndetermined)
        )

    @property
    def waiting_changes(self) -> tuple[AnyChange, ...]:
        """The changes of the stages to come, in their order; what the bourse said is not one of them."""
        resolved = {row.uid for row in self.execution.resolutions}
        return tuple(
            change
            for stage in self.execution.waiting
            for change in self.execution.changes_of(stage)
            if change.id not in resolved
        )

    def words(self, change: Change) -> str:
        return self.carried.wording(change).sentence

    def details(self, change: Change) -> tuple[str, ...]:
        return self.carried.wording(change).details


class Carried(Draft):
    """Everything decided, folded over the chart of the text: what the words of a stage refer to."""

    def __init__(self, execution: Execution) -> None:
        super().__init__(execution.reorganisation)
        self.execution = execution

    @cached_property
    def before(self) -> Structure:
        return self.execution.text.before

    @cached_property
    def changes(self) -> tuple[AnyChange, ...]:
        known = {change.id: change for change in self.execution.text.changes}
        done = {change.id: change for stage in self.execution.stages for change in self.execution.changes_of(stage)}
        return tuple((known | done).values())
