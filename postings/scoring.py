"""What the scores come to, exactly: fractions of the scale, rounded only when printed; equal totals are ties."""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import groupby

from orgchart import french


def weighted(scores: Iterable[tuple[int, int]]) -> Fraction | None:
    """Pairs (weight, score) → the mean score by weight, on the same scale; None where nothing is scored."""
    rows = list(scores)
    weights = sum(weight for weight, _ in rows)
    return Fraction(sum(weight * score for weight, score in rows), weights) if weights else None


def mean(totals: Sequence[Fraction]) -> Fraction | None:
    """Each member counts the same."""
    return sum(totals, Fraction(0)) / len(totals) if totals else None


def ordered[Key](totals: Mapping[Key, Fraction]) -> list[tuple[int, tuple[Key, ...]]]:
    """The best first: (rank, those who share it). After two firsts comes the third."""
    found: list[tuple[int, tuple[Key, ...]]] = []
    rank = 1
    for _, group in groupby(sorted(totals, key=totals.__getitem__, reverse=True), key=totals.__getitem__):
        keys = tuple(group)
        found.append((rank, keys))
        rank += len(keys)
    return found


def printed(number: Fraction) -> str:
    """« 3,5 »; « 3,67 (11/3) » where two decimals do not say it all."""
    said = french.decimal(number)
    if (number * 100).denominator == 1:
        return said
    return f"{said} ({number.numerator}/{number.denominator})"
