"""Who may apply, as rules that explain themselves. Pure: a rule, a person, the chart on a day → a verdict with reasons.

A rule is asked of a person through each post they hold: « poste de la cellule » and « intitulé chargé de mission » are
met by the same post or not at all. A fact that is not known (« non renseigné ») neither meets a condition nor its
contrary: the person is not eligible by it, nor excluded by it, and the reason says so; HR may add them by name.

Persons are opaque identifiers passed in; they never enter a structure.
"""

import datetime
from collections.abc import Iterable, Mapping
from typing import NamedTuple, cast

import msgspec

from orgchart import french
from orgchart.structure import Structure
from orgchart.values import Value

from .conditions import (
    AllOf,
    AnyOf,
    AnyRule,
    Asked,
    AtSite,
    HasCategory,
    HasGrade,
    HasStatutoryGrade,
    HasTitle,
    HoldsPost,
    InUnit,
    IsNamed,
    Not,
    Person,
    Rule,
    Truth,
)

__all__ = [
    "Addition",
    "AllOf",
    "AnyOf",
    "AnyRule",
    "AtSite",
    "Eligibility",
    "Exclusion",
    "HasCategory",
    "HasGrade",
    "HasStatutoryGrade",
    "HasTitle",
    "HoldsPost",
    "InUnit",
    "IsNamed",
    "Not",
    "Person",
    "Reason",
    "Rule",
    "Truth",
    "Verdict",
    "explain",
    "explain_all",
    "read_eligibility",
    "sentence",
    "simplified",
    "truth_of",
    "written",
]


class Reason(NamedTuple):
    """A post, and the conditions that it settles. `text`: French sentences; `truth`: whether these are met."""

    text: str
    truth: Truth


class Verdict(NamedTuple):
    """`reasons`: those that made it so, nothing else. `unknown`: a missing fact decided."""

    eligible: bool
    reasons: tuple[Reason, ...]
    unknown: bool = False

    @property
    def texts(self) -> list[str]:
        return [reason.text for reason in self.reasons]


class Exclusion(Value, frozen=True, kw_only=True):
    """Those of whom `rule` is known to be met through any of their posts. `reason` is printed."""

    rule: AnyRule
    reason: str = ""


class Addition(Value, frozen=True, kw_only=True):
    """A person added by name. `reason` is printed."""

    agent: str
    reason: str


class Eligibility(Value, frozen=True, kw_only=True):
    """Who may apply: those whom `who` names, `on` that day, but for the `excluded`, and with the `added`.

    A group's exclusion wins over the group; a person added by name is eligible whatever the groups say.
    Raises ValueError for an addition without a reason, or a person added and excluded by name at once.
    """

    on: datetime.date
    who: AnyRule
    excluded: tuple[Exclusion, ...] = ()
    added: tuple[Addition, ...] = ()

    def __post_init__(self) -> None:
        if any(not each.reason.strip() for each in self.added):
            raise ValueError("Une personne ajoutée nommément l’est pour un motif.")
        named = {agent for each in self.excluded if isinstance(each.rule, IsNamed) for agent in each.rule.agents}
        if named & {each.agent for each in self.added}:
            raise ValueError("Une même personne ne peut pas être ajoutée et exclue nommément.")


def read_eligibility(payload: object) -> Eligibility:
    """Raises msgspec.ValidationError, naming the path."""
    return msgspec.convert(payload, type=Eligibility)


def written(eligibility: Eligibility) -> dict[str, object]:
    """As JSON keeps it."""
    return cast("dict[str, object]", msgspec.to_builtins(eligibility))


def explain(eligibility: Eligibility, person: Person, chart: Structure) -> Verdict:
    """Whether this person may apply, and the facts that say so. `chart` and the posts held are those of the day."""
    for addition in eligibility.added:
        if addition.agent == person.uid:
            return Verdict(True, (Reason(f"Ajout nominatif\u00a0: {addition.reason}", Truth.MET),))
    views = _views(person, chart)
    for exclusion in eligibility.excluded:
        for asked in views:
            if exclusion.rule.truth(asked) is Truth.MET:
                return Verdict(False, _against(exclusion, asked))
    unsettled: list[tuple[Truth, tuple[Reason, ...]]] = []
    for asked in views:
        truth, reasons = _explained(simplified(eligibility.who), asked)
        if truth is Truth.MET:
            met = reasons or (Reason("La bourse est ouverte à tous les agents.", Truth.MET),)
            doubts = _doubts(eligibility.excluded, views)
            return Verdict(True, (*met, *doubts), bool(doubts))
        unsettled.append((truth, reasons))
    found = tuple(dict.fromkeys(reason for _, reasons in unsettled for reason in reasons))
    unknown = any(truth is Truth.UNKNOWN for truth, _ in unsettled)
    return Verdict(False, found or (Reason("La bourse n’est ouverte à aucun agent.", Truth.NOT_MET),), unknown)


def explain_all(eligibility: Eligibility, people: Iterable[Person], chart: Structure) -> Mapping[str, Verdict]:
    """Person → verdict, for those of the group to be seen before it is opened."""
    return {person.uid: explain(eligibility, person, chart) for person in people}


def truth_of(rule: AnyRule, person: Person, chart: Structure) -> Truth:
    """Of the person: met through one of their posts, else not known if it is through one, else not met."""
    truths = [rule.truth(asked) for asked in _views(person, chart)]
    return next((each for each in (Truth.MET, Truth.UNKNOWN) if each in truths), Truth.NOT_MET)


def sentence(eligibility: Eligibility, chart: Structure) -> str:
    """« Ouverte aux agents répondant à la condition suivante au 1er mars 2022 : … ; exclus : … »."""
    parts = [f"{french.upper_first(eligibility.who.words(chart))}, au {french.date(eligibility.on)}"]
    for exclusion in eligibility.excluded:
        why = f" ({exclusion.reason})" if exclusion.reason else ""
        parts.append(f"exclus\u00a0: {exclusion.rule.words(chart)}{why}")
    if eligibility.added:
        parts.append(f"{french.count(len(eligibility.added), 'ajout nominatif', 'ajouts nominatifs')}")
    return "\u00a0; ".join(parts) + "."


def simplified(rule: AnyRule) -> AnyRule:
    """The same rule with « not » on the conditions alone (de Morgan), so that each reason names one fact."""
    match rule:
        case AllOf(of=parts):
            return AllOf(of=tuple(simplified(each) for each in parts))
        case AnyOf(of=parts):
            return AnyOf(of=tuple(simplified(each) for each in parts))
        case Not(of=Not(of=inner)):
            return simplified(inner)
        case Not(of=AllOf(of=parts)):
            return AnyOf(of=tuple(simplified(Not(of=each)) for each in parts))
        case Not(of=AnyOf(of=parts)):
            return AllOf(of=tuple(simplified(Not(of=each)) for each in parts))
        case _:
            return rule


def _views(person: Person, chart: Structure) -> list[Asked]:
    """The person through each of their posts; through none when none is known."""
    posts = [chart.post_by_id[post] for post in person.posts if post in chart.post_by_id]
    return [Asked(person, post, chart) for post in posts] or [Asked(person, None, chart)]


def _explained(rule: AnyRule, asked: Asked) -> tuple[Truth, tuple[Reason, ...]]:
    """The truth of a simplified rule, and the reason that made it so; none for a rule without a condition."""
    truth, settling = _settling(rule, asked)
    return truth, (_reason(settling, truth, asked),) if settling else ()


def _settling(rule: AnyRule, asked: Asked) -> tuple[Truth, tuple[AnyRule, ...]]:
    """The truth of a simplified rule, and the conditions that made it so, each once."""
    truth = rule.truth(asked)
    if isinstance(rule, AllOf | AnyOf):
        # What settles « all » is any part that is not met; what settles « any », any part that is.
        told = [_settling(each, asked) for each in rule.of]
        return truth, tuple(dict.fromkeys(each for found, parts in told if found is truth for each in parts))
    return truth, (rule,)


def _reason(settling: tuple[AnyRule, ...], truth: Truth, asked: Asked) -> Reason:
    """« Poste de graphiste (A 4), Secteur Information. Condition non remplie : intitulé chargé de mission. »"""
    parts = tuple(dict.fromkeys(_said(each, truth, asked) for each in settling))
    said = ", ".join(parts)
    match truth:
        case Truth.MET:
            text = f"{french.plural(len(parts), 'Condition remplie', 'Conditions remplies')}\u00a0: {said}."
        case Truth.NOT_MET:
            text = f"{french.plural(len(parts), 'Condition non remplie', 'Conditions non remplies')}\u00a0: {said}."
        case _:
            text = (
                f"{french.upper_first(french.UNKNOWN)}\u00a0: {said}. Sans ce renseignement, la condition n’est pas "
                "tenue pour remplie."
            )
    return Reason(f"{_where(settling, asked)}{text}", truth)


def _where(settling: tuple[AnyRule, ...], asked: Asked) -> str:
    """The post, once, where the conditions are asked of it."""
    return f"{french.upper_first(asked.through)}. " if any(_leaf(each).of_post for each in settling) else ""


def _said(rule: AnyRule, truth: Truth, asked: Asked) -> str:
    """A condition in few words: what is not met is told whole, for one looks for what would have been asked."""
    leaf = _leaf(rule)
    if truth is Truth.UNKNOWN:
        return leaf.name
    if rule is leaf and truth is Truth.MET:
        return leaf.answer(asked) or leaf.name
    answer = leaf.answer(asked)
    return f"{rule.words(asked.chart)} ({answer})" if answer else rule.words(asked.chart)


def _leaf(rule: AnyRule) -> AnyRule:
    return rule.of if isinstance(rule, Not) else rule


def _against(exclusion: Exclusion, asked: Asked) -> tuple[Reason, ...]:
    """Against: the conditions of the exclusion are met, so that of being eligible is not."""
    _, settling = _settling(simplified(exclusion.rule), asked)
    said = ", ".join(each.words(asked.chart) for each in settling) or "tous les agents"
    why = f"Exclusion{f' ({exclusion.reason})' if exclusion.reason else ''}\u00a0: {said}."
    return (Reason(f"{why} {_where(settling, asked)}".strip(), Truth.NOT_MET),)


def _doubts(exclusions: Iterable[Exclusion], views: Iterable[Asked]) -> tuple[Reason, ...]:
    """The exclusions of which a missing fact does not let anybody say that they apply."""
    found = [
        Reason(
            f"Exclusion non appliquée, faute de renseignement\u00a0: {each.rule.words(asked.chart)} ({asked.through}).",
            Truth.UNKNOWN,
        )
        for each in exclusions
        for asked in views
        if each.rule.truth(asked) is Truth.UNKNOWN
    ]
    return tuple(dict.fromkeys(found))
