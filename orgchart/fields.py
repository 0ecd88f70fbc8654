"""Fields of units and posts in French: their names, and their values as they are read."""

from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import cast

from .french import NBSP, UNKNOWN, decimal, join, quoted
from .nomenclature import Form
from .records import ManagementLevel, Post, Unit
from .structure import Structure
from .values import Hours, KindCode, PostId, Share, SiteCode, TitleCode, UnitId

FIELDS = {
    "label": "le libellé",
    "acronym": "le sigle",
    "kind": "le type",
    "parent": "le rattachement",
    "sites": "les sites",
    "purposes": "les missions",
    "lead": "la direction",
    "links": "les liens fonctionnels",
    "partial": "le périmètre connu",
    "provisional": "le caractère provisoire du nom",
    "unit": "l’unité",
    "title": "l’intitulé",
    "form": "la forme de l’intitulé",
    "label_plural": "le libellé au pluriel",
    "grade": "la cotation",
    "category": "la catégorie",
    "job_family": "la filière",
    "corps": "les cadres d’emplois",
    "statutory_grades": "les grades ouverts",
    "level": "le niveau d’encadrement",
    "hours": "la durée",
    "site": "le site",
    "duties": "les missions",
    "shares": "le partage",
    "superiors": "l’autorité fonctionnelle",
    "frozen": "le gel",
}
"""Field → its name with its article."""


def changed(fields: Sequence[str]) -> str:
    """« la cotation a changé », « les sites et la direction ont changé »."""
    names = [FIELDS[field] for field in fields]
    several = len(names) > 1 or names[0].startswith("les ")
    return f"{join(names)} {'ont' if several else 'a'} changé"


FORMS = {Form.MASCULINE: "masculin", Form.FEMININE: "féminin", Form.INCLUSIVE: "forme inclusive"}


class Words:
    """Reads ids and values in several charts, the first that knows them having the last word."""

    def __init__(self, structures: Sequence[Structure]) -> None:
        self._structures = structures

    def label(self, key: str) -> str:
        """« Cellule éditoriale », Le poste « graphiste »: a unit or a post at the head of a sentence."""
        for structure in self._structures:
            record = record_of(structure, key)
            if isinstance(record, Post):
                return f"Le poste {quoted(structure.title_of(record))}"
            if record is not None:
                return quoted(record.label)
        return quoted(key)

    def labels(self, keys: Iterable[str]) -> str:
        """The same for several, as one subject: « Cellule éditoriale » et le poste « graphiste »."""
        first, *others = [self.label(key) for key in keys]
        return join([first, *(other.replace("Le poste", "le poste", 1) for other in others)])

    def name(self, key: str) -> str:
        """The same without quotes, inside a list of values."""
        for structure in self._structures:
            record = record_of(structure, key)
            if record is not None:
                return structure.title_of(record) if isinstance(record, Post) else record.label
        return key

    def value(self, field: str, value: object) -> str:
        """« Cellule éditoriale », « A 3 », « 17,5/35 », « oui »; « non renseigné » for what is empty."""
        if value is None or value in ((), ""):
            return UNKNOWN
        if isinstance(value, bool):
            return "oui" if value else "non"
        if isinstance(value, Hours):
            return f"{decimal(value.worked)}/{decimal(value.reference)}"
        if isinstance(value, tuple):
            return join(self._part(field, part) for part in value)
        return self._part(field, value)

    def _part(self, field: str, value: object) -> str:
        if isinstance(value, Share):
            return f"{decimal(value.percent)}{NBSP}% {self.name(value.unit)}"
        if isinstance(value, StrEnum):
            return value.label if isinstance(value, ManagementLevel) else FORMS[cast("Form", value)]
        text = str(value)
        if field in ("parent", "unit", "lead", "links", "superiors"):
            return self.name(text)
        words = self._structures[-1].nomenclature
        if field in ("site", "sites"):
            return words.site_label(SiteCode(text))
        if field == "kind":
            kind = words.kind_by_code.get(KindCode(text))
            return kind.label if kind else text
        if field == "title":
            title = words.title_by_code.get(TitleCode(text))
            return title.masculine if title else text
        return text


def record_of(structure: Structure, key: str) -> Unit | Post | None:
    """The unit or the post of this id."""
    return structure.unit_by_id.get(UnitId(key)) or structure.post_by_id.get(PostId(key))
