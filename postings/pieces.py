"""What a candidate's file may be: told by its content, never by its name, and nothing that runs."""

import io

import puremagic
from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from .exceptions import FileRefused

LARGEST = 10 * 1024 * 1024
MOST = 5
EXTENSIONS = {
    "application/pdf": (".pdf",),
    "image/png": (".png",),
    "image/jpeg": (".jpg", ".jpeg"),
}
ACTIVE = frozenset({"/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/Rendition", "/RichMediaExecute"})
"""Actions of a PDF that do something else than go to a page or an address."""

KIND = "Le fichier doit être un PDF, un PNG ou un JPEG, et son nom se terminer comme son contenu."


def too_large() -> str:
    return f"Le fichier dépasse {LARGEST // 1024 // 1024}\u00a0Mo."


def checked_type(name: str, content: bytes) -> str:
    """The media type. Raises FileRefused."""
    if not content:
        raise FileRefused("Le fichier est vide.")
    if len(content) > LARGEST:
        raise FileRefused(too_large())
    try:
        found: str = puremagic.from_string(content, mime=True)
    except (puremagic.PureError, ValueError):
        raise FileRefused(KIND) from None
    if not name.lower().endswith(EXTENSIONS.get(found, ())):
        raise FileRefused(KIND)
    if found == "application/pdf" and _is_active(content):
        raise FileRefused("Ce PDF contient un programme ou un fichier joint\u00a0: imprimez-le en PDF simple.")
    return found


def _is_active(content: bytes) -> bool:
    """A script, a file inside, or a document that cannot be read to say that it has none."""
    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted:
            return True
        return _holds_action(reader.trailer)
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError, AssertionError):
        return True


def _holds_action(start: object) -> bool:
    """Every object that the document can reach, each once."""
    seen: set[tuple[int, int]] = set()
    waiting = [start]
    while waiting:
        each = waiting.pop()
        if isinstance(each, IndirectObject):
            key = (each.idnum, each.generation)
            if key in seen:
                continue
            seen.add(key)
            each = each.get_object()
        if isinstance(each, DictionaryObject):
            if each.get("/S") in ACTIVE or "/JS" in each or "/EmbeddedFiles" in each or "/EF" in each:
                return True
            waiting.extend(each.raw_get(key) for key in each)
        elif isinstance(each, ArrayObject):
            waiting.extend(list.__iter__(each))
    return False
