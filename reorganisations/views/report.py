"""Le rapport: as a page, as PDF and as an office document, of the draft or of a text that was sealed."""

from typing import NamedTuple

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from accounts.models import User
from accounts.requests import SignedInRequest
from missions.actions import keep_document
from missions.models import Document
from missions.printing import PDF, Parameters, Printed, Printing
from missions.queries import document_of
from missions.views.renderings import deliver, posts_tables
from orgchart.values import UnitId

from .. import queries
from ..documents.office import report_docx
from ..documents.pages import report_context, report_html, report_weight
from ..documents.source import Report, report_of
from ..models import SealedText
from ..permissions import can_see_draft, check_can_see_sealed_texts, get_visible_reorganisation
from ..queries import Draft
from ..sealing import unseal
from ..status import Status
from .heading import heading

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
DRAFT = "projet"
KEPT = "rapport"
# A row of a Word file takes a quarter of the time that it takes in a PDF.
OFFICE_IS_QUICKER = 4


class Shown(NamedTuple):
    """The text asked for: a sealed one, or the draft as it stands (`sealed` is None)."""

    draft: Draft
    sealed: SealedText | None
    choices: tuple[tuple[str, str, bool], ...]

    @property
    def report(self) -> Report:
        if self.sealed is None:
            return report_of(self.draft.text)
        return report_of(unseal(self.sealed), sealed=self.sealed)

    @property
    def query(self) -> str:
        return f"?texte={self.sealed.number if self.sealed else DRAFT}"


def shown(user: User, code: str, text: str | None, *, page: str = "report") -> Shown:
    """`text`: « projet » or the number of a sealed text; without it the draft while it is one, then the last sealed.
    `page`: the URL name, in this room, of the page that offers the texts.

    Raises Http404 when there is no such text for this user.
    """
    reorganisation = get_visible_reorganisation(code, user)
    check_can_see_sealed_texts(user, reorganisation)
    draft = queries.draft(reorganisation)
    texts = {str(each.number): each for each in draft.sealed_texts}
    sees_draft = can_see_draft(user, reorganisation)
    drafting = sees_draft and (reorganisation.status == Status.DRAFT or not texts)
    default = DRAFT if drafting else next(reversed(texts), "")
    asked = default if text is None else text
    if asked not in texts and not (asked == DRAFT and sees_draft):
        raise Http404("Ce texte n’existe pas.")
    address = reverse(f"reorganisations:{page}", args=[code])
    options = [(DRAFT, "Projet")] if sees_draft else []
    options += [(number, str(each)) for number, each in texts.items()]
    choices = tuple((label, f"{address}?texte={key}", key == asked) for key, label in options)
    return Shown(draft, texts.get(asked), choices)


@require_GET
def report(request: SignedInRequest, code: str) -> HttpResponse:
    found = shown(request.user, code, request.GET.get("texte"))
    written = found.report
    context = report_context(written, on_screen=True) | {
        "reorganisation": found.draft.reorganisation,
        "page_heading": heading(request, found.draft, "report"),
        "choices": found.choices if len(found.choices) > 1 else (),
        "pdf_url": reverse("reorganisations:report_pdf", args=[code]) + found.query,
        "docx_url": reverse("reorganisations:report_docx", args=[code]) + found.query,
    }
    return render(request, "reorganisations/report.html", context)


@require_GET
def report_as_pdf(request: SignedInRequest, code: str) -> HttpResponse:
    """Of a sealed text, the file that was written the first time; of the draft, one made now."""
    return deliver(request, "rapport", {"code": code, "texte": request.GET.get("texte", "")})


@require_GET
def report_as_docx(request: SignedInRequest, code: str) -> HttpResponse:
    return deliver(request, "rapport-docx", {"code": code, "texte": request.GET.get("texte", "")})


def _check(user: User, asked: Parameters) -> None:
    """Raises NotAllowed and Http404."""
    shown(user, asked["code"], asked.get("texte"))


def _printed(user: User, asked: Parameters) -> Printed:
    """Raises NotAllowed and Http404."""
    code = asked["code"]
    found = shown(user, code, asked.get("texte"))
    title = f"Rapport\u00a0: {found.draft.reorganisation.title}"
    back = reverse("reorganisations:report", args=[code]) + found.query
    if found.sealed is None:
        written = found.report
        return Printed(
            name=written.name("pdf"),
            title=title,
            weight=report_weight(written),
            back=back,
            source=lambda: report_html(written),
            instead=_instead(found, code),
        )
    sealed = found.sealed
    name = f"rapport-{code}-texte-{sealed.number}.pdf"
    kept = document_of(sealed, KEPT)

    def keep(content: bytes) -> Document:
        return keep_document(owner=sealed, kind=KEPT, name=name, content=content, by=user, media_type=PDF)

    return Printed(
        name=name,
        title=title,
        weight=report_weight(found.report) if kept is None else 0,
        back=back,
        source=lambda: report_html(found.report),
        keep=keep,
        kept=kept,
        instead=_instead(found, code),
    )


def _printed_office(user: User, asked: Parameters) -> Printed:
    """Raises NotAllowed and Http404."""
    code = asked["code"]
    found = shown(user, code, asked.get("texte"))
    written = found.report
    return Printed(
        name=written.name("docx"),
        title=f"Rapport\u00a0: {found.draft.reorganisation.title}",
        weight=report_weight(written) // OFFICE_IS_QUICKER,
        back=reverse("reorganisations:report", args=[code]) + found.query,
        source=lambda: report_docx(written),
        media_type=DOCX,
        instead=posts_tables(written.root),
    )


def _instead(found: Shown, code: str) -> tuple[tuple[str, str], ...]:
    office = reverse("reorganisations:report_docx", args=[code]) + found.query
    return (("Rapport au format Word", office), *posts_tables(UnitId(found.draft.reorganisation.unit_uid)))


REPORT = Printing(_check, _printed)
OFFICE_REPORT = Printing(_check, _printed_office)
