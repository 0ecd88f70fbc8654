"""The only writers of accounts, roles and the trail."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any, Protocol

from django.db import models, transaction
from django.utils import timezone

from . import trail
from .models import Event, Role, RoleGrant, User

TRAIL_KEPT = timedelta(days=365)


class RecordEvent(Protocol):
    """How an action adds its line to the trail: at once (`record_event`), or with others (`Trail.note`)."""

    def __call__(
        self, *, verb: str, target: models.Model, by: User | None, summary: str, details: dict[str, Any] | None = None
    ) -> Event: ...


class EmailTaken(Exception):
    def __init__(self, email: str) -> None:
        super().__init__(f"Un compte a déjà l’adresse {email}.")


class LastHR(Exception):
    def __init__(self) -> None:
        super().__init__("C’est le dernier compte actif des ressources humaines\u00a0: il faut en garder un.")


class RoleAlreadyGranted(Exception):
    def __init__(self, role: Role) -> None:
        super().__init__(f"Ce compte a déjà le rôle «\u00a0{role.label}\u00a0».")


class RoleNotGranted(Exception):
    def __init__(self, role: Role) -> None:
        super().__init__(f"Ce compte n’a pas le rôle «\u00a0{role.label}\u00a0».")


def record_event(
    *, verb: str, target: models.Model, by: User | None, summary: str, details: dict[str, Any] | None = None
) -> Event:
    """Add a line to the trail. `by` is None when the system acts.

    `summary` is French and avoids names; `target` is kept as its model's label and its public identifier.
    """
    event = _event(verb, target, by, summary, details)
    event.save()
    return event


class Trail:
    """Lines noted one by one along an action and added together, in one statement, when it ends.

    `note` takes what `record_event` takes: an action that is part of another may be given the one or the other.
    """

    def __init__(self) -> None:
        self._events: list[Event] = []

    def note(
        self, *, verb: str, target: models.Model, by: User | None, summary: str, details: dict[str, Any] | None = None
    ) -> Event:
        event = _event(verb, target, by, summary, details)
        self._events.append(event)
        return event

    def record(self) -> None:
        Event.objects.bulk_create(self._events)
        self._events = []


def _event(verb: str, target: models.Model, by: User | None, summary: str, details: dict[str, Any] | None) -> Event:
    return Event(
        verb=verb,
        target_type=target._meta.label_lower,
        target_uid=str(getattr(target, trail.identifier_of(type(target)))),
        by=by,
        summary=summary,
        details=details or {},
    )


@transaction.atomic
def create_user(
    *, email: str, name: str, by: User | None, roles: Iterable[Role] = (), password: str | None = None
) -> User:
    """Open an account. Without a password, the person asks for one from the sign-in page.

    Raises EmailTaken.
    """
    email = User.objects.normalize_email(email).lower()
    if User.objects.filter(email=email).exists():
        raise EmailTaken(email)
    user = User.objects.create_user(email=email, name=name, password=password)
    record_event(verb="create_user", target=user, by=by, summary="Compte créé.")
    for role in roles:
        grant_role(user=user, role=role, by=by)
    return user


@transaction.atomic
def grant_role(*, user: User, role: Role, by: User | None) -> RoleGrant:
    """Give `role` to `user`. Raises RoleAlreadyGranted."""
    grant, created = RoleGrant.objects.get_or_create(user=user, role=role)
    if not created:
        raise RoleAlreadyGranted(role)
    _forget_cached_roles(user)
    record_event(
        verb="grant_role",
        target=user,
        by=by,
        summary=f"Rôle «\u00a0{role.label}\u00a0» accordé.",
        details={"role": role.value},
    )
    return grant


@transaction.atomic
def withdraw_role(*, user: User, role: Role, by: User | None) -> None:
    """Take `role` from `user`. Raises RoleNotGranted, and LastHR when nobody would be left to grant roles."""
    if role == Role.HR:
        _check_another_hr(user)
    deleted, _ = RoleGrant.objects.filter(user=user, role=role).delete()
    if not deleted:
        raise RoleNotGranted(role)
    _forget_cached_roles(user)
    record_event(
        verb="withdraw_role",
        target=user,
        by=by,
        summary=f"Rôle «\u00a0{role.label}\u00a0» retiré.",
        details={"role": role.value},
    )


@transaction.atomic
def set_roles(*, user: User, roles: Iterable[Role], by: User | None) -> None:
    """Grant and withdraw until `user` holds exactly `roles`. Raises LastHR; then nothing changes."""
    wanted = frozenset(roles)
    held = {Role(grant.role) for grant in RoleGrant.objects.select_for_update().filter(user=user)}
    for role in sorted(wanted - held):
        grant_role(user=user, role=role, by=by)
    for role in sorted(held - wanted):
        withdraw_role(user=user, role=role, by=by)


@transaction.atomic
def set_password(*, user: User, password: str, by: User | None) -> None:
    user.set_password(password)
    user.save(update_fields=["password"])
    record_event(verb="set_password", target=user, by=by, summary="Mot de passe fixé.")


@transaction.atomic
def deactivate_user(*, user: User, by: User | None) -> None:
    """Close the door without forgetting the person. Raises LastHR."""
    _check_another_hr(user)
    user.is_active = False
    user.save(update_fields=["is_active"])
    record_event(verb="deactivate_user", target=user, by=by, summary="Compte désactivé.")


@transaction.atomic
def activate_user(*, user: User, by: User | None) -> None:
    user.is_active = True
    user.save(update_fields=["is_active"])
    record_event(verb="activate_user", target=user, by=by, summary="Compte réactivé.")


def purge_trail() -> int:
    """Forget the lines older than a year (the limit for access logs). Returns how many went."""
    return Event.objects.older_than(timezone.now() - TRAIL_KEPT).forget()


def _check_another_hr(user: User) -> None:
    # The rows are locked so that two withdrawals at the same time do not each count on the other.
    others = RoleGrant.objects.select_for_update().filter(role=Role.HR, user__is_active=True)
    if user.pk in {grant.user_id for grant in others} and len(others) == 1:
        raise LastHR


def _forget_cached_roles(user: User) -> None:
    user.__dict__.pop("roles", None)
