"""Files kept for good, each content once, with its hash."""

import hashlib
import mimetypes

from django.db import models, transaction

from accounts.actions import record_event
from accounts.models import User

from ..models import Document, DocumentContent
from ..owners import owner_key
from .locking import lock_chart


class EmptyDocument(Exception):
    def __init__(self) -> None:
        super().__init__("Le fichier est vide.")


@transaction.atomic
def store_document(
    *, owner: models.Model, kind: str, name: str, content: bytes, by: User | None, media_type: str = ""
) -> Document:
    """Keep `content` as a file of `owner`. The same bytes are stored once. Raises EmptyDocument."""
    if not content:
        raise EmptyDocument
    digest = hashlib.sha256(content).hexdigest()
    stored, _ = DocumentContent.objects.defer("content").get_or_create(
        sha256=digest, defaults={"size": len(content), "content": content}
    )
    owner_type, owner_uid = owner_key(owner)
    document = Document.objects.create(
        owner_type=owner_type,
        owner_uid=owner_uid,
        kind=kind,
        name=name,
        media_type=media_type or mimetypes.guess_type(name)[0] or "application/octet-stream",
        content=stored,
        by=by,
    )
    record_event(
        verb="store_document",
        target=owner,
        by=by,
        summary=f"Document enregistré : {name}."[:500],
        details={"sha256": digest, "document": document.uid},
    )
    return document


@transaction.atomic
def keep_document(
    *, owner: models.Model, kind: str, name: str, content: bytes, by: User | None, media_type: str = ""
) -> Document:
    """The file of this kind that `owner` has already, or `content` as its only one: what is sealed is printed once.

    The lock of the chart lets one in at a time; the row of what is sealed cannot be locked, it may not be written.
    """
    lock_chart()
    owner_type, owner_uid = owner_key(owner)
    kept = Document.objects.filter(owner_type=owner_type, owner_uid=owner_uid, kind=kind).select_related("content")
    first = kept.order_by("pk").first()
    if first is not None:
        return first
    return store_document(owner=owner, kind=kind, name=name, content=content, by=by, media_type=media_type)
