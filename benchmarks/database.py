"""The synthetic région in the database, through the actions: versions, holders, all of it sealed."""

import datetime
import random

import msgspec
from django.db import transaction
from simple_history.utils import bulk_create_with_history

from benchmarks.generate import draft, region
from missions.actions import add_missing_reference, lock_chart, open_chart, seal_version, write_structure
from missions.models import Agent, Assignment, Version
from missions.queries import structure_in_force
from orgchart.changes import AnyChange, minted_ids, read_changes
from orgchart.diff import compare
from orgchart.fold import fold
from orgchart.structure import Structure

OPENED_ON = datetime.date(2015, 1, 1)


def fill(*, units: int = 1_000, posts: int = 10_000, agents: int = 9_000, versions: int = 10, seed: int = 1) -> None:
    """Nothing is done when the database holds a chart already: the measurements share one."""
    if Version.objects.exists():
        return
    chart = region(units=units, posts=posts, seed=seed)
    add_missing_reference(words=chart.nomenclature, by=None)
    open_chart(structure=chart, effective_on=OPENED_ON, by=None)
    hold(chart, agents=agents, seed=seed)
    for number in range(1, versions):
        # Each draft mints its own ids: they are marked with the number of the version.
        apply(draft(structure_in_force(), changes=min(50, posts // 8), seed=seed + number), number)


def hold(chart: Structure, *, agents: int, seed: int) -> None:
    """One agent a post, full time, from the opening."""
    chance = random.Random(seed)
    people = [
        Agent(uid=f"a{number}", first_name=chance.choice(("Ada", "Jean", "Lou")), last_name=f"Nom {number}")
        for number in range(min(agents, len(chart.posts)))
    ]
    bulk_create_with_history(people, Agent, batch_size=1_000)
    held = chance.sample([post.id for post in chart.posts], len(people))
    rows = [
        Assignment(uid=f"h{agent.uid}", agent=agent, post_id=post, begins_on=OPENED_ON)
        for agent, post in zip(people, held, strict=True)
    ]
    bulk_create_with_history(rows, Assignment, batch_size=1_000)


def marked(changes: tuple[AnyChange, ...], number: int) -> tuple[AnyChange, ...]:
    """The same changes with new ids for what they make, so that ten drafts make ten times different things."""
    text = msgspec.json.encode(changes)
    for minted in minted_ids(changes):
        text = text.replace(f'"{minted}"'.encode(), f'"v{number}-{minted}"'.encode())
    for change in changes:
        text = text.replace(f'"id":"{change.id}"'.encode(), f'"id":"v{number}-{change.id}"'.encode())
    return read_changes(text)


@transaction.atomic
def apply(changes: tuple[AnyChange, ...], number: int) -> Version:
    """What a stage does: lock, read, fold, compare, write, seal."""
    lock_chart()
    day = datetime.date(OPENED_ON.year + number, 1, 1)
    before = structure_in_force()
    after = fold(before, marked(changes, number))
    write_structure(difference=compare(before, after), by=None, on=day, reason="mesure")
    return seal_version(
        structure=after, effective_on=day, kind="reorganisation", title=f"Version de {day.year}", by=None
    )
