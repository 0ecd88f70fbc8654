"""Corrections folded over a structure: the sealed text stays as it is, what is read is what was mended."""

from collections.abc import Iterable
from typing import Any, NamedTuple

import msgspec

from orgchart.records import Post, Unit
from orgchart.structure import Structure
from orgchart.values import PostId, UnitId

# What a correction may mend, and how it is called. Everything else is structure: only a reorganisation changes it.
UNIT_LABELS = {
    "label": "libellé",
    "acronym": "sigle",
    "aliases": "autres appellations",
    "sites": "sites",
    "purposes": "missions de l’unité",
    "deduced": "déductions",
}
POST_LABELS = {
    "form": "forme de l’intitulé",
    "label": "libellé imprimé",
    "label_plural": "libellé imprimé au pluriel",
    "category": "catégorie",
    "job_family": "filière",
    "corps": "cadres d’emplois",
    "statutory_grades": "grades statutaires ouverts",
    "level": "niveau d’encadrement",
    "hours": "durée du poste",
    "site": "site",
    "duties": "missions du poste",
    "deduced": "déductions",
}


class Mended(NamedTuple):
    """One field of one record, as a correction left it."""

    kind: str
    uid: str
    field: str
    after: Any


def with_field[R: Unit | Post](record: R, field: str, value: Any) -> R:
    """The record with one field set from its JSON value. Raises msgspec.ValidationError, naming the field."""
    text = msgspec.to_builtins(record)
    text[field] = value
    return msgspec.convert(text, type=type(record))


def corrected(structure: Structure, mended: Iterable[Mended]) -> Structure:
    """The structure with the corrections made, in their order; one of a record that is not there says nothing."""
    units: dict[UnitId, Unit] = {}
    posts: dict[PostId, Post] = {}
    for each in mended:
        if each.kind == "unit":
            unit_id = UnitId(each.uid)
            unit = units.get(unit_id) or structure.unit_by_id.get(unit_id)
            if unit is not None:
                units[unit_id] = with_field(unit, each.field, each.after)
        else:
            post_id = PostId(each.uid)
            post = posts.get(post_id) or structure.post_by_id.get(post_id)
            if post is not None:
                posts[post_id] = with_field(post, each.field, each.after)
    if not units and not posts:
        return structure
    return Structure.of(
        (units.get(unit.id, unit) for unit in structure.units),
        (posts.get(post.id, post) for post in structure.posts),
        structure.pendings,
        structure.nomenclature,
    )
