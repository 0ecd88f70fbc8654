"""One draft and all that follows from it: the single object that pages, documents and actions read."""

import datetime
from collections.abc import Mapping, Sequence
from functools import cached_property

from django.utils import timezone

from missions.queries import Occupancy, agents_by_uid, newest_version, occupancies_on, version_structure
from orgchart.causes import Causes, causes
from orgchart.changes import AnyChange, Change
from orgchart.checks import Announced, Problem, check_draft, worst_first
from orgchart.conflicts import Conflict, conflicts_with_chart, conflicts_with_sides
from orgchart.diff import Difference
from orgchart.fates import Fate, Resolution, fates_of, touched_posts
from orgchart.fold import Folded, Refusal, Stage, fold_leniently, in_fold_order, stages
from orgchart.side import Side
from orgchart.structure import Structure
from orgchart.values import ChangeId, PostId, UnitId
from orgchart.wording import ChangeWording, sentence

from ..models import AgendaItem, DraftEdit, NarrativeSection, Reorganisation, SealedText
from ..sealing import Facts, Section, Text, TextDifference, differences, unseal
from ..status import Status
from .arbitration import Dispute, disputes_of, problem_of
from .bases import base_structure
from .edits import standing_states
from .fiction import has_fiction
from .kept import KEPT
from .neighbours import Neighbours
from .written import announced_of, changes_of, kept, milestones_of


def draft(reorganisation: Reorganisation) -> "Draft":
    return Draft(reorganisation)


# What an edit of the list of changes leaves as it is.
WHATEVER_THE_LIST = (
    "before",
    "situations",
    "announced",
    "now",
    "neighbours",
    "sections",
    "agenda_item",
    "fictitious",
)


class Draft:
    """Everything is computed once, when first asked: a page pays only for what it shows."""

    def __init__(self, reorganisation: Reorganisation) -> None:
        self.reorganisation = reorganisation
        self.revision = reorganisation.revision
        self._earlier: Draft | None = None
        self._kept = kept(reorganisation)

    # The draft once it is edited

    def edited(self, changes: Sequence[AnyChange]) -> "Draft":
        """The same draft with another list of changes. What does not depend on the list is not read again, and what
        both lists begin with is not folded again."""
        made = Draft(self.reorganisation)
        made.__dict__ |= {name: self.__dict__[name] for name in WHATEVER_THE_LIST if name in self.__dict__}
        made.__dict__["changes"] = tuple(changes)
        made._kept = self._kept.edited()
        made._earlier = self
        return made

    def become(self, edited: "Draft") -> None:
        """The list was written as `edited` has it: the caller who holds this draft goes on with that one."""
        reorganisation = self.reorganisation
        self.__dict__.clear()
        self.__dict__.update(edited.__dict__)
        self.reorganisation, self.revision, self._earlier = reorganisation, reorganisation.revision, None
        self._standing_states = {DraftEdit.State.DONE.value}
        KEPT.keep(reorganisation.uid, self._kept)

    @cached_property
    def fictitious(self) -> bool:
        """Something of it is made up: its pages say so."""
        return has_fiction(self.reorganisation)

    # The fold

    @cached_property
    def before(self) -> Structure:
        return base_structure(self.reorganisation)

    @cached_property
    def changes(self) -> tuple[AnyChange, ...]:
        return changes_of(self.reorganisation)

    @cached_property
    def in_fold_order(self) -> tuple[Change, ...]:
        return in_fold_order(self.changes, self.reorganisation.effective_on)

    @cached_property
    def stages(self) -> tuple[Stage, ...]:
        return stages(self.changes, self.reorganisation.effective_on)

    @cached_property
    def side(self) -> Side:
        """Folded step by step: what an edit adds to an earlier list is all that is folded again."""
        earlier = self._earlier.side if self._earlier else None
        return self._kept.side(self.before, self.in_fold_order, earlier=earlier)

    @property
    def folded(self) -> Folded:
        return self.side.folded

    @property
    def after(self) -> Structure:
        return self.folded.structure

    @property
    def difference(self) -> Difference:
        return self.side.difference

    @cached_property
    def causes(self) -> Causes:
        """What varies in the perimeter of the reorganisation, and why."""
        root = UnitId(self.reorganisation.unit_uid)
        return causes(self.before, self.in_fold_order, self.after, within=root)

    def before_change(self, change: ChangeId) -> Structure:
        """The chart as the change finds it, where it comes in the fold."""
        earlier = []
        for each in self.in_fold_order:
            if each.id == change:
                break
            earlier.append(each)
        return fold_leniently(self.before, earlier).structure

    @cached_property
    def _wordings(self) -> dict[ChangeId, ChangeWording]:
        return {}

    def wording(self, change: Change) -> ChangeWording:
        """The words of a change of the draft, written once: pages say them in several places."""
        if change.id not in self._wordings:
            self._wordings[change.id] = sentence(change, self.before, self.after)
        return self._wordings[change.id]

    # The holders

    @property
    def day(self) -> datetime.date:
        """The day whose holders are concerned: the date of effect, today while it is not known."""
        return self.reorganisation.effective_on or timezone.localdate()

    @cached_property
    def occupancies(self) -> Mapping[PostId, tuple[Occupancy, ...]]:
        """Post touched → who is on it, interims included: nobody where the vacancy is stated, absent when unknown."""
        candidates = [post for pending in self.difference.pendings_opened for post in pending.candidates]
        concerned = {*touched_posts(self.difference), *candidates}
        return occupancies_on(self.day, concerned) if concerned else {}

    @cached_property
    def holders(self) -> Mapping[PostId, tuple[str, ...]]:
        """The same without those who stand in: whose only occupant does so has an unknown holder."""
        found = {
            post: tuple(each.agent for each in on_it if not each.stands_in) for post, on_it in self.occupancies.items()
        }
        return {post: agents for post, agents in found.items() if agents or not self.occupancies[post]}

    @cached_property
    def names(self) -> Mapping[str, str]:
        """Holder → the name, for those who may read it."""
        known = {each.agent: each.name for on_it in self.occupancies.values() for each in on_it}
        others = set(self.situations) - known.keys()
        return known | {uid: agent.name for uid, agent in agents_by_uid(others).items()} if others else known

    @cached_property
    def holder_names(self) -> Mapping[PostId, str]:
        """Post touched → the names of those who hold it."""
        return {
            post: ", ".join(self.names[uid] for uid in found if uid in self.names)
            for post, found in self.holders.items()
        }

    @cached_property
    def situations(self) -> Mapping[str, Resolution]:
        """What HR said of each holder."""
        rows = self.reorganisation.situations.values_list("agent_uid", "post_uid", "note")
        return {uid: Resolution(post=PostId(post) if post else None, note=note) for uid, post, note in rows}

    @cached_property
    def fates(self) -> tuple[Fate, ...]:
        return fates_of(self.difference, self.holders, self.situations, self.in_fold_order)

    @property
    def unresolved(self) -> tuple[Fate, ...]:
        """Known holders left without a post, of whom HR has said nothing."""
        return tuple(fate for fate in self.fates if not fate.settled)

    # The problems

    @cached_property
    def announced(self) -> tuple[Announced, ...]:
        return announced_of(self.reorganisation)

    @cached_property
    def checks(self) -> tuple[Problem, ...]:
        """What the draft says against itself."""
        return check_draft(
            self.before,
            self.in_fold_order,
            self.folded,
            announced=self.announced,
            holders=self.holders,
            situations=self.situations,
            effective=self.reorganisation.effective_on,
            principle_of_security=self.reorganisation.principle_of_security,
            difference=self.difference,
        )

    @cached_property
    def now(self) -> Structure | None:
        """The chart in force, when it is no longer the one the draft was written over and something is left to apply.

        Read from its seal: two queries, where the live rows take eight.
        """
        if self.reorganisation.status in (Status.IN_FORCE, Status.WITHDRAWN):
            return None
        if getattr(self.reorganisation, "newest_version", None) == self.reorganisation.base_version_id:
            return None
        newest = newest_version()
        if newest is None or newest.pk == self.reorganisation.base_version_id:
            return None
        return version_structure(newest)

    @cached_property
    def conflicts(self) -> tuple[Conflict, ...]:
        """With the chart in force."""
        return conflicts_with_chart(self.before, self.in_fold_order, self.now) if self.now else ()

    @cached_property
    def refused_now(self) -> tuple[Refusal, ...]:
        """What could be done on the chart the draft was written over, and cannot, or need not, on the one in force."""
        if self.now is None:
            return ()
        already = {refusal.change.id for refusal in self.folded.refusals}
        refusals = fold_leniently(self.now, self.in_fold_order).refusals
        return tuple(refusal for refusal in refusals if refusal.change.id not in already)

    @cached_property
    def neighbours(self) -> Neighbours:
        return Neighbours(self.reorganisation)

    @cached_property
    def others(self) -> tuple[tuple[Reorganisation, tuple[Change, ...]], ...]:
        """The other open reorganisations that have something to change still, with their changes. Those written over
        another version are read over this one."""
        return tuple((other, neighbour.changes) for other, neighbour in self.neighbours.found)

    @cached_property
    def conflicts_with_others(self) -> tuple[tuple[Reorganisation, Conflict], ...]:
        beside = self.neighbours.found
        sides = (neighbour.over(self.before) for _, neighbour in beside)
        found = conflicts_with_sides(self.side, sides)
        return tuple(
            (other, conflict) for (other, _), conflicts in zip(beside, found, strict=True) for conflict in conflicts
        )

    def other_side(self, other: Reorganisation | None) -> Structure:
        """The chart of the other side of a conflict: the one in force, or what another draft makes of this base."""
        if other is None:
            return self.now or self.before
        for each, neighbour in self.neighbours.found:
            if each.pk == other.pk:
                return neighbour.over(self.before).structure
        return self.before

    @cached_property
    def disputes(self) -> tuple[Dispute, ...]:
        """All these conflicts, each with what was settled of it."""
        return disputes_of(self)

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """Everything to look at, the gravest first: checks, conflicts with the chart, with the other drafts."""
        return worst_first([*self.checks, *(problem_of(dispute) for dispute in self.disputes)])

    def beside(self, other: Reorganisation) -> "Draft":
        """Another draft; the chart is read once for both when they are written over the same version."""
        found = Draft(other)
        if other.base_version_id == self.reorganisation.base_version_id and other.status == self.reorganisation.status:
            found.before = self.before
        return found

    @cached_property
    def has_open_remarks(self) -> bool:
        """A remark of a reader is still to be dealt with."""
        known: bool | None = getattr(self.reorganisation, "has_open_remarks", None)
        return self.reorganisation.remarks.open().exists() if known is None else known

    @cached_property
    def has_open_variants(self) -> bool:
        """Another variant of the draft is still there to be chosen. Without a query for a page, which asked already."""
        known: bool | None = getattr(self.reorganisation, "has_open_variants", None)
        if known is not None:
            return known
        family = Reorganisation.objects.of_family(self.reorganisation).exclude(pk=self.reorganisation.pk)
        return family.filter(status=Status.DRAFT).exists()

    # The words and the seals

    @cached_property
    def sections(self) -> tuple[NarrativeSection, ...]:
        return tuple(self.reorganisation.sections.order_by("position"))

    @cached_property
    def agenda_item(self) -> AgendaItem | None:
        """The last session the reorganisation was put to."""
        items = self.reorganisation.agenda_items.select_related("session__committee")
        return items.order_by("session__held_on", "pk").last()

    @cached_property
    def text(self) -> Text:
        """What would be sealed now."""
        item = self.agenda_item
        return Text(
            facts=Facts(
                code=self.reorganisation.code,
                title=self.reorganisation.title,
                unit=UnitId(self.reorganisation.unit_uid),
                effective_on=self.reorganisation.effective_on,
                committee=item.session.committee.label if item else "",
                session_on=item.session.held_on if item else None,
                item=item.kind if item else AgendaItem.Kind.FOR_OPINION.value,
                announced=self.announced,
                milestones=milestones_of(self.reorganisation, item.session.held_on if item else None),
                fictitious=self.reorganisation.fictitious,
            ),
            before=self.before,
            changes=self.changes,
            sections=tuple(
                Section(
                    key=section.key,
                    title=section.title,
                    markdown=section.markdown,
                    change=ChangeId(section.change_uid) if section.change_uid else None,
                )
                for section in self.sections
                if section.included
            ),
        )

    @cached_property
    def sealed_texts(self) -> tuple[SealedText, ...]:
        return tuple(self.reorganisation.sealed_texts.order_by("number"))

    @cached_property
    def text_difference(self) -> TextDifference | None:
        """« Diffère du texte soumis »: from the last text sealed; None when none is."""
        return differences(unseal(self.sealed_texts[-1]), self.text) if self.sealed_texts else None

    @cached_property
    def edited_since_sealed(self) -> bool:
        """Something was edited after the last text was sealed; `text_difference` says in what it differs."""
        if self.reorganisation.status not in (Status.SUBMITTED, Status.POSTPONED):
            return False
        return not self.reorganisation.sealed_texts.filter(sealed_at__gte=self.reorganisation.saved_at).exists()

    @property
    def differs_from_sealed(self) -> bool:
        return self.text_difference is not None and not self.text_difference.empty

    # The edits

    @cached_property
    def _standing_states(self) -> set[str]:
        return standing_states(self.reorganisation)

    @property
    def can_undo(self) -> bool:
        return DraftEdit.State.DONE in self._standing_states

    @property
    def can_redo(self) -> bool:
        return DraftEdit.State.UNDONE in self._standing_states
