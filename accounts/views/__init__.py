from .landing import landing
from .me import me
from .trail import show_trail
from .users import create_user, set_active, show_user, users

__all__ = ["create_user", "landing", "me", "set_active", "show_trail", "show_user", "users"]
