"""The posts of a unit as a dossier lists and counts them: the numbers of the rows make the total of the unit."""

from collections.abc import Iterator

from .. import french
from ..counting import total_in
from ..naming import grade_text
from ..records import Post
from ..rows import Row, rows
from ..structure import Structure
from ..total import Total
from ..values import PostId, UnitId


def listed_rows(structure: Structure, unit: UnitId) -> Iterator[Row]:
    """Posts that print alike together. The candidates of a pending transformation that print differently make one row
    too: « Graphiste et 2 chargés de mission, l’un de ces 3 postes sera transformé » counts for 2.
    """
    found = rows(structure, unit)
    parted: dict[tuple[PostId, ...], list[Row]] = {}
    for row in found:
        if candidates := _parted(structure, row):
            parted.setdefault(candidates, []).append(row)
    for row in found:
        candidates = _parted(structure, row)
        if not candidates:
            yield row
        elif row is parted[candidates][0]:
            yield _together(parted[candidates], structure.pending_groups[candidates])


def counted_rows(structure: Structure, unit: UnitId) -> Iterator[tuple[Row, Total]]:
    """Each row with what its posts count for; candidates share cotation and hours: any stands for another."""
    for row in listed_rows(structure, unit):
        counted = (total_in(structure.post_by_id[post], None) for post in row.posts[: row.number])
        yield row, sum(counted, Total())


def categories(structure: Structure, row: Row) -> str:
    """« A », « A et B » where posts of one row differ, « non renseignée »."""
    found = dict.fromkeys(structure.category_of(structure.post_by_id[post]) for post in row.posts)
    return french.join(each or french.UNKNOWN_FEMININE for each in found)


def level_text(structure: Structure, post: Post) -> str:
    """« A, A 3 »: the category, then the cotation; each is said when it is not known."""
    category = structure.category_of(post) or f"catégorie {french.UNKNOWN_FEMININE}"
    grade = grade_text(post.grade) if post.grade else f"cotation {french.UNKNOWN_FEMININE}"
    return f"{category}, {grade}"


def _parted(structure: Structure, row: Row) -> tuple[PostId, ...]:
    """The candidates among which this row is, when they are more than its own posts; none otherwise."""
    pending = structure.pending_of.get(row.posts[0])
    if pending is None or row.posts[0] == pending.into or len(row.posts) == len(pending.candidates):
        return ()
    return tuple(sorted(pending.candidates))


def _together(parts: list[Row], transformed: int) -> Row:
    posts = tuple(post for row in parts for post in row.posts)
    named = french.join(_said(row) for row in parts)
    which = "l’un" if transformed == 1 else str(transformed)
    will = "sera transformé" if transformed == 1 else "seront transformés"
    label = f"{named}, {which} de ces {len(posts)}{french.NBSP}postes {will}"
    return Row(
        number=len(posts) - transformed, label=label, grade=parts[0].grade, level=None, posts=posts, pending=True
    )


def _said(row: Row) -> str:
    level = f" ({row.level.label})" if row.level else ""
    return f"{row.number}{french.NBSP}{row.label}{level}"
