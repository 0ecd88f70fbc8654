"""Each kind of mistake in a case file, told by file, line and path, in French."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orgchart.nomenclature import Nomenclature
from reorganisations.case_file.checking import mistaken_identifiers
from reorganisations.case_file.problems import BadCaseFile, Problem, path_text
from reorganisations.case_file.reading import read_case
from reorganisations.case_file.steps import OpenReorganisation, ReorganisationCode, Section
from reorganisations.case_file.types import CaseFile
from reorganisations.case_file.writing import write_case

GOOD = """\
format: 1
title: Essai
nomenclature:
  kinds:
  - {code: mission, label: mission, plural: missions}
  grades:
  - {code: A 3, rank: 1}
chart:
  units:
  - id: mission
    kind: mission
    label: Mission
  posts:
  - ids: [poste-1, poste-2]
    unit: mission
    grade: A 3
    hours: {worked: 17.5}
agents:
- {id: ada, first_name: Ada, last_name: Exemple}
steps:
- type: reorganisation
  code: essai
  title: Essai
  unit: mission
  changes:
  - type: create_unit
    id: creer
    new: {id: cellule, kind: mission, label: Cellule}
    parent: mission
    posts: [poste-1]
- type: assign_agent
  agent: ada
  post: poste-1
  begins_on: 2020-03-01
"""


def messages(text: str) -> list[str]:
    """What is said of the text, form first, then identifiers."""
    try:
        problems = mistaken_identifiers(read_case(text, "essai.yaml"))
    except BadCaseFile as refusal:
        problems = list(refusal.problems)
    return [str(problem).replace("\u00a0", " ") for problem in problems]


def test_a_good_file_is_read() -> None:
    read = read_case(GOOD, "essai.yaml")
    assert messages(GOOD) == []
    assert read.case.chart
    structure = read.case.chart.structure(read.case.nomenclature)
    assert [(post.id, post.position, str(post.hours and post.hours.etp)) for post in structure.posts] == [
        ("poste-1", 0, "1/2"),
        ("poste-2", 1, "1/2"),
    ]
    assert read.lines.of(("chart", "units", 0, "label")) == 12
    assert read.lines.of(("chart", "units", 0, "nothing", 3)) == 10


MISTAKES = {
    # Name → what is replaced, by what, and everything that is said.
    "unknown key": (
        "    label: Mission\n",
        "    label: Mission\n    lable: Mission\n",
        ["essai.yaml:13: chart.units[0].lable: clé « lable » inconnue, vouliez-vous dire « label » ?"],
    ),
    "unknown key, nothing close": (
        "    label: Mission\n",
        "    label: Mission\n    zzz: 1\n",
        ["essai.yaml:13: chart.units[0].zzz: clé « zzz » inconnue."],
    ),
    "missing key": ("  code: essai\n", "", ["essai.yaml:21: steps[0]: il manque la clé « code »."]),
    "wrong type": (
        "label: Mission\n",
        "label: 12\n",
        ["essai.yaml:12: chart.units[0].label: attendu : un texte ; trouvé : un nombre entier."],
    ),
    "wrong type of a list": (
        "ids: [poste-1, poste-2]",
        "ids: poste-1",
        ["essai.yaml:14: chart.posts[0].ids: attendu : une liste ; trouvé : un texte."],
    ),
    "wrong format number": (
        "format: 1",
        "format: 2",
        ["essai.yaml:1: format: valeur « 2 » inconnue ; valeurs admises : 1."],
    ),
    "unknown kind of step": (
        "type: assign_agent",
        "type: asign_agent",
        ["essai.yaml:31: steps[1].type: valeur « asign_agent » inconnue, vouliez-vous dire « assign_agent » ?"],
    ),
    "unknown kind of change": (
        "type: create_unit",
        "type: creer",
        ["essai.yaml:26: steps[0].changes[0].type: valeur « creer » inconnue."],
    ),
    "impossible date": (
        "2020-03-01",
        "2020-13-01",
        ["essai.yaml:34: steps[1].begins_on: date attendue, au format AAAA-MM-JJ."],
    ),
    "impossible hours": (
        "17.5",
        "40",
        [
            "essai.yaml:17: chart.posts[0].hours: La durée du poste doit être positive et ne pas dépasser la durée de "
            "référence."
        ],
    ),
    "not a number": ("17.5", "beaucoup", ["essai.yaml:17: chart.posts[0].hours.worked: nombre attendu."]),
    "an empty label": (
        "label: Cellule",
        "label: ''",
        ["essai.yaml:28: steps[0].changes[0].new.label: ne peut pas être vide."],
    ),
    "a label too long": (
        "label: Cellule",
        f"label: {'x' * 201}",
        ["essai.yaml:28: steps[0].changes[0].new.label: dépasse 200 caractères."],
    ),
    "a code with spaces": (
        "code: essai",
        "code: un essai",
        ["essai.yaml:22: steps[0].code: n’a pas la forme attendue."],
    ),
    "a negative rank": (
        "    parent: mission\n",
        "    parent: mission\n    position: -1\n",
        ["essai.yaml:30: steps[0].changes[0].position: nombre d’au moins 0 attendu."],
    ),
    "id and ids": (
        "ids: [poste-1, poste-2]",
        "id: poste-1\n    ids: [poste-2]",
        [
            "essai.yaml:14: chart.posts[0]: Donnez « id » pour un seul poste, ou « ids » pour "
            "plusieurs postes identiques."
        ],
    ),
    "an unknown word": (
        "    grade: A 3\n",
        "    grade: A 3\n    form: neutre\n",
        [
            "essai.yaml:17: chart.posts[0].form: valeur « neutre » inconnue ; valeurs admises : masculine, feminine, "
            "inclusive."
        ],
    ),
    "two mistakes": (
        "hours: {worked: 17.5}\nagents",
        "hours: 3\nagents",
        ["essai.yaml:17: chart.posts[0].hours: attendu : un ensemble de clés ou rien ; trouvé : un nombre entier."],
    ),
    "a key twice": (
        "title: Essai\nnom",
        "title: Essai\ntitle: Encore\nnom",
        ["essai.yaml:3: title: clé donnée deux fois."],
    ),
    "an alias": (
        "label: Mission\n",
        "label: &nom Mission\n    acronym: *nom\n",
        ["essai.yaml:13: les alias YAML (« *nom ») ne sont pas admis."],
    ),
    "a tag": (
        "label: Mission\n",
        "label: !!python/name:os.system Mission\n",
        ["essai.yaml:12: chart.units[0].label: l’étiquette YAML « python/name:os.system » n’est pas admise."],
    ),
    "a unit that is not there": (
        "    unit: mission\n    grade",
        "    unit: missio\n    grade",
        [
            "essai.yaml:15: chart.posts[0].unit: aucune unité n’a l’identifiant « missio », "
            "vouliez-vous dire « mission » ?"
        ],
    ),
    "a post that is not there": (
        "  post: poste-1",
        "  post: zzz",
        ["essai.yaml:33: steps[1].post: aucun poste n’a l’identifiant « zzz »."],
    ),
    "a post of a change that is not there": (
        "posts: [poste-1]",
        "posts: [poste-1, poste-9]",
        [
            "essai.yaml:30: steps[0].changes[0].posts[1]: aucun poste n’a l’identifiant « poste-9 », "
            "vouliez-vous dire « poste-2 » ?"
        ],
    ),
    "an agent that is not there": (
        "  agent: ada",
        "  agent: bob",
        ["essai.yaml:32: steps[1].agent: aucun agent n’a l’identifiant « bob »."],
    ),
    "a grade that is not there": (
        "grade: A 3",
        "grade: B",
        ["essai.yaml:16: chart.posts[0].grade: aucune cotation n’a le code « B »."],
    ),
    "an identifier twice": (
        "[poste-1, poste-2]\n    unit",
        "[poste-1, poste-2, poste-1]\n    unit",
        ["essai.yaml:14: chart.posts[0].ids[2]: « poste-1 » est déjà donné ligne 14."],
    ),
    "an identifier of the chart given by a change": (
        "id: cellule,",
        "id: mission,",
        ["essai.yaml:28: steps[0].changes[0].new.id: « mission » est déjà donné ligne 10."],
    ),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_told_where_it_stands(mistake: str) -> None:
    old, new, told = MISTAKES[mistake]
    assert old in GOOD
    assert messages(GOOD.replace(old, new, 1)) == told


def test_every_mistake_is_told_at_once() -> None:
    text = GOOD.replace("label: Mission", "label: 12").replace("2020-03-01", "hier").replace("id: creer", "idd: creer")
    assert [message.split(": ")[0] for message in messages(text)] == ["essai.yaml:12", "essai.yaml:27", "essai.yaml:34"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "essai.yaml: le fichier est vide."),
        ("- 1", "essai.yaml:1: attendu : un ensemble de clés ; trouvé : une liste."),
        ("a: [", "essai.yaml:1: ce n’est pas du YAML"),
        ("a: b: c", "essai.yaml:1: ce n’est pas du YAML"),
        ("title: \x01", "essai.yaml:1: ce n’est pas du YAML"),
    ],
)
def test_what_is_not_a_case_is_refused(text: str, told: str) -> None:
    with pytest.raises(BadCaseFile) as refusal:
        read_case(text, "essai.yaml")
    assert str(refusal.value).replace("\u00a0", " ").startswith(told)


def test_a_later_step_may_write_the_same_changes_again() -> None:
    again = (
        GOOD
        + "- type: edit_draft\n  reorganisation: essai\n"
        + GOOD[GOOD.index("  changes:") : GOOD.index("- type: assign")]
    )
    assert messages(again) == []
    other = again.replace(
        "type: edit_draft\n  reorganisation: essai\n",
        "type: reorganisation\n  code: autre\n  title: T\n  unit: mission\n",
    )
    assert len(messages(other)) == 2


def test_a_path_is_written_as_it_is_read() -> None:
    assert path_text(("steps", 2, "changes", 0, "new", "label")) == "steps[2].changes[0].new.label"
    assert str(Problem("f.yaml", 0, (), "vide")) == "f.yaml: vide"


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


@given(st.lists(TEXTS, max_size=3), TEXTS)
def test_any_text_survives_writing_and_reading(purposes: list[str], prose: str) -> None:
    step = OpenReorganisation(
        code=ReorganisationCode("essai"),
        title="Essai",
        unit="mission",  # type: ignore[arg-type]  # a unit's identifier
        sections=tuple(
            Section(key=f"k{rank}", title="t", markdown=each) for rank, each in enumerate([*purposes, prose])
        ),
    )
    case = CaseFile(format=1, title="Essai", nomenclature=Nomenclature(), steps=(step,))
    written = write_case(case)
    assert read_case(written, "essai.yaml").case == case
    assert write_case(read_case(written, "essai.yaml").case) == written
