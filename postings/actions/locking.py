"""One writer at a time for a bourse and all that hangs from it: its row is held, then read as it is now."""

from ..models import Application, Posting


def locked(posting: Posting) -> Posting:
    """The row as it is now, held until the end of the transaction."""
    return Posting.objects.select_for_update(of=("self",)).select_related("reorganisation").get(pk=posting.pk)


def locked_application(application: Application) -> Application:
    """As it is now. The row of its bourse is held first: an outcome and a withdrawal wait for each other."""
    posting = locked(Posting(pk=application.posting_id))
    row = Application.objects.select_for_update(of=("self",)).select_related("agent__user").get(pk=application.pk)
    row.posting = posting
    return row
