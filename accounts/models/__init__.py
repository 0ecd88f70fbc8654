from .event import Event
from .role import Role, RoleGrant
from .user import User

__all__ = ["Event", "Role", "RoleGrant", "User"]
