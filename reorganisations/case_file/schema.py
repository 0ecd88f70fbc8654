"""The JSON Schema of case files, generated from their types."""

import json

from orgchart.schema import schema_of

from .types import CaseFile


def schema_text() -> str:
    """Keys sorted, ready for editors that check YAML against a schema."""
    schema = schema_of(CaseFile, title="Fichier de cas")
    return json.dumps(schema, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
