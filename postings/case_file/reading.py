"""YAML to a `BourseFile`, each mistake told where it stands."""

from typing import NamedTuple

import msgspec

from reorganisations.case_file.problems import BadCaseFile
from reorganisations.case_file.reading import Lines, mistakes, plain_values

from .types import BourseFile


class ReadBourses(NamedTuple):
    """A file as read, and where each of its values stands."""

    file: BourseFile
    lines: Lines


def read_bourses(text: str, name: str) -> ReadBourses:
    """Raises BadCaseFile with every mistake of form: YAML, unknown or missing keys, wrong types and values."""
    lines = Lines(name)
    plain = plain_values(text, lines)
    try:
        return ReadBourses(msgspec.convert(plain, type=BourseFile), lines)
    except msgspec.ValidationError:
        raise BadCaseFile([*mistakes(plain, BourseFile, (), lines)]) from None
