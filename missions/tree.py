"""The numbers that MPTT reads its tree by, computed in one pass from parents and positions.

mptt moves nodes one at a time, each shifting half of the table; a stage that moves fifty units wants one pass and one
write of the rows that differ. The tree in force is numbered from 1, root after root; a closed unit is alone in tree 0.
"""

from collections.abc import Iterable
from typing import NamedTuple

from django.db import connection, models

from orgchart.values import UnitId

from .models import Unit


class Node(NamedTuple):
    """A unit's own place: its uid breaks ties between equal positions, as the structure does."""

    uid: UnitId
    parent: UnitId | None
    position: int


class Numbers(NamedTuple):
    tree_id: int
    lft: int
    rght: int
    level: int


OUTSIDE = Numbers(tree_id=0, lft=1, rght=2, level=0)


class BrokenTree(Exception):
    """Some units hang from no root: a loop, or a parent that is not in force."""

    def __init__(self, units: Iterable[UnitId]) -> None:
        self.units = sorted(units)
        super().__init__(f"Des unités ne dépendent d’aucune unité de tête : {', '.join(self.units)}.")


def number(nodes: Iterable[Node]) -> dict[UnitId, Numbers]:
    """Unit → its numbers. Raises BrokenTree."""
    found = list(nodes)
    children: dict[UnitId | None, list[Node]] = {}
    for node in sorted(found, key=lambda node: (node.position, node.uid)):
        children.setdefault(node.parent, []).append(node)
    numbers: dict[UnitId, Numbers] = {}
    for tree_id, root in enumerate(children.get(None, ()), start=1):
        counter = 1
        opened: dict[UnitId, int] = {}
        stack: list[tuple[Node, int, bool]] = [(root, 0, False)]
        while stack:
            node, level, leaving = stack.pop()
            if leaving:
                numbers[node.uid] = Numbers(tree_id, opened[node.uid], counter, level)
            else:
                opened[node.uid] = counter
                stack.append((node, level, True))
                stack.extend((child, level + 1, False) for child in reversed(children.get(node.uid, ())))
            counter += 1
    if len(numbers) != len(found):
        raise BrokenTree(node.uid for node in found if node.uid not in numbers)
    return numbers


class Placed(NamedTuple):
    """A unit's row with the parent's key and the numbers it has or shall have."""

    pk: int
    parent: int | None
    numbers: Numbers


def stored(units: models.QuerySet[Unit]) -> dict[UnitId, Placed]:
    rows = units.values_list("uid", "pk", "parent_id", "tree_id", "lft", "rght", "level")
    return {uid: Placed(pk, parent, Numbers(*numbers)) for uid, pk, parent, *numbers in rows}


def write(placed: Iterable[Placed]) -> None:
    """One statement for all rows: `bulk_update` would compare each row with every other one."""
    rows = list(placed)
    size = (connection.features.max_query_params or 60_000) // 6
    table = connection.ops.quote_name(Unit._meta.db_table)
    for start in range(0, len(rows), size):
        chunk = rows[start : start + size]
        values = ", ".join(["(%s, %s, %s, %s, %s, %s)"] * len(chunk))
        with connection.cursor() as cursor:
            cursor.execute(
                # Only the table's own name is written in; every value is a parameter.
                f"UPDATE {table} SET parent_id = CAST(new.column2 AS bigint), tree_id = new.column3, "  # noqa: S608
                f"lft = new.column4, rght = new.column5, level = new.column6 "
                f"FROM (VALUES {values}) AS new WHERE {table}.id = new.column1",
                [value for row in chunk for value in (row.pk, row.parent, *row.numbers)],
            )
