"""What is wrong with a case file, told by file, line and path."""

from collections.abc import Sequence
from typing import NamedTuple

type Path = tuple[str | int, ...]


class Problem(NamedTuple):
    """`line` counts from 1; 0 when the file as a whole is meant."""

    file: str
    line: int
    path: Path
    message: str

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}" if self.line else self.file
        return ": ".join(part for part in (where, path_text(self.path), self.message) if part)


class BadCaseFile(Exception):
    """The file is not a case that can be imported; `problems` says why, in the order of the file."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda problem: problem.line))
        super().__init__("\n".join(str(problem) for problem in self.problems))


def path_text(path: Path) -> str:
    """`("chart", "units", 3, "kind")` → « chart.units[3].kind »."""
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
    return text
