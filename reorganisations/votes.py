"""What votes amount to, college by college. The application counts; what leaves a doubt is HR's to qualify."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from orgchart import french

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
    """HR's word on the outcome of a college where the votes leave a doubt, or are not known.

    `unanimous`: whether it counts as unanimous, where the votes do not say it and nobody voted the other way.
    """

    college: College
    outcome: Outcome
    reason: str = ""
    unanimous: bool = False


class Count(NamedTuple):
    """`doubt` says why HR must look, empty when the votes speak for themselves."""

    college: College
    present: int
    in_favour: int
    against: int
    outcome: Outcome
    unanimous: bool
    doubt: str


def count(
    college: College,
    ballots: Iterable[Ballot],
    *,
    seats: int | None = None,
    delegations_per_member: int | None = None,
) -> Count:
    """The outcome of one college: the majority of those present (décret 2021-571, art. 90 and R. 254-71 CGFP).

    A tie is « réputé avoir été donné ». No majority for another reason gives the same, in doubt; so do a unanimous vote
    with abstentions, more voices than `seats`, and more delegations than those present may hold. What is not known is
    not checked.
    """
    cast = [ballot for ballot in ballots if ballot.college == college]
    present = sum(ballot.present for ballot in cast)
    in_favour = sum(ballot.in_favour for ballot in cast)
    against = sum(ballot.against for ballot in cast)
    doubts = [*_seats(cast, seats), *_delegations(cast, delegations_per_member)]
    unanimous = False
    if not present:
        doubts.append("Aucun vote n’est renseigné.")
        return Count(college, 0, 0, 0, Outcome.UNKNOWN, False, " ".join(doubts))
    if 2 * in_favour > present or 2 * against > present:
        outcome = Outcome.FAVOURABLE if in_favour > against else Outcome.UNFAVOURABLE
        unanimous = max(in_favour, against) == present
        if not unanimous and not min(in_favour, against):
            doubts.append(
                "Aucune voix en sens contraire, mais tous les présents n’ont pas voté\u00a0: unanimité à qualifier."
            )
    elif in_favour == against and 2 * in_favour == present:
        outcome = Outcome.DEEMED_GIVEN
    else:
        outcome = Outcome.DEEMED_GIVEN
        doubts.append("Ni les voix pour ni les voix contre ne font la majorité des présents\u00a0: issue à qualifier.")
    return Count(college, present, in_favour, against, outcome, unanimous, " ".join(doubts))


def _seats(cast: Sequence[Ballot], seats: int | None) -> Iterator[str]:
    told = sum(ballot.present + ballot.absent for ballot in cast)
    if seats is not None and told > seats:
        yield f"{french.count(told, 'voix', 'voix')}, absents compris, pour {french.count(seats, 'siège')}."


def _delegations(cast: Sequence[Ballot], per_member: int | None) -> Iterator[str]:
    """Each vote by delegation is held by somebody who is there and votes for themselves too."""
    given = sum(ballot.delegations or 0 for ballot in cast)
    there = sum(ballot.present for ballot in cast) - given
    if per_member is not None and given > per_member * there:
        held_by = french.count(max(there, 0), "membre présent", "membres présents")
        yield f"{french.count(given, 'vote')} par délégation pour {held_by}, {per_member} au plus par membre."


class Quorum(NamedTuple):
    """Whether a college was there in number at the opening. `needed`, `reached`: None where a figure is not known."""

    college: College
    seats: int | None
    present: int | None
    needed: int | None
    reached: bool | None


def quorum(college: College, *, seats: int | None, present: int | None, percent: int) -> Quorum:
    """So many percent of the seats, rounded up."""
    needed = None if seats is None else -(-seats * percent // 100)
    reached = None if needed is None or present is None else present >= needed
    return Quorum(college, seats, present, needed, reached)
