"""HTML written by this application into a PDF/A-3a that is also PDF/UA: tagged, with bookmarks, fonts embedded.

Nothing is fetched but the style sheets, fonts and pictures of `static/`; no network, no HTML or CSS of users.
"""

import mimetypes
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from weasyprint import HTML
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

STATIC = Path(settings.BASE_DIR) / "static"
ALLOWED_FOLDERS = ("css", "fonts", "img")
STYLESHEET = (STATIC / "css" / "pdf.css").as_uri()

# WeasyPrint writes the identifier of one standard; that of the other goes beside it, inside the same RDF.
UA_IDENTIFIER = (
    b'<rdf:Description xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" rdf:about="">'
    b"<pdfuaid:part>1</pdfuaid:part></rdf:Description>"
)
END_OF_RDF = b"</rdf:RDF>"


class ForbiddenAddress(FatalURLFetchingError):  # type: ignore[misc]  # published without types
    """A document asked for something outside `static/`: it is not printed at all."""

    def __init__(self, url: str) -> None:
        super().__init__(f"Le document demande une adresse interdite : {url[:200]}")


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


def render_pdf(html: str) -> bytes:
    """The same HTML gives the same bytes. Raises ForbiddenAddress."""
    document = HTML(string=html, base_url=STATIC.as_uri() + "/", url_fetcher=StaticFetcher())
    content: bytes = document.write_pdf(pdf_variant="pdf/a-3a", finisher=_identify_as_ua)
    return content


def _identify_as_ua(document: Any, pdf: Any) -> None:
    """Say PDF/UA-1 in the metadata stream, just before the file is written."""
    number = int(pdf.catalog["Metadata"].split()[0])
    stream = pdf.objects[number]
    text = b"".join(part if isinstance(part, bytes) else part.data for part in stream.stream)
    stream.stream = [text.replace(END_OF_RDF, UA_IDENTIFIER + END_OF_RDF, 1)]
