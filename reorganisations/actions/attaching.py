"""Signed documents: the opinion, the minutes, the decision; those of a session."""

from typing import NamedTuple

from django.db import models, transaction

from accounts.actions import record_event
from accounts.models import User
from missions.actions import store_document
from missions.models import Document

from ..exceptions import FileRefused
from ..models import Reorganisation, Session, SessionFile
from ..permissions import check_actor, check_can_attach_document


class AttachmentKind(models.TextChoices):
    OPINION = "avis", "Avis du comité"
    MINUTES = "proces-verbal", "Procès-verbal"
    DECISION = "decision", "Décision signée"
    OTHER = "autre", "Autre pièce"


class Format(NamedTuple):
    """Told by its first bytes, never by its name."""

    signature: bytes
    media_type: str
    extensions: tuple[str, ...]


FORMATS = (
    Format(b"%PDF-", "application/pdf", (".pdf",)),
    Format(b"\x89PNG\r\n\x1a\n", "image/png", (".png",)),
    Format(b"\xff\xd8\xff", "image/jpeg", (".jpg", ".jpeg")),
)
LARGEST = 20 * 1024 * 1024


@transaction.atomic
def attach_document(
    *, reorganisation: Reorganisation, kind: AttachmentKind | str, name: str, content: bytes, by: User | None
) -> Document:
    """Keep a signed document of the reorganisation, with its hash: PDF, PNG or JPEG, 20 Mo at most.

    Raises NotAllowed, FileRefused.
    """
    return _attach(reorganisation, AttachmentKind(kind), name, content, by)


@transaction.atomic
def attach_to_session(
    *, session: Session, kind: SessionFile | str, name: str, content: bytes, by: User | None
) -> Document:
    """The same, for a session. Raises NotAllowed, FileRefused."""
    return _attach(session, SessionFile(kind), name, content, by)


def _attach(
    owner: Reorganisation | Session, kind: AttachmentKind | SessionFile, name: str, content: bytes, by: User | None
) -> Document:
    check_actor(by, check_can_attach_document)
    found = format_of(name, content)
    document = store_document(owner=owner, kind=kind, name=name, content=content, by=by, media_type=found.media_type)
    record_event(
        verb="attach_document",
        target=owner,
        by=by,
        summary=f"Document versé\u00a0: {kind.label.lower()}.",
        details={"document": document.uid, "sha256": document.content.sha256},
    )
    return document


def format_of(name: str, content: bytes) -> Format:
    """Raises FileRefused."""
    if not content:
        raise FileRefused("Le fichier est vide.")
    if len(content) > LARGEST:
        raise FileRefused("Le fichier dépasse 20\u00a0Mo.")
    for each in FORMATS:
        if content.startswith(each.signature) and name.lower().endswith(each.extensions):
            return each
    raise FileRefused("Le document doit être un PDF, un PNG ou un JPEG, et son nom se terminer comme son contenu.")
