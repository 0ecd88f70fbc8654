"""What the check of French typography finds, and what it leaves alone."""

import importlib.util
from pathlib import Path

import pytest

PATH = Path(__file__).resolve().parents[2] / "scripts" / "check_typography.py"
SPEC = importlib.util.spec_from_file_location("check_typography", PATH)
check = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(check)


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("<p>Poste : {{ name }} ; non ?</p>", "<p>Poste~: {{ name }}~; non~?</p>"),
        ("« {{ before }} » à « {{ after }} ».", "«~{{ before }}~» à «~{{ after }}~»."),
        ('{% include "a.html" with words="Fin : oui" %}', '{% include "a.html" with words="Fin~: oui" %}'),
        ("{# The « rule » : #}", "{# The « rule » : #}"),
        ("Poste&nbsp;: oui", "Poste&nbsp;: oui"),
        ("https://exemple.fr à 14:32", "https://exemple.fr à 14:32"),
    ],
)
def test_templates(written, right):
    assert check.template(written) == right.replace("~", "\u00a0")
    assert check.template(check.template(written)) == check.template(written)


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ('x = "Poste : oui"', 'x = "Poste~: oui"'),
        ('x = f"le rôle « {name} »."', 'x = f"le rôle «~{name}~»."'),
        ('"""A « rule » : as said."""', '"""A « rule » : as said."""'),
        ("x = 1  # a « rule » : so", "x = 1  # a « rule » : so"),
        ('x = r"a : b"', 'x = r"a : b"'),
    ],
)
def test_python(written, right):
    assert check.python(written) == right.replace("~", "\\u00a0")


@pytest.mark.parametrize(
    ("text", "is_template", "found"),
    [
        ("<p title='a'>l'unité</p>{% url 'x' %}", True, ["l'unité"]),
        ("<p>l’unité</p>", True, []),
        ('x = "l\'unité"', False, ['"l\'unité"']),
        ('x = "it\'s"', False, []),
    ],
)
def test_straight_apostrophes(text, is_template, found):
    assert check.straight(text, is_template=is_template) == found


def test_the_check_says_where_then_mends(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(check, "ROOT", tmp_path)
    page = tmp_path / "templates" / "page.html"
    page.parent.mkdir()
    page.write_text("<p>Poste : oui</p>\n")
    assert check.main(fix=False) == 1
    assert "templates/page.html:1" in capsys.readouterr().out
    assert check.main(fix=True) == 0
    assert check.main(fix=False) == 0
    page.write_text("<p>l'unité</p>\n")
    assert check.main(fix=False) == 1
