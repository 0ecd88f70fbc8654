"""The pieces of an application, while it is a draft."""

import hashlib
from pathlib import PurePath

from django.db import transaction

from accounts.actions import record_event
from accounts.models import User

from .. import storage
from ..exceptions import FileRefused, NotEditable
from ..models import Application, ApplicationFile
from ..permissions import check_actor, check_can_edit_application
from ..pieces import MOST, checked_type
from ..status import ApplicationStatus
from .locking import locked_application


@transaction.atomic
def add_file(*, application: Application, name: str, content: bytes, by: User | None) -> ApplicationFile:
    """PDF, PNG or JPEG, by its content; size and number bounded. Raises NotAllowed, NotEditable, FileRefused."""
    row = _draft(application, by)
    if row.files.count() >= MOST:
        raise FileRefused(f"Une candidature a {MOST} pièces au plus.")
    name = PurePath(name.replace("\\", "/")).name[-200:]
    media_type = checked_type(name, content)
    digest = hashlib.sha256(content).hexdigest()
    path = storage.write(content)
    try:
        file = ApplicationFile.objects.create(
            application=row, name=name, media_type=media_type, size=len(content), sha256=digest, path=path
        )
        record_event(verb="add_file", target=row, by=by, summary="Pièce versée.", details={"sha256": digest})
    except BaseException:
        storage.remove(path)
        raise
    return file


@transaction.atomic
def remove_file(*, file: ApplicationFile, by: User | None) -> None:
    """Raises NotAllowed, NotEditable."""
    row = _draft(file.application, by)
    path = file.path
    record_event(verb="remove_file", target=row, by=by, summary="Pièce retirée.", details={"sha256": file.sha256})
    file.delete()
    transaction.on_commit(lambda: storage.remove(path))


def _draft(application: Application, by: User | None) -> Application:
    row = locked_application(application)
    check_actor(by, lambda user: check_can_edit_application(user, row))
    if row.status != ApplicationStatus.DRAFT:
        raise NotEditable("Les pièces d’une candidature déposée ne changent plus.")
    return row
