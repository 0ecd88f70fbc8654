"""The report of a sealed text is written once, and kept with its hash."""

from collections.abc import Callable

from django.db import transaction

from accounts.models import User
from missions.actions import store_document
from missions.models import Document
from missions.owners import owner_key

from ..models import SealedText

REPORT = "rapport"


@transaction.atomic
def keep_report(*, sealed_text: SealedText, name: str, write: Callable[[], bytes], by: User | None) -> Document:
    """The report of this text as it was first written; `write` is called only the first time."""
    text = SealedText.objects.select_for_update().get(pk=sealed_text.pk)
    kept = report_of_text(text)
    if kept is not None:
        return kept
    return store_document(owner=text, kind=REPORT, name=name, content=write(), by=by, media_type="application/pdf")


def report_of_text(sealed_text: SealedText) -> Document | None:
    owner_type, owner_uid = owner_key(sealed_text)
    kept = Document.objects.filter(owner_type=owner_type, owner_uid=owner_uid, kind=REPORT)
    return kept.select_related("content").order_by("pk").first()
