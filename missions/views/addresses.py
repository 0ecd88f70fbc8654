"""Addresses of the chart's pages: one place for what the reader sees, on which date, and what is folded."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal, Self
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from orgchart.values import PostId, UnitId

type View = Literal["dessin", "liste", "tableau"]
VIEWS: tuple[View, ...] = ("dessin", "liste", "tableau")


@dataclass(frozen=True, kw_only=True)
class ChartAddress:
    """The page of the chart, or of one unit in it. Only what differs from the usual is written in the query."""

    today: datetime.date
    unit: UnitId | None = None
    day: datetime.date | None = None
    view: View = "dessin"
    folded: frozenset[UnitId] = frozenset()
    opened: frozenset[UnitId] = frozenset()

    @classmethod
    def read(cls, request: HttpRequest, unit: str | None, today: datetime.date) -> Self:
        """What a request asks; a date that is not one is today."""
        asked = request.GET.get("vue", "")
        return cls(
            today=today,
            unit=UnitId(unit) if unit else None,
            day=read_day(request.GET.get("au", "")),
            view=next((view for view in VIEWS if view == asked), "dessin"),
            folded=_units(request.GET.get("plie", "")),
            opened=_units(request.GET.get("deplie", "")),
        )

    @property
    def on(self) -> datetime.date:
        return self.day or self.today

    @property
    def is_today(self) -> bool:
        return self.on == self.today

    def page(self) -> str:
        return self._url("chart")

    def export(self, kind: Literal["pdf", "svg"], **more: str) -> str:
        return self._url(f"chart_{kind}", **more)

    def seen_as(self, view: View) -> Self:
        return replace(self, view=view)

    def dated(self, day: datetime.date | None) -> Self:
        """The same on another day; what was folded is of that chart, not of another."""
        return replace(self, day=None if day == self.today else day, folded=frozenset(), opened=frozenset())

    def about(self, unit: UnitId | None) -> Self:
        return replace(self, unit=unit, folded=frozenset(), opened=frozenset())

    def toggled(self, unit: UnitId, fold: bool) -> Self:
        if fold:
            return replace(self, folded=self.folded | {unit}, opened=self.opened - {unit})
        return replace(self, folded=self.folded - {unit}, opened=self.opened | {unit})

    def _url(self, name: str, **more: str) -> str:
        query = {
            "au": self.day.isoformat() if self.day and not self.is_today else "",
            "vue": self.view if self.view != "dessin" else "",
            "plie": ",".join(sorted(self.folded)),
            "deplie": ",".join(sorted(self.opened)),
            **more,
        }
        path = reverse(f"missions:{name}") if self.unit is None else reverse(f"missions:{name}_unit", args=[self.unit])
        written = urlencode({key: value for key, value in query.items() if value}, safe=",")
        return f"{path}?{written}" if written else path


def read_day(text: str) -> datetime.date | None:
    """A date as addresses write it (2021-10-04), or as people do (04/10/2021)."""
    for style in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.datetime.strptime(text.strip(), style).date()  # noqa: DTZ007  # a day has no zone
        except ValueError:
            continue
    return None


def address_of(name: str, *args: object) -> str:
    """The address of a page of this room or one above; empty when nothing answers there."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def posts_url(unit: UnitId, posts: Iterable[PostId]) -> str:
    """One post leads to its own page; several, to those of their unit."""
    found = list(posts)
    own = address_of("missions:post", found[0]) if len(found) == 1 else ""
    return own or f"{reverse('missions:unit', args=[unit])}#postes"


def _units(text: str) -> frozenset[UnitId]:
    return frozenset(UnitId(part) for part in text.split(",") if part)
