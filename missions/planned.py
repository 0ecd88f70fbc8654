"""What the rooms above have decided and not yet applied: they register here how to ask them, `chart_on` folds it."""

import datetime
from collections.abc import Callable, Iterable
from typing import NamedTuple

from orgchart.changes import Change


class PlannedStage(NamedTuple):
    """Changes decided for a future date. `url`: the page that says why, inside the application.

    The time line tells every stage, only the chart of a day to come goes through changes: they may be read then.
    """

    date: datetime.date
    changes: Iterable[Change]
    label: str
    url: str = ""


Provider = Callable[[], Iterable[PlannedStage]]

_providers: list[Provider] = []


def register(provider: Provider) -> None:
    """Called by a room above when it is ready. Registering twice is registering once."""
    if provider not in _providers:
        _providers.append(provider)


def unregister(provider: Provider) -> None:
    _providers.remove(provider)


def stages_until(day: datetime.date) -> tuple[PlannedStage, ...]:
    """By date, those of one date in the order their rooms give them."""
    found = [stage for provider in _providers for stage in provider() if stage.date <= day]
    return tuple(sorted(found, key=lambda stage: stage.date))
