"""What an edit of a draft brings, between the draft as it stands and the draft as it would be. Nothing is written."""

from collections import Counter
from typing import NamedTuple, Self

from accounts.models import User
from orgchart.changes import Change
from orgchart.checks import Problem, Severity
from orgchart.fates import Fate
from orgchart.french import NBSP, count, decimal, signed
from orgchart.total import Total
from orgchart.values import UnitId

from .permissions import can_see_holders
from .queries import Draft

# Problems told one by one; the workspace has them all.
MOST_TOLD = 5
LEVELS = {Severity.BLOCKING: "blocking", Severity.WARNING: "warning", Severity.INFO: "info", Severity.OK: "fine"}


class Told(NamedTuple):
    level: str
    words: str


class Consequences(NamedTuple):
    """`refusal`: why it cannot be done. `lines`: posts, ETP and situations. `names`: for those who may read them."""

    sentence: str
    refusal: str = ""
    lines: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    gained: tuple[Told, ...] = ()
    more_gained: str = ""
    lost: tuple[str, ...] = ()

    @classmethod
    def of(cls, before: Draft, after: Draft, change: Change, *, user: User) -> Self:
        sentence = after.wording(change).sentence
        for refusal in after.folded.refusals:
            if refusal.change.id == change.id:
                return cls(sentence, refusal=refusal.reason)
        gained = sorted(missing(after.problems, before.problems), key=lambda each: list(LEVELS).index(each.severity))
        lost = [each for each in missing(before.problems, after.problems) if each.severity is not Severity.OK]
        fates = missing(after.fates, before.fates)
        names: tuple[str, ...] = ()
        if can_see_holders(user, after.reorganisation):
            names = tuple(sorted({after.names[fate.holder] for fate in fates if fate.holder in after.names}))
        return cls(
            sentence,
            lines=(*totals(before, after), situations(fates)),
            names=names,
            gained=tuple(Told(LEVELS[each.severity], each.message) for each in gained[:MOST_TOLD]),
            more_gained=count(len(gained) - MOST_TOLD, "autre point", "autres points")
            if len(gained) > MOST_TOLD
            else "",
            lost=tuple(each.message for each in lost[:MOST_TOLD]),
        )

    @property
    def short(self) -> str:
        """In one breath, after a gesture: « Effectif inchangé (17 postes). 1 nouveau point à vérifier. »"""
        new = count(len(self.gained), "nouveau point à vérifier", "nouveaux points à vérifier")
        return " ".join([*self.lines, f"{new}." if self.gained else "Aucun nouveau point à vérifier."])


def missing[T: Problem | Fate](these: tuple[T, ...], others: tuple[T, ...]) -> list[T]:
    """Those of these that the others have not, as many times."""
    return list((Counter(these) - Counter(others)).elements())


def totals(before: Draft, after: Draft) -> tuple[str, ...]:
    """The perimeter as the draft had it, and as it would have it."""
    root = UnitId(after.reorganisation.unit_uid)
    was, now = (each.after.total(root) if root in each.after.unit_by_id else None for each in (before, after))
    if was is None or now is None:
        gap = (after.difference.totals(root).headcount.gap - before.difference.totals(root).headcount.gap).posts
        return (f"Effectif total non renseigné, écart{NBSP}: {signed(gap)}.",)
    if was == now:
        return (f"Effectif inchangé ({count(now.posts, 'poste')}).",)
    return tuple(line for line in (posts_line(was, now), etp_line(was, now)) if line)


def posts_line(was: Total, now: Total) -> str:
    if was.posts == now.posts:
        return f"Effectif inchangé ({count(now.posts, 'poste')})."
    return f"Effectif{NBSP}: {was.posts} → {count(now.posts, 'poste')} ({signed(now.posts - was.posts)})."


def etp_line(was: Total, now: Total) -> str:
    """Nothing while no hours are known."""
    return "" if was.etp == now.etp else f"ETP connus{NBSP}: {decimal(was.etp)} → {decimal(now.etp)}."


def situations(fates: list[Fate]) -> str:
    """Of how many known holders the situation becomes another."""
    people = len({fate.holder for fate in fates})
    if not people:
        return "Aucune situation d’agent connue n’est touchée."
    return f"{count(people, 'situation d’agent touchée', 'situations d’agents touchées')}."
