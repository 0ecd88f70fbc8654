"""A form for every change kind, generated from its type: the catalogue is the only description of an adjustment."""

import datetime
import types
import typing
from collections.abc import Callable, Collection, Mapping
from enum import StrEnum
from typing import Annotated, Any, NamedTuple, get_args, get_origin

import msgspec
from django import forms
from django.forms.utils import ErrorDict
from django.utils.datastructures import MultiValueDict

from orgchart.changes import AnyChange, Change, Part, SuppressPost
from orgchart.changes.base import NewPost, NewUnit
from orgchart.fold import fold
from orgchart.nomenclature import Form as TitleForm
from orgchart.records import ManagementLevel
from orgchart.structure import Structure
from orgchart.values import (
    GradeCode,
    Hours,
    KindCode,
    PostId,
    Share,
    SiteCode,
    TitleCode,
    UnitId,
    Value,
)
from orgchart.working_copy import ImpossibleChange

from .draft import DraftForm
from .fields import HoursField, LinesField, SeveralField, SharesField, SharesWidget
from .offers import Offer

# Filled by the application, never typed.
MINTED = {"id", "deduced"}
MOST_PARTS = 6
LAST = ("motive", "on", "eventually")
SELDOM = {
    "acronym",
    "aliases",
    "announced",
    "category",
    "corps",
    "job_family",
    "label_plural",
    "position",
    "provisional",
    "purposes",
    "statutory_grades",
}


class Fact(NamedTuple):
    """One field of a change type, as its annotation tells it."""

    name: str
    kind: Any
    title: str
    help: str
    required: bool
    nullable: bool
    constraints: msgspec.Meta


class Group(NamedTuple):
    """Fields shown together: those of the change itself, of the post or unit it makes, or of its date and motive."""

    title: str
    names: tuple[str, ...]


class Fieldset(NamedTuple):
    """A group as it is shown. `more`: what is seldom filled, folded away; `unfolded` once something is in it."""

    title: str
    fields: list[forms.BoundField]
    more: list[forms.BoundField]
    unfolded: bool


class Vocabulary(NamedTuple):
    """What a form may offer: the chart at this point of the draft, seen from `root`, and who holds the posts.

    `near`: the unit from which the form was opened, and `text`: what is searched for, where the chart is too large.
    """

    chart: Structure
    root: UnitId | None = None
    names: Mapping[PostId, str] = types.MappingProxyType({})
    near: str = ""
    text: str = ""


def facts(kind: type[Value]) -> list[Fact]:
    hints = typing.get_type_hints(kind, include_extras=True)
    structs = {field.name: field for field in msgspec.structs.fields(kind)}
    found = []
    for name in kind.__struct_fields__:
        if name in MINTED:
            continue
        bare, meta = hints[name], msgspec.Meta()
        if get_origin(bare) is Annotated:
            bare, meta = get_args(bare)
        members = get_args(bare) if isinstance(bare, types.UnionType) or get_origin(bare) is typing.Union else (bare,)
        nullable = types.NoneType in members
        bare = next(member for member in members if member is not types.NoneType)
        if get_origin(bare) is Annotated:
            bare = get_args(bare)[0]
        required = structs[name].required and not nullable
        found.append(Fact(name, bare, meta.title or name, meta.description or "", required, nullable, meta))
    return found


class ChangeForm(DraftForm):
    """What a person types to describe one change. `change()` gives the change once the form is valid.

    Cleaning makes the change on the chart it is written for: what makes no sense there is refused here, in words.
    `unsent`: what was typed is only shown again, beside other lists or more parts; nothing is refused yet.
    """

    def __init__(
        self,
        kind: type[Change],
        vocabulary: Vocabulary,
        *,
        mint: Callable[[str], str],
        data: Any = None,
        change: Change | None = None,
        initial: dict[str, Any] | None = None,
        parts: int = 2,
        unsent: bool = False,
    ) -> None:
        self.unsent = unsent
        self.kind, self.vocabulary, self.mint, self.edited = kind, vocabulary, mint, change
        self.parts = min(max(parts, len(getattr(change, "into", ())) if kind_has_parts(kind) else 0, 2), MOST_PARTS)
        values = flatten(change) if change else {}
        super().__init__(data, initial=values | (initial or {}))
        self.groups: list[Group] = []
        self._made: AnyChange | None = None
        chart = vocabulary.chart
        typed = self.data if self.is_bound else self.initial
        chosen = [vocabulary.near, *(value for name in typed for value in self._chosen(name))]
        near = {UnitId(each) for each in chosen if each in chart.unit_by_id}
        near |= {chart.post_by_id[PostId(each)].unit for each in chosen if each in chart.post_by_id}
        self.offer = Offer(chart, vocabulary.root, frozenset(near), vocabulary.text)
        self._add_fields()

    def add_prefix(self, field_name: str) -> str:
        """The name in the page: a control called « form » would hide its form from the script that sends it."""
        return "title_form" if field_name == "form" else super().add_prefix(field_name)

    def _chosen(self, name: str) -> list[str]:
        """The values typed for a field, or those it starts with; of a list, each of them."""
        if isinstance(self.data, MultiValueDict) and self.is_bound:
            return self.data.getlist(name)
        value = (self.data if self.is_bound else self.initial).get(name)
        values = value if isinstance(value, list | tuple) else [value]
        return [str(each.unit) if isinstance(each, Share) else each for each in values if isinstance(each, str | Share)]

    # Building

    def _add_fields(self) -> None:
        own, last = [], []
        nested: list[Group] = []
        made_first = next(fact for fact in facts(self.kind) if fact.name not in LAST).kind is NewUnit
        for fact in facts(self.kind):
            if fact.name in LAST:
                self.fields[fact.name] = self._field(fact, fact.name)
                last.append(fact.name)
            elif fact.kind in (NewPost, NewUnit):
                nested.append(self._add_group(fact.title, fact.kind, f"{fact.name}."))
            elif get_args(fact.kind)[:1] == (Part,):
                for number in range(self.parts):
                    prefix = f"{fact.name}.{number}."
                    title = f"Unité issue de la scission n°\u00a0{number + 1}"
                    unit = self._add_group(title, NewUnit, f"{prefix}new.")
                    rest = self._add_group("", Part, prefix, without={"new"})
                    nested.append(Group(title, unit.names + rest.names))
            else:
                self.fields[fact.name] = self._field(fact, fact.name)
                own.append(fact.name)
        groups = (*nested, Group("", tuple(own))) if made_first else (Group("", tuple(own)), *nested)
        self.groups = [group for group in (*groups, Group("Motif et date", tuple(last))) if group.names]

    def _add_group(self, title: str, kind: type[Value], prefix: str, without: Collection[str] = ()) -> Group:
        names = []
        for fact in facts(kind):
            if fact.name not in without:
                self.fields[prefix + fact.name] = self._field(fact, prefix + fact.name)
                names.append(prefix + fact.name)
        return Group(title, tuple(names))

    def _field(self, fact: Fact, name: str) -> forms.Field:
        given: dict[str, Any] = {"label": fact.title, "help_text": fact.help, "required": fact.required}
        item = get_args(fact.kind)[0] if get_origin(fact.kind) is tuple else None
        if item is Share:
            rows = [f"{name}_unit{number}" for number in range(1, SharesWidget.rows + 1)]
            return SharesField(choices=self._choices(UnitId, name, *rows), **given)
        if item in OFFERED:
            given["required"] = bool(fact.constraints.min_length)
            return SeveralField(choices=self._choices(item, name), **given)
        if item is str:
            return LinesField(**given)
        if fact.kind in OFFERED:
            empty = [("", "Non renseigné" if fact.nullable else "Choisir…")]
            return forms.ChoiceField(choices=empty + self._choices(fact.kind, name), **given)
        if isinstance(fact.kind, type) and issubclass(fact.kind, StrEnum):
            empty = [("", "Non renseigné")] if fact.nullable else []
            return forms.ChoiceField(choices=empty + ENUMS[fact.kind], **given)
        if get_origin(fact.kind) is typing.Literal:
            return forms.ChoiceField(choices=[("", "Non renseigné"), *((v, v) for v in get_args(fact.kind))], **given)
        if fact.kind is Hours:
            return HoursField(**given)
        if fact.kind is bool:
            return forms.BooleanField(**given | {"required": False})
        if fact.kind is int:
            return forms.IntegerField(min_value=0, **given)
        if fact.kind is datetime.date:
            return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **given)
        if fact.name == "motive" or fact.name == "opened_to":
            text = forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), **given)
            if fact.name == "motive" and self.kind is SuppressPost:
                text.due = "demandé avant la soumission"  # type: ignore[attr-defined]  # read by the field’s template
            return text
        return forms.CharField(max_length=fact.constraints.max_length, **given)

    def _choices(self, kind: Any, *names: str) -> list[Any]:
        """What is listed for a reference; units and posts chosen already always are: any of the chart may be."""
        kept = [value for name in names for value in self._chosen(name)]
        if kind is UnitId:
            return self.offer.units(kept)
        if kind is PostId:
            return self.offer.posts(self.vocabulary.names, kept)
        return CHOICES[kind](self.vocabulary)

    @property
    def has_parts(self) -> bool:
        return kind_has_parts(self.kind)

    @property
    def most_parts(self) -> int:
        return MOST_PARTS

    def fieldsets(self) -> list[Fieldset]:
        found = []
        for group in self.groups:
            fields = [self[name] for name in group.names if name.rpartition(".")[2] not in SELDOM]
            more = [self[name] for name in group.names if name.rpartition(".")[2] in SELDOM]
            found.append(Fieldset(group.title, fields, more, any(field.errors or field.value() for field in more)))
        return found

    # Reading

    def is_valid(self) -> bool:
        return not self.unsent and super().is_valid()

    def full_clean(self) -> None:
        if self.unsent:
            self._errors, self.cleaned_data = ErrorDict(), {}
        else:
            super().full_clean()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("on") and cleaned.get("eventually"):
            self.add_error("eventually", "Choisissez une date propre ou « à terme », pas les deux.")
        if self.errors:
            return cleaned
        try:
            made = self._build(cleaned)
            fold(self.vocabulary.chart, [made])
        except (ImpossibleChange, msgspec.ValidationError, ValueError) as refusal:
            raise forms.ValidationError(str(refusal), code="impossible") from refusal
        self._made = made
        return cleaned

    def _build(self, cleaned: dict[str, Any]) -> AnyChange:
        payload = self._payload(self.kind, cleaned, "", self.edited)
        payload["id"] = self.edited.id if self.edited else self.mint("chg")
        if self.edited and self.edited.deduced:
            payload["deduced"] = self.edited.deduced
        plain = msgspec.to_builtins(payload)
        change: AnyChange = msgspec.convert(plain | {"type": self.kind.__struct_config__.tag}, type=AnyChange)
        return change

    def _payload(self, kind: type[Value], cleaned: dict[str, Any], prefix: str, old: Any) -> dict[str, Any]:
        payload: dict[str, Any] = {}
        for fact in facts(kind):
            name = prefix + fact.name
            if fact.kind in (NewPost, NewUnit):
                before = getattr(old, fact.name, None)
                made = self._payload(fact.kind, cleaned, f"{name}.", before)
                minted = self.mint("pos" if fact.kind is NewPost else "uni")
                payload[fact.name] = made | {"id": before.id if before else minted}
            elif get_args(fact.kind)[:1] == (Part,):
                known = getattr(old, fact.name, ())
                payload[fact.name] = [
                    self._payload(Part, cleaned, f"{name}.{number}.", known[number] if number < len(known) else None)
                    for number in range(self.parts)
                ]
            else:
                value = cleaned.get(name)
                payload[fact.name] = None if fact.nullable and value in ("", None) else value
        return payload

    def change(self) -> AnyChange:
        """The change as typed. Raises ValueError before the form is valid."""
        if self._made is None:
            raise ValueError("The form is not valid yet.")
        return self._made


CHOICES: dict[Any, Callable[[Vocabulary], list[Any]]] = {
    KindCode: lambda given: [(kind.code, kind.label) for kind in given.chart.nomenclature.kinds],
    GradeCode: lambda given: [(grade.code, grade.label or grade.code) for grade in given.chart.nomenclature.grades],
    TitleCode: lambda given: [(title.code, title.masculine) for title in given.chart.nomenclature.titles],
    SiteCode: lambda given: [(site.code, site.label) for site in given.chart.nomenclature.sites],
}

OFFERED = {UnitId, PostId, *CHOICES}

ENUMS: dict[Any, list[tuple[str, str]]] = {
    TitleForm: [("masculine", "Masculin"), ("feminine", "Féminin"), ("inclusive", "Écriture inclusive")],
    ManagementLevel: [(level.value, level.label.capitalize()) for level in ManagementLevel],
}


def kind_has_parts(kind: type[Change]) -> bool:
    return any(get_args(fact.kind)[:1] == (Part,) for fact in facts(kind))


def flatten(value: Value, prefix: str = "") -> dict[str, Any]:
    """A change as the initial values of its form, nested records by dotted names."""
    flat: dict[str, Any] = {}
    for name in value.__struct_fields__:
        found = getattr(value, name)
        if isinstance(found, NewPost | NewUnit | Part):
            flat |= flatten(found, f"{prefix}{name}.")
        elif isinstance(found, tuple) and found and isinstance(found[0], Part):
            for number, part in enumerate(found):
                flat |= flatten(part, f"{prefix}{name}.{number}.")
        elif isinstance(found, StrEnum):
            flat[prefix + name] = found.value
        else:
            flat[prefix + name] = found
    return flat
