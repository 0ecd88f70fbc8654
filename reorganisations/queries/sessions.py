"""A session and all that its page and its papers say, each read once."""

from functools import cached_property

from django.db.models import Count, F, Min, Prefetch, QuerySet
from django.http import Http404
from django.utils import timezone

from accounts.models import User
from missions.models import Document
from missions.queries import documents_of

from ..deadlines import Refusal
from ..models import AgendaItem, Attendance, CommitteeRules, SealedText, Session, SessionFile, Statement
from ..permissions import readable_sessions
from .deadlines import SessionCalendar, calendar_of, refusal_of
from .records import only_new_examinations, refused_unanimously, rules_of


class SessionRecord:
    """Whatever a page asks of it is read once, however many items the agenda has."""

    def __init__(self, session: Session) -> None:
        self.session = session

    @cached_property
    def items(self) -> tuple[AgendaItem, ...]:
        """In the order of the agenda, with opinions, votes, statements and the sealed texts of each reorganisation."""
        texts = SealedText.objects.defer("content").order_by("number")
        statements = Statement.objects.select_related("document").order_by("pk")
        rows = agenda_of(self.session).prefetch_related(
            "opinion__colleges",
            "opinion__votes",
            Prefetch("statements", queryset=statements),
            Prefetch("reorganisation__sealed_texts", queryset=texts),
        )
        return tuple(rows)

    @cached_property
    def agenda(self) -> tuple[AgendaItem, ...]:
        """The same, with their outcomes and the number of statements (`declared`) only: what a list shows."""
        rows = agenda_of(self.session).select_related("examined_anew__session").annotate(declared=Count("statements"))
        return tuple(rows.prefetch_related("opinion__colleges"))

    @cached_property
    def attendances(self) -> tuple[Attendance, ...]:
        return tuple(self.session.attendances.select_related("represented_by").order_by("position"))

    @cached_property
    def all_rules(self) -> tuple[CommitteeRules, ...]:
        return tuple(CommitteeRules.objects.all())

    @cached_property
    def rules(self) -> CommitteeRules | None:
        return rules_of(self.session, self.all_rules)

    @cached_property
    def any_number(self) -> bool:
        """It is valid whoever attends: nothing but new examinations is on the agenda."""
        return only_new_examinations(self.agenda)

    @cached_property
    def calendar(self) -> SessionCalendar:
        """Its deadlines, from what the page reads anyway and the day of the next session."""
        later = Session.objects.filter(committee=self.session.committee_id, held_on__gt=self.session.held_on)
        return calendar_of(
            self.session,
            self.all_rules,
            following=later.aggregate(first=Min("held_on"))["first"],
            refusals=self._refusals,
            any_number=self.any_number,
            today=timezone.localdate(),
        )

    @property
    def _refusals(self) -> tuple[Refusal, ...]:
        """The points that a new examination may follow."""
        return tuple(
            refusal_of(item)
            for item in self.agenda
            if item.new_examination_of_id is None
            and hasattr(item, "opinion")
            and refused_unanimously(item.opinion.colleges.all())
        )

    @cached_property
    def files(self) -> tuple[Document, ...]:
        """Those of the session as a whole, the newest first: statements come with their item."""
        return tuple(each for each in documents_of(self.session) if each.kind != SessionFile.STATEMENT)

    @property
    def pieces(self) -> tuple[Document, ...]:
        """What goes with the convocation, in the order in which it was joined."""
        return tuple(each for each in reversed(self.files) if each.kind == SessionFile.PIECE)


def agenda_of(session: Session) -> QuerySet[AgendaItem]:
    """In the order of the numbers, with the reorganisation and the opinion of each."""
    return session.agenda_items.select_related("reorganisation", "opinion__sealed_text", "minutes_of").order_by(
        F("number").asc(nulls_last=True), "pk"
    )


def get_readable_session(uid: str, user: User) -> Session:
    """Raises Http404 for what does not exist as for what is not the user's to read."""
    rows = readable_sessions(user).select_related("committee", "in_place_of", "reconvened_as")
    found = rows.filter(uid=uid).first()
    if found is None:
        raise Http404("Cette séance n’existe pas.")
    return found


def get_item(session: Session, uid: str) -> AgendaItem:
    """Raises Http404."""
    found = agenda_of(session).filter(uid=uid).first()
    if found is None:
        raise Http404("Ce point n’est pas à l’ordre du jour.")
    found.session = session
    return found


def sessions_of_member(user: User) -> QuerySet[Session]:
    """Those a member may read, the latest first."""
    return readable_sessions(user).select_related("committee").order_by("-held_on", "uid")


def earlier_sessions(session: Session) -> QuerySet[Session]:
    """Of the same committee, the latest first: their minutes may come up for approval."""
    rows = Session.objects.filter(committee=session.committee_id, held_on__lt=session.held_on)
    return rows.select_related("committee").order_by("-held_on")
