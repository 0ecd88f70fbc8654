"""Who is signed in, with the agent they are: a bourse asks it on every page, for its menu."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from accounts.models import User


class Backend(AuthenticationBackend):  # type: ignore[misc]  # allauth is published without types
    """allauth's; the agent comes in the query that reads the account, so that no page pays one more to know it."""

    def get_user(self, user_id: Any) -> User | None:
        user = User.objects.select_related("agent").filter(pk=user_id).first()
        return user if user is not None and self.user_can_authenticate(user) else None
