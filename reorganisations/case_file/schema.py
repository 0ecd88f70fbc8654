"""The JSON Schema of case files, generated from their types."""

import json

import msgspec

from .types import CaseFile


def schema_text() -> str:
    """JSON, keys sorted, ready for editors that check YAML against a schema."""
    schema = msgspec.json.schema(CaseFile)
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = "Fichier de cas"
    return json.dumps(schema, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
