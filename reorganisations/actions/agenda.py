"""The agenda of a session: other matters than reorganisations, the order of the items, what was said of each."""

from django.db import transaction
from django.db.models import F, Max

from accounts.actions import record_event
from accounts.models import User
from missions.actions import store_document
from orgchart import french

from ..exceptions import Refused
from ..models import AgendaItem, Reorganisation, Session, SessionFile, Statement
from ..permissions import check_actor, check_can_manage_committees
from .attaching import format_of
from .minutes import approve_minutes, check_not_signed, locked_session


class NumberTaken(Refused):
    def __init__(self) -> None:
        super().__init__("Un autre point de l’ordre du jour porte déjà ce numéro.")


class ItemKept(Refused):
    """The item belongs to the record of what was submitted, or of what was said."""


class StatementEmpty(Refused):
    def __init__(self) -> None:
        super().__init__("Donnez le texte de la déclaration, ou son fichier.")


class NotOfAnEarlierSession(Refused):
    def __init__(self) -> None:
        super().__init__("Une séance approuve le procès-verbal d’une séance antérieure de la même instance.")


@transaction.atomic
def add_item(
    *,
    session: Session,
    title: str,
    by: User | None,
    kind: AgendaItem.Kind | str = AgendaItem.Kind.FOR_INFORMATION,
    number: int | None = None,
    note: str = "",
    minutes_of: Session | None = None,
    uid: str = "",
) -> AgendaItem:
    """Put a matter that is no reorganisation on the agenda, after the others unless a `number` is given.

    Raises NotAllowed, MinutesSigned, NumberTaken, NotOfAnEarlierSession.
    """
    check_actor(by, check_can_manage_committees)
    row = locked_session(session)
    check_not_signed(row)
    _check_earlier(row, minutes_of)
    if number is None:
        number = next_number(row)
    _check_free(row, number)
    given = {"uid": uid} if uid else {}
    item = AgendaItem.objects.create(
        session=row,
        title=title,
        kind=AgendaItem.Kind(kind),
        number=number,
        note=note,
        minutes_of=minutes_of,
        **given,
    )
    _record(row, by, "Point ajouté à l’ordre du jour")
    return item


def next_number(session: Session) -> int:
    last: int | None = session.agenda_items.aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


@transaction.atomic
def edit_item(
    *,
    item: AgendaItem,
    by: User | None,
    kind: AgendaItem.Kind | str,
    number: int | None,
    note: str,
    title: str = "",
    minutes_of: Session | None = None,
) -> AgendaItem:
    """`title` and `minutes_of` are those of another matter; a reorganisation keeps its own title.

    Raises NotAllowed, MinutesSigned, NumberTaken, NotOfAnEarlierSession.
    """
    check_actor(by, check_can_manage_committees)
    row = locked_session(item.session)
    check_not_signed(row)
    _check_free(row, number, but=item)
    if item.reorganisation_id is None:
        _check_earlier(row, minutes_of)
        item.title, item.minutes_of = title, minutes_of
    item.kind, item.number, item.note = AgendaItem.Kind(kind), number, note
    item.save(update_fields=["title", "minutes_of", "kind", "number", "note"])
    _record(row, by, "Point de l’ordre du jour modifié")
    return item


@transaction.atomic
def remove_item(*, item: AgendaItem, by: User | None) -> None:
    """The items after it move up by one. Raises NotAllowed, MinutesSigned, ItemKept."""
    check_actor(by, check_can_manage_committees)
    row = locked_session(item.session)
    check_not_signed(row)
    if item.reorganisation is not None and item.reorganisation.sealed_texts.exists():
        raise ItemKept(
            "Le texte de cette réorganisation a été soumis\u00a0: reportez-la ou retirez-la. Son point reste à l’ordre "
            "du jour."
        )
    _take_off(item, row, by=by)


def leave_later_sessions(*, reorganisation: Reorganisation, session: Session, by: User | None) -> None:
    """Submitted to `session`, it is no longer meant for a later one: that one would be taken for its own.

    Raises MinutesSigned, ItemKept.
    """
    later = reorganisation.agenda_items.filter(session__held_on__gt=session.held_on, opinion__isnull=True)
    for item in later:
        row = locked_session(item.session)
        check_not_signed(row)
        _take_off(item, row, by=by)


def _take_off(item: AgendaItem, row: Session, *, by: User | None) -> None:
    """The items after it move up by one. Raises ItemKept: what a union declared is not lost on the way."""
    if item.statements.exists():
        when = french.date(row.held_on)
        raise ItemKept(f"Des déclarations sont jointes au point de la séance du {when}\u00a0: retirez-les d’abord.")
    number = item.number
    item.delete()
    if number is not None:
        # One after another, upwards: two items never have one number, not even in between.
        for each in row.agenda_items.filter(number__gt=number).order_by("number"):
            each.number = F("number") - 1
            each.save(update_fields=["number"])
    _record(row, by, "Point retiré de l’ordre du jour")


@transaction.atomic
def move_item(*, item: AgendaItem, up: bool, by: User | None) -> None:
    """One place up or down; the whole agenda is then numbered from 1. Raises NotAllowed, MinutesSigned."""
    check_actor(by, check_can_manage_committees)
    row = locked_session(item.session)
    check_not_signed(row)
    items = list(row.agenda_items.order_by(F("number").asc(nulls_last=True), "pk"))
    place = next(rank for rank, each in enumerate(items) if each.pk == item.pk)
    other = place - 1 if up else place + 1
    if not 0 <= other < len(items):
        return
    items[place], items[other] = items[other], items[place]
    row.agenda_items.update(number=None)
    for number, each in enumerate(items, 1):
        each.number = number
        each.save(update_fields=["number"])
    _record(row, by, "Ordre du jour réordonné")


@transaction.atomic
def record_debate(
    *, item: AgendaItem, by: User | None, debate: str, conclusion: str, minutes_approved: bool = False
) -> AgendaItem:
    """What was said, for the minutes. `minutes_approved`: the earlier minutes that the item is about are approved.

    Raises NotAllowed, MinutesSigned.
    """
    check_actor(by, check_can_manage_committees)
    row = locked_session(item.session)
    check_not_signed(row)
    item.debate, item.conclusion = debate, conclusion
    item.save(update_fields=["debate", "conclusion"])
    if minutes_approved and item.minutes_of is not None:
        approve_minutes(session=item.minutes_of, on=row.held_on, by=by)
    _record(row, by, "Débats consignés")
    return item


@transaction.atomic
def add_statement(
    *,
    item: AgendaItem,
    author: str,
    by: User | None,
    text: str = "",
    file_name: str = "",
    content: bytes | None = None,
    uid: str = "",
) -> Statement:
    """Join what was read or handed over. `content`: a PDF, a PNG or a JPEG; without it `file_name` is only its mention.

    Raises NotAllowed, MinutesSigned, StatementEmpty, FileRefused.
    """
    check_actor(by, check_can_manage_committees)
    row = locked_session(item.session)
    check_not_signed(row)
    if not text.strip() and not file_name:
        raise StatementEmpty
    document = None
    if content is not None:
        media_type = format_of(file_name, content).media_type
        document = store_document(
            owner=row, kind=SessionFile.STATEMENT, name=file_name, content=content, by=by, media_type=media_type
        )
    given = {"uid": uid} if uid else {}
    statement = Statement.objects.create(
        agenda_item=item, author=author, text=text, file_name=file_name, document=document, **given
    )
    _record(row, by, "Déclaration jointe")
    return statement


@transaction.atomic
def remove_statement(*, statement: Statement, by: User | None) -> None:
    """A file that came with it is kept, as every file is, and no longer shown. Raises NotAllowed, MinutesSigned."""
    check_actor(by, check_can_manage_committees)
    row = locked_session(statement.agenda_item.session)
    check_not_signed(row)
    statement.delete()
    _record(row, by, "Déclaration retirée")


def _check_free(session: Session, number: int | None, but: AgendaItem | None = None) -> None:
    if number is None:
        return
    taken = session.agenda_items.filter(number=number)
    if but is not None:
        taken = taken.exclude(pk=but.pk)
    if taken.exists():
        raise NumberTaken


def _check_earlier(session: Session, other: Session | None) -> None:
    if other and (other.committee_id != session.committee_id or other.held_on >= session.held_on):
        raise NotOfAnEarlierSession


def _record(session: Session, by: User | None, words: str) -> None:
    record_event(
        verb="edit_agenda", target=session, by=by, summary=f"{words}, séance du {french.date(session.held_on)}."
    )
