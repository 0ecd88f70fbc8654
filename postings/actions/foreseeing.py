"""What deciding will do, said before it is done: it is made, read, and taken back; then made as it was said."""

import datetime
from collections.abc import Mapping, Sequence
from typing import NamedTuple, cast

from django.db import transaction

from accounts.models import User
from missions.actions import lock_chart
from missions.models import Assignment, Post
from missions.queries import structure_in_force
from orgchart import french
from orgchart.structure import Structure
from orgchart.values import PostId, UnitId, sha256

from ..exceptions import Refused
from ..models import Application, Outcome, Posting
from ..status import PostingStatus
from .deciding import record_outcome


class Decision(NamedTuple):
    """As `record_outcome` takes it."""

    retained: tuple[tuple[Application, str], ...] = ()
    reasons: Mapping[str, str] = {}
    effective_on: datetime.date | None = None
    reason: str = ""
    candidate_post: str = ""
    appeal_ways: str = ""
    appeal_until: datetime.date | None = None


class Foreseen(NamedTuple):
    """`lines`: sentences, in the order in which things happen. `sha256`: of these, to decide on what was read."""

    lines: tuple[str, ...]
    sha256: str


class NotAsForeseen(Refused):
    """Something changed since what would happen was said."""

    def __init__(self, foreseen: Foreseen) -> None:
        self.foreseen = foreseen
        super().__init__("La situation a changé depuis\u00a0: relisez ce qui va se passer, puis décidez.")


class _TakenBack(Exception):
    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = tuple(lines)
        super().__init__()


def foresee_outcome(*, posting: Posting, decision: Decision, by: User | None) -> Foreseen:
    """Nothing stays written. Raises as `record_outcome` would."""
    try:
        with transaction.atomic():
            lock_chart()
            agents = [application.agent_id for application, _ in decision.retained]
            held = _assignments(agents)
            before = structure_in_force()
            outcome = record_outcome(posting=Posting(pk=posting.pk), by=by, **decision._asdict())
            raise _TakenBack(_lines(outcome, held, _assignments(agents), before))
    except _TakenBack as made:
        return Foreseen(made.lines, sha256("\n".join(made.lines).encode()))


@transaction.atomic
def decide_as_foreseen(*, posting: Posting, decision: Decision, seen: str, by: User | None) -> Outcome:
    """`seen`: the hash of what was read. Raises NotAsForeseen, and as `record_outcome`; then nothing is written."""
    lock_chart()
    foreseen = foresee_outcome(posting=posting, decision=decision, by=by)
    if foreseen.sha256 != seen:
        raise NotAsForeseen(foreseen)
    return record_outcome(posting=posting, by=by, **decision._asdict())


def _assignments(agents: Sequence[str]) -> dict[str, Assignment]:
    found = Assignment.objects.filter(agent__uid__in=agents).select_related("agent", "post__title", "post__unit")
    return {each.uid: each for each in found.order_by("begins_on", "pk")}


def _lines(
    outcome: Outcome, held: Mapping[str, Assignment], after: Mapping[str, Assignment], before: Structure
) -> list[str]:
    posting = Posting.objects.select_related("reorganisation").get(pk=outcome.posting_id)
    retained = list(outcome.decisions.filter(retained=True).select_related("application__agent").order_by("pk"))
    if not retained:
        lines = [f"La bourse est déclarée infructueuse\u00a0: {outcome.reason}"]
    else:
        on = french.date(outcome.effective_on) if outcome.effective_on else french.UNKNOWN_FEMININE
        names = french.join(str(each.application.agent) for each in retained)
        label = "Personne retenue" if len(retained) == 1 else "Personnes retenues"
        lines = [f"{label}\u00a0: {names}, date d’effet\u00a0: {on}."]
        lines += _moves(held, after)
        lines += _determined(posting, outcome)
        lines += _vacated(outcome)
        if outcome.assigned_at is None:
            lines.append(
                "Aucune affectation n’est encore écrite\u00a0: elle le sera à sa date, une fois le poste en vigueur, "
                "par l’application ou à la main."
            )
    lines += _total(posting, before)
    lines.append(f"La bourse passe à l’état {french.quoted(PostingStatus(posting.status).label)}.")
    lines += _told(outcome)
    # The decision set it.
    purge_on = cast("datetime.date", posting.purge_on)
    return [*lines, f"Les candidatures seront effacées à partir du {french.date(purge_on)}."]


def _moves(held: Mapping[str, Assignment], after: Mapping[str, Assignment]) -> list[str]:
    """What ends, what is withdrawn, what begins."""
    lines = []
    for uid, each in held.items():
        now = after.get(uid)
        if now is None:
            lines.append(f"L’affectation prévue de {each.agent} ({_post(each.post)}) est retirée.")
        elif now.ends_on is not None and now.ends_on != each.ends_on:
            lines.append(f"L’affectation de {each.agent} ({_post(each.post)}) prend fin le {french.date(now.ends_on)}.")
    for uid, each in after.items():
        if uid not in held:
            lines.append(
                f"Une affectation de {each.agent} commence le {french.date(each.begins_on)}\u00a0: {_post(each.post)}."
            )
    return lines


def _determined(posting: Posting, outcome: Outcome) -> list[str]:
    if not posting.pending:
        return []
    resolution = outcome.resolution
    if resolution is None:
        return ["La transformation reste à déterminer\u00a0: elle le sera à la date d’effet, avec l’affectation."]
    post = Post.objects.filter(uid=resolution.post_uid).select_related("title", "unit").first()
    gone = _post(post) if post else "le poste désigné"
    lines = [f"Le poste qui disparaît est celui-ci\u00a0: {gone}. Les autres postes candidats restent."]
    version = resolution.version
    if version is not None:
        lines.append(
            f"La version {version.number} est scellée, {french.quoted(version.title.lower())}, "
            f"au {french.date(version.effective_on)}."
        )
    else:
        lines.append("La détermination est notée\u00a0: elle s’appliquera avec l’étape de la réorganisation.")
    return lines


def _vacated(outcome: Outcome) -> list[str]:
    uids = list(outcome.vacated.values_list("post_uid", flat=True))
    posts = Post.objects.filter(uid__in=uids).select_related("title", "unit").order_by("pk")
    return [f"Cela laisse vacant\u00a0: {_post(each)}." for each in posts]


def _total(posting: Posting, before: Structure) -> list[str]:
    """Of the perimeter of the reorganisation, else of the top unit above the post; nothing where it is not known."""
    now = structure_in_force()
    post = now.post_by_id.get(PostId(posting.post_uid))
    unit = UnitId(posting.reorganisation.unit_uid) if posting.reorganisation else None
    if unit is None and post is not None:
        unit = post.unit
        while (parent := now.unit_by_id[unit].parent) is not None:
            unit = parent
    if unit is None or unit not in now.unit_by_id or unit not in before.unit_by_id or now.total(unit) is None:
        return []
    was, number, label = before.headcounts[unit], now.headcounts[unit], now.unit_label(unit)
    return [f"Total de {label}\u00a0: {french.count(was, 'poste')} avant, {number} après."]


def _told(outcome: Outcome) -> list[str]:
    names = [str(each.application.agent) for each in outcome.decisions.select_related("application__agent")]
    if not names:
        return []
    who = french.count(len(names), "personne est informée", "personnes sont informées")
    return [f"{who}, dans l’application et par courriel\u00a0: {french.join(sorted(names))}."]


def _post(post: Post) -> str:
    return f"{post}, {post.unit.label}"
