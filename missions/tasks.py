"""Long work of the room, through django.tasks."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.tasks import task

from .actions import renderings
from .archives import Archive, zipped
from .models import Rendering
from .pdf_process import NotWritten, write_apart
from .printing import from_subject, printing

UNEXPECTED = "La préparation s’est arrêtée\u00a0: la raison est au journal du serveur."


@task()
def prepare_document(uid: str) -> None:
    """Write the document of this rendering, as the one who asked may read it now; coming twice, it does nothing."""
    rendering = renderings.begin_rendering(uid=uid)
    if rendering is None:
        return
    try:
        _prepare(rendering)
    except renderings.Abandoned:
        return
    except (NotWritten, PermissionDenied, Http404) as refusal:
        renderings.fail_rendering(rendering=rendering, reason=str(refusal))
    except BaseException:
        # The worker logs it with its trace.
        renderings.fail_rendering(rendering=rendering, reason=UNEXPECTED)
        raise


def _prepare(rendering: Rendering) -> None:
    """Raises NotWritten, NotAllowed, Http404, Abandoned."""
    printed = printing(rendering.kind).read(rendering.requested_by, from_subject(rendering.subject))
    if printed.kept is not None:
        renderings.finish_rendering(rendering=rendering, content=b"", document=printed.kept)
        return

    def tell(done: int, total: int) -> None:
        renderings.tell_progress(rendering=rendering, done=done, total=total)

    source = printed.source()
    tell(0, 0)
    if isinstance(source, Archive):
        content = zipped(source, lambda html, beat: write_apart(html, tell=lambda *_: beat()), tell)
    else:
        content = write_apart(source, tell=tell) if isinstance(source, str) else source
    document = printed.keep(content) if printed.keep else None
    renderings.finish_rendering(rendering=rendering, content=content, document=document)
