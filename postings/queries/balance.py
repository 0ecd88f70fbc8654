"""Bilan des bourses: what each came to, in numbers that name nobody and stay when the applications are forgotten."""

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import NamedTuple

from django.db.models import Count
from django.utils import timezone

from ..models import Application, Posting
from ..status import ApplicationStatus, PostingStatus
from .figures import Figures, figures_among

UNFILLED = (PostingStatus.UNFILLED, PostingStatus.REOPENED)


class Line(NamedTuple):
    """One bourse. `to_decide`: days from its opening to the decision; `to_assign`: from there to the date of effect."""

    posting: Posting
    year: int
    figures: Figures
    to_decide: int | None
    to_assign: int | None

    @property
    def unfilled(self) -> bool:
        return self.posting.status in UNFILLED


class Year(NamedTuple):
    """The bourses opened that year. The delays are means, in days, of those that are known."""

    year: int
    postings: int
    eligible: int
    applications: int
    withdrawn: int
    retained: int
    unfilled: int
    women: int
    men: int
    unstated: int
    to_decide: Fraction | None
    to_assign: Fraction | None


def lines() -> list[Line]:
    """Every bourse that was opened, the newest first. Three queries, whatever the number."""
    postings = list(
        Posting.objects.filter(opened_at__isnull=False).select_related("outcome").order_by("-opened_at", "code")
    )
    live = [posting.pk for posting in postings if posting.purged_at is None]
    rows: dict[int, list[tuple[str, str, datetime.datetime | None, bool | None]]] = defaultdict(list)
    applications = Application.objects.filter(posting__in=live).exclude(status=ApplicationStatus.DRAFT)
    for posting, status, gender, held_at, admissible in applications.values_list(
        "posting", "status", "gender", "interview__held_at", "admissibility__admissible"
    ):
        rows[posting].append((status, gender, held_at, admissible))
    eligible = dict(Posting.objects.filter(pk__in=live).annotate(number=Count("eligible")).values_list("pk", "number"))
    return [_line(posting, rows[posting.pk], eligible.get(posting.pk, 0)) for posting in postings]


def _line(
    posting: Posting, rows: Sequence[tuple[str, str, datetime.datetime | None, bool | None]], eligible: int
) -> Line:
    purged = posting.purged_at is not None
    figures = Figures(**posting.figures) if purged else figures_among(rows, eligible=eligible)
    outcome = getattr(posting, "outcome", None)
    # The filter: it was opened.
    opened_on = _day(posting.opened_at) if posting.opened_at else datetime.date.min
    decided_on = _day(outcome.decided_at) if outcome else None
    effective_on = outcome.effective_on if outcome else None
    return Line(
        posting=posting,
        year=opened_on.year,
        figures=figures,
        to_decide=(decided_on - opened_on).days if decided_on else None,
        to_assign=(effective_on - decided_on).days if decided_on and effective_on else None,
    )


def years_of(found: Iterable[Line]) -> list[Year]:
    """The newest first."""
    by_year: dict[int, list[Line]] = defaultdict(list)
    for line in found:
        by_year[line.year].append(line)
    return [_year(year, by_year[year]) for year in sorted(by_year, reverse=True)]


def _year(year: int, found: Sequence[Line]) -> Year:
    total: Counter[str] = Counter()
    for line in found:
        total.update(line.figures._asdict())
    return Year(
        year=year,
        postings=len(found),
        eligible=total["eligible"],
        applications=total["applications"],
        withdrawn=total["withdrawn"],
        retained=total["retained"],
        unfilled=sum(line.unfilled for line in found),
        women=total["women"],
        men=total["men"],
        unstated=total["unstated"],
        to_decide=_mean([line.to_decide for line in found]),
        to_assign=_mean([line.to_assign for line in found]),
    )


def _mean(days: Iterable[int | None]) -> Fraction | None:
    known = [day for day in days if day is not None]
    return Fraction(sum(known), len(known)) if known else None


def _day(at: datetime.datetime) -> datetime.date:
    return timezone.localtime(at).date()
