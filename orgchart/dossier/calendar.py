"""The calendar of a dossier: the session, what the procedure fixes around it, and the stages of the reorganisation."""

import datetime
from collections.abc import Iterable, Iterator, Sequence

from .. import french
from ..changes import Change
from ..fold import stages
from .blocks import Column, Group, Table
from .facts import Deadline, Facts

COLUMNS = (Column("Date", width=33), Column("Étape"), Column("Source", width=33))


def calendar(changes: Sequence[Change], facts: Facts, deadlines: Iterable[Deadline]) -> Table:
    """By date; what has none comes last, in the order in which it is expected."""
    found = sorted(_events(changes, facts, deadlines), key=lambda event: (event[0] is None, event[0]))
    rows = tuple(
        (french.date(on) if on else french.UNKNOWN_FEMININE, french.typographic(label), french.typographic(source))
        for on, label, source in found
    )
    return Table("Séance, délais de la procédure et entrée en vigueur", COLUMNS, (Group("", rows),))


def _events(
    changes: Sequence[Change], facts: Facts, deadlines: Iterable[Deadline]
) -> Iterator[tuple[datetime.date | None, str, str]]:
    for deadline in deadlines:
        yield deadline.on, deadline.label, deadline.source
    committee = facts.committee or "instance non renseignée"
    yield facts.session_on, f"Séance\u00a0: {committee}", ""
    found = stages(changes, facts.effective_on)
    for rank, stage in enumerate(found, 1):
        which = f"étape {rank} sur {len(found)}, " if len(found) > 1 else ""
        number = french.count(len(stage.changes), "ajustement")
        eventual = ", à terme" if stage.eventual else ""
        yield stage.date, f"Entrée en vigueur\u00a0: {which}{number}{eventual}", ""
