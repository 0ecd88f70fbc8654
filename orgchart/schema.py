"""JSON Schema of the values of the chart, titles and descriptions in French as the forms print them."""

from typing import Any

import msgspec

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema_of(kind: Any, *, title: str) -> dict[str, Any]:
    """The schema of any type made of these values, as one document with its definitions beside."""
    return {"$schema": DIALECT, "title": title, **msgspec.json.schema(kind)}
