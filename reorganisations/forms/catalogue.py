"""The change kinds as a person chooses them: in words, by group, from a unit or from posts of the outline."""

from collections.abc import Sequence
from typing import NamedTuple

from orgchart.changes import CATALOGUE, Change
from orgchart.records import Post
from orgchart.structure import Structure
from orgchart.values import PostId, UnitId


class Entry(NamedTuple):
    """One kind of change. `unit_field` and `posts_field` name the field that is filled when it is chosen from there."""

    tag: str
    label: str
    group: str
    unit_field: str = ""
    posts_field: str = ""
    least_posts: int = 1
    most_posts: int = 1

    @property
    def kind(self) -> type[Change]:
        return CATALOGUE[self.tag]


MANY = 10**6
UNITS, POSTS = "Unités", "Postes"

# A resolution comes from the bourse (`actions.resolve_transformation`), never from the list of a draft.
ENTRIES = (
    Entry("create_unit", "Créer une unité", UNITS, unit_field="parent", posts_field="posts", most_posts=MANY),
    Entry("rename_unit", "Renommer l’unité", UNITS, unit_field="unit"),
    Entry("move_unit", "Rattacher l’unité ailleurs", UNITS, unit_field="unit"),
    Entry("merge_units", "Fusionner des unités", UNITS, unit_field="units"),
    Entry("split_unit", "Scinder l’unité", UNITS, unit_field="unit"),
    Entry("close_unit", "Supprimer l’unité", UNITS, unit_field="unit"),
    Entry("set_lead", "Désigner le poste qui dirige l’unité", UNITS, unit_field="unit"),
    Entry("link_unit", "Ajouter un lien fonctionnel", UNITS, unit_field="unit"),
    Entry("unlink_unit", "Retirer un lien fonctionnel", UNITS, unit_field="unit"),
    Entry("change_unit_kind", "Changer le type de l’unité", UNITS, unit_field="unit"),
    Entry("change_unit_sites", "Changer les sites de l’unité", UNITS, unit_field="unit"),
    Entry("move_purposes", "Transférer une mission de l’unité, sans poste", UNITS, unit_field="unit"),
    Entry("create_post", "Créer un poste", POSTS, unit_field="unit"),
    Entry("transform_post", "Transformer le poste", POSTS, posts_field="post"),
    Entry(
        "transform_undetermined",
        "Transformer l’un de ces postes (à déterminer)",
        POSTS,
        posts_field="candidates",
        least_posts=2,
        most_posts=MANY,
    ),
    Entry("attach_posts", "Rattacher à une autre unité", POSTS, posts_field="posts", most_posts=MANY),
    Entry("transfer_post", "Transférer (autre direction ou employeur)", POSTS, posts_field="post"),
    Entry("redeploy_post", "Redéployer sur un autre besoin", POSTS, posts_field="post"),
    Entry("regrade_post", "Changer la cotation", POSTS, posts_field="post"),
    Entry("retitle_post", "Changer l’intitulé", POSTS, posts_field="post"),
    Entry("change_post_hours", "Changer la durée du poste", POSTS, posts_field="post"),
    Entry("share_post", "Partager entre plusieurs unités", POSTS, posts_field="post"),
    Entry("set_superiors", "Placer sous une autre autorité fonctionnelle", POSTS, posts_field="post"),
    Entry("change_post_site", "Changer le site du poste", POSTS, posts_field="post"),
    Entry("freeze_post", "Geler le poste", POSTS, posts_field="post"),
    Entry("unfreeze_post", "Dégeler le poste", POSTS, posts_field="post"),
    Entry("suppress_post", "Supprimer le poste", POSTS, posts_field="post"),
)

BY_TAG = {entry.tag: entry for entry in ENTRIES}


def for_unit(chart: Structure, unit: UnitId) -> tuple[Entry, ...]:
    """What can be done from a unit of the outline: what makes no sense for it is left out."""
    found = chart.unit_by_id[unit]
    senseless = set()
    if not found.links:
        senseless.add("unlink_unit")
    if not found.purposes:
        senseless.add("move_purposes")
    if next(chart.posts_below(unit), None) is None:
        senseless.add("set_lead")
    if len(chart.units) == 1:
        senseless |= {"move_unit", "merge_units", "link_unit"}
    return tuple(entry for entry in ENTRIES if entry.unit_field and entry.tag not in senseless)


def for_posts(chart: Structure, posts: Sequence[PostId]) -> tuple[Entry, ...]:
    """What can be done from these posts of the outline, taken together."""
    found = [chart.post_by_id[post] for post in posts]
    senseless = {"freeze_post" if found[0].frozen else "unfreeze_post"}
    if len({(post.unit, post.grade, post.hours, post.shares) for post in found}) > 1:
        senseless.add("transform_undetermined")
    number = len(posts)
    return tuple(
        entry
        for entry in ENTRIES
        if entry.posts_field and entry.least_posts <= number <= entry.most_posts and entry.tag not in senseless
    )


def grouped() -> list[tuple[str, list[Entry]]]:
    return [(group, [entry for entry in ENTRIES if entry.group == group]) for group in (UNITS, POSTS)]


# What a new post keeps of the one it comes from, until somebody says otherwise.
KEPT = (
    "title",
    "form",
    "grade",
    "category",
    "job_family",
    "corps",
    "statutory_grades",
    "level",
    "hours",
    "site",
    "duties",
)
MAKES_A_POST_FROM_ONE = ("transform_post", "redeploy_post", "transform_undetermined")


def kept_from(entry: Entry, post: Post) -> dict[str, object]:
    """The initial values of the post that comes of `post`, for the kinds that make one from another."""
    return {f"into.{name}": getattr(post, name) for name in KEPT} if entry.tag in MAKES_A_POST_FROM_ONE else {}


def prefilled(entry: Entry, unit: str = "", posts: Sequence[str] = ()) -> dict[str, object]:
    """The initial values of the form when the kind is chosen from a unit or from posts."""
    initial: dict[str, object] = {}
    if unit and entry.unit_field:
        initial[entry.unit_field] = [unit] if entry.unit_field == "units" else unit
    if posts and entry.posts_field:
        initial[entry.posts_field] = list(posts) if entry.most_posts > 1 else posts[0]
    return initial
