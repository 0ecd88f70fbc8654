from .landing import landing

__all__ = ["landing"]
