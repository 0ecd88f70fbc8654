"""Three ways: the chart a draft was written on, the draft, and the chart in force now or another draft."""

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple, cast

from .changes import Change, minted_ids
from .fields import Words, changed, record_of
from .french import NBSP
from .records import Post, Unit
from .side import Side, heirs
from .structure import Structure
from .traces import Write, differing, trace
from .values import ChangeId, PostId, UnitId, canonical


class Clash(StrEnum):
    """Why two sides cannot both be."""

    CLAIMED = "poste_convoite"
    PARENT_CLOSED = "unite_fermee"
    LOOP = "boucle"
    FIELD = "champ"
    REMOVED = "disparu"
    KEPT_ELSEWHERE = "modifie_ailleurs"
    REFUSED = "impossible"


class Conflict(NamedTuple):
    """`change`: that of the draft; `other`: that of the other draft, if it is one. `field` with the three values as
    text when both sides changed it."""

    code: Clash
    message: str
    change: ChangeId
    other: ChangeId | None = None
    units: tuple[UnitId, ...] = ()
    posts: tuple[PostId, ...] = ()
    field: str | None = None
    base: str = ""
    draft: str = ""
    now: str = ""


def conflicts_with_chart(base: Structure, changes: Sequence[Change], now: Structure) -> tuple[Conflict, ...]:
    """Between a draft written on `base` and the chart in force now. The same thing done on both sides is none."""
    return _Sides(Side(base, changes), now, None).conflicts() if now != base else ()


def conflicts_between(base: Structure, mine: Sequence[Change], theirs: Sequence[Change]) -> tuple[Conflict, ...]:
    """Between two drafts on the same chart; `change` is one of mine, `other` one of theirs."""
    return next(conflicts_with_each(base, mine, [theirs]))


def conflicts_with_each(
    base: Structure, mine: Sequence[Change], others: Iterable[Sequence[Change]]
) -> Iterator[tuple[Conflict, ...]]:
    """`conflicts_between` for each of the others, in their order; mine is folded once."""
    return conflicts_with_sides(Side(base, mine), (Side(base, changes) for changes in others))


def conflicts_with_sides(mine: Side, others: Iterable[Side]) -> Iterator[tuple[Conflict, ...]]:
    """The same with drafts folded already, all on the same base."""
    for other in others:
        yield _Sides(mine, other.structure, other).conflicts()


class _Sides:
    def __init__(self, mine: Side, now: Structure, side: Side | None) -> None:
        self.base = base = mine.base
        self.changes = mine.changes
        self.now = now
        self.other = side
        self.theirs = side.trace if side else None
        self.written = side.written if side else None
        self.side = mine
        self.mine = mine.trace
        self.draft = mine.structure
        self.words = Words((base, self.draft, now))

    def conflicts(self) -> tuple[Conflict, ...]:
        refused = {conflict.change: conflict for conflict in self._refusals()}
        found = list(refused.values())
        told = {(conflict.change, each) for conflict in found for each in (*conflict.units, *conflict.posts)}
        for conflict in self._records():
            keys = {(conflict.change, each) for each in (*conflict.units, *conflict.posts)}
            if not keys & told:
                found.append(conflict)
        ranks = self.side.ranks
        return tuple(sorted(found, key=lambda conflict: ranks[conflict.change]))

    # Changes that can no longer be made

    def _refusals(self) -> Iterator[Conflict]:
        """What the draft could do on its base and cannot do now, consequences of one another told once."""
        refused = (
            trace(self.now, self.changes).refused
            if self.written is None
            else self.side.dependence.refused_on(self.now, self.written)
        )
        lost: set[str] = set()
        for change in self.changes:
            reason = refused.get(change.id)
            if reason is None or change.id in self.mine.refused:
                continue
            writes = self.mine.writes[change.id]
            if self._already_done(writes):
                continue
            found = self._refusal(change, reason, writes)
            if found.code in (Clash.REMOVED, Clash.CLAIMED) or not self._follows(change, writes, lost):
                yield found
            lost |= minted_ids([change])

    def _follows(self, change: Change, writes: tuple[Write, ...], lost: set[str]) -> bool:
        """Whether the change needs what an earlier one, told already, no longer makes."""
        return _named_in(change, lost) or bool(lost & {write.key for write in writes})

    def _already_done(self, writes: tuple[Write, ...]) -> bool:
        return all(self._same_now(write) for write in writes)

    def _same_now(self, write: Write) -> bool:
        """Whether the other side has what the change wrote, or what the draft makes of it in the end."""
        now = self._now(write.key)
        if now is None:
            gone = write.after is None or self._draft(write.key) is None
            return gone and not self._replaced_now(write.key)
        wanted = (write.after, self._draft(write.key))
        return any(record and not {*differing(record, now)} & {*write.fields} for record in wanted)

    def _replaced_now(self, key: str) -> bool:
        """Whether another post of the chart now comes from this one, that does not in the draft."""
        made = self._heirs_now.get(PostId(key))
        return made is not None and made != self.side.heirs.get(PostId(key))

    def _refusal(self, change: Change, reason: str, writes: tuple[Write, ...]) -> Conflict:
        gone = [write.key for write in writes if self._base(write.key) is not None and self._now(write.key) is None]
        candidates = tuple(post for pending in self.mine.opened[change.id] for post in pending.candidates)
        gone.extend(post for post in candidates if post in self.base.post_by_id and post not in self.now.post_by_id)
        if gone:
            keys = dict.fromkeys(gone)
            claimed = any(self._replaced_now(key) for key in keys)
            return self._conflict(
                Clash.CLAIMED if claimed else Clash.REMOVED, self._gone_text([*keys]), change.id, *keys
            )
        for destination in self._destinations(writes):
            if destination not in self.now.unit_by_id and destination in self.base.unit_by_id:
                message = f"{self._label(destination)} n’existe plus {self._where}{NBSP}: rien ne peut y être rattaché."
                return Conflict(Clash.PARENT_CLOSED, message, change.id, self._other(destination), (destination,))
        moved = [write.after for write in writes if isinstance(write.after, Unit) and write.before]
        for unit in moved:
            if unit.parent and any(above.id == unit.id for above in self.now.ancestors(unit.parent, include_self=True)):
                message = f"{self._label(unit.id)} ne peut plus dépendre de {self._label(unit.parent)}, qui en dépend."
                other = self._other(unit.parent)
                return Conflict(Clash.LOOP, message, change.id, other, (unit.id, unit.parent))
        if self._candidates_now & {*candidates}:
            return Conflict(Clash.CLAIMED, reason, change.id, self._other(*candidates), (), candidates)
        touched = [write.key for write in writes if write.before is not None]
        return self._conflict(Clash.REFUSED, reason, change.id, *touched)

    @property
    def _candidates_now(self) -> set[PostId]:
        known = {pending.id for pending in self.base.pendings}
        return {post for pending in self.now.pendings if pending.id not in known for post in pending.candidates}

    def _destinations(self, writes: tuple[Write, ...]) -> Iterator[UnitId]:
        for write in writes:
            if isinstance(write.after, Unit) and write.after.parent:
                yield write.after.parent
            elif isinstance(write.after, Post):
                yield write.after.unit
                yield from (share.unit for share in write.after.shares)

    # Records changed on both sides

    def _records(self) -> Iterator[Conflict]:
        known = self.side.writes_of
        for key in known if self.written is None else [key for key in known if key in self.written]:
            for change, write in known[key]:
                if write.before is not None and self._base(key) is not None:
                    yield from self._record(change, key, write)
        claimed = self._candidates_now
        for change, pendings in self.mine.opened.items():
            posts = tuple(post for pending in pendings for post in pending.candidates if post in claimed)
            same = {(pending.id, pending.into) for pending in self.now.pendings}
            if posts and not all((pending.id, pending.into) in same for pending in pendings):
                message = f"Les mêmes postes sont déjà concernés par une transformation à déterminer {self._where}."
                yield Conflict(Clash.CLAIMED, message, change, self._other(*posts), (), posts)

    def _record(self, change: ChangeId, key: str, write: Write) -> Iterator[Conflict]:
        """`write` changes a record of the base: does the other side change it too, and otherwise?"""
        base, now, draft = cast("Unit | Post", self._base(key)), self._now(key), self._draft(key)
        if now is None or draft is None:
            if now is None and draft is None:
                if self._replaced_now(key):
                    yield self._conflict(Clash.CLAIMED, self._gone_text([key]), change, key)
            elif now is None:
                yield self._conflict(Clash.REMOVED, self._gone_text([key]), change, key)
            elif write.after is None and (fields := differing(base, now)):
                text = f"{self._label(key)} disparaît dans le projet, mais {changed(fields)}"
                yield self._conflict(Clash.KEPT_ELSEWHERE, text, change, key)
            return
        for field in write.fields:
            was, wanted, found = (getattr(record, field, None) for record in (base, draft, now))
            if wanted != found and was not in (wanted, found) and self.side.author(key, field) == change:
                yield self._field(change, key, field, was, wanted, found)

    def _field(self, change: ChangeId, key: str, field: str, was: object, wanted: object, found: object) -> Conflict:
        texts = [self.words.value(field, value) for value in (was, wanted, found)]
        claimed = field == "unit"
        sides = zip(("au départ", "dans le projet", self._where), texts, strict=True)
        values = f"{NBSP}; ".join(f"{side}{NBSP}: {text}" for side, text in sides)
        message = f"{self._label(key)}{NBSP}: {changed([field])} des deux côtés ({values})."
        unit = key in self.base.unit_by_id
        units, posts = ((UnitId(key),), ()) if unit else ((), (PostId(key),))
        other = self.other.author(key, field) if self.other else None
        return Conflict(Clash.CLAIMED if claimed else Clash.FIELD, message, change, other, units, posts, field, *texts)

    def _conflict(self, code: Clash, text: str, change: ChangeId, *keys: str) -> Conflict:
        units = tuple(UnitId(key) for key in keys if key in self.base.unit_by_id)
        posts = tuple(PostId(key) for key in keys if key not in self.base.unit_by_id)
        message = text if text.endswith(".") else f"{text} {self._where}."
        return Conflict(code, message, change, self._other(*keys), units, posts)

    def _gone_text(self, keys: Sequence[str]) -> str:
        """« Le poste « graphiste » a été transformé », « … n’existent plus »."""
        several = len(keys) > 1
        if all(self._replaced_now(key) for key in keys):
            return f"{self.words.labels(keys)} {'ont déjà été transformés' if several else 'a déjà été transformé'}"
        return f"{self.words.labels(keys)} {'n’existent plus' if several else 'n’existe plus'}"

    # Words and look-ups

    @cached_property
    def _heirs_now(self) -> dict[PostId, set[PostId]]:
        return self.other.heirs if self.other else heirs(self.now)

    @property
    def _where(self) -> str:
        return "dans l’organigramme en vigueur" if self.theirs is None else "dans l’autre projet"

    def _other(self, *keys: str) -> ChangeId | None:
        """The change of the other draft that last wrote one of these, or put something there."""
        found = [self._writers[key] for key in keys if key in self._writers]
        return max(found)[1] if found else None

    @cached_property
    def _writers(self) -> dict[str, tuple[int, ChangeId]]:
        """Record of the other draft → the last of its changes about it, after its rank."""
        found: dict[str, tuple[int, ChangeId]] = {}
        if self.theirs is not None:
            for rank, (change, writes) in enumerate(self.theirs.writes.items()):
                opened = (post for pending in self.theirs.opened[change] for post in pending.candidates)
                for key in (*(write.key for write in writes), *opened, *self._destinations(writes)):
                    found[key] = (rank, change)
        return found

    def _base(self, key: str) -> Unit | Post | None:
        return record_of(self.base, key)

    def _now(self, key: str) -> Unit | Post | None:
        return record_of(self.now, key)

    def _draft(self, key: str) -> Unit | Post | None:
        return record_of(self.draft, key)

    def _label(self, key: str) -> str:
        return self.words.label(key)


def _named_in(change: Change, ids: set[str]) -> bool:
    """Whether the change speaks of one of these units or posts."""
    text = canonical(change)
    return any(canonical(each) in text for each in ids)
