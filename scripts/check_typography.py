"""French typography of what people read: a non-breaking space before : ; ? ! » and after «, ’ between letters.

    python scripts/check_typography.py          names each place and fails
    python scripts/check_typography.py --fix    writes the spaces

Reads the text of templates, and the strings of Python code that are not docstrings.
"""

import ast
import re
import sys
import tokenize
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("accounts", "config", "missions", "orgchart", "postings", "reorganisations")
# Text that a machine reads: the diagram's own syntax.
MACHINE = {"reorganisations/workflow.py"}
NBSP = "\u00a0"

BEFORE = re.compile(r"(?<=[\w»)}%’…]) (?=»|[:;?!](?:[\s<\"'{»)]|\\n|$))")
STRAIGHT = re.compile(r"(?<=[a-zà-ÿA-Z])'(?=[a-zà-ÿA-Z])")
FRENCH = re.compile("[à-ÿÀ-ß’«]")
TAG = re.compile(r"<[^>]*>")
AFTER = re.compile(r"(?<=«) ")
CODE = re.compile(r"\{%.*?%\}|\{#.*?#\}|\{\{.*?\}\}", re.DOTALL)
WORDS = re.compile(r"\"[^\"]*\"")


def spaced(text: str, space: str) -> str:
    return AFTER.sub(lambda _: space, BEFORE.sub(lambda _: space, text))


def straight(text: str, *, is_template: bool) -> list[str]:
    """The words of French text written with the typewriter's apostrophe."""
    if is_template:
        return [found.group() for found in re.finditer(r"\w+'\w+", TAG.sub("", CODE.sub(" ", text)))]
    return [words for _, _, words in strings(text) if FRENCH.search(words) and STRAIGHT.search(words)]


def template(text: str) -> str:
    """Text and attributes; in a tag of Django, its quoted words only."""
    found, last = [], 0
    for code in CODE.finditer(text):
        # A variable stands for a word: « {{ name }} : ».
        found.append(spaced("w" + text[last : code.start()], NBSP)[1:] if last else spaced(text[: code.start()], NBSP))
        whole = code.group()
        found.append(WORDS.sub(lambda words: spaced(words.group(), NBSP), whole) if whole.startswith("{%") else whole)
        last = code.end()
    found.append(spaced("w" + text[last:], NBSP)[1:])
    return "".join(found)


def docstrings(tree: ast.AST) -> set[tuple[int, int]]:
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            found.add((node.value.lineno, node.value.col_offset))
    return found


def strings(text: str) -> Iterator[tuple[tuple[int, int], tuple[int, int], str]]:
    """Start, end and source of each string that is not a docstring, nor raw, nor of bytes."""
    skipped = docstrings(ast.parse(text))
    for token in tokenize.generate_tokens(StringIO(text).readline):
        is_text = token.type == tokenize.STRING and not re.match(r"[rbRB]", token.string)
        if (is_text and token.start not in skipped) or token.type == getattr(tokenize, "FSTRING_MIDDLE", -1):
            yield token.start, token.end, token.string


def python(text: str) -> str:
    lines = text.splitlines(keepends=True)
    for (row, start), (last, end), _ in reversed(list(strings(text))):
        if row == last:
            line = lines[row - 1]
            # Between the parts of an f-string a value stands for a word.
            lead = "w" if line[start - 1 : start] == "}" else ""
            piece = spaced(lead + line[start:end], "\\u00a0")[len(lead) :]
            lines[row - 1] = line[:start] + piece + line[end:]
    return "".join(lines)


def files() -> Iterator[tuple[Path, bool]]:
    for path in sorted((ROOT / "templates").rglob("*.html")):
        yield path, True
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            if "migrations" not in path.parts and str(path.relative_to(ROOT)) not in MACHINE:
                yield path, False


def main(*, fix: bool) -> int:
    faults = 0
    for path, is_template in files():
        text = path.read_text()
        for words in straight(text, is_template=is_template):
            faults += 1
            sys.stdout.write(f"{path.relative_to(ROOT)}: a straight apostrophe in {words[:100]}\n")
        right = template(text) if is_template else python(text)
        if text == right:
            continue
        if fix:
            path.write_text(right)
            continue
        for number, (old, new) in enumerate(zip(text.splitlines(), right.splitlines(), strict=True), 1):
            if old != new:
                faults += 1
                sys.stdout.write(f"{path.relative_to(ROOT)}:{number}: {old.strip()[:100]}\n")
    if faults:
        sys.stdout.write(f"{faults} fault(s): scripts/check_typography.py --fix writes the missing spaces.\n")
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main(fix="--fix" in sys.argv[1:]))
