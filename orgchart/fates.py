"""What a reorganisation does to those who hold the posts it touches. Holders are opaque ids; no names here."""

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from .changes import Change, RedeployPost
from .diff import Difference, compare, crosses
from .records import Post
from .structure import Structure
from .values import GradeCode, Hours, PostId, SiteCode, UnitId


class FateKind(StrEnum):
    """Situation de l'agent."""

    KEPT = "maintenu"
    MOVED = "rattache"
    TRANSFERRED = "transfere"
    TRANSFORMED = "transforme"
    REGRADED = "recote"
    BY_BOURSE = "bourse"
    WITHOUT_POST = "sans_poste"

    @property
    def label(self) -> str:
        return LABELS[self]


LABELS = {
    FateKind.KEPT: "poste conservé",
    FateKind.MOVED: "rattachement à une autre unité",
    FateKind.TRANSFERRED: "transfert",
    FateKind.TRANSFORMED: "poste transformé",
    FateKind.REGRADED: "changement de cotation",
    FateKind.BY_BOURSE: "déterminé par la bourse",
    FateKind.WITHOUT_POST: "sans poste",
}


class Duties(StrEnum):
    """How much of the former duties is kept; unknown when one of the two posts is not described."""

    NONE = "aucune"
    PART = "partie"
    ALL = "toutes"
    UNKNOWN = "inconnu"


class Employer(StrEnum):
    """Whether the holder changes employer."""

    SAME = "inchange"
    LEAVES = "quitte"
    JOINS = "rejoint"


class Resolution(NamedTuple):
    """What HR settles for a holder: the post to be held, or in words what is offered."""

    post: PostId | None = None
    note: str = ""


class Fate(NamedTuple):
    """One holder of one post. `resolved_by`: how HR settled it, empty when the chart says it all or nothing does.

    Sites are administrative residences: that of the post, else the only one of its unit.
    """

    holder: str
    post_before: PostId
    post_after: PostId | None
    kind: FateKind
    unit_before: UnitId
    unit_after: UnitId | None
    grade_before: GradeCode | None
    grade_after: GradeCode | None
    site_before: SiteCode | None
    site_after: SiteCode | None
    duties: Duties
    hours_before: Hours | None = None
    hours_after: Hours | None = None
    employer: Employer = Employer.SAME
    resolved_by: str = ""

    @property
    def label(self) -> str:
        """« transfert vers un autre employeur », « rattachement avec son unité », or what its kind says."""
        if self.with_unit:
            return "rattachement avec son unité"
        if self.employer is Employer.LEAVES:
            return "transfert vers un autre employeur"
        return "transfert depuis un autre employeur" if self.employer is Employer.JOINS else self.kind.label

    @property
    def with_unit(self) -> bool:
        """The unit goes to another direction and takes the post along."""
        return self.kind is FateKind.MOVED and self.unit_before == self.unit_after

    @property
    def settled(self) -> bool:
        """A holder without a situation blocks submission; « déterminé par la bourse » is a situation."""
        return self.kind is not FateKind.WITHOUT_POST or bool(self.resolved_by)

    @property
    def site_changed(self) -> bool:
        """Another administrative residence, as far as both are known."""
        return self.site_before is not None and self.site_after is not None and self.site_before != self.site_after


def fates(
    before: Structure,
    after: Structure,
    holders: Mapping[PostId, Sequence[str]],
    resolutions: Mapping[str, Resolution] | None = None,
    *,
    changes: Iterable[Change] = (),
) -> tuple[Fate, ...]:
    """The fate of every known holder of a touched post, post by post.

    `changes` tells a redeployed post, which its holder does not follow, from a transformed one, which he or she does.
    """
    return fates_of(compare(before, after), holders, resolutions or {}, changes)


def fates_of(
    difference: Difference,
    holders: Mapping[PostId, Sequence[str]],
    resolutions: Mapping[str, Resolution],
    changes: Iterable[Change],
) -> tuple[Fate, ...]:
    """The same from a difference already made."""
    before, after = difference.before, difference.after
    redeployed = {change.post for change in changes if isinstance(change, RedeployPost)}
    successors = {
        origin: delta.known
        for delta in difference.transformed_posts()
        for origin in delta.known.origins
        if origin not in redeployed
    }
    found: list[Fate] = []
    for post in touched_posts(difference):
        if held_by := holders.get(post):
            follows = after.post_by_id.get(post) or successors.get(post)
            found.extend(_fate(holder, before, before.post_by_id[post], after, follows) for holder in held_by)
    without = {fate.holder for fate in found if fate.kind is FateKind.WITHOUT_POST}
    return tuple(
        _resolved(fate, before, after, resolutions[fate.holder])
        if fate.holder in resolutions and (fate.kind is FateKind.WITHOUT_POST or fate.holder not in without)
        else fate
        for fate in found
    )


def touched_posts(difference: Difference) -> tuple[PostId, ...]:
    """Posts there were, that the reorganisation touches: those that differ, and those whose unit takes them to another
    residence, another direction or another employer. Looked for once."""
    if "touched_posts" not in difference.computed:
        difference.computed["touched_posts"] = _touched(difference)
    return difference.computed["touched_posts"]


def _touched(difference: Difference) -> tuple[PostId, ...]:
    before, after = difference.before, difference.after
    touched = {delta.id for delta in difference.posts.values() if delta.before is not None}
    for delta in difference.units.values():
        if delta.before is None or delta.after is None:
            continue
        if "sites" in delta.fields:
            here = before.posts_of.get(delta.id, ())
            stay = ((post, after.post_by_id.get(post.id)) for post in here)
            touched |= {post.id for post, now in stay if now and before.site_of(post) != after.site_of(now)}
        if "parent" in delta.fields:
            taken = ((before.post_by_id.get(post.id), post) for post in after.posts_below(delta.id))
            touched |= {post.id for was, post in taken if was and _taken_away(before, was, after, post)}
    return tuple(sorted(touched))


def _fate(holder: str, before: Structure, old: Post, after: Structure, new: Post | None) -> Fate:
    return Fate(
        holder=holder,
        post_before=old.id,
        post_after=new.id if new else None,
        kind=_kind(before, old, after, new),
        unit_before=old.unit,
        unit_after=new.unit if new else None,
        grade_before=old.grade,
        grade_after=new.grade if new else None,
        site_before=before.site_of(old),
        site_after=after.site_of(new) if new else None,
        duties=_duties_kept(old, new),
        hours_before=old.hours,
        hours_after=new.hours if new else None,
        employer=_employer(before, old, after, new),
    )


def _taken_away(before: Structure, old: Post, after: Structure, new: Post) -> bool:
    """To another employer, or to another direction."""
    changes_employer = _employer(before, old, after, new) is not Employer.SAME
    return changes_employer or crosses(before, old.unit, after, new.unit)


def _employer(before: Structure, old: Post, after: Structure, new: Post | None) -> Employer:
    was = old.unit in before.external
    if new is None or was == (new.unit in after.external):
        return Employer.SAME
    return Employer.JOINS if was else Employer.LEAVES


def _kind(before: Structure, old: Post, after: Structure, new: Post | None) -> FateKind:
    if new is None:
        return FateKind.WITHOUT_POST
    pending = after.pending_of.get(new.id)
    if pending and new.id != pending.into:
        return FateKind.BY_BOURSE
    if new.id != old.id:
        return FateKind.TRANSFORMED
    if _employer(before, old, after, new) is not Employer.SAME:
        return FateKind.TRANSFERRED
    if new.unit != old.unit:
        return FateKind.TRANSFERRED if crosses(before, old.unit, after, new.unit) else FateKind.MOVED
    if crosses(before, old.unit, after, new.unit):
        return FateKind.MOVED
    return FateKind.REGRADED if new.grade != old.grade else FateKind.KEPT


def _duties_kept(old: Post, new: Post | None) -> Duties:
    if new is None:
        return Duties.NONE
    if new.id == old.id and new.duties == old.duties:
        return Duties.ALL
    was, now = {*old.duties}, {*new.duties}
    if not was or not now:
        return Duties.UNKNOWN
    return Duties.ALL if was <= now else Duties.PART if was & now else Duties.NONE


def _resolved(fate: Fate, before: Structure, after: Structure, resolution: Resolution) -> Fate:
    post = after.post_by_id.get(resolution.post) if resolution.post else None
    if post is None:
        return fate._replace(resolved_by=resolution.note)
    old = before.post_by_id[fate.post_before]
    found = _fate(fate.holder, before, old, after, post)
    if post.id != old.id and fate.post_after != post.id:
        moved = crosses(before, old.unit, after, post.unit)
        found = found._replace(kind=FateKind.TRANSFERRED if moved else FateKind.MOVED)
    return found._replace(resolved_by=resolution.note or after.title_of(post))
