"""Changes of units: create, rename, move, link, close, merge, split, lead, kind, sites, what they are charged with."""

from typing import Annotated

from msgspec import Meta
from msgspec.structs import replace

from ..values import KindCode, PostId, SiteCode, UnitId, Value
from ..working_copy import ImpossibleChange, WorkingCopy
from .base import Change, NewUnit

Count = Annotated[int, Meta(ge=0)]
Position = Annotated[Count | None, Meta(title="Rang", description="0 pour la première place ; vide pour la dernière.")]


class CreateUnit(Change, frozen=True, kw_only=True, tag="create_unit"):
    """Création: a new unit under `parent`, which may take existing posts and units along (« regroupe 4 postes »).

    `announced`: how many posts the report says it holds once all is done; a check compares.
    """

    new: Annotated[NewUnit, Meta(title="Unité créée")]
    parent: Annotated[UnitId | None, Meta(title="Rattachée à")]
    position: Position = None
    posts: Annotated[tuple[PostId, ...], Meta(title="Postes regroupés")] = ()
    units: Annotated[tuple[UnitId, ...], Meta(title="Unités regroupées")] = ()
    lead: Annotated[
        PostId | None, Meta(title="Poste qui dirige l’unité", description="Il peut être dans une autre unité.")
    ] = None
    announced: Annotated[Count | None, Meta(title="Nombre de postes annoncé")] = None

    def apply(self, chart: WorkingCopy) -> None:
        chart.add_unit(self.new.unit(parent=self.parent, lead=self.lead))
        chart.place_unit(self.new.id, self.parent, self.position)
        if self.lead is not None:
            chart.post(self.lead)
        take_along(chart, self.new.id, self.posts, self.units)


class RenameUnit(Change, frozen=True, kw_only=True, tag="rename_unit"):
    """Changement de libellé: the unit stays the same, its old name becomes an alias."""

    unit: Annotated[UnitId, Meta(title="Unité")]
    label: Annotated[str, Meta(title="Nouveau libellé", min_length=1, max_length=200)]
    acronym: Annotated[str, Meta(title="Nouveau sigle", max_length=40)] = ""
    provisional: Annotated[bool, Meta(title="Nom provisoire")] = False

    def apply(self, chart: WorkingCopy) -> None:
        old = chart.unit(self.unit)
        if (old.label, old.acronym, old.provisional) == (self.label, self.acronym, self.provisional):
            raise ImpossibleChange(f"« {old.label} » porte déjà ce libellé.")
        aliases = tuple(alias for alias in old.aliases if alias not in (self.label, old.label))
        if old.label != self.label:
            aliases = (*aliases, old.label)
        chart.replace_unit(
            self.unit, label=self.label, acronym=self.acronym, provisional=self.provisional, aliases=aliases
        )


class MoveUnit(Change, frozen=True, kw_only=True, tag="move_unit"):
    """Rattachement: `unit` goes under `to`, with everything it holds."""

    unit: Annotated[UnitId, Meta(title="Unité")]
    to: Annotated[UnitId, Meta(title="Nouveau rattachement")]
    position: Position = None

    def apply(self, chart: WorkingCopy) -> None:
        move_unit(chart, self.unit, self.to, self.position)


class LinkUnit(Change, frozen=True, kw_only=True, tag="link_unit"):
    """Lien fonctionnel: a second, dotted link; the hierarchy does not change."""

    unit: Annotated[UnitId, Meta(title="Unité")]
    to: Annotated[UnitId, Meta(title="Dépend fonctionnellement de")]

    def apply(self, chart: WorkingCopy) -> None:
        unit, to = chart.unit(self.unit), chart.unit(self.to)
        if self.to == self.unit:
            raise ImpossibleChange(f"« {unit.label} » ne peut pas dépendre d’elle-même.")
        if self.to in (unit.parent, *unit.links):
            raise ImpossibleChange(f"« {unit.label} » dépend déjà de « {to.label} ».")
        chart.replace_unit(self.unit, links=(*unit.links, self.to))


class UnlinkUnit(Change, frozen=True, kw_only=True, tag="unlink_unit"):
    """Fin d'un lien fonctionnel."""

    unit: Annotated[UnitId, Meta(title="Unité")]
    to: Annotated[UnitId, Meta(title="Ne dépend plus fonctionnellement de")]

    def apply(self, chart: WorkingCopy) -> None:
        unit = chart.unit(self.unit)
        if self.to not in unit.links:
            raise ImpossibleChange(f"« {unit.label} » n’a pas ce lien fonctionnel.")
        chart.replace_unit(self.unit, links=tuple(link for link in unit.links if link != self.to))


class CloseUnit(Change, frozen=True, kw_only=True, tag="close_unit"):
    """Suppression d'une unité, once empty. `successors` take over what it did: lineage, nothing moves."""

    unit: Annotated[UnitId, Meta(title="Unité")]
    successors: Annotated[tuple[UnitId, ...], Meta(title="Unités qui lui succèdent")] = ()

    def apply(self, chart: WorkingCopy) -> None:
        if self.unit in self.successors:
            raise ImpossibleChange(f"« {chart.label(self.unit)} » ne peut pas se succéder à elle-même.")
        for successor in self.successors:
            add_origins(chart, successor, lineage(chart, (self.unit,)))
        chart.remove_unit(self.unit)


class MergeUnits(Change, frozen=True, kw_only=True, tag="merge_units"):
    """Fusion n → 1: a new unit takes everything that `units` held; they close."""

    units: Annotated[tuple[UnitId, ...], Meta(title="Unités fusionnées", min_length=2)]
    into: Annotated[NewUnit, Meta(title="Unité issue de la fusion")]
    parent: Annotated[UnitId | None, Meta(title="Rattachée à")]
    position: Position = None
    lead: Annotated[PostId | None, Meta(title="Poste qui dirige l’unité")] = None

    def apply(self, chart: WorkingCopy) -> None:
        refuse_repeats(chart, self.units)
        if self.parent is not None:
            above = [*chart.ancestors(self.parent, include_self=True)]
            if inside := next((unit for unit in self.units if unit in above), None):
                raise ImpossibleChange(f"L’unité issue de la fusion ne peut pas dépendre de « {chart.label(inside)} ».")
        chart.add_unit(self.into.unit(parent=self.parent, lead=self.lead, origins=lineage(chart, self.units)))
        if self.lead is not None:
            chart.post(self.lead)
        for unit in self.units:
            posts = tuple(post.id for post in chart.posts_in(unit))
            units = tuple(child.id for child in chart.children(unit) if child.id not in self.units)
            take_along(chart, self.into.id, posts, units)
        for unit in self.units:
            hand_over_guests(chart, unit, self.into.id)
            hand_over_links(chart, unit, self.into.id)
        for unit in sorted(self.units, key=lambda each: -len([*chart.ancestors(each)])):
            chart.remove_unit(unit)
        chart.place_unit(self.into.id, self.parent, self.position)


class Part(Value, frozen=True, kw_only=True):
    """One of the units a split makes, with the posts and units it takes."""

    new: Annotated[NewUnit, Meta(title="Unité issue de la scission")]
    posts: Annotated[tuple[PostId, ...], Meta(title="Postes repris")] = ()
    units: Annotated[tuple[UnitId, ...], Meta(title="Unités reprises")] = ()
    lead: Annotated[PostId | None, Meta(title="Poste qui dirige l’unité")] = None


class SplitUnit(Change, frozen=True, kw_only=True, tag="split_unit"):
    """Scission 1 → n: the new units share out everything the unit held; it closes."""

    unit: Annotated[UnitId, Meta(title="Unité")]
    into: Annotated[tuple[Part, ...], Meta(title="Unités issues de la scission", min_length=2)]

    def apply(self, chart: WorkingCopy) -> None:
        old = chart.unit(self.unit)
        for part in self.into:
            chart.add_unit(part.new.unit(parent=old.parent, lead=part.lead, origins=lineage(chart, (self.unit,))))
            chart.place_unit(part.new.id, old.parent, None)
            if part.lead is not None:
                chart.post(part.lead)
            for post in part.posts:
                if chart.post(post).unit != self.unit:
                    raise ImpossibleChange(f"Le poste « {chart.title(post)} » n’est pas dans « {old.label} ».")
            for unit in part.units:
                if chart.unit(unit).parent != self.unit:
                    raise ImpossibleChange(f"« {chart.label(unit)} » ne dépend pas directement de « {old.label} ».")
            take_along(chart, part.new.id, part.posts, part.units)
        chart.remove_unit(self.unit)


class SetLead(Change, frozen=True, kw_only=True, tag="set_lead"):
    """Désignation du poste qui dirige l'unité; it may be in another unit (« pilotée par … »)."""

    unit: Annotated[UnitId, Meta(title="Unité")]
    lead: Annotated[
        PostId | None, Meta(title="Poste qui dirige l’unité", description="Vide si aucun poste ne la dirige.")
    ]

    def apply(self, chart: WorkingCopy) -> None:
        unit = chart.unit(self.unit)
        if self.lead is not None:
            chart.post(self.lead)
        if unit.lead == self.lead:
            raise ImpossibleChange(f"La direction de « {unit.label} » est déjà celle-là.")
        chart.replace_unit(self.unit, lead=self.lead)


class ChangeUnitKind(Change, frozen=True, kw_only=True, tag="change_unit_kind"):
    """Changement de type d'unité (une cellule devient un secteur)."""

    unit: Annotated[UnitId, Meta(title="Unité")]
    kind: Annotated[KindCode, Meta(title="Nouveau type")]

    def apply(self, chart: WorkingCopy) -> None:
        if chart.unit(self.unit).kind == self.kind:
            raise ImpossibleChange(f"« {chart.label(self.unit)} » est déjà de ce type.")
        chart.replace_unit(self.unit, kind=self.kind)


class ChangeUnitSites(Change, frozen=True, kw_only=True, tag="change_unit_sites"):
    """Changement d'implantation d'une unité."""

    unit: Annotated[UnitId, Meta(title="Unité")]
    sites: Annotated[tuple[SiteCode, ...], Meta(title="Nouveaux sites")]

    def apply(self, chart: WorkingCopy) -> None:
        if chart.unit(self.unit).sites == self.sites:
            raise ImpossibleChange(f"« {chart.label(self.unit)} » est déjà sur ces sites.")
        chart.replace_unit(self.unit, sites=self.sites)


class MovePurposes(Change, frozen=True, kw_only=True, tag="move_purposes"):
    """Transfert de compétences: another unit is charged with `purposes`; no post moves."""

    unit: Annotated[UnitId, Meta(title="Unité")]
    purposes: Annotated[
        tuple[str, ...],
        Meta(
            title="Missions de l’unité transférées",
            description="Une par ligne, telles qu’elles sont écrites dans la fiche de l’unité.",
            min_length=1,
        ),
    ]
    to: Annotated[UnitId, Meta(title="Unité qui les reprend")]

    def apply(self, chart: WorkingCopy) -> None:
        left, taken = chart.unit(self.unit), chart.unit(self.to)
        if self.to == self.unit:
            raise ImpossibleChange(f"«\u00a0{left.label}\u00a0» a déjà ces missions.")
        for purpose in self.purposes:
            if purpose not in left.purposes:
                raise ImpossibleChange(f"«\u00a0{left.label}\u00a0» n’a pas la mission «\u00a0{purpose}\u00a0».")
        kept = tuple(purpose for purpose in left.purposes if purpose not in self.purposes)
        chart.replace_unit(self.unit, purposes=kept)
        chart.replace_unit(self.to, purposes=tuple(dict.fromkeys([*taken.purposes, *self.purposes])))


def move_unit(chart: WorkingCopy, unit: UnitId, to: UnitId, position: int | None = None) -> None:
    label = chart.label(unit)
    chart.unit(to)
    if unit in chart.ancestors(to, include_self=True):
        raise ImpossibleChange(f"« {label} » ne peut pas être rattachée à une unité qui dépend d’elle.")
    if chart.unit(unit).parent == to and position is None:
        raise ImpossibleChange(f"« {label} » est déjà rattachée à « {chart.label(to)} ».")
    chart.place_unit(unit, to, position)
    moved = chart.unit(unit)
    if to in moved.links:
        chart.replace_unit(unit, links=tuple(link for link in moved.links if link != to))


def take_along(chart: WorkingCopy, into: UnitId, posts: tuple[PostId, ...], units: tuple[UnitId, ...]) -> None:
    for post in posts:
        chart.move_post(post, into)
    for unit in units:
        move_unit(chart, unit, into)


def hand_over_guests(chart: WorkingCopy, unit: UnitId, into: UnitId) -> None:
    """The posts that worked in part for `unit` now do so for `into`; parts that meet there add up."""
    for guest in chart.guests_of(unit):
        renamed = [replace(share, unit=into) if share.unit == unit else share for share in guest.shares]
        percents = {share.unit: sum(each.percent for each in renamed if each.unit == share.unit) for share in renamed}
        shares = tuple(
            replace(share, percent=percents[share.unit])
            for rank, share in enumerate(renamed)
            if share.unit not in [each.unit for each in renamed[:rank]]
        )
        chart.replace_post(guest.id, shares=shares if len(shares) > 1 else ())


def hand_over_links(chart: WorkingCopy, unit: UnitId, into: UnitId) -> None:
    """The dotted links from and to `unit` become those of `into`; none is left to itself, its parent or what closes."""
    made = chart.unit(into)
    own = [link for link in chart.unit(unit).links if link not in (into, made.parent, *made.origins, *made.links)]
    chart.replace_unit(into, links=(*made.links, *own))
    for linked in chart.units_linked_to(unit):
        links = [into if link == unit else link for link in linked.links]
        kept = [link for link in dict.fromkeys(links) if link not in (linked.id, linked.parent)]
        chart.replace_unit(linked.id, links=tuple(kept))


def lineage(chart: WorkingCopy, units: tuple[UnitId, ...]) -> tuple[UnitId, ...]:
    """The units, then those they come from: a chart remembers where a unit comes from however many steps ago."""
    return tuple(dict.fromkeys([*units, *(origin for unit in units for origin in chart.unit(unit).origins)]))


def add_origins(chart: WorkingCopy, unit: UnitId, origins: tuple[UnitId, ...]) -> None:
    known = chart.unit(unit).origins
    chart.replace_unit(unit, origins=tuple(dict.fromkeys([*known, *origins])))


def refuse_repeats(chart: WorkingCopy, units: tuple[UnitId, ...]) -> None:
    for rank, unit in enumerate(units):
        if unit in units[:rank]:
            raise ImpossibleChange(f"« {chart.label(unit)} » est citée deux fois.")
