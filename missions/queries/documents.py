"""Kept files, and the employer's own settings."""

from django.db import models

from ..models import Document, Employer
from ..owners import owner_key


def documents_of(owner: models.Model) -> tuple[Document, ...]:
    """Newest first, without their contents."""
    kind, uid = owner_key(owner)
    rows = Document.objects.filter(owner_type=kind, owner_uid=uid).select_related("by", "content")
    return tuple(rows.defer("content__content"))


def document_of(owner: models.Model, kind: str) -> Document | None:
    """The newest one of a kind: a rendered PDF is kept once and found here."""
    owner_type, uid = owner_key(owner)
    rows = Document.objects.filter(owner_type=owner_type, owner_uid=uid, kind=kind).select_related("content")
    return rows.defer("content__content").order_by("-pk").first()


def content_of(document: Document) -> bytes:
    return bytes(document.content.content)


def employer() -> Employer:
    """The settings, or those by default when nobody has set them: an employer without a name."""
    return Employer.objects.first() or Employer(pk=1, name="")
