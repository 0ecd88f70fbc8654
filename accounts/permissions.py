"""Who may do what with accounts. `check_can_x` raises with the reason, `can_x` answers."""

from django.core.exceptions import PermissionDenied

from .models import Role, User


class NotAllowed(PermissionDenied):
    """Carries the reason, in French, to the page that answers 403."""


def check_can_manage_accounts(user: User) -> None:
    if not user.has_role(Role.HR):
        raise NotAllowed("Seules les ressources humaines gèrent les comptes et les rôles.")


def can_manage_accounts(user: User) -> bool:
    return user.has_role(Role.HR)


def check_can_read_trail(user: User) -> None:
    if not user.has_role(Role.HR):
        raise NotAllowed("Seules les ressources humaines lisent le journal.")


def can_read_trail(user: User) -> bool:
    return user.has_role(Role.HR)
