"""No control of a form is called like something that scripts read of a form: it would hide it from them.

`form.action` is then the control, and htmx sends the request to nowhere.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django import forms
from django.conf import settings
from django.urls import get_resolver

from orgchart.changes import CATALOGUE
from reorganisations.forms.changes import ChangeForm, Vocabulary
from tests.factories import small_structure

READ_OF_A_FORM = {
    "action", "attributes", "children", "classList", "dataset", "elements", "enctype", "form", "hasAttribute", "id",
    "isConnected", "matches", "method", "parentNode", "requestSubmit", "reset", "submit", "target",
}  # fmt: skip
ROOMS = ("accounts", "missions", "reorganisations", "postings")
CONTROL = re.compile(r"""<(?:input|select|textarea|button)\b[^>]*?\sname="([^"{]+)\"""", re.DOTALL)
TEMPLATES = sorted((Path(settings.BASE_DIR) / "templates").rglob("*.html"))


def declared() -> list[type[forms.BaseForm]]:
    """Every form of the rooms: the pages import theirs."""

    def below(kind: type[forms.BaseForm]) -> Iterator[type[forms.BaseForm]]:
        for each in kind.__subclasses__():
            yield each
            yield from below(each)

    get_resolver().url_patterns  # noqa: B018  (reads every view)
    return sorted(
        {each for each in below(forms.BaseForm) if each.__module__.split(".")[0] in ROOMS},
        key=lambda each: (each.__module__, each.__qualname__),
    )


def hidden(names: set[str]) -> set[str]:
    return READ_OF_A_FORM & names


def test_no_declared_field_hides_what_scripts_read_of_its_form() -> None:
    found = declared()
    assert len(found) > 50
    guilty = {each.__qualname__: hidden(set(each.base_fields)) for each in found}
    assert not {name: names for name, names in guilty.items() if names}


@pytest.mark.parametrize("tag", CATALOGUE)
def test_no_field_of_a_change_does(tag: str) -> None:
    form = ChangeForm(CATALOGUE[tag], Vocabulary(small_structure()), mint=str)
    names = {bound.html_name for bound in form}
    assert names
    assert not hidden(names)


def test_no_control_written_in_a_template_does() -> None:
    written = {path: set(CONTROL.findall(path.read_text(encoding="utf-8"))) for path in TEMPLATES}
    assert {"seen", "hand_in"} <= set().union(*written.values())
    assert not {path.name: hidden(names) for path, names in written.items() if hidden(names)}
