"""Présence of a member at a session: nominative, kept by HR, printed in the committee's own minutes."""

from django.db import models

from ..ids import mint_attendance
from .committee import College, CommitteeMember
from .session import Session


class Presence(models.TextChoices):
    PRESENT = "present", "Présent"
    REPRESENTED = "represente", "Représenté"
    EXCUSED = "excuse", "Excusé"
    ABSENT = "absent", "Absent"


class Attendance(models.Model):
    """Name, college, union and seat as they were that day: the member may leave the committee since (`member` empty).

    No row: not known. `name` is empty where it was not handed over. `represented_by`: who holds the delegation, when it
    is known. `arrived_at`: given only for who was not there at the opening; `left_at`: for who left before the end.
    """

    uid = models.CharField("identifiant", max_length=64, unique=True, default=mint_attendance, editable=False)
    session = models.ForeignKey(Session, verbose_name="séance", on_delete=models.CASCADE, related_name="attendances")
    member = models.ForeignKey(
        CommitteeMember,
        verbose_name="membre",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="attendances",
    )
    position = models.PositiveSmallIntegerField("rang")
    name = models.CharField("nom", max_length=150, blank=True)
    college = models.CharField("collège", max_length=20, choices=College)
    union = models.CharField("organisation syndicale", max_length=100, blank=True)
    substitute = models.BooleanField("suppléant", default=False)
    presence = models.CharField("présence", max_length=20, choices=Presence)
    represented_by = models.ForeignKey(
        "self",
        verbose_name="délégation à",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="delegations",
    )
    arrived_at = models.TimeField("arrivée", null=True, blank=True)
    left_at = models.TimeField("départ", null=True, blank=True)

    class Meta:
        verbose_name = "présence"
        verbose_name_plural = "présences"
        ordering = ["session", "position"]
        constraints = [
            models.UniqueConstraint(fields=["session", "position"], name="attendance_position_once"),
            models.UniqueConstraint(fields=["session", "member"], name="one_attendance_per_member"),
            models.CheckConstraint(condition=models.Q(college__in=College.values), name="attendance_known_college"),
            models.CheckConstraint(condition=models.Q(presence__in=Presence.values), name="attendance_known_presence"),
            models.CheckConstraint(
                condition=models.Q(represented_by__isnull=True) | models.Q(presence="represente"),
                name="attendance_delegation_of_who_is_represented",
            ),
            models.CheckConstraint(
                condition=models.Q(arrived_at__isnull=True, left_at__isnull=True) | models.Q(presence="present"),
                name="attendance_hours_of_who_is_present",
            ),
            models.CheckConstraint(
                condition=models.Q(arrived_at__isnull=True)
                | models.Q(left_at__isnull=True)
                | models.Q(left_at__gte=models.F("arrived_at")),
                name="attendance_leaves_after_arriving",
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.union or self.get_college_display()
