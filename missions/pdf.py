"""HTML written by this application into a PDF/A-3a that is also PDF/UA: tagged, with bookmarks, fonts embedded.

Nothing is fetched but the style sheets, fonts and pictures of `static/`; no network, no HTML or CSS of users. No Django
either: `missions.pdf_process` writes long documents in a process of its own.
"""

import logging
import mimetypes
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pydyf  # type: ignore[import-untyped]  # what WeasyPrint writes with: its objects are those to finish
from weasyprint import HTML
from weasyprint.document import Document
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

STATIC = Path(__file__).resolve().parent.parent / "static"
ALLOWED_FOLDERS = ("css", "fonts", "img")
STYLESHEET = (STATIC / "css" / "pdf.css").as_uri()
OPTIONS = {"pdf_variant": "pdf/a-3a"}

# WeasyPrint writes the identifier of one standard; that of the other goes beside it, inside the same RDF.
UA_IDENTIFIER = (
    b'<rdf:Description xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" rdf:about="">'
    b"<pdfuaid:part>1</pdfuaid:part></rdf:Description>"
)
END_OF_RDF = b"</rdf:RDF>"

# Called with the pages done and how many there are; 0 while they are being laid out, when nobody knows.
type Tell = Callable[[int, int], None]


class ForbiddenAddress(FatalURLFetchingError):  # type: ignore[misc]  # published without types
    """A document asked for something outside `static/`: it is not printed at all."""

    def __init__(self, url: str) -> None:
        super().__init__(f"Le document demande une adresse interdite\u00a0: {url[:200]}")


class StaticFetcher(URLFetcher):  # type: ignore[misc]  # published without types
    """Reads our own static files and nothing else."""

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        """Raises ForbiddenAddress."""
        parts = urlsplit(url)
        path = Path(unquote(parts.path)).resolve()
        allowed = any(path.is_relative_to(STATIC / folder) for folder in ALLOWED_FOLDERS)
        if parts.scheme != "file" or parts.netloc or not allowed:
            raise ForbiddenAddress(url)
        media_type = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": media_type})


def render_pdf(html: str, *, tell: Tell | None = None) -> bytes:
    """The same HTML gives the same bytes. Raises ForbiddenAddress."""
    source = HTML(string=html, base_url=STATIC.as_uri() + "/", url_fetcher=StaticFetcher())
    if tell is None:
        document = source.render(**OPTIONS)
    else:
        with _laid_out(tell):
            document = source.render(**OPTIONS)
        _painted(document, tell)
    content: bytes = document.write_pdf(finisher=_finish, **OPTIONS)
    return content


class _PageLaidOut(logging.Handler):
    """WeasyPrint tells the pages that it lays out on its log, and nowhere else.

    It lays them out anew when the numbers of a table of contents moved them: what is told never goes back.
    """

    def __init__(self, tell: Tell) -> None:
        super().__init__()
        self.tell = tell
        self.furthest = 0

    def emit(self, record: logging.LogRecord) -> None:
        if found := re.search(r"Creating layout - Page (\d+)", record.getMessage()):
            self.furthest = max(self.furthest, int(found[1]))
            self.tell(self.furthest, 0)


@contextmanager
def _laid_out(tell: Tell) -> Iterator[None]:
    log = logging.getLogger("weasyprint.progress")
    handler, level, propagates = _PageLaidOut(tell), log.level, log.propagate
    log.addHandler(handler)
    log.setLevel(logging.INFO)
    log.propagate = False
    try:
        yield
    finally:
        log.removeHandler(handler)
        log.setLevel(level)
        log.propagate = propagates


def _painted(document: Document, tell: Tell) -> None:
    """Tell each page that is painted: drawings take most of their time there."""
    total = len(document.pages)

    def telling(number: int, paint: Callable[..., None]) -> Callable[..., None]:
        def painted(*args: Any, **kwargs: Any) -> None:
            paint(*args, **kwargs)
            tell(number, total)

        return painted

    for number, page in enumerate(document.pages, 1):
        page.paint = telling(number, page.paint)


def _finish(document: Any, pdf: Any) -> None:
    """What WeasyPrint leaves out of the two standards, just before the file is written."""
    _identify_as_ua(pdf)
    _direct_headers(pdf)


def _direct_headers(pdf: Any) -> None:
    """Tell whether each header cell heads a column or a row, and list the identifiers that cells refer to.

    PDF/UA-1, 7.5: readers find the headers of a cell. WeasyPrint gives each cell the identifiers of its headers;
    readers that do not follow them need a scope, and ISO 32000-1, 14.7.2 asks for the tree of the identifiers.
    """
    named = []
    for element in pdf.objects:
        if not isinstance(element, pydyf.Dictionary) or element.get("S") != "/TH":
            continue
        row = _of(pdf, element["P"])
        spans = int(element["A"].get("ColSpan", 1)) > 1
        element["A"]["Scope"] = "/Column" if spans or _of(pdf, row["P"])["S"] == "/THead" else "/Row"
        if "ID" in element:
            named.append(element)
    if named:
        named.sort(key=lambda element: element["ID"].data)
        names = [each for element in named for each in (element["ID"], element.reference)]
        _of(pdf, pdf.catalog["StructTreeRoot"])["IDTree"] = pydyf.Dictionary({"Names": pydyf.Array(names)})


def _of(pdf: Any, reference: bytes) -> Any:
    return pdf.objects[int(reference.split()[0])]


def _identify_as_ua(pdf: Any) -> None:
    """Say PDF/UA-1 in the metadata stream."""
    number = int(pdf.catalog["Metadata"].split()[0])
    stream = pdf.objects[number]
    text = b"".join(part if isinstance(part, bytes) else part.data for part in stream.stream)
    stream.stream = [text.replace(END_OF_RDF, UA_IDENTIFIER + END_OF_RDF, 1)]
