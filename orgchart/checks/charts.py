"""Checks of the chart that a draft gives, and of the words used for what it does."""

import datetime
from collections.abc import Iterator
from fractions import Fraction

from ..changes import AttachPosts, Change, CreateUnit, SuppressPost, TransferPost, TransformPost
from ..diff import crosses
from ..french import count, decimal, plural, quoted
from ..records import Post
from ..values import Hours, PostId
from .context import Checked
from .faults import dangling_lead
from .problem import Problem, Severity

CNRACL = Fraction(28, 35)
"""Below this part of a full time, an agent is no longer affiliated to the CNRACL."""
ASSIMILATED = Fraction(1, 10)
"""Over this part of the hours, a change may be assimilated to a suppression (CGFP L. 542-3)."""


def motives(checked: Checked) -> Iterator[Problem]:
    for change in checked.changes:
        if isinstance(change, SuppressPost) and not change.motive.strip():
            message = f"La suppression du poste {quoted(checked.title(change.post))} doit avoir un motif propre."
            yield Problem(
                "no_motive", Severity.BLOCKING, "Motif manquant", message, posts=(change.post,), change=change.id
            )


def leads(checked: Checked) -> Iterator[Problem]:
    """A lead that is absent, one that was lost, and new units that nobody leads, near or far."""
    after = checked.after
    for unit in after.units:
        if unit.lead is not None and unit.lead not in after.post_by_id:
            yield dangling_lead(unit)
    for delta in checked.difference.units.values():
        if delta.after is None or delta.after.lead is not None:
            continue
        label = quoted(delta.after.label)
        if delta.before and delta.before.lead is not None:
            message = f"{label} n’est plus dirigée par aucun poste."
            yield Problem("lost_lead", Severity.WARNING, "Direction à préciser", message, (delta.id,))
        elif delta.before is None:
            parent = after.unit_by_id.get(delta.after.parent) if delta.after.parent else None
            if parent is None or parent.lead is None:
                message = f"Aucun poste ne dirige {label}, ni l’unité dont elle dépend."
                yield Problem("no_lead", Severity.WARNING, "Direction à préciser", message, (delta.id,))


def empty_units(checked: Checked) -> Iterator[Problem]:
    for delta in checked.difference.created_units():
        if not checked.after.headcounts[delta.id]:
            message = f"{quoted(delta.known.label)} est créée sans aucun poste."
            yield Problem("no_posts", Severity.WARNING, "Unité sans poste", message, (delta.id,))


def perimeters(checked: Checked) -> Iterator[Problem]:
    """Inside a perimeter a post is attached, from one to another it is transferred."""
    transferred = {change.post for change in checked.made if isinstance(change, TransferPost)}
    for change in checked.made:
        if isinstance(change, TransferPost):
            if _goes(checked, change.post) is False:
                message = (
                    f"Le poste {quoted(checked.title(change.post))} reste dans la même direction ou mission : "
                    "c’est un rattachement plutôt qu’un transfert."
                )
                yield _wrong_word("not_a_transfer", message, (change.post,), change)
        elif isinstance(change, AttachPosts | CreateUnit):
            posts = tuple(post for post in change.posts if post not in transferred and _goes(checked, post))
            if posts:
                message = (
                    f"{count(len(posts), 'poste')} {plural(len(posts), 'vient', 'viennent')} d’une autre direction ou "
                    f"mission : c’est un transfert plutôt qu’un rattachement."
                )
                yield _wrong_word("not_an_attachment", message, posts, change)


def _goes(checked: Checked, post: PostId) -> bool | None:
    """Whether the post goes to another perimeter; None when it does not stand, or not elsewhere, on both sides."""
    old, new = checked.before.post_by_id.get(post), checked.after.post_by_id.get(post)
    if old is None or new is None or old.unit == new.unit:
        return None
    return crosses(checked.before, old.unit, checked.after, new.unit)


def _wrong_word(code: str, message: str, posts: tuple[PostId, ...], change: Change) -> Problem:
    return Problem(code, Severity.WARNING, "Rattachement ou transfert", message, posts=posts, change=change.id)


def hours(checked: Checked) -> Iterator[Problem]:
    for delta in checked.difference.posts.values():
        if not (delta.before and delta.after and delta.before.hours and delta.after.hours):
            continue
        reasons = list(_assimilation(delta.before.hours, delta.after.hours))
        if reasons:
            message = (
                f"La durée du poste {quoted(checked.title(delta.id))} {', '.join(reasons)} : "
                "la modification peut être assimilée à une suppression."
            )
            yield Problem("hours", Severity.WARNING, "Durée du poste", message, posts=(delta.id,))


def _assimilation(was: Hours, now: Hours) -> Iterator[str]:
    if was.complete and not now.complete:
        yield "passe de temps complet à temps non complet"
    change = (now.etp - was.etp) / was.etp
    if abs(change) > ASSIMILATED:
        yield f"{'baisse' if change < 0 else 'augmente'} de {decimal(abs(change) * 100, 1)} %"
    if was.etp >= CNRACL > now.etp:
        yield "descend sous le seuil d’affiliation à la CNRACL (28/35)"


def transformations(checked: Checked) -> Iterator[Problem]:
    for change in checked.made:
        if not isinstance(change, TransformPost) or change.as_suppression_and_creation:
            continue
        old, new = checked.before.post_by_id.get(change.post), checked.after.post_by_id.get(change.into.id)
        changed = list(_emploi(old, new)) if old and new else []
        if changed:
            message = (
                f"La transformation du poste {quoted(checked.title(change.post))} change {_list(changed)} : "
                "à la délibération, c’est une suppression et une création."
            )
            yield Problem("emploi", Severity.WARNING, "Transformation", message, posts=(change.post,), change=change.id)


def _emploi(old: Post, new: Post) -> Iterator[str]:
    """What makes the emploi another one, as far as both are known."""
    for was, now, words in (
        (old.statutory_grades, new.statutory_grades, "les grades ouverts"),
        (old.corps, new.corps, "les cadres d’emplois"),
    ):
        if was and now and {*was} != {*now}:
            yield words
    if old.hours and new.hours and old.hours != new.hours:
        yield "la durée"


def _list(words: list[str]) -> str:
    return " et ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else words[0]


def dates(checked: Checked, effective: datetime.date | None) -> Iterator[Problem]:
    eventual = [change for change in checked.changes if change.eventually]
    if eventual:
        number = count(len(eventual), "ajustement prévu", "ajustements prévus")
        message = f"{number} « à terme », sans date."
        yield Problem("eventual", Severity.INFO, "Date à préciser", message)
    undated = [change for change in checked.changes if change.on is None and not change.eventually]
    if undated and effective is None:
        message = f"La date d’effet de {count(len(undated), 'ajustement')} n’est pas renseignée."
        yield Problem("no_date", Severity.INFO, "Date à préciser", message)
