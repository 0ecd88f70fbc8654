"""The problems of a draft as it stands, the worst first."""

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence

from ..changes import Change
from ..diff import Difference, compare
from ..fates import Resolution
from ..fold import Folded
from ..structure import Structure
from ..values import PostId
from .announced import Announced, announced_parts, announced_units
from .charts import dates, empty_units, hours, leads, motives, perimeters, transformations
from .context import Checked
from .people import candidates, occupation, residences, security
from .people import situations as unsettled
from .problem import Problem, Severity, worst_first


def check_draft(
    before: Structure,
    changes: Sequence[Change],
    folded: Folded,
    *,
    announced: Iterable[Announced] = (),
    holders: Mapping[PostId, Sequence[str]] | None = None,
    situations: Mapping[str, Resolution] | None = None,
    effective: datetime.date | None = None,
    principle_of_security: bool = True,
    difference: Difference | None = None,
) -> tuple[Problem, ...]:
    """Everything that blocks submission or deserves a look, and what was found right.

    `changes` in the order of the fold that gave `folded`. `holders`: post → its holders on the day, an empty list for
    a stated vacancy; a post left out has an unknown occupation. `situations`: holder → what HR settled.
    `difference`: that of before and after, when it is made already.
    """
    refused = {refusal.change.id for refusal in folded.refusals}
    checked = Checked(
        difference=difference or compare(before, folded.structure),
        changes=changes,
        made=[change for change in changes if change.id not in refused],
        holders=holders or {},
        situations=situations or {},
    )
    return worst_first(_problems(checked, folded, announced, effective, principle_of_security))


def _problems(
    checked: Checked,
    folded: Folded,
    announced: Iterable[Announced],
    effective: datetime.date | None,
    principle_of_security: bool,
) -> Iterator[Problem]:
    for refusal in folded.refusals:
        yield Problem("refused", Severity.BLOCKING, "Ajustement impossible", refusal.reason, change=refusal.change.id)
    yield from motives(checked)
    yield from unsettled(checked)
    yield from leads(checked)
    yield from announced_parts(announced, checked.after)
    yield from announced_units(checked.made, checked.after)
    yield from occupation(checked)
    yield from perimeters(checked)
    yield from transformations(checked)
    yield from hours(checked)
    yield from empty_units(checked)
    yield from security(checked) if principle_of_security else residences(checked)
    yield from candidates(checked)
    yield from dates(checked, effective)
