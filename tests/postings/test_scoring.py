"""Weighted totals are exact, and equal ones share a rank."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postings.models import BEST_SCORE
from postings.scoring import mean, ordered, printed, weighted

SCORES = st.lists(st.tuples(st.integers(1, 20), st.integers(0, BEST_SCORE)), min_size=1, max_size=8)


@given(SCORES)
def test_a_weighted_total_stays_on_the_scale_and_is_exact(scores):
    total = weighted(scores)
    assert total is not None
    assert min(score for _, score in scores) <= total <= max(score for _, score in scores)
    assert total * sum(weight for weight, _ in scores) == sum(weight * score for weight, score in scores)


@given(st.dictionaries(st.integers(), st.fractions(0, BEST_SCORE, max_denominator=6), max_size=8))
def test_everybody_has_one_rank_and_equal_totals_share_it(totals):
    groups = ordered(totals)
    assert sorted(key for _, keys in groups for key in keys) == sorted(totals)
    for rank, keys in groups:
        assert len({totals[key] for key in keys}) == 1
        assert rank == 1 + sum(1 for total in totals.values() if total > totals[keys[0]])


def test_nothing_scored_has_no_total():
    assert (weighted([]), mean([])) == (None, None)
    assert mean([Fraction(3), Fraction(4)]) == Fraction(7, 2)


@pytest.mark.parametrize(
    ("number", "said"), [(Fraction(4), "4"), (Fraction(7, 2), "3,5"), (Fraction(11, 3), "3,67 (11/3)")]
)
def test_what_two_decimals_do_not_say_is_said_as_a_fraction(number, said):
    assert printed(number) == said
