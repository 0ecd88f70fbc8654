"""« Relecture » as rows: who reads the draft, their visas, and what they remarked."""

from typing import NamedTuple

from django.db.models import Count, Q

from accounts.models import User

from ..models import Remark, Reorganisation, Reviewer, Visa


class Reading(NamedTuple):
    """One reader: `reviewer` is None once the invitation was taken back. `visa`: the last one, given on an older state
    of the draft when `outdated`."""

    user: User
    reviewer: Reviewer | None
    visa: Visa | None
    outdated: bool


def readings(reorganisation: Reorganisation) -> tuple[Reading, ...]:
    """Those invited, then those who signed and are no longer: two queries."""
    given = Visa.objects.filter(reorganisation=reorganisation).select_related("user").order_by("given_at", "pk")
    visas = {visa.user_id: visa for visa in given}
    invited = Reviewer.objects.filter(reorganisation=reorganisation).select_related("user")
    reviewers = {each.user_id: each for each in invited}
    people = {pk: each.user for pk, each in reviewers.items()}
    people |= {pk: each.user for pk, each in visas.items() if pk not in people}
    return tuple(
        Reading(
            user,
            reviewers.get(pk),
            visas.get(pk),
            pk in visas and visas[pk].revision != reorganisation.revision,
        )
        for pk, user in people.items()
    )


class Counted(NamedTuple):
    open: int
    all: int


def remarks_counted(reorganisation: Reorganisation) -> Counted:
    found = reorganisation.remarks.aggregate(all=Count("pk"), open=Count("pk", filter=Q(resolved_at__isnull=True)))
    return Counted(**found)


def remarks_of(reorganisation: Reorganisation, *, only_open: bool) -> list[Remark]:
    found = Remark.objects.filter(reorganisation=reorganisation).select_related("made_by", "resolved_by")
    return list((found.open() if only_open else found).order_by("made_at", "pk"))


def accounts_to_invite() -> list[User]:
    """Active accounts with a role at least."""
    found = User.objects.filter(is_active=True, role_grants__isnull=False).distinct()
    return list(found.prefetch_related("role_grants").order_by("name", "email"))
