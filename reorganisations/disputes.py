"""« Conflits » as rows: each with its three values, what was settled of it, and what each choice would do."""

from typing import NamedTuple, Self

from django.urls import reverse

from orgchart.arbitration import lost_by_taking
from orgchart.changes import Change
from orgchart.fields import Words, changed
from orgchart.french import count, join, quoted
from orgchart.values import ChangeId
from orgchart.wording import sentence

from .actions.arbitrating import amended_by_taking, can_stand
from .models import ConflictChoice
from .queries import Draft
from .queries.arbitration import Dispute, choice_words, choices_about, told_words

Choice = ConflictChoice.Choice


class Side(NamedTuple):
    label: str
    value: str


class DisputeLine(NamedTuple):
    """`mine` and `theirs`: the two changes in words, the second empty when the other side is the chart in force."""

    key: str
    mine: str
    theirs: str
    other: str
    other_url: str
    message: str
    sides: tuple[Side, ...]
    state: str
    told: str
    reason: str
    settled: bool
    both_keep: bool
    url: str


class ChoiceLine(NamedTuple):
    """A choice made earlier, here or by another draft: what it was about, and what was said."""

    words: str
    state: str
    reason: str


class DisputesPage(NamedTuple):
    """`left`: how many wait for a choice with the chart in force; `follow`: the version that may then be followed."""

    chart: tuple[DisputeLine, ...]
    others: tuple[DisputeLine, ...]
    told: tuple[ChoiceLine, ...]
    made: tuple[ChoiceLine, ...]
    left: int
    summary: str

    @classmethod
    def of(cls, draft: Draft) -> Self:
        lines = [(dispute, dispute_line(draft, dispute)) for dispute in draft.disputes]
        standing = {dispute.key for dispute, _ in lines}
        row = draft.reorganisation
        earlier = [each for each in choices_about(row) if each.key not in standing]
        left = sum(not dispute.settled for dispute, _ in lines)
        return cls(
            chart=tuple(line for dispute, line in lines if dispute.other is None),
            others=tuple(line for dispute, line in lines if dispute.other is not None),
            told=tuple(
                ChoiceLine(f"{each.reorganisation.title}\u00a0: {each.wording}", told_words(each), each.reason)
                for each in earlier
                if each.reorganisation_id != row.pk
            ),
            made=tuple(
                ChoiceLine(each.wording, choice_words(each), each.reason)
                for each in earlier
                if each.reorganisation_id == row.pk
            ),
            left=sum(not dispute.settled for dispute, _ in lines if dispute.other is None),
            summary=summary(len(lines), left),
        )


def summary(number: int, left: int) -> str:
    """« 3 conflits, dont 1 à arbitrer »."""
    if not number:
        return "aucun conflit"
    return f"{count(number, 'conflit')}, {f'dont {left} à arbitrer' if left else 'tous arbitrés'}"


def dispute_line(draft: Draft, dispute: Dispute) -> DisputeLine:
    conflict, other = dispute.conflict, dispute.other
    code = draft.reorganisation.code
    return DisputeLine(
        key=dispute.key,
        mine=draft.wording(change_of(draft, conflict.change)).sentence,
        theirs=their_words(draft, dispute),
        other=other.title if other else "",
        other_url=reverse("reorganisations:workspace", args=[other.code]) if other else "",
        message=message(draft, dispute),
        sides=(
            Side("Au départ", conflict.base),
            Side("Ce projet", conflict.draft),
            Side("Autre projet" if other else "En vigueur", conflict.now),
        )
        if conflict.field is not None
        else (),
        state=choice_words(dispute.choice) if dispute.choice else "",
        told=told_words(dispute.told) if dispute.told else "",
        reason=dispute.choice.reason if dispute.choice else "",
        settled=dispute.settled,
        both_keep=dispute.settled and dispute.told is not None and dispute.told.choice == Choice.KEEP,
        url=reverse("reorganisations:settle_conflict", args=[code, dispute.key]),
    )


def message(draft: Draft, dispute: Dispute) -> str:
    """What is disputed; the three values of a field stand beside it."""
    conflict = dispute.conflict
    if conflict.field is None:
        return conflict.message
    record: str = [*map(str, conflict.units), *map(str, conflict.posts)][0]
    return f"{Words((draft.before,)).label(record)}\u00a0: {changed([conflict.field])} des deux côtés."


def change_of(draft: Draft, uid: ChangeId) -> Change:
    return next(change for change in draft.changes if change.id == uid)


def their_words(draft: Draft, dispute: Dispute) -> str:
    """The change of the other draft, read over the base of this one."""
    other = dispute.other
    if other is None or dispute.conflict.other is None:
        return ""
    theirs = next(changes for each, changes in draft.others if each.pk == other.pk)
    change = next(each for each in theirs if each.id == dispute.conflict.other)
    return sentence(change, draft.before, draft.other_side(other)).sentence


def offered(draft: Draft, dispute: Dispute) -> list[tuple[str, str]]:
    """The choices that can be made, each with what it does to this draft."""
    found = []
    if can_stand(draft, dispute):
        whose = "L’autre projet est prévenu" if dispute.other else "Le projet change ce qui est en vigueur"
        found.append(
            (Choice.KEEP.value, f"Conserver mon ajustement. {whose}\u00a0; le conflit n’est plus signalé ici.")
        )
    found.append((Choice.TAKE.value, taking_words(draft, dispute)))
    found.append((Choice.REWORK.value, "Retravailler mon ajustement\u00a0: son formulaire s’ouvre, rempli."))
    return found


def taking_words(draft: Draft, dispute: Dispute) -> str:
    """« Prendre l'autre : l'ajustement est retiré », or what is left of it, and what can no longer be made then."""
    conflict = dispute.conflict
    amended = amended_by_taking(draft, dispute)
    lost = lost_by_taking(draft.before, draft.in_fold_order, conflict, amended)
    whose = "ce que fait l’autre projet" if dispute.other else "ce qui est en vigueur"
    if amended is None:
        what = "mon ajustement est retiré du projet"
    else:
        what = f"mon ajustement devient «\u00a0{sentence(amended, draft.before, draft.after).sentence}\u00a0»"
    words = f"Prendre {whose}\u00a0: {what}."
    if lost:
        named = join(quoted(draft.wording(change_of(draft, each)).short) for each in lost)
        words = f"{words} Ne pourra plus se faire alors\u00a0: {named}."
    return words
