"""Documents that take time to write: what each kind is, and where the limits are.

A short one is written in the request; a longer one by the worker, in a process of its own (`missions.pdf_process`);
beyond that it is refused, and tables are proposed. The rooms declare their kinds in `apps.py`:

    PRINTINGS = {"organigramme": "missions.views.chart.CHART"}
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import NamedTuple
from urllib.parse import parse_qsl, urlencode

from django.conf import settings
from django.utils.module_loading import import_string

from accounts.models import User

from .archives import Archive, zipped
from .models import Document
from .pdf import render_pdf

# Rows of tables, posts and units of drawings. Measured (`make bench`): 5 to 20 ms each, and a quarter of a megabyte.
IN_THE_REQUEST = 300
AT_MOST = 12_000

PDF = "application/pdf"

# What is asked for, by name; kept as the query of an address.
type Parameters = Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Printed:
    """One document that somebody may read, before it is written.

    `title`: what it is, in words; `weight`: its rows; `back`: the page it was asked from. `source`: HTML that a PDF is
    made of, the documents of an archive, or the whole file. `keep`: keeps its content for good; `kept`: the one kept
    before. `instead`: rows (label, address) proposed when it is too long.
    """

    name: str
    title: str
    weight: int
    back: str
    source: Callable[[], str | bytes | Archive]
    media_type: str = PDF
    keep: Callable[[bytes], Document] | None = None
    kept: Document | None = None
    instead: tuple[tuple[str, str], ...] = ()

    @property
    def is_short(self) -> bool:
        return self.weight <= IN_THE_REQUEST

    @property
    def is_too_long(self) -> bool:
        return self.weight > AT_MOST

    def write(self) -> bytes:
        source = self.source()
        if isinstance(source, Archive):
            return zipped(source, lambda html, _: render_pdf(html), lambda *_: None)
        return render_pdf(source) if isinstance(source, str) else source


class Printing(NamedTuple):
    """A kind of documents. Both raise NotAllowed, or Http404 for what does not exist for this user.

    `check`: whether this user may still read it, quickly; `read`: the same, and the document. `once`: it names persons,
    and is forgotten as soon as it was handed over.
    """

    check: Callable[[User, Parameters], None]
    read: Callable[[User, Parameters], Printed]
    once: bool = False


def printing(kind: str) -> Printing:
    """Raises KeyError for a kind that no room declares."""
    declared = {
        key: path
        for room in settings.ROOMS
        for key, path in getattr(import_module(f"{room}.apps"), "PRINTINGS", {}).items()
    }
    found: Printing = import_string(declared[kind])
    return found


def as_subject(parameters: Parameters) -> str:
    """One text for the same parameters; those that are empty are left out."""
    return urlencode(sorted((key, value) for key, value in parameters.items() if value))


def from_subject(subject: str) -> Parameters:
    return dict(parse_qsl(subject))
