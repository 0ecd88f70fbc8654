"""What leaves the application as a file: a piece, the agent's own copy, the interview for an agenda."""

import io
import json
import zipfile

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from accounts.requests import SignedInRequest

from .. import storage
from ..interview_file import interview_file
from ..models import Application, ApplicationFile
from ..permissions import can_read_file, can_see_candidate_names
from ..pieces import EXTENSIONS
from ..progress import STATES
from ..queries.mine import get_my_application


@require_GET
def file(request: SignedInRequest, uid: str) -> HttpResponse:
    """A piece, for whoever may read its application. What is not the user's to read does not exist."""
    found = ApplicationFile.objects.select_related("application__posting", "application__agent").filter(uid=uid).first()
    if found is None or not can_read_file(request.user, found):
        raise Http404("Cette pièce n’existe pas.")
    try:
        content = storage.read(found.path)
    except FileNotFoundError:
        raise Http404("Cette pièce n’existe plus.") from None
    return attachment(content, name_for(request, found), found.media_type)


def name_for(request: SignedInRequest, found: ApplicationFile) -> str:
    """As the candidate named it; as a number for whoever must not know who that is."""
    application = found.application
    if application.agent.user_id == request.user.pk or can_see_candidate_names(request.user, application.posting):
        return found.name
    before = application.files.filter(pk__lte=found.pk).count()
    return f"candidature-{application.number}-piece-{before}{EXTENSIONS[found.media_type][0]}"


@require_GET
def my_data(request: SignedInRequest, uid: str) -> HttpResponse:
    """All that the agent gave and was answered, as one archive: the letter, the pieces, the rest as data."""
    application = get_my_application(uid, request.user)
    holder = io.BytesIO()
    with zipfile.ZipFile(holder, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("lettre.txt", application.letter)
        archive.writestr("candidature.json", json.dumps(told(application), ensure_ascii=False, indent=2))
        for rank, each in enumerate(application.files.all(), 1):
            # Two pieces may have one name; the number keeps them apart.
            archive.writestr(f"pieces/{rank}-{each.name}", storage.read(each.path))
    return attachment(holder.getvalue(), f"candidature-{application.posting.code}.zip", "application/zip")


@require_GET
def interview(request: SignedInRequest, uid: str) -> HttpResponse:
    application = get_my_application(uid, request.user)
    if not hasattr(application, "interview"):
        raise Http404("Aucun entretien n’est prévu.")
    content = interview_file([application.interview])
    return attachment(content, f"entretien-{application.posting.code}.ics", "text/calendar; charset=utf-8")


def told(application: Application) -> dict[str, object]:
    """Times are aware, in Paris."""

    def at(name: str) -> str | None:
        found = getattr(application, name)
        return timezone.localtime(found).isoformat() if found else None

    decision = getattr(application, "decision", None)
    meeting = getattr(application, "interview", None)
    return {
        "bourse": {"code": application.posting.code, "titre": application.posting.title},
        "numero": application.number,
        "etat": STATES[application.known_status],
        "rang_du_voeu": application.wish_rank,
        "sexe": application.gender or None,
        "commencee_le": at("created_at"),
        "enregistree_le": at("saved_at"),
        "deposee_le": at("submitted_at"),
        "retiree_le": at("withdrawn_at"),
        "arrivee_apres_la_cloture_le": at("late_at"),
        "pieces": [
            {"nom": each.name, "type": each.media_type, "octets": each.size, "sha256": each.sha256}
            for each in application.files.all()
        ],
        "entretien": None
        if meeting is None
        else {
            "debut": timezone.localtime(meeting.starts_at).isoformat(),
            "fin": timezone.localtime(meeting.ends_at).isoformat(),
            "lieu": meeting.place,
        },
        "decision": None if decision is None else {"retenue": decision.retained, "motif": decision.reason},
    }


def attachment(content: bytes, name: str, media_type: str) -> HttpResponse:
    """Never shown by the browser in our name, never kept by a proxy: it is saved, and what it is is not guessed."""
    answer = HttpResponse(content, content_type=media_type)
    answer.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
