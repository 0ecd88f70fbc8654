"""The minutes of a bourse, printed once when it is decided and kept with their hash."""

import hashlib

from django.db import transaction

from accounts.actions import record_event
from missions.actions import keep_document, lock_chart
from missions.pdf import render_pdf
from missions.queries import employer
from reorganisations.documents.papers import Paper, paper_html

from .. import storage
from ..documents.minutes import minutes
from ..models import NamedMinutes, Posting
from ..queries.record import PostingRecord
from .locking import locked

WITHOUT_NAMES = "pv-sans-noms"
"""The kind of document that the minutes without names are."""


def seal_minutes(*, posting: Posting) -> None:
    """With the names until the applications are forgotten, without them for good. What is kept already stays.

    Nothing is done before the decision, nor once the applications are forgotten.
    """
    kept = NamedMinutes.objects.filter(posting=posting).exists()
    if kept or posting.purged_at is not None or not hasattr(posting, "outcome"):
        return
    record, name = PostingRecord(posting), employer().name
    named = minutes(record, employer=name, nominative=True)
    unnamed = minutes(record, employer=name, nominative=False)
    # Printed before the chart is held: it takes a second.
    _keep(posting, render_pdf(paper_html(named)), unnamed, render_pdf(paper_html(unnamed)))


@transaction.atomic
def _keep(posting: Posting, named: bytes, unnamed: Paper, without_names: bytes) -> None:
    lock_chart()
    row = locked(posting)
    if NamedMinutes.objects.filter(posting=row).exists() or row.purged_at is not None:
        return
    keep_document(owner=row, kind=WITHOUT_NAMES, name=f"{unnamed.name}.pdf", content=without_names, by=None)
    path = storage.write(named)
    try:
        kept = NamedMinutes.objects.create(
            posting=row, sha256=hashlib.sha256(named).hexdigest(), size=len(named), path=path
        )
    except BaseException:
        storage.remove(path)
        raise
    record_event(
        verb="seal_minutes", target=row, by=None, summary="Procès-verbal établi.", details={"sha256": kept.sha256}
    )
