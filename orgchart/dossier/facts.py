"""What a report says besides the chart: its heading, and the parts that somebody wrote."""

import datetime

from ..checks import Announced
from ..values import ChangeId, UnitId, Value


class Milestone(Value, frozen=True, kw_only=True):
    """A known event whose chart is not known. `on`: « 2020-03 » or « 2020-07-06 », as precise as the source."""

    on: str
    label: str
    posts_announced: int | None = None


class Deadline(Value, frozen=True, kw_only=True):
    """A date that the procedure fixes before or after the session, and the text that says so."""

    label: str
    on: datetime.date | None = None
    source: str = ""


class Facts(Value, frozen=True, kw_only=True):
    """The heading of the report and what surrounds it. No person is named.

    `unit` heads the perimeter. `item`: « avis » or « information ». `sealed`: the text a committee was given, else a
    working document. `origin` and `dated_on`: of an amended text.
    """

    code: str
    title: str
    unit: UnitId
    effective_on: datetime.date | None = None
    committee: str = ""
    session_on: datetime.date | None = None
    item: str = "avis"
    announced: tuple[Announced, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    fictitious: bool = False
    sealed: bool = False
    origin: str = ""
    dated_on: datetime.date | None = None


class NarrativeSection(Value, frozen=True, kw_only=True):
    """A written part, in Markdown. `change`: the one it explains, under which it is printed."""

    key: str
    title: str
    markdown: str = ""
    change: ChangeId | None = None


class Narrative(Value, frozen=True, kw_only=True):
    """The written parts, in the order of the report."""

    sections: tuple[NarrativeSection, ...] = ()


STANDARD_PARTS = {
    "context": "Contexte",
    "method": "Méthode",
    "aims": "Objectifs",
    "adjustments": "Ajustements proposés",
    "funding": "Financement",
    "consequences": "Conséquences pour les agents et les conditions de travail",
    "support": "Mesures d’accompagnement",
    "calendar": "Calendrier",
}
"""Key → title of the parts that a report usually has, in their usual order."""
