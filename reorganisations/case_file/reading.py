"""YAML to a `CaseFile`, keeping the line of every value, so that each mistake is told where it stands."""

from collections.abc import Iterator
from enum import EnumType
from io import StringIO
from typing import Any, Literal, NamedTuple, get_args, get_origin

import msgspec
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.events import AliasEvent
from ruamel.yaml.nodes import MappingNode, Node, SequenceNode
from ruamel.yaml.reader import ReaderError

from .annotations import alternatives, fields_of
from .messages import in_french
from .problems import BadCaseFile, Path, Problem
from .types import CaseFile

TAG = "tag:yaml.org,2002:"


class Lines:
    """Path of a value → its line in the file, counted from 1."""

    def __init__(self, file: str) -> None:
        self.file = file
        self._line: dict[Path, int] = {(): 1}

    def note(self, path: Path, node: Node) -> None:
        self._line[path] = node.start_mark.line + 1

    def of(self, path: Path) -> int:
        """The line of the value, or of the nearest one around it."""
        while path not in self._line:
            path = path[:-1]
        return self._line[path]

    def problem(self, path: Path, message: str) -> Problem:
        return Problem(self.file, self.of(path), path, message)


class Read(NamedTuple):
    """A case file as read, and where each of its values stands."""

    case: CaseFile
    lines: Lines


def read_case(text: str, file: str) -> Read:
    """Raises BadCaseFile with every mistake of form: YAML, unknown or missing keys, wrong types and values."""
    lines = Lines(file)
    plain = plain_values(text, lines)
    try:
        return Read(msgspec.convert(plain, type=CaseFile), lines)
    except msgspec.ValidationError:
        raise BadCaseFile([*mistakes(plain, CaseFile, (), lines)]) from None


# YAML


def plain_values(text: str, lines: Lines) -> Any:
    """Texts, numbers, lists and keys; a date stays a text. Raises BadCaseFile: not YAML, a key twice, an alias."""
    try:
        # Aliases would make one record stand in two places, and a short file mean a huge one.
        for event in YAML(typ="safe", pure=True).parse(StringIO(text)):
            if isinstance(event, AliasEvent):
                line = event.start_mark.line + 1
                raise BadCaseFile([Problem(lines.file, line, (), "les alias YAML (« *nom ») ne sont pas admis.")])
        root = YAML(typ="safe", pure=True).compose(StringIO(text))
    except YAMLError as error:
        raise BadCaseFile([_not_yaml(error, text, lines.file)]) from None
    if root is None:
        raise BadCaseFile([Problem(lines.file, 0, (), "le fichier est vide.")])
    problems: list[Problem] = []
    plain = _plain(root, (), lines, problems)
    if problems:
        raise BadCaseFile(problems)
    return plain


def _not_yaml(error: YAMLError, text: str, file: str) -> Problem:
    """In the words of the reader of YAML, at the line it came to."""
    if isinstance(error, ReaderError):
        line = text.count("\n", 0, error.position) + 1
        return Problem(file, line, (), "ce n’est pas du YAML\u00a0: ce caractère n’est pas admis.")
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    return Problem(
        file, mark.line + 1 if mark else 0, (), f"ce n’est pas du YAML\u00a0: {getattr(error, 'problem', error)}."
    )


def _plain(node: Node, path: Path, lines: Lines, problems: list[Problem]) -> Any:
    lines.note(path, node)
    if isinstance(node, SequenceNode):
        return [_plain(item, (*path, rank), lines, problems) for rank, item in enumerate(node.value)]
    if isinstance(node, MappingNode):
        found: dict[str, Any] = {}
        for key, value in node.value:
            name = str(key.value)
            if name in found:
                problems.append(Problem(lines.file, key.start_mark.line + 1, (*path, name), "clé donnée deux fois."))
            found[name] = _plain(value, (*path, name), lines, problems)
            lines.note((*path, name), key)
        return found
    return _scalar(node, path, lines, problems)


def _scalar(node: Node, path: Path, lines: Lines, problems: list[Problem]) -> Any:
    text = node.value
    match str(node.tag).removeprefix(TAG):
        case "str" | "timestamp" | "float":
            # A float keeps its writing: 17.5 is exactly that.
            return text
        case "int":
            return int(text.replace("_", ""), 0) if text.lstrip("+-0") else 0
        case "bool":
            return text.lower() == "true"
        case "null":
            return None
        case other:
            problems.append(lines.problem(path, f"l’étiquette YAML « {other} » n’est pas admise."))
            return None


# Mistakes of form, all of them


def mistakes(value: Any, kind: Any, path: Path, lines: Lines) -> Iterator[Problem]:
    """Where msgspec stops at the first mistake, one for each record that has some."""
    kind, members = _inside(value, kind)
    inner: list[Problem] = []
    for step, part, part_kind in members:
        inner += mistakes(part, part_kind, (*path, step), lines)
    if inner:
        yield from inner
        return
    try:
        msgspec.convert(value, type=kind)
    except msgspec.ValidationError as error:
        message, _, tail = str(error).partition(" - at `$")
        place = (*path, *_steps(tail.removesuffix("`")))
        if found := _unknown_key(message):
            place = (*place, found)
        yield lines.problem(place, in_french(message, _admitted(message, kind, tail)))


def _inside(value: Any, kind: Any) -> tuple[Any, list[tuple[str | int, Any, Any]]]:
    """The type a value is to be read with (the one of its tag), and its parts with theirs."""
    kinds = alternatives(kind)
    if isinstance(value, list):
        for each in kinds:
            if get_origin(each) is tuple:
                return kind, [(rank, item, get_args(each)[0]) for rank, item in enumerate(value)]
    if isinstance(value, dict):
        structs = [each for each in kinds if isinstance(each, type) and issubclass(each, msgspec.Struct)]
        tagged = [each for each in structs if each.__struct_config__.tag == value.get("type")]
        for struct in tagged or (structs if len(structs) == 1 else []):
            hints = fields_of(struct)
            return (struct if tagged else kind), [
                (key, part, hints[key]) for key, part in value.items() if key in hints
            ]
    return kind, []


def _steps(tail: str) -> Path:
    """`.new.label` → its steps. Lists were gone through before: no rank is left in it."""
    return tuple(part.partition("[")[0] for part in tail.split(".") if part)


def _unknown_key(message: str) -> str:
    return message.removeprefix("Object contains unknown field `")[:-1] if "unknown field" in message else ""


def _admitted(message: str, kind: Any, tail: str) -> list[str]:
    """The words that could stand there: keys of the record, values of the list, kinds of step or change."""
    found: list[str] = []
    for each in alternatives(kind):
        if isinstance(each, type) and issubclass(each, msgspec.Struct):
            if tail.startswith(".type"):
                found.append(str(each.__struct_config__.tag))
            else:
                found += each.__struct_fields__
        elif isinstance(each, EnumType):
            found += [str(member.value) for member in each]  # type: ignore[var-annotated]  # StrEnum members
        elif get_origin(each) is Literal:
            found += [str(value) for value in get_args(each)]
    return found
