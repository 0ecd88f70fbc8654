"""Role × permission: `check_can_x` raises exactly when `can_x` says no."""

import pytest

from accounts import permissions
from accounts.models import Role
from accounts.permissions import NotAllowed
from tests.factories import UserFactory

ALLOWED = {
    "manage_accounts": {Role.HR},
    "read_trail": {Role.HR},
}


@pytest.mark.parametrize("role", [*Role, None])
@pytest.mark.parametrize("name", ALLOWED)
def test_who_may(db, name, role):
    user = UserFactory.create(roles=[role] if role else [])
    check, can = getattr(permissions, f"check_can_{name}"), getattr(permissions, f"can_{name}")
    assert can(user) == (role in ALLOWED[name])
    if role in ALLOWED[name]:
        check(user)
    else:
        with pytest.raises(NotAllowed, match="ressources humaines"):
            check(user)
