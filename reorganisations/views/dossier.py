"""« Dossier »: what the committee is handed, piece by piece, what it still lacks, its files, and the decision acts."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import NamedTuple

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from accounts.models import User
from accounts.requests import SignedInRequest
from missions.actions import keep_document
from missions.archives import MEDIA_TYPE as ZIP
from missions.archives import Archive
from missions.models import Document
from missions.printing import PDF, Parameters, Printed, Printing
from missions.queries import document_of
from missions.views.renderings import deliver, posts_tables
from orgchart.dossier import Piece
from orgchart.dossier.completeness import Condition, Lack, Mend, condition

from ..documents import acts, committee_file
from ..documents.committee_file import CommitteeFile
from ..documents.source import facts_of, narrative_of
from ..documents.spreadsheet import MEDIA_TYPES, tables_file
from ..models import Reorganisation
from ..permissions import can_edit, can_run_workflow, can_see_draft, can_see_holders, check_can_see_draft
from ..queries import Draft, voted_text
from ..queries.acts import DECIDED, act_facts, standing_acts, undeliberated
from ..queries.completeness import lacks
from ..queries.fiction import has_fiction
from ..queries.reading import SealedReading
from ..sealing import Text
from ..workspace import adjustment_url
from .heading import heading
from .report import DOCX, Shown, shown

WORDS = {
    Condition.COMPLETE: ("created", "fine", "complet"),
    Condition.INCOMPLETE: ("warning", "warning", "incomplet"),
    Condition.NOT_CONCERNED: ("unchanged", "", "sans objet"),
}


class FileLink(NamedTuple):
    label: str
    url: str


class LackLine(NamedTuple):
    words: str
    url: str


class PieceLine(NamedTuple):
    """`mark`, `icon` and `state` are empty for those who do not prepare the dossier."""

    number: int
    title: str
    mark: str
    icon: str
    state: str
    lacks: tuple[LackLine, ...]
    files: tuple[FileLink, ...]


class ActLine(NamedTuple):
    title: str
    words: str
    files: tuple[FileLink, ...]


class Choice(NamedTuple):
    """The text whose dossier is shown, as a draft and as files."""

    found: Shown
    draft: Draft
    text: Text
    file: CommitteeFile

    @property
    def is_voted(self) -> bool:
        if self.found.sealed is None:
            return False
        voted = voted_text(self.draft.reorganisation)
        return voted is not None and voted.pk == self.found.sealed.pk


def choose(user: User, code: str, asked: str | None) -> Choice:
    """The text voted by default, else the last one sealed, the draft while it is one. Raises NotAllowed, Http404."""
    found = shown(user, code, asked or None, page="dossier")
    row = found.draft.reorganisation
    if not asked and found.sealed is not None and (voted := voted_text(row)) is not None:
        found = shown(user, code, str(voted.number), page="dossier")
    if found.sealed is None:
        text = found.draft.text
        return Choice(found, found.draft, text, committee_file.committee_file(text))
    read = SealedReading(row, found.sealed)
    return Choice(found, read, read.text, committee_file.committee_file(read.text, sealed=found.sealed))


@require_GET
def dossier(request: SignedInRequest, code: str) -> HttpResponse:
    choice = choose(request.user, code, request.GET.get("texte"))
    row, user = choice.draft.reorganisation, request.user
    prepares = can_see_draft(user, row)
    missing = _lacks(choice, user) if prepares else ()
    pieces = _pieces(choice, missing, user, prepares=prepares)
    decided = prepares and row.status in DECIDED
    flagged = undeliberated(row, choice.file.dossier.counted, standing_acts(row)) if decided else None
    address = reverse("reorganisations:dossier_file", args=[code, "pdf"])
    context = {
        "reorganisation": row,
        "page_heading": heading(request, choice.found.draft, "dossier"),
        "choices": choice.found.choices if len(choice.found.choices) > 1 else (),
        "pdf_url": f"{address}{choice.found.query}",
        "zip_url": f"{reverse('reorganisations:dossier_file', args=[code, 'zip'])}{choice.found.query}",
        "pieces": pieces,
        "lacking": len(missing),
        "prepares": prepares,
        "draft": choice.found.sealed is None,
        "seal": choice.found.sealed,
        "acts": _acts(choice) if prepares else (),
        "flagged": flagged,
        "confirm_url": reverse("reorganisations:confirm_undeliberated", args=[code])
        if flagged and can_run_workflow(user)
        else "",
    }
    return render(request, "reorganisations/dossier.html", context)


def _lacks(choice: Choice, user: User) -> tuple[Lack, ...]:
    sealed = choice.found.sealed
    people = can_see_holders(user, choice.draft.reorganisation)
    return lacks(
        choice.draft, choice.file.dossier, facts_of(choice.text, sealed), narrative_of(choice.text), people=people
    )


def _pieces(choice: Choice, missing: Iterable[Lack], user: User, *, prepares: bool) -> tuple[PieceLine, ...]:
    mended = Mending(choice.draft.reorganisation, editable=can_edit(user, choice.draft.reorganisation))
    found = []
    for number, piece in enumerate(choice.file.dossier.pieces, 1):
        own = [lack for lack in missing if lack.piece == piece.key]
        state = condition(choice.file.dossier, piece.key, own)
        mark, icon, word = WORDS[state] if prepares or state is Condition.NOT_CONCERNED else ("", "", "")
        found.append(
            PieceLine(
                number,
                piece.title,
                mark,
                icon,
                word,
                tuple(LackLine(lack.message, mended.url(lack)) for lack in own),
                tuple(_files(choice, piece)) if piece.concerned else (),
            )
        )
    return tuple(found)


def _files(choice: Choice, piece: Piece) -> Iterable[FileLink]:
    suffixes = ("pdf", "xlsx", "csv") if piece.key in committee_file.WITH_TABLES else ("pdf",)
    code = choice.draft.reorganisation.code
    for suffix in suffixes:
        address = reverse("reorganisations:piece_file", args=[code, committee_file.slug(piece), suffix])
        yield FileLink(suffix.upper(), f"{address}{choice.found.query}")


class Mending:
    """Where each lack is mended; nothing where the text is settled."""

    def __init__(self, reorganisation: Reorganisation, *, editable: bool) -> None:
        self.code = reorganisation.code
        self.editable = editable

    def url(self, lack: Lack) -> str:
        if lack.mend is Mend.POST:
            return reverse("missions:post", args=[lack.target])
        if not self.editable:
            return ""
        workspace = reverse("reorganisations:workspace", args=[self.code])
        match lack.mend:
            case Mend.CHANGE:
                return adjustment_url(workspace, lack.target)  # type: ignore[arg-type]  # the id of a change
            case Mend.SECTION:
                return f"{reverse('reorganisations:narrative', args=[self.code])}#s-{lack.target}"
            case Mend.SITUATIONS:
                return reverse("reorganisations:situations", args=[self.code])
            case Mend.AGENDA:
                return reverse("reorganisations:follow_up", args=[self.code])
            case Mend.DETAILS:
                return reverse("reorganisations:details", args=[self.code])
            case _:
                return workspace


def _acts(choice: Choice) -> tuple[ActLine, ...]:
    words = (
        "Tiré du texte voté. Ce qui n’est pas enregistré y est laissé à compléter."
        if choice.is_voted
        else "Projet, tiré du texte montré\u00a0: il sera tiré du texte voté une fois l’avis rendu."
    )
    code = choice.draft.reorganisation.code

    def files(kind: str) -> tuple[FileLink, ...]:
        return tuple(
            FileLink(
                suffix.upper(), reverse("reorganisations:act_file", args=[code, kind, suffix]) + choice.found.query
            )
            for suffix in ("pdf", "docx")
        )

    return tuple(ActLine(acts.TITLES[kind], words, files(kind)) for kind in acts.KINDS)


# The files


@require_GET
def dossier_file(request: SignedInRequest, code: str, suffix: str) -> HttpResponse:
    """Of a sealed text, the file that was written the first time; of the draft, one made now."""
    if suffix not in ("pdf", "zip"):
        raise Http404("Ce format n’existe pas.")
    return deliver(request, "dossier", _asked(request, code, format=suffix))


@require_GET
def piece_file(request: SignedInRequest, code: str, piece: str, suffix: str) -> HttpResponse:
    return deliver(request, "dossier", _asked(request, code, format=suffix, piece=piece))


@require_GET
def act_as_file(request: SignedInRequest, code: str, kind: str, suffix: str) -> HttpResponse:
    return deliver(request, "acte", _asked(request, code, format=suffix, kind=kind))


def _asked(request: SignedInRequest, code: str, **more: str) -> Parameters:
    return {"code": code, "texte": request.GET.get("texte", ""), **more}


def _check(user: User, asked: Parameters) -> None:
    """Raises NotAllowed and Http404."""
    shown(user, asked["code"], asked.get("texte") or None, page="dossier")


def _printed(user: User, asked: Parameters) -> Printed:
    """Raises NotAllowed and Http404."""
    choice = choose(user, asked["code"], asked.get("texte"))
    piece = _asked_piece(choice.file, asked.get("piece", ""))
    suffix = asked["format"]
    media_type = {"pdf": PDF, "zip": ZIP, **MEDIA_TYPES}[suffix]
    title = choice.draft.reorganisation.title
    sealed = choice.found.sealed
    name = choice.file.name(suffix, piece)
    back = reverse("reorganisations:dossier", args=[asked["code"]]) + choice.found.query
    weight = committee_file.weight_of(piece, choice.file) if piece else choice.file.weight
    printed = Printed(
        name=name,
        title=f"Dossier\u00a0: {piece.title}, {title}" if piece else f"Dossier\u00a0: {title}",
        weight=weight if suffix in ("pdf", "zip") else weight // TABLES_ARE_QUICKER,
        back=back,
        source=_source(choice.file, piece, suffix),
        media_type=media_type,
        instead=posts_tables(choice.file.root),
    )
    if sealed is None:
        return printed
    kind = f"dossier-{committee_file.slug(piece) if piece else 'complet'}-{suffix}"

    def keep(content: bytes) -> Document:
        return keep_document(owner=sealed, kind=kind, name=name, content=content, by=user, media_type=media_type)

    return replace(printed, keep=keep, kept=document_of(sealed, kind))


TABLES_ARE_QUICKER = 40


def _asked_piece(file: CommitteeFile, name: str) -> Piece | None:
    """None for the whole. Raises Http404."""
    if not name:
        return None
    for piece in file.dossier.printed:
        if committee_file.slug(piece) == name:
            return piece
    raise Http404("Cette pièce n’est pas dans le dossier.")


def _source(file: CommitteeFile, piece: Piece | None, suffix: str) -> Callable[[], str | bytes | Archive]:
    """Raises Http404 for a format that the piece does not have."""
    if suffix in MEDIA_TYPES and piece is not None and piece.key in committee_file.WITH_TABLES:
        return lambda: tables_file(piece, suffix)
    if suffix == "pdf":
        return lambda: committee_file.piece_html(file, piece) if piece else committee_file.dossier_html(file)
    if suffix == "zip" and piece is None:
        return lambda: committee_file.dossier_archive(file)
    raise Http404("Ce format n’existe pas.")


def _check_act(user: User, asked: Parameters) -> None:
    """Raises NotAllowed and Http404."""
    found = shown(user, asked["code"], asked.get("texte") or None, page="dossier")
    check_can_see_draft(user, found.draft.reorganisation)


def _printed_act(user: User, asked: Parameters) -> Printed:
    """Raises NotAllowed and Http404."""
    _check_act(user, asked)
    kind, suffix = asked["kind"], asked["format"]
    if kind not in acts.KINDS or suffix not in ("pdf", "docx"):
        raise Http404("Cet acte n’existe pas.")
    choice = choose(user, asked["code"], asked.get("texte"))
    row = choice.draft.reorganisation
    facts = act_facts(row, choice.text.facts, acts.KINDS[kind])
    text = acts.with_effective_date(choice.text, first_date(row) if choice.is_voted else None)
    file = acts.act_file(kind, text, choice.file, facts, decided=choice.is_voted, fictitious=has_fiction(row))
    return Printed(
        name=file.name(suffix),
        title=acts.TITLES[kind],
        weight=choice.file.weight // 2,
        back=reverse("reorganisations:dossier", args=[asked["code"]]) + choice.found.query,
        source=(lambda: acts.act_html(file)) if suffix == "pdf" else (lambda: acts.act_docx(file)),
        media_type=PDF if suffix == "pdf" else DOCX,
        instead=posts_tables(choice.file.root),
    )


def first_date(reorganisation: Reorganisation) -> object:
    """That of the first stage that has one: the decision gave it where the text does not."""
    stages = reorganisation.stages.filter(effective_on__isnull=False, eventual=False)
    return stages.order_by("effective_on").values_list("effective_on", flat=True).first()


DOSSIER = Printing(_check, _printed)
ACT = Printing(_check_act, _printed_act)
