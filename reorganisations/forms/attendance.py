"""Who was there: one row for each member, then who presided and wrote."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict

from ..actions.attendance import Line
from ..ids import mint_attendance
from ..models import Attendance, College, CommitteeMember, Presence, Session
from .committees import time_input

NOT_KNOWN = ("", "Non renseigné")


@dataclass(frozen=True)
class Seat:
    """Whoever may have a line: named by an earlier attendance, or a member today. `key`: in the names of the fields."""

    key: str
    uid: str
    name: str
    college: str
    union: str
    substitute: bool
    member: CommitteeMember | None
    known: Attendance | None

    @property
    def place(self) -> str:
        """« CFDT, suppléant »."""
        return ", ".join(part for part in (self.union, "suppléant" if self.substitute else "titulaire") if part)


def seats_of(attendances: Iterable[Attendance], members: Iterable[CommitteeMember]) -> list[Seat]:
    """The lines there are, in their order, then the members without one. Staff first, whole unions."""
    found = [
        Seat(row.uid, row.uid, row.name, row.college, row.union, row.substitute, row.member, row) for row in attendances
    ]
    there = {seat.member.pk for seat in found if seat.member}
    # A line that came with a case file has no member behind it: the name says whose it is.
    named = {(seat.college, seat.name) for seat in found if not seat.member}
    for member in members:
        name = str(member)
        if member.pk not in there and (member.college, name) not in named:
            key = f"membre-{member.pk}"
            found.append(
                Seat(key, mint_attendance(), name, member.college, member.union, member.substitute, member, None)
            )
    return sorted(found, key=lambda seat: (seat.college != College.STAFF, seat.union))


class RowForm(forms.Form):
    presence = forms.ChoiceField(label="Présence", required=False, choices=[NOT_KNOWN, *Presence.choices])
    represented_by = forms.ChoiceField(label="Délégation à", required=False)
    arrived_at = forms.TimeField(label="Arrivée", required=False, widget=time_input())
    left_at = forms.TimeField(label="Départ", required=False, widget=time_input())

    def __init__(self, data: QueryDict | None, *, seat: Seat, others: Iterable[Seat]) -> None:
        known = seat.known
        initial = {
            "presence": known.presence if known else "",
            "represented_by": known.represented_by.uid if known and known.represented_by else "",
            "arrived_at": known.arrived_at if known else None,
            "left_at": known.left_at if known else None,
        }
        super().__init__(data, prefix=seat.key, initial=initial)
        self.seat = seat
        holders = [(other.key, other.name or other.place) for other in others if other.key != seat.key]
        self.fields["represented_by"].choices = [NOT_KNOWN, *holders]  # type: ignore[attr-defined]  # a choice field
        for name, field in self.fields.items():
            # The header of the column says it to the eye, this to who hears the page.
            field.widget.attrs["aria-label"] = f"{field.label}, {seat.name or seat.place}"
            field.widget.attrs["class"] = f"attendance__{name}"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        presence = cleaned.get("presence")
        if cleaned.get("represented_by") and presence != Presence.REPRESENTED:
            self.add_error("represented_by", "Une délégation vient d’un membre représenté.")
        for name in ("arrived_at", "left_at"):
            if cleaned.get(name) and presence != Presence.PRESENT:
                self.add_error(name, "Seul un membre présent a une heure.")
        return cleaned

    def line(self, uids: dict[str, str]) -> Line | None:
        """None where nothing is known. `uids`: key of each seat → identifier of its line."""
        given, seat = self.cleaned_data, self.seat
        if not given["presence"]:
            return None
        return Line(
            uid=seat.uid,
            college=seat.college,
            presence=given["presence"],
            name=seat.name,
            union=seat.union,
            substitute=seat.substitute,
            member=seat.member,
            represented_by=uids.get(given["represented_by"], ""),
            arrived_at=given["arrived_at"],
            left_at=given["left_at"],
        )


class OfficersForm(forms.Form):
    """`deputy_secretary` is chosen among the staff's representatives."""

    opened_at = forms.TimeField(label="Séance ouverte à", required=False, widget=time_input())
    closed_at = forms.TimeField(label="Séance levée à", required=False, widget=time_input())
    president = forms.CharField(label="Président", max_length=150, required=False)
    secretary = forms.CharField(label="Secrétaire de séance", max_length=150, required=False)
    deputy_secretary = forms.ChoiceField(
        label="Secrétaire adjoint", required=False, help_text="Parmi les représentants du personnel."
    )

    def __init__(self, *args: Any, session: Session, seats: Iterable[Seat], **kwargs: Any) -> None:
        initial = {name: getattr(session, name) for name in self.base_fields}
        super().__init__(*args, **{"initial": initial, **kwargs})
        names = [seat.name for seat in seats if seat.college == College.STAFF and seat.name]
        known = [session.deputy_secretary] if session.deputy_secretary else []
        choices = [(name, name) for name in dict.fromkeys([*names, *known])]
        self.fields["deputy_secretary"].choices = [NOT_KNOWN, *choices]  # type: ignore[attr-defined]  # a choice field
        for name in ("president", "secretary"):
            self.fields[name].widget.attrs["list"] = "noms-des-membres"


class AttendanceForm:
    """All the rows and the officers, sent together."""

    def __init__(self, data: QueryDict | None, *, session: Session, seats: list[Seat]) -> None:
        self.seats = seats
        self.rows = [
            RowForm(data, seat=seat, others=[other for other in seats if other.college == seat.college])
            for seat in seats
        ]
        self.officers = OfficersForm(data, session=session, seats=seats)

    def is_valid(self) -> bool:
        # Every form is read, so that all the mistakes are told at once.
        return all([row.is_valid() for row in self.rows] + [self.officers.is_valid()])

    @property
    def has_errors(self) -> bool:
        return bool(self.officers.errors) or any(row.errors for row in self.rows)

    def lines(self) -> list[Line]:
        uids = {seat.key: seat.uid for seat in self.seats}
        return [line for row in self.rows if (line := row.line(uids))]

    @property
    def groups(self) -> list[tuple[str, list[RowForm]]]:
        """By college and union, as they are sorted."""
        found: dict[str, list[RowForm]] = {}
        for row in self.rows:
            college = College(row.seat.college).label
            found.setdefault(f"{college} – {row.seat.union}" if row.seat.union else college, []).append(row)
        return list(found.items())
