"""What votes amount to, college by college. The application counts; what leaves a doubt is HR's to qualify."""

from collections.abc import Iterable
from typing import NamedTuple

from .models import College, Outcome


class Ballot(NamedTuple):
    """How one delegation voted, in number of votes. `full`, `substitutes`, `delegations`: None is unknown."""

    college: College
    union: str = ""
    in_favour: int = 0
    against: int = 0
    abstentions: int = 0
    not_taking_part: int = 0
    absent: int = 0
    full: int | None = None
    substitutes: int | None = None
    delegations: int | None = None
    explanation: str = ""

    @property
    def present(self) -> int:
        """Votes of those present or represented, whether they voted or not."""
        return self.in_favour + self.against + self.abstentions + self.not_taking_part


class Qualification(NamedTuple):
    """HR's word on the outcome of a college where the votes leave a doubt, or are not known."""

    college: College
    outcome: Outcome
    reason: str = ""


class Count(NamedTuple):
    """`doubt` says why HR must look, empty when the votes speak for themselves."""

    college: College
    present: int
    in_favour: int
    against: int
    outcome: Outcome
    unanimous: bool
    doubt: str


def count(college: College, ballots: Iterable[Ballot]) -> Count:
    """The outcome of one college: the majority of those present (décret 2021-571, art. 90 and R. 254-71 CGFP).

    A tie is « réputé avoir été donné ». No majority for another reason gives the same, in doubt; so does a unanimous
    vote with abstentions.
    """
    cast = [ballot for ballot in ballots if ballot.college == college]
    present = sum(ballot.present for ballot in cast)
    in_favour = sum(ballot.in_favour for ballot in cast)
    against = sum(ballot.against for ballot in cast)
    doubt = ""
    unanimous = False
    if not present:
        return Count(college, 0, 0, 0, Outcome.UNKNOWN, False, "Aucun vote n’est renseigné.")
    if 2 * in_favour > present or 2 * against > present:
        outcome = Outcome.FAVOURABLE if in_favour > against else Outcome.UNFAVOURABLE
        unanimous = max(in_favour, against) == present
        if not unanimous and not min(in_favour, against):
            doubt = "Aucune voix en sens contraire, mais tous les présents n’ont pas voté\u00a0: unanimité à qualifier."
    elif in_favour == against and 2 * in_favour == present:
        outcome = Outcome.DEEMED_GIVEN
    else:
        outcome = Outcome.DEEMED_GIVEN
        doubt = "Ni les voix pour ni les voix contre ne font la majorité des présents\u00a0: issue à qualifier."
    return Count(college, present, in_favour, against, outcome, unanimous, doubt)
