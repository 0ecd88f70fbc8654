"""Before the committee: submission, amended texts, postponement, sending back, withdrawal."""

import datetime

from django.db import transaction
from django.utils import timezone

from accounts.actions import record_event
from accounts.models import User

from ..exceptions import NeedsNotMet, Refused
from ..models import AgendaItem, Reorganisation, SealedText, Session
from ..permissions import check_actor, check_can_run_workflow
from ..queries.draft import Draft
from ..queries.execution import last_opinion
from ..sealing import seal
from ..status import Status
from ..workflow import TO_SUBMIT, check_transition
from .agenda import edit_item, leave_later_sessions
from .committees import put_on_agenda
from .draft_lock import locked
from .examining import check_first, mark_new_examination, not_called_for


class NothingAmended(Refused):
    def __init__(self) -> None:
        super().__init__("Le projet ne diffère pas du dernier texte scellé.")


class OriginMissing(Refused):
    def __init__(self) -> None:
        super().__init__("Indiquez d’où vient la modification.")


class NotBeforeTheCommittee(Refused):
    def __init__(self) -> None:
        super().__init__("Seul un texte soumis au comité peut être modifié devant lui.")


@transaction.atomic
def submit(
    *,
    reorganisation: Reorganisation,
    by: User | None,
    session: Session | None = None,
    kind: AgendaItem.Kind | str | None = None,
    number: int | None = None,
) -> SealedText:
    """Seal the draft as the text given to the committee, on the agenda of `session` and off those of later ones.

    A point inscribed already takes the `kind` and the `number` given; a new one is « pour avis » by default.
    Raises ImpossibleTransition, NotAllowed, AlreadyOnAgenda, NumberTaken, MinutesSigned, ItemKept, NeedsNotMet with
    everything that is missing.
    """
    row = locked(reorganisation)
    if session is not None:
        _inscribe(row, session, kind, number, by=by)
    draft = Draft(row)
    check_transition(row, Status.SUBMITTED, action="submit", by=by, draft=draft)
    text = _seal(draft, SealedText.Kind.SUBMITTED, by=by, dated_on=timezone.localdate(), origin="")
    move_to(row, reorganisation, Status.SUBMITTED)
    record_event(
        verb="submit",
        target=row,
        by=by,
        summary=f"Texte n°\u00a0{text.number} soumis au comité.",
        details={"sha256": text.sha256},
    )
    return text


@transaction.atomic
def amend_text(*, reorganisation: Reorganisation, by: User | None, dated_on: datetime.date, origin: str) -> SealedText:
    """Seal the draft as it stands as « version modifiée », beside the text submitted.

    Raises NotAllowed, NotBeforeTheCommittee, OriginMissing, NothingAmended, NeedsNotMet.
    """
    check_actor(by, check_can_run_workflow)
    row = locked(reorganisation)
    if row.status not in (Status.SUBMITTED, Status.POSTPONED):
        raise NotBeforeTheCommittee
    if not origin.strip():
        raise OriginMissing
    draft = Draft(row)
    if not draft.differs_from_sealed:
        raise NothingAmended
    if reasons := [reason for need in TO_SUBMIT if (reason := need.missing(draft))]:
        raise NeedsNotMet(reasons)
    text = _seal(draft, SealedText.Kind.AMENDED, by=by, dated_on=dated_on, origin=origin.strip())
    record_event(
        verb="amend_text",
        target=row,
        by=by,
        summary=f"Version modifiée n°\u00a0{text.number} scellée.",
        details={"sha256": text.sha256, "origin": text.origin},
    )
    return text


@transaction.atomic
def postpone(
    *, reorganisation: Reorganisation, by: User | None, session: Session | None = None, reason: str = ""
) -> None:
    """« Reporté »: the session gave no opinion. With a `session`, the one it is postponed to.

    Raises ImpossibleTransition, NotAllowed, AlreadyOnAgenda.
    """
    row = locked(reorganisation)
    check_transition(row, Status.POSTPONED, action="postpone", by=by)
    if session is not None:
        put_on_agenda(reorganisation=row, session=session, by=by)
    move_to(row, reorganisation, Status.POSTPONED)
    record_event(verb="postpone", target=row, by=by, summary="Examen reporté.", details={"reason": reason})


@transaction.atomic
def present_again(
    *, reorganisation: Reorganisation, by: User | None, session: Session | None = None, confirmation: str = ""
) -> None:
    """Come to another session, after a postponement or for a new examination, with the texts already sealed.

    A new examination is once only; 8 to 30 days after a unanimous refusal of the staff where a deliberation is needed,
    else `confirmation` says why, and it is logged (R. 254-72 CGFP).
    Raises ImpossibleTransition, NotAllowed, AlreadyOnAgenda, ThirdExamination, NotBefore, OutsideTheWindow, and
    NeedsNotMet without a session that is still to be.
    """
    row = locked(reorganisation)
    check_transition(row, Status.SUBMITTED, action="present_again", by=by)
    opinion = last_opinion(row) if row.status == Status.OPINION_GIVEN else None
    if opinion is not None:
        check_first(opinion)
    if session is not None and not row.agenda_items.filter(session=session, opinion__isnull=True).exists():
        put_on_agenda(reorganisation=row, session=session, by=by)
    item = Draft(row).agenda_item if session is None else row.agenda_items.get(session=session)
    if item is None or hasattr(item, "opinion"):
        raise NeedsNotMet(["Choisissez la séance à laquelle la réorganisation sera examinée."])
    said: dict[str, str] = {}
    if opinion is not None:
        outside = mark_new_examination(item, opinion, confirmation=confirmation)
        said = {"outside": outside, "confirmation": item.window_confirmation, "warning": not_called_for(opinion)}
    move_to(row, reorganisation, Status.SUBMITTED)
    summary = "Présentée à une autre séance." if opinion is None else "Présentée à un nouvel examen."
    record_event(
        verb="present_again",
        target=row,
        by=by,
        summary=summary,
        details={name: words for name, words in said.items() if words},
    )


@transaction.atomic
def send_back(*, reorganisation: Reorganisation, by: User | None, reason: str = "") -> None:
    """Back to the draft. Seals and opinions stay; a decision is set aside, its stages are undone: none was applied.

    Raises ImpossibleTransition, NotAllowed.
    """
    row = locked(reorganisation)
    check_transition(row, Status.DRAFT, action="send_back", by=by)
    now = timezone.now()
    row.decisions.filter(set_aside_at__isnull=True).update(set_aside_at=now, set_aside_by=by)
    row.stages.all().delete()
    row.execution_adjustments.all().delete()
    row.resolutions.all().delete()
    row.confirmations.all().delete()
    move_to(row, reorganisation, Status.DRAFT)
    record_event(verb="send_back", target=row, by=by, summary="Renvoyée en projet.", details={"reason": reason})


@transaction.atomic
def withdraw(*, reorganisation: Reorganisation, by: User | None, reason: str = "") -> None:
    """« Retiré », for good. Raises ImpossibleTransition, NotAllowed."""
    row = locked(reorganisation)
    check_transition(row, Status.WITHDRAWN, action="withdraw", by=by)
    for each in (row, reorganisation):
        each.withdrawn_at, each.withdrawn_by = timezone.now(), by
        each.status = Status.WITHDRAWN
    row.save(update_fields=["status", "withdrawn_at", "withdrawn_by"])
    record_event(verb="withdraw", target=row, by=by, summary="Réorganisation retirée.", details={"reason": reason})


def move_to(row: Reorganisation, given: Reorganisation, status: Status) -> None:
    """The transition was checked. `given` is the object that the caller holds: it learns the new status too."""
    row.status = given.status = status
    row.save(update_fields=["status"])


def _inscribe(
    row: Reorganisation, session: Session, kind: AgendaItem.Kind | str | None, number: int | None, *, by: User | None
) -> None:
    leave_later_sessions(reorganisation=row, session=session, by=by)
    item = row.agenda_items.filter(session=session).first()
    if item is None:
        kind = kind or AgendaItem.Kind.FOR_OPINION
        put_on_agenda(reorganisation=row, session=session, by=by, kind=kind, number=number)
        return
    given = (kind or item.kind, number or item.number)
    if given != (item.kind, item.number):
        edit_item(item=item, by=by, kind=given[0], number=given[1], note=item.note)


def _seal(draft: Draft, kind: SealedText.Kind, *, by: User | None, dated_on: datetime.date, origin: str) -> SealedText:
    sealed = seal(draft.text)
    return SealedText.objects.create(
        reorganisation=draft.reorganisation,
        number=draft.reorganisation.sealed_texts.count() + 1,
        kind=kind,
        content=sealed.content,
        sha256=sealed.sha256,
        dated_on=dated_on,
        origin=origin,
        sealed_by=by,
    )
