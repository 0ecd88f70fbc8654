"""The table of posts as a file: CSV, XLSX or ODS. It names nobody unless holders are given."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import QuerySet
from import_export import resources
from import_export.fields import Field
from import_export.formats.base_formats import CSV, ODS, XLSX, TablibFormat

from orgchart.records import ManagementLevel
from orgchart.values import Hours

from ..models import Post
from ..queries import Holder, Occupation, UnitPlace

FORMATS: dict[str, type[TablibFormat]] = {"csv": CSV, "xlsx": XLSX, "ods": ODS}

# What makes a spreadsheet take a text for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


class PostResource(resources.Resource):  # type: ignore[misc]  # published without types
    """One line a post, in the order of the query; what is not known is an empty cell."""

    path = Field(column_name="Unité")
    title = Field(column_name="Intitulé")
    grade = Field(column_name="Cotation")
    category = Field(column_name="Catégorie")
    level = Field(column_name="Niveau d’encadrement")
    worked_hours = Field(column_name="Heures")
    reference_hours = Field(column_name="Heures de référence")
    etp = Field(column_name="ETP")
    site = Field(column_name="Site")
    occupation = Field(column_name="Occupation")
    frozen = Field(column_name="Gelé")
    uid = Field(column_name="Identifiant")
    holders = Field(column_name="Titulaires")

    def __init__(
        self, *, places: Sequence[UnitPlace], holders: Mapping[str, Sequence[Holder]] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        self.paths = unit_paths(places)
        self.named = holders or {}

    def dehydrate_path(self, post: Post) -> str:
        return text_cell(self.paths.get(post.unit_id, post.unit.label))

    def dehydrate_title(self, post: Post) -> str:
        return text_cell(post.printed_title)  # type: ignore[attr-defined]  # annotated by `posts_table`

    def dehydrate_grade(self, post: Post) -> str:
        return post.grade_id or ""

    def dehydrate_category(self, post: Post) -> str:
        return post.known_category or ""  # type: ignore[attr-defined]

    def dehydrate_level(self, post: Post) -> str:
        return ManagementLevel(post.level).label if post.level else ""

    def dehydrate_worked_hours(self, post: Post) -> float | str:
        return "" if post.worked_hours is None else float(post.worked_hours)

    def dehydrate_reference_hours(self, post: Post) -> float | str:
        return "" if post.reference_hours is None else float(post.reference_hours)

    def dehydrate_etp(self, post: Post) -> float | str:
        if post.worked_hours is None or post.reference_hours is None:
            return ""
        return round(float(Hours(worked=post.worked_hours, reference=post.reference_hours).etp), 4)

    def dehydrate_site(self, post: Post) -> str:
        return text_cell(post.site.label) if post.site else ""

    def dehydrate_occupation(self, post: Post) -> str:
        return Occupation(post.occupation).label  # type: ignore[attr-defined]

    def dehydrate_frozen(self, post: Post) -> str:
        return "oui" if post.frozen else ""

    def dehydrate_uid(self, post: Post) -> str:
        return text_cell(post.uid)

    def dehydrate_holders(self, post: Post) -> str:
        return text_cell(" ; ".join(holder.name for holder in self.named.get(post.uid, ()) if holder.name))


def posts_file(
    posts: QuerySet[Post],
    kind: str,
    *,
    places: Sequence[UnitPlace],
    holders: Mapping[str, Sequence[Holder]] | None = None,
    fictitious: bool = False,
) -> tuple[bytes, str]:
    """The content and its media type; `kind` is one of `FORMATS`. The column of names exists only with `holders`.

    `fictitious`: the sheet says so in its name, where no column or line is in the way of those who compute with it.
    """
    resource = PostResource(places=places, holders=holders)
    columns = [name for name in resource.fields if name != "holders" or holders is not None]
    dataset = resource.export(posts, export_fields=columns)
    dataset.title = "Postes (données fictives)" if fictitious else "Postes"
    written = FORMATS[kind]()
    # French spreadsheets split at semicolons, and need the mark to read UTF-8.
    options: dict[str, Any] = {"delimiter": ";"} if kind == "csv" else {}
    content = written.export_data(dataset, **options)
    return content.encode("utf-8-sig") if isinstance(content, str) else content, written.get_content_type()


def unit_paths(places: Sequence[UnitPlace]) -> dict[str, str]:
    """Unit → « Pôle > Mission > Cellule », as `tables.opening` reads it, from units in the order of the tree."""
    paths: dict[str, str] = {}
    above: list[str] = []
    for place in places:
        above = [*above[: place.level], place.label]
        paths[place.uid] = " > ".join(above)
    return paths


def text_cell(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(FORMULA) else text
