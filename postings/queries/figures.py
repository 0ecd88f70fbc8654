"""What is counted of a bourse, without names: live, then as it was kept when the applications were forgotten."""

import datetime
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from ..models import Application, Posting
from ..status import APPLICANT, ApplicationStatus


class Figures(NamedTuple):
    """`women`, `men`: among the applicants who said so; `unstated`: the others."""

    eligible: int
    applications: int
    withdrawn: int
    admissible: int
    heard: int
    retained: int
    women: int
    men: int
    unstated: int


def figures_of(posting: Posting) -> Figures:
    """Two queries, none once purged."""
    if posting.purged_at is not None:
        return Figures(**posting.figures)
    rows = list(
        posting.applications.exclude(status=ApplicationStatus.DRAFT).values_list(
            "status", "gender", "interview__held_at", "admissibility__admissible"
        )
    )
    return figures_among(rows, eligible=posting.eligible.count())


def figures_among(rows: Sequence[tuple[str, str, datetime.datetime | None, bool | None]], *, eligible: int) -> Figures:
    """`rows`: status, gender, when heard, whether admissible, of each application that was submitted."""
    standing = [row for row in rows if row[0] in APPLICANT]
    genders = Counter(gender for _, gender, _, _ in standing)
    return Figures(
        eligible=eligible,
        applications=len(standing),
        withdrawn=len(rows) - len(standing),
        admissible=sum(1 for row in standing if row[3]),
        heard=sum(1 for row in standing if row[2] is not None),
        retained=sum(1 for row in standing if row[0] == ApplicationStatus.RETAINED),
        women=genders[Application.Gender.WOMAN.value],
        men=genders[Application.Gender.MAN.value],
        unstated=genders[""],
    )
