"""Is the chart in force what was sealed, and is what was sealed untouched? Each fault names itself."""

import datetime
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import NamedTuple

import msgspec
from django.db.models import F, Q

from orgchart import french
from orgchart.diff import compare
from orgchart.structure import Structure, read_structure
from orgchart.values import sha256

from . import tree
from .actions.capacity import FULL, agent_excess, first_excess, said
from .corrections import corrected
from .models import Assignment, Unit, Version
from .queries import structure_in_force
from .queries.dates import corrections_of
from .seals import Unreadable, seal_of, unpack


class Fault(NamedTuple):
    """`code` for machines, `message` for people."""

    code: str
    message: str


def verify_chart() -> list[Fault]:
    """All faults: tree, holders, each snapshot, the chain, then the live rows against the newest version."""
    return [*tree_faults(), *holder_faults(), *version_faults(), *live_faults()]


def tree_faults() -> Iterator[Fault]:
    """The numbers of MPTT against parents and positions."""
    rows = Unit.objects.in_force().order_by("tree_id", "lft")
    stored = tree.stored(rows)
    uids = {placed.pk: uid for uid, placed in stored.items()}
    positions = dict(rows.values_list("uid", "position"))
    labels = dict(rows.values_list("uid", "label"))
    nodes = []
    for uid, placed in stored.items():
        parent = uids.get(placed.parent) if placed.parent is not None else None
        if placed.parent is not None and parent is None:
            yield Fault("tree_parent", f"« {labels[uid]} » est rattachée à une unité qui n’est plus en vigueur.")
        nodes.append(tree.Node(uid, parent, positions[uid]))
    try:
        numbers = tree.number(nodes)
    except tree.BrokenTree as error:
        yield Fault("tree_loop", str(error))
        return
    for uid, placed in stored.items():
        if placed.numbers != numbers[uid]:
            yield Fault("tree_numbers", f"La place de « {labels[uid]} » dans l’arbre ne suit pas son rattachement.")


type Excess = tuple[datetime.date, Decimal]
type Over = Callable[[Assignment, list[Assignment]], Excess | None]


def holder_faults() -> Iterator[Fault]:
    """No post and no agent over 100 % on any day; no assignment on a post after its end."""
    posts: dict[str, list[Assignment]] = {}
    agents: dict[int, list[Assignment]] = {}
    for row in Assignment.objects.ordinary().order_by("begins_on", "pk"):
        posts.setdefault(row.post_id, []).append(row)
        agents.setdefault(row.agent_id, []).append(row)
    for post, rows in posts.items():
        if excess := _excess(rows):
            yield Fault(
                "post_overfilled", f"Le poste « {post} » est occupé à {said(excess[1])} % le {french.date(excess[0])}."
            )
    for rows in agents.values():
        if excess := _excess(rows, agent_excess):
            uid = rows[0].agent.uid
            yield Fault(
                "agent_overfilled", f"L’agent « {uid} » est affecté à {said(excess[1])} % le {french.date(excess[0])}."
            )
    for post, uid in Assignment.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=F("post__gone_on")), post__gone_on__isnull=False
    ).values_list("post__uid", "uid"):
        yield Fault("held_after_its_end", f"L’affectation « {uid} » se poursuit sur le poste supprimé « {post} ».")


def version_faults() -> Iterator[Fault]:
    """Each snapshot against its hash, each heading against its seal, each link of the chain."""
    previous: Version | None = None
    for version in Version.objects.order_by("number").iterator(chunk_size=20):
        name = f"version {version.number}"
        yield from _snapshot_faults(version)
        if version.number != (previous.number + 1 if previous else 1):
            yield Fault("version_missing", f"Il manque une version avant la {name}.")
        if (version.previous_id, version.previous_sha256) != (
            (previous.pk, previous.sha256) if previous else (None, "")
        ):
            yield Fault("chain", f"La {name} ne suit pas la version qu’elle dit suivre.")
        if version.seal != seal_of(version, previous.seal if previous else ""):
            yield Fault("seal", f"L’en-tête de la {name} (titre, dates, origine) n’est pas celui qui a été scellé.")
        if previous and version.effective_on < previous.effective_on:
            yield Fault("dates", f"La {name} prend effet avant celle qu’elle suit.")
        previous = version


def live_faults() -> Iterator[Fault]:
    """The live rows are the newest snapshot with its corrections, whatever became of the reference data."""
    version = Version.objects.order_by("-number").first()
    live = structure_in_force()
    if version is None:
        if live.units:
            yield Fault("never_opened", "Des unités existent, mais aucun état constaté n’a été scellé.")
        return
    try:
        sealed = corrected(read_structure(unpack(version)), corrections_of(version))
    except (Unreadable, msgspec.ValidationError, msgspec.DecodeError):
        # Told by `version_faults`.
        return
    difference = compare(sealed, msgspec.structs.replace(live, nomenclature=sealed.nomenclature))
    for unit in difference.units.values():
        yield Fault("live_unit", f"L’unité « {unit.known.label} » n’est pas celle de la version {version.number}.")
    for post in difference.posts.values():
        if post.fields or post.before is None or post.after is None:
            title = sealed.title_of(post.known)
            yield Fault(
                "live_post", f"Le poste « {title} » ({post.id}) n’est pas celui de la version {version.number}."
            )
    if difference.pendings_opened or difference.pendings_closed:
        yield Fault(
            "live_pending", f"Les transformations à déterminer ne sont pas celles de la version {version.number}."
        )


def _snapshot_faults(version: Version) -> Iterator[Fault]:
    try:
        text = unpack(version)
    except Unreadable as error:
        yield Fault("snapshot_unreadable", str(error))
        return
    if sha256(text) != version.sha256:
        yield Fault(
            "snapshot_hash", f"Le contenu de la version {version.number} n’a plus l’empreinte qui a été scellée."
        )
        return
    try:
        structure: Structure = read_structure(text)
    except (msgspec.ValidationError, msgspec.DecodeError) as error:
        yield Fault(
            "snapshot_structure", f"Le contenu de la version {version.number} n’est pas un organigramme : {error}"
        )
        return
    if structure.canonical != text:
        yield Fault(
            "snapshot_canonical", f"Le contenu de la version {version.number} n’est pas dans son écriture unique."
        )


def _excess(rows: list[Assignment], over: Over = first_excess) -> Excess | None:
    if len(rows) < 2 and all(row.share <= FULL for row in rows):
        return None
    return next((found for row in rows if (found := over(row, rows))), None)
