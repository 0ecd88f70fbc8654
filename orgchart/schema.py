"""JSON Schema of the values of the chart, titles and descriptions in French as the forms print them."""

from collections.abc import Iterable
from typing import Any

import msgspec

from .changes import AnyChange
from .checks import Announced
from .structure import Structure

DIALECT = "https://json-schema.org/draft/2020-12/schema"

PARTS: dict[str, Any] = {"structure": Structure, "change": AnyChange, "announced": Announced}
"""What a case file is made of, by the name of its schema."""


def json_schema(part: str = "change") -> dict[str, Any]:
    """The schema of one part: `structure`, `change` or `announced`. Raises KeyError for another name."""
    return schema_of(PARTS[part], title=part)


def schema_of(kind: Any, *, title: str) -> dict[str, Any]:
    """The schema of any type made of these values, as one document with its definitions beside."""
    return {"$schema": DIALECT, "title": title, **msgspec.json.schema(kind)}


def definitions(kinds: Iterable[Any]) -> dict[str, Any]:
    """Name → schema of every type these are made of, to be put under `$defs` of a larger document."""
    _, found = msgspec.json.schema_components(tuple(kinds), ref_template="#/$defs/{name}")
    return dict(found)
