"""La fiche de poste as published: a value with one text, and the hash of that text."""

from typing import Annotated, NamedTuple, cast, get_type_hints

import msgspec
from msgspec import Meta

from orgchart.naming import hours as printed_hours
from orgchart.records import Post
from orgchart.structure import Structure
from orgchart.values import Value, canonical, sha256


class Fiche(Value, frozen=True, kw_only=True):
    """What the candidates read of the post. What is empty is unknown, and printed so."""

    title: Annotated[str, Meta(title="Intitulé du poste")] = ""
    unit: Annotated[str, Meta(title="Unité")] = ""
    grade: Annotated[str, Meta(title="Cotation")] = ""
    category: Annotated[str, Meta(title="Catégorie")] = ""
    level: Annotated[str, Meta(title="Niveau d’encadrement")] = ""
    hours: Annotated[str, Meta(title="Durée du poste")] = ""
    site: Annotated[str, Meta(title="Site")] = ""
    corps: Annotated[tuple[str, ...], Meta(title="Cadres d’emplois")] = ()
    statutory_grades: Annotated[tuple[str, ...], Meta(title="Grades statutaires ouverts")] = ()
    duties: Annotated[tuple[str, ...], Meta(title="Missions du poste")] = ()
    context: Annotated[str, Meta(title="Contexte")] = ""
    profile: Annotated[str, Meta(title="Profil recherché")] = ""
    conditions: Annotated[str, Meta(title="Conditions d’exercice")] = ""


TITLES: dict[str, str] = {
    name: hint.__metadata__[0].title for name, hint in get_type_hints(Fiche, include_extras=True).items()
}
"""Field → what it is called."""


class Sealed(NamedTuple):
    text: str
    sha256: str


class FicheLine(NamedTuple):
    """`values`: one text, or the items of a list; nothing when it is unknown."""

    label: str
    values: tuple[str, ...]


def fiche_lines(fiche: Fiche) -> tuple[FicheLine, ...]:
    """All of it but the title, in its order."""
    found = [(name, getattr(fiche, name)) for name in TITLES if name != "title"]
    return tuple(
        FicheLine(TITLES[name], tuple(value) if isinstance(value, tuple) else (value,) if value else ())
        for name, value in found
    )


def fiche_of(post: Post, chart: Structure) -> Fiche:
    """What the chart says of the post."""
    return Fiche(
        title=chart.title_of(post) if post.title or post.label else "",
        unit=chart.unit_label(post.unit),
        grade=post.grade or "",
        category=chart.category_of(post) or "",
        level=post.level.label if post.level else "",
        hours=printed_hours(post.hours) if post.hours else "",
        site=chart.nomenclature.site_label(post.site) if post.site else "",
        corps=post.corps,
        statutory_grades=post.statutory_grades,
        duties=post.duties,
    )


def read_fiche(payload: object) -> Fiche:
    """Raises msgspec.ValidationError, naming the path."""
    return msgspec.convert(payload, type=Fiche)


def written(fiche: Fiche) -> dict[str, object]:
    """As JSON keeps it."""
    return cast("dict[str, object]", msgspec.to_builtins(fiche))


def seal(fiche: Fiche) -> Sealed:
    text = canonical(fiche)
    return Sealed(text.decode(), sha256(text))


def unseal(text: str) -> Fiche:
    return msgspec.json.decode(text.encode(), type=Fiche)
