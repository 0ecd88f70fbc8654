"""The page as one value, for one user: what is not theirs to see is empty."""

from collections.abc import Iterable
from fractions import Fraction
from typing import NamedTuple, Self

from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from missions.models import Document
from orgchart.french import count, date, decimal, join, moment, quoted

from ..actions import AttachmentKind
from ..models import CommitteeRules, SealedText, Status
from ..permissions import (
    can_attach_document,
    can_edit,
    can_manage_committees,
    can_run_workflow,
    can_see_sealed_texts,
    readable_kinds,
)
from ..queries.acts import Undeliberated, undeliberated
from ..queries.deadlines import SessionCalendar
from ..queries.follow_up import FollowUp
from ..queries.reading import figures
from ..sealing import TextDifference
from .execution import (
    AdjustmentLine,
    DecisionLine,
    PendingLine,
    StageLine,
    adjustment_lines,
    decision_line,
    pending_lines,
    stage_lines,
)
from .opinions import OpinionLine, SessionLine, opinion_line, session_line
from .standing import Standing, address, standing

KINDS = dict(AttachmentKind.choices)


class TextLine(NamedTuple):
    title: str
    origin: str
    sealed: str
    sha256: str
    voted: bool
    url: str


class DocumentLine(NamedTuple):
    kind: str
    name: str
    facts: str
    sha256: str
    url: str


class FollowUpPage(NamedTuple):
    """`difference`: what the draft says otherwise than the last text sealed; without words, it does not."""

    standing: Standing
    difference: tuple[str, ...]
    amend_url: str
    rebase_url: str
    amendable: bool
    texts: tuple[TextLine, ...]
    texts_url: str
    calendars: tuple[SessionCalendar, ...]
    sessions: tuple[SessionLine, ...]
    opinions: tuple[OpinionLine, ...]
    decisions: tuple[DecisionLine, ...]
    stages: tuple[StageLine, ...]
    pendings: tuple[PendingLine, ...]
    adjustments: tuple[AdjustmentLine, ...]
    adjust_url: str
    documents: tuple[DocumentLine, ...]
    attach_url: str
    details_url: str
    undeliberated: Undeliberated | None
    confirm_url: str
    record_act_url: str

    @classmethod
    def of(cls, draft: FollowUp, *, user: User, rules: Iterable[CommitteeRules]) -> Self:
        """`rules`: all the sets, by their dates, read once for every session."""
        reorganisation = draft.reorganisation
        runs = can_run_workflow(user)
        manages = can_manage_committees(user)
        reads_texts = can_see_sealed_texts(user, reorganisation)
        editable = can_edit(user, reorganisation)
        differs = editable and draft.differs_from_sealed
        before_committee = reorganisation.status in (Status.SUBMITTED, Status.POSTPONED)
        execution = draft.execution
        stages = stage_lines(draft, user) if execution else ()
        flagged = undeliberated(reorganisation, figures(draft.executed.carried), draft.acts) if execution else None
        return cls(
            standing=standing(draft, user),
            difference=difference_words(draft, draft.text_difference) if differs and draft.text_difference else (),
            amend_url=address(draft, "amend_text") if differs and before_committee else "",
            rebase_url=address(draft, "since") if editable and draft.outdated else "",
            amendable=before_committee,
            texts=tuple(text_line(draft, each) for each in draft.sealed_texts) if reads_texts else (),
            texts_url=address(draft, "texts") if reads_texts and len(draft.sealed_texts) > 1 else "",
            calendars=draft.calendars if manages else (),
            sessions=tuple(session_line(each, user, rules) for each in draft.agenda_items) if reads_texts else (),
            opinions=tuple(opinion_line(draft, each, user, rules) for each in reversed(draft.opinions))
            if reads_texts
            else (),
            decisions=tuple(decision_line(each) for each in reversed(draft.decisions) if runs or not each.set_aside_at),
            stages=stages if reads_texts else tuple(line for line in stages if line.version),
            pendings=pending_lines(draft, user) if execution and reads_texts else (),
            adjustments=adjustment_lines(draft, names=runs) if execution and reads_texts else (),
            adjust_url=address(draft, "adjust_execution") if runs and execution and execution.waiting else "",
            documents=document_lines(draft, user),
            attach_url=address(draft, "attach_document") if can_attach_document(user) else "",
            details_url=address(draft, "details") if editable else "",
            undeliberated=flagged if reads_texts else None,
            confirm_url=address(draft, "confirm_undeliberated") if runs and flagged else "",
            record_act_url=address(draft, "record_act") if runs and draft.acts else "",
        )


def text_line(draft: FollowUp, text: SealedText) -> TextLine:
    report = reverse("reorganisations:report", args=[draft.reorganisation.code])
    sealed = timezone.localtime(text.sealed_at)
    return TextLine(
        title=str(text),
        origin=text.origin,
        sealed=f"scellé le {moment(sealed)}",
        sha256=text.sha256,
        voted=any(opinion.sealed_text_id == text.pk for opinion in draft.opinions),
        url=f"{report}?texte={text.number}",
    )


def difference_words(draft: FollowUp, found: TextDifference) -> tuple[str, ...]:
    """« 1 ajustement ajouté : « Créer… » », a sentence for each thing that differs."""
    now = {change.id: draft.wording(change).sentence for change in draft.changes}
    sealed = {change.id for change in draft.content.changes} if draft.content else set()
    said = []
    for ids, word in ((found.added, "ajouté"), (found.edited, "modifié")):
        if ids:
            named = join(quoted(now[change]) for change in ids)
            said.append(f"{count(len(ids), f'ajustement {word}', f'ajustements {word}s')}\u00a0: {named}.")
    if found.removed:
        number = len({*found.removed} & sealed)
        said.append(f"{count(number, 'ajustement retiré', 'ajustements retirés')}.")
    if found.reordered:
        said.append("L’ordre des ajustements a changé.")
    if found.sections:
        said.append(f"Rédaction modifiée\u00a0: {join(quoted(title) for title in found.sections)}.")
    if found.facts:
        said.append(f"Données modifiées\u00a0: {join(found.facts)}.")
    if found.before:
        said.append("L’organigramme de départ a changé.")
    return tuple(said)


def document_lines(draft: FollowUp, user: User) -> tuple[DocumentLine, ...]:
    kinds = readable_kinds(user, draft.reorganisation)
    return tuple(document_line(draft, each) for each in draft.documents if kinds is None or each.kind in kinds)


def document_line(draft: FollowUp, document: Document) -> DocumentLine:
    return DocumentLine(
        kind=KINDS.get(document.kind, "Autre pièce"),
        name=document.name,
        facts=f"{size(document.content.size)}, versé le {date(timezone.localtime(document.at).date())}",
        sha256=document.content.sha256,
        url=address(draft, "document", document.uid),
    )


def size(octets: int) -> str:
    """« 1,4 Mo »."""
    for unit, name in ((1024 * 1024, "Mo"), (1024, "Ko")):
        if octets >= unit:
            return f"{decimal(Fraction(octets, unit), 1)}\u00a0{name}"
    return f"{octets}\u00a0octets"
