"""Hypothesis generators of drafts: every change valid where it comes, or tried there."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from hypothesis import strategies as st

from orgchart.changes import (
    AnyChange,
    AttachPosts,
    ChangePostHours,
    ChangePostSite,
    ChangeUnitKind,
    ChangeUnitSites,
    CloseUnit,
    CreatePost,
    CreateUnit,
    FreezePost,
    LinkUnit,
    MergeUnits,
    MovePurposes,
    MoveUnit,
    NewPost,
    NewUnit,
    Part,
    RedeployPost,
    RegradePost,
    RenameUnit,
    ResolveTransformation,
    RetitlePost,
    SetLead,
    SetSuperiors,
    SharePost,
    SplitUnit,
    SuppressPost,
    TransferPost,
    TransformPost,
    TransformUndetermined,
    UnfreezePost,
    UnlinkUnit,
)
from orgchart.fold import fold_leniently
from orgchart.structure import Structure
from orgchart.values import (
    ChangeId,
    Hours,
    PostId,
    Share,
    UnitId,
)
from tests.orgchart.strategies import GRADES, KINDS, SITES, TITLES, Draw, hours, new_facts, structures


@dataclass(frozen=True)
class Draft:
    before: Structure
    changes: tuple[AnyChange, ...]
    after: Structure


class Drafting:
    """Writes one change at a time against the chart as it stands, whatever happens to it then."""

    def __init__(self, draw: Draw, chart: Structure, prefix: str = "") -> None:
        self.draw = draw
        self.chart = chart
        self.prefix = prefix
        self.number = 0

    def change(self) -> AnyChange:
        self.number += 1
        if not self.chart.units:
            return CreateUnit(id=self.id, new=self.new_unit(), parent=None)
        kinds = UNIT_CHANGES if not self.chart.posts else UNIT_CHANGES + POST_CHANGES
        if self.chart.pendings and not self.draw(st.integers(0, 4)):
            kinds = (Drafting.resolve,)
        return self.draw(st.sampled_from(kinds))(self)

    @property
    def id(self) -> ChangeId:
        return ChangeId(f"{self.prefix}x{self.number}")

    def unit(self) -> UnitId:
        return self.draw(st.sampled_from([unit.id for unit in self.chart.units]))

    def units(self, low: int, high: int = 3) -> tuple[UnitId, ...]:
        found = st.lists(st.sampled_from([unit.id for unit in self.chart.units]), min_size=low, max_size=high)
        return tuple(self.draw(found))

    def post(self) -> PostId:
        return self.draw(st.sampled_from([post.id for post in self.chart.posts]))

    def posts(self, low: int, high: int = 3) -> tuple[PostId, ...]:
        if not self.chart.posts:
            return ()
        found = st.lists(st.sampled_from([post.id for post in self.chart.posts]), min_size=low, max_size=high)
        return tuple(self.draw(found))

    def lead(self) -> PostId | None:
        return self.draw(st.sampled_from([None, *(post.id for post in self.chart.posts)]))

    def new_unit(self, suffix: str = "") -> NewUnit:
        name = f"{self.prefix}u-{self.number}{suffix}"
        return NewUnit(id=UnitId(name), kind=self.draw(st.sampled_from(KINDS)), label=f"Unité {name}")

    def new_post(self) -> NewPost:
        facts_of = self.draw(new_facts)
        return NewPost(id=PostId(f"{self.prefix}p-{self.number}"), leads=self.draw(st.booleans()), **facts_of)

    def position(self) -> int | None:
        return self.draw(st.one_of(st.none(), st.integers(0, 3)))

    def create_unit(self) -> AnyChange:
        return CreateUnit(
            id=self.id,
            new=self.new_unit(),
            parent=self.unit(),
            position=self.position(),
            posts=self.posts(0),
            units=self.units(0, 2),
            lead=self.lead(),
        )

    def rename_unit(self) -> AnyChange:
        label = self.draw(st.sampled_from(["Unité 0", "Unité 1", "Direction nouvelle"]))
        return RenameUnit(id=self.id, unit=self.unit(), label=label)

    def move_unit(self) -> AnyChange:
        return MoveUnit(id=self.id, unit=self.unit(), to=self.unit(), position=self.position())

    def link_unit(self) -> AnyChange:
        return LinkUnit(id=self.id, unit=self.unit(), to=self.unit())

    def unlink_unit(self) -> AnyChange:
        return UnlinkUnit(id=self.id, unit=self.unit(), to=self.unit())

    def close_unit(self) -> AnyChange:
        empty = [
            unit.id
            for unit in self.chart.units
            if unit.id not in self.chart.posts_of and unit.id not in self.chart.children_of
        ]
        unit = self.draw(st.sampled_from(empty)) if empty else self.unit()
        return CloseUnit(id=self.id, unit=unit, successors=self.units(0, 1))

    def merge_units(self) -> AnyChange:
        units = tuple(dict.fromkeys(self.units(2)))
        if len(units) < 2:
            return self.create_unit()
        return MergeUnits(id=self.id, units=units, into=self.new_unit(), parent=self.unit(), lead=self.lead())

    def split_unit(self) -> AnyChange:
        """Everything the unit holds goes to the first part, all but one post; the second takes what is left."""
        unit = self.unit()
        posts = tuple(post.id for post in self.chart.posts_of.get(unit, ()))
        units = tuple(child.id for child in self.chart.children_of.get(unit, ()))
        cut = self.draw(st.integers(0, len(posts)))
        parts = (
            Part(new=self.new_unit("a"), posts=posts[:cut], units=units),
            Part(new=self.new_unit("b"), posts=posts[cut:], lead=self.lead()),
        )
        return SplitUnit(id=self.id, unit=unit, into=parts)

    def set_lead(self) -> AnyChange:
        return SetLead(id=self.id, unit=self.unit(), lead=self.lead())

    def change_kind(self) -> AnyChange:
        return ChangeUnitKind(id=self.id, unit=self.unit(), kind=self.draw(st.sampled_from(KINDS)))

    def change_sites(self) -> AnyChange:
        return ChangeUnitSites(id=self.id, unit=self.unit(), sites=self.draw(st.sampled_from([(), ("lille",)])))

    def move_purposes(self) -> AnyChange:
        return MovePurposes(id=self.id, unit=self.unit(), purposes=("Instruire",), to=self.unit())

    def create_post(self) -> AnyChange:
        return CreatePost(id=self.id, unit=self.unit(), new=self.new_post())

    def suppress_post(self) -> AnyChange:
        counterparts = tuple(dict.fromkeys(self.posts(0, 2)))
        return SuppressPost(id=self.id, post=self.post(), motive="Le besoin a disparu.", counterparts=counterparts)

    def transform_post(self) -> AnyChange:
        return TransformPost(id=self.id, post=self.post(), into=self.new_post())

    def attach_posts(self) -> AnyChange:
        return AttachPosts(id=self.id, posts=self.posts(1), to=self.unit())

    def transfer_post(self) -> AnyChange:
        return TransferPost(id=self.id, post=self.post(), to=self.unit())

    def redeploy_post(self) -> AnyChange:
        return RedeployPost(id=self.id, post=self.post(), to=self.unit(), into=self.new_post())

    def regrade_post(self) -> AnyChange:
        return RegradePost(id=self.id, post=self.post(), grade=self.draw(st.sampled_from(GRADES)))

    def retitle_post(self) -> AnyChange:
        return RetitlePost(id=self.id, post=self.post(), title=self.draw(st.sampled_from([None, *TITLES])))

    def change_hours(self) -> AnyChange:
        return ChangePostHours(id=self.id, post=self.post(), hours=self.draw(hours) or Hours(worked=Decimal(30)))

    def share_post(self) -> AnyChange:
        post = self.chart.post_by_id[self.post()]
        others = [unit.id for unit in self.chart.units if unit.id != post.unit]
        if not others:
            return SharePost(id=self.id, post=post.id, shares=())
        part = Decimal(self.draw(st.sampled_from(["10", "25.5", "99.9"])))
        other = self.draw(st.sampled_from(others))
        return SharePost(
            id=self.id,
            post=post.id,
            shares=(Share(unit=post.unit, percent=100 - part), Share(unit=other, percent=part)),
        )

    def set_superiors(self) -> AnyChange:
        return SetSuperiors(id=self.id, post=self.post(), superiors=self.posts(0))

    def freeze_post(self) -> AnyChange:
        post = self.post()
        kind = UnfreezePost if self.chart.post_by_id[post].frozen else FreezePost
        return kind(id=self.id, post=post)

    def change_site(self) -> AnyChange:
        return ChangePostSite(id=self.id, post=self.post(), site=self.draw(st.sampled_from(SITES)))

    def transform_undetermined(self) -> AnyChange:
        """Among posts that are alike when there are some."""
        alike: dict[object, list[PostId]] = {}
        for post in self.chart.posts:
            alike.setdefault((post.unit, post.grade, post.hours, post.shares), []).append(post.id)
        groups = [tuple(group) for group in alike.values() if len(group) > 1]
        if not groups:
            return self.create_post()
        return TransformUndetermined(id=self.id, candidates=self.draw(st.sampled_from(groups)), into=self.new_post())

    def resolve(self) -> AnyChange:
        pending = self.draw(st.sampled_from(self.chart.pendings))
        return ResolveTransformation(
            id=self.id, pending=pending.id, post=self.draw(st.sampled_from(pending.candidates))
        )


UNIT_CHANGES: tuple[Callable[[Drafting], AnyChange], ...] = (
    Drafting.create_unit,
    Drafting.rename_unit,
    Drafting.move_unit,
    Drafting.link_unit,
    Drafting.unlink_unit,
    Drafting.close_unit,
    Drafting.merge_units,
    Drafting.split_unit,
    Drafting.set_lead,
    Drafting.change_kind,
    Drafting.change_sites,
    Drafting.move_purposes,
    Drafting.create_post,
)
POST_CHANGES: tuple[Callable[[Drafting], AnyChange], ...] = (
    Drafting.suppress_post,
    Drafting.transform_post,
    Drafting.attach_posts,
    Drafting.transfer_post,
    Drafting.redeploy_post,
    Drafting.regrade_post,
    Drafting.retitle_post,
    Drafting.change_hours,
    Drafting.share_post,
    Drafting.set_superiors,
    Drafting.freeze_post,
    Drafting.change_site,
    Drafting.transform_undetermined,
)


@st.composite
def attempts(draw: Draw, *, before: Structure | None = None, max_changes: int = 8, prefix: str = "") -> Draft:
    """A draft whose changes all speak of what stands where they come, though some may be refused there."""
    start = draw(structures()) if before is None else before
    drafting = Drafting(draw, start, prefix)
    changes: list[AnyChange] = []
    for _ in range(draw(st.integers(0, max_changes))):
        change = drafting.change()
        changes.append(change)
        drafting.chart = fold_leniently(drafting.chart, [change]).structure
    return Draft(start, tuple(changes), drafting.chart)


@st.composite
def drafts(draw: Draw, *, before: Structure | None = None, max_changes: int = 8, prefix: str = "") -> Draft:
    """A draft whose changes can all be made where they come."""
    start = draw(structures()) if before is None else before
    drafting = Drafting(draw, start, prefix)
    changes: list[AnyChange] = []
    for _ in range(draw(st.integers(0, max_changes))):
        change = drafting.change()
        folded = fold_leniently(drafting.chart, [change])
        if not folded.refusals:
            changes.append(change)
            drafting.chart = folded.structure
    return Draft(start, tuple(changes), drafting.chart)
