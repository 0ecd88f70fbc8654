"""The one mutable thing of the room: a chart being folded, as changes read it and write it."""

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from .french import NBSP, count, quoted
from .journal import Journal
from .records import Pending, Post, Unit
from .values import PostId, Share, UnitId


class ImpossibleChange(ValueError):
    """The change makes no sense on this chart; the message states the fact, in the user's words."""


class WorkingCopy(Journal):
    """What a change may ask of the chart and do to it; what makes no sense there raises ImpossibleChange."""

    def check_pendings(self) -> None:
        """Raises ImpossibleChange when the change just made parted the candidates of a pending transformation."""
        for identifier in self._touched & self._pendings.keys():
            pending = self._pendings[identifier]
            self._reads.update((identifier, *pending.candidates, pending.into))
            if not self._posts.keys() >= {*pending.candidates, pending.into}:
                raise ImpossibleChange(
                    "Ce poste est concerné par une transformation dont le poste reste à déterminer : "
                    "il ne peut pas être supprimé ni transformé avant."
                )
            check_candidates([self._posts[post] for post in pending.candidates])

    # Reading

    def unit(self, unit: UnitId) -> Unit:
        """Raises ImpossibleChange when there is no such unit at this point of the fold."""
        self._reads.add(unit)
        try:
            return self._units[unit]
        except KeyError:
            raise ImpossibleChange(f"L’unité « {unit} » n’existe pas ou n’existe plus à cette étape.") from None

    def post(self, post: PostId) -> Post:
        """Raises ImpossibleChange when there is no such post at this point of the fold."""
        self._reads.add(post)
        try:
            return self._posts[post]
        except KeyError:
            raise ImpossibleChange(f"Le poste « {post} » n’existe pas ou n’existe plus à cette étape.") from None

    def pending(self, pending: str) -> Pending:
        """Raises ImpossibleChange when no such transformation is pending."""
        self._reads.add(pending)
        try:
            return self._pendings[pending]
        except KeyError:
            raise ImpossibleChange("Cette transformation n’est pas ou n’est plus à déterminer.") from None

    def label(self, unit: UnitId) -> str:
        return self.unit(unit).label

    def title(self, post: PostId) -> str:
        found = self.post(post)
        return self._base.title_of(found)

    def has_unit(self, unit: UnitId) -> bool:
        self._reads.add(unit)
        return unit in self._units

    def has_post(self, post: PostId) -> bool:
        self._reads.add(post)
        return post in self._posts

    def has_pending(self, pending: str) -> bool:
        self._reads.add(pending)
        return pending in self._pendings

    def posts_below(self, unit: UnitId) -> Iterator[Post]:
        """The posts of the unit and of all below it, in no order: for those who count, no change reads it."""
        stack = [unit]
        while stack:
            current = stack.pop()
            yield from (self._posts[post] for post in self._holdings.get(current))
            stack.extend(self._children.get(current))

    def ancestors(self, unit: UnitId, *, include_self: bool = False) -> Iterator[UnitId]:
        """From the parent (or the unit itself) up to the root."""
        current: UnitId | None = unit if include_self else self.unit(unit).parent
        while current is not None and current in self._units:
            self._reads.add(current)
            yield current
            current = self._units[current].parent

    def children(self, unit: UnitId | None) -> list[Unit]:
        found = [self._units[child] for child in self._listed(self._children, unit)]
        return sorted(found, key=lambda each: (each.position, each.id))

    def posts_in(self, unit: UnitId) -> list[Post]:
        found = [self._posts[post] for post in self._listed(self._holdings, unit)]
        return sorted(found, key=lambda each: (each.position, each.id))

    def guests_of(self, unit: UnitId) -> list[Post]:
        """The posts of other units that work for this one in part."""
        return [self._posts[post] for post in sorted(self._listed(self._guests, unit))]

    def units_led_by(self, post: PostId) -> list[UnitId]:
        return sorted(self._listed(self._led, post))

    def pendings_with(self, candidate: PostId) -> list[Pending]:
        return [self._pendings[each] for each in sorted(self._listed(self._waiting, candidate))]

    def units_linked_to(self, unit: UnitId) -> list[Unit]:
        return [self._units[each] for each in sorted(self._listed(self._linked, unit))]

    # Writing

    def add_unit(self, unit: Unit) -> None:
        """Raises ImpossibleChange when the id is taken or the parent missing."""
        if self.has_unit(unit.id):
            raise ImpossibleChange(f"L’unité « {unit.label} » existe déjà.")
        if unit.parent is not None:
            self.unit(unit.parent)
        self._set_unit(unit.id, unit)

    def replace_unit(self, unit: UnitId, **fields: object) -> None:
        self._set_unit(unit, replace(self.unit(unit), **fields))

    def remove_unit(self, unit: UnitId) -> None:
        """Raises ImpossibleChange when something still belongs to the unit. Dotted links to it go with it."""
        label = self.label(unit)
        if posts := len(self._listed(self._holdings, unit)):
            told = (
                f"un poste{NBSP}: rattachez-le ou supprimez-le"
                if posts == 1
                else (f"{count(posts, 'poste')}{NBSP}: rattachez-les ou supprimez-les")
            )
            raise ImpossibleChange(f"{quoted(label)} porte encore {told} d’abord.")
        if units := len(self._listed(self._children, unit)):
            told = (
                f"une unité{NBSP}: rattachez-la ou fermez-la"
                if units == 1
                else (f"{count(units, 'unité')}{NBSP}: rattachez-les ou fermez-les")
            )
            raise ImpossibleChange(f"{quoted(label)} porte encore {told} d’abord.")
        if guests := self.guests_of(unit):
            raise ImpossibleChange(
                f"Le poste « {self.title(guests[0].id)} » travaille encore en partie pour « {label} »."
            )
        for linked in self.units_linked_to(unit):
            self.replace_unit(linked.id, links=tuple(link for link in linked.links if link != unit))
        self._set_unit(unit, None)

    def place_unit(self, unit: UnitId, parent: UnitId | None, position: int | None) -> None:
        """Under `parent`, at `position` among its units (0 is first), or last."""
        siblings = [each.id for each in self.children(parent) if each.id != unit]
        self.replace_unit(unit, parent=parent)
        if position is None or position >= len(siblings):
            last = max((self._units[each].position for each in siblings), default=-1)
            self.replace_unit(unit, position=last + 1)
            return
        siblings.insert(position, unit)
        for rank, each in enumerate(siblings):
            if self._units[each].position != rank:
                self.replace_unit(each, position=rank)

    def add_post(self, post: Post) -> None:
        """Last in its unit. Raises ImpossibleChange when the id is taken or the unit missing."""
        if self.has_post(post.id):
            raise ImpossibleChange(f"Le poste « {post.id} » existe déjà.")
        self.unit(post.unit)
        self._set_post(post.id, replace(post, position=self._last_position(post.unit) + 1))

    def replace_post(self, post: PostId, **fields: object) -> None:
        self._set_post(post, replace(self.post(post), **fields))

    def remove_post(self, post: PostId, *, successor: PostId | None = None) -> None:
        """The units it leads, and the posts that answer to it, go to `successor`, or are no longer known to."""
        for unit in self.units_led_by(post):
            self.replace_unit(unit, lead=successor)
        for served in sorted(self._listed(self._served, post)):
            named = [successor if each == post else each for each in self.post(served).superiors]
            self.replace_post(
                served, superiors=tuple(dict.fromkeys(each for each in named if each not in (None, served)))
            )
        self.post(post)
        self._set_post(post, None)

    def move_post(self, post: PostId, to: UnitId) -> None:
        """Last in `to`. A shared post moves its own part. Raises ImpossibleChange when it already works there."""
        found = self.post(post)
        self.unit(to)
        if found.unit == to:
            raise ImpossibleChange(f"Le poste « {self.title(post)} » est déjà dans « {self.label(to)} ».")
        if any(share.unit == to for share in found.shares):
            raise ImpossibleChange(
                f"Le poste « {self.title(post)} » travaille déjà en partie pour « {self.label(to)} »."
            )
        shares = tuple(
            Share(unit=to, percent=share.percent) if share.unit == found.unit else share for share in found.shares
        )
        self.replace_post(post, unit=to, shares=shares, position=self._last_position(to) + 1)

    def add_pending(self, pending: Pending) -> None:
        if self.has_pending(pending.id):
            raise ImpossibleChange("Cette transformation est déjà ouverte.")
        self._set_pending(pending.id, pending)

    def remove_pending(self, pending: str) -> None:
        self.pending(pending)
        self._set_pending(pending, None)


def check_candidates(posts: Iterable[Post]) -> None:
    """Raises ImpossibleChange unless the posts share unit, cotation, hours and sharing."""
    found = list(posts)
    first = found[0]
    for fact, same in (
        ("la même unité", all(post.unit == first.unit and post.shares == first.shares for post in found)),
        ("la même cotation", all(post.grade == first.grade for post in found)),
        ("la même durée", all(post.hours == first.hours for post in found)),
    ):
        if not same:
            raise ImpossibleChange(
                f"Les postes dont l’un sera transformé doivent avoir {fact} tant que la bourse n’est pas décidée."
            )
