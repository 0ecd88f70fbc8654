"""What no source states and was deduced: of which fact, and how."""

from collections.abc import Collection

from orgchart import french
from orgchart.fields import FIELDS
from orgchart.records import Post, Unit


def deductions(record: Unit | Post, *, without: Collection[str] = ()) -> list[tuple[str, str]]:
    """Rows (« Le rattachement », reason); the name is empty where the whole record is deduced.

    `without`: the fields whose deduction stands beside their value already.
    """
    return [
        (french.upper_first(FIELDS.get(each.field, "")), each.reason)
        for each in record.deduced
        if each.field not in without
    ]
