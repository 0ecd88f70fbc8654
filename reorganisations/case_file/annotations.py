"""What the types of a case file say of the values under them."""

import types
from functools import cache
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

import msgspec


@cache
def fields_of(struct: type[msgspec.Struct]) -> dict[str, Any]:
    """Field → its annotation."""
    hints = get_type_hints(struct, include_extras=True)
    return {field: hints[field] for field in struct.__struct_fields__}


@cache
def alternatives(kind: Any) -> tuple[Any, ...]:
    """The plain types that an annotation admits: `Annotated` taken off, unions opened."""
    origin = get_origin(kind)
    if origin is Annotated:
        return alternatives(get_args(kind)[0])
    if origin in (Union, types.UnionType):
        return tuple(each for member in get_args(kind) for each in alternatives(member))
    return (kind,)
