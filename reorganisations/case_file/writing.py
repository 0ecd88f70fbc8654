"""A `CaseFile` as YAML: one text for one case, without comments, in the order of the types."""

import datetime
import re
from decimal import Decimal
from io import StringIO
from typing import Any

import msgspec
from ruamel.yaml import YAML
from ruamel.yaml.nodes import Node
from ruamel.yaml.representer import SafeRepresenter

from .types import CaseFile

PRINTED = r"\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff"
LINE = re.compile(f"[{PRINTED}]*")
# What a block can hold and give back: prose, beginning with a visible character.
BLOCK = re.compile(rf"(?![\s\xa0])[\n{PRINTED}]+")

WIDTH = 120
SHORT = 80


class CaseRepresenter(SafeRepresenter):
    """Texts of several lines as blocks, short lists on one line, numbers with their exact writing."""

    def represent_text(self, text: str) -> Node:
        if LINE.fullmatch(text):
            style = None
        elif BLOCK.fullmatch(text) and " \n" not in text:
            style = "|"
        else:
            style = '"'
        return self.represent_scalar("tag:yaml.org,2002:str", text, style=style)

    def represent_items(self, items: list[Any]) -> Node:
        short = all(isinstance(item, str) and "\n" not in item for item in items) and sum(map(len, items)) < SHORT
        return self.represent_sequence("tag:yaml.org,2002:seq", items, flow_style=short)

    def represent_number(self, number: Decimal) -> Node:
        whole = number == number.to_integral_value()
        return self.represent_scalar(f"tag:yaml.org,2002:{'int' if whole else 'float'}", f"{number:f}")


CaseRepresenter.add_representer(str, CaseRepresenter.represent_text)
CaseRepresenter.add_representer(list, CaseRepresenter.represent_items)
CaseRepresenter.add_representer(Decimal, CaseRepresenter.represent_number)


def write_case(case: CaseFile) -> str:
    """`read_case` gives the same case back."""
    return as_yaml(case)


def as_yaml(value: msgspec.Struct) -> str:
    """Any record, in the order of its type."""
    yaml = YAML(typ="safe", pure=True)
    yaml.Representer = CaseRepresenter
    yaml.default_flow_style = False
    yaml.allow_unicode = True
    yaml.width = WIDTH
    yaml.sort_base_mapping_type_on_output = False  # type: ignore[assignment]  # typed by its default
    stream = StringIO()
    yaml.dump(msgspec.to_builtins(value, builtin_types=(datetime.date, Decimal)), stream)
    return stream.getvalue()
