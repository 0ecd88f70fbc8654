"""What the rooms declared: a French label for each verb of the trail, and the purge of each kind of personal data."""

from collections.abc import Callable, Mapping

from django.db import models
from django.utils.module_loading import import_string

_labels: dict[str, str] = {}
_purges: dict[str, str] = {}


def register(*, labels: Mapping[str, str], purges: Mapping[str, str]) -> None:
    """Called by config for each room: verb → French label, and what is forgotten → dotted path of the action."""
    _labels.update(labels)
    _purges.update(purges)


def identifier_of(model: type[models.Model]) -> str:
    """The field by which the trail knows the things of a model: `uid`, else `code`, else the key."""
    names = {field.name for field in model._meta.concrete_fields}
    return next((name for name in ("uid", "code") if name in names), "pk")


def label_of(verb: str) -> str:
    return _labels.get(verb, verb)


def labels() -> dict[str, str]:
    return dict(_labels)


def purges() -> dict[str, Callable[[], int]]:
    """What is forgotten, in French → the function that forgets it and tells how many rows went."""
    return {what: import_string(path) for what, path in _purges.items()}
