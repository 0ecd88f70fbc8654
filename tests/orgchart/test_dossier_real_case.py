"""The dossier of the real case says what the real report says, and no figure of its own."""

import pytest
from msgspec.structs import replace

from orgchart.dossier import Adjustment, Bullets, Dossier, Part, Table, dossier
from orgchart.fold import fold_leniently, in_fold_order
from orgchart.french import NBSP
from tests.orgchart import real_case as case


def spaced(text: str) -> str:
    return text.replace(NBSP, " ")


def made(changes=case.CHANGES, facts=case.FACTS, narrative=case.NARRATIVE) -> Dossier:
    before = case.before()
    return dossier(before, changes, fold_leniently(before, in_fold_order(changes)), facts, narrative)


@pytest.fixture(scope="module")
def real() -> Dossier:
    return made()


def part(found: Dossier, key: str) -> Part:
    return next(each for each in (*found.parts, *found.annexes) if each.key == key)


def items(found: Dossier) -> list[Adjustment]:
    return [block for block in part(found, "adjustments").blocks if isinstance(block, Adjustment)]


def table_of(found: Part, rank: int = 0) -> list[list[str]]:
    table = [block for block in found.blocks if isinstance(block, Table)][rank]
    return [[spaced(cell) for cell in row] for group in table.groups for row in group.rows]


def bullets_of(found: Part, heading: str) -> list[str]:
    block = next(block for block in found.blocks if isinstance(block, Bullets) and block.heading == heading)
    return [spaced(item) for item in block.items]


def test_the_heading(real):
    assert spaced(real.heading.running) == (
        "Comité technique paritaire – Séance du 4 octobre 2021 – Pôle Éducation Lycées – Mission Proch’Orientation – "
        "Rapport pour avis"
    )
    assert real.heading.title == "Structuration de la Mission Proch’Orientation"
    assert real.heading.mark == "Document de travail"


def test_the_parts_come_in_order(real):
    assert [(each.key, each.title) for each in real.parts] == [
        ("context", "Contexte"),
        ("method", "Méthode"),
        ("aims", "Objectifs"),
        ("adjustments", "Ajustements proposés"),
        ("funding", "Financement"),
    ]
    assert [each.key for each in real.annexes] == [
        "changes",
        "before",
        "after",
        "posts-before",
        "posts-after",
        "adjustments-list",
        "unknown",
    ]


def test_the_milestones_follow_the_context(real):
    assert bullets_of(part(real, "context"), "Repères") == [
        "mars 2020 : création de la mission (9 postes)",
        "juillet 2020 : début de la structuration de la mission",
        "6 juillet 2020 : le CT met en place la cellule éditoriale",
    ]


def test_the_adjustments_are_numbered_by_unit(real):
    assert [(each.number, spaced(each.heading)) for each in items(real)] == [
        (1, "Création d’une cellule de direction (4 postes)"),
        (2, "Création d’un secteur Information sur les métiers et les formations (6 postes)"),
        (3, "Création d’une cellule Accompagnement des parcours et développement des partenariats (7 postes)"),
        (4, "Suppression de la cellule éditoriale"),
    ]


def test_each_post_is_listed_as_printed_with_its_provenance(real):
    assert [[spaced(str(line)) for line in each.lines] for each in items(real)] == [
        [
            "1 directrice (A 1.3) (manager de direction)",
            "2 conseillères techniques (A 2.2)",
            "1 cadre administratif et financier (A 3)",
        ],
        [
            "1 responsable de secteur (A 2.2) (manager de proximité), "
            "créé par transformation d’un des 4 postes de chargé de mission actuels",
            "3 chargés de mission (A 3)",
            "2 graphistes (A 4)",
        ],
        [
            "1 responsable de projet (A 2.2), par transfert du poste de la DDPE",
            "1 chargé de mission (A 3)",
            "5 Chargé/e/s de mission référent/s départementaux (A 3)",
        ],
        [],
    ]


def test_each_adjustment_says_what_goes_with_it(real):
    direction, sector, accompaniment, closing = items(real)
    assert (spaced(direction.notes[0].text), direction.notes[0].deduced) == (
        "Dirigée par le poste de directrice (A 1.3).",
        "la directrice est le seul manager de direction de la cellule",
    )
    assert [spaced(note.text) for note in sector.notes] == [
        "Dirigé par le poste de responsable de secteur (A 2.2).",
        "Sites : Amiens et Lille.",
        "Autres appellations : Service Information sur les métiers et les formations ; "
        "Cellule Information sur les métiers.",
        "Le poste transformé sera déterminé par la bourse interne.",
        "Bourse ouverte à : tous les chargés de mission de la cellule éditoriale.",
        "Motif : confier à un même poste l’encadrement de l’équipe et la rédaction en chef.",
    ]
    assert "Transfert en accord avec la personne qui occupe le poste." in [note.text for note in accompaniment.notes]
    assert closing.notes[0].text == "Le secteur Information sur les métiers et les formations lui succède."
    assert closing.notes[0].deduced.startswith("le rapport ne dit rien")


def test_the_duties_are_nine_and_three(real):
    found = {spaced(duties.heading): len(duties.items) for each in items(real) for duties in each.duties}
    assert found == {
        "Missions du poste de responsable de secteur (A 2.2)": 9,
        "Missions du poste de responsable de projet (A 2.2)": 3,
    }


def test_explanations_go_with_their_change(real):
    _, sector, accompaniment, _ = items(real)
    assert [each.title for each in sector.explanations] == [""]
    assert [each.title for each in accompaniment.explanations] == ["Le poste transféré"]


def test_what_changes_by_its_causes(real):
    rows = [[spaced(cell) for cell in row] for group in real.summary.blocks[0].groups for row in group.rows]
    assert rows == [
        ["Effectif de la mission Proch’Orientation", "16", "17", "+1", "+1 transfert"],
        ["Cotation A 2.2", "2", "4", "+2", "+1 transformation, +1 transfert"],
        ["Cotation A 3", "11", "10", "−1", "−1 transformation"],
        ["DDPE", "non renseigné", "non renseigné", "−1", "−1 transfert"],
    ]
    assert [spaced(cell) for cell in real.summary.blocks[0].total] == [
        "Ensemble",
        "non renseigné",
        "non renseigné",
        "0",
        "A 2.2 : +1, A 3 : −1",
    ]


def test_what_changes_unit_by_unit(real):
    assert table_of(part(real, "changes"))[1:5] == [
        ["Cellule de direction", "0", "4", "+4", "+4 regroupement"],
        [
            "Secteur Information sur les métiers et les formations, qui succède à la cellule éditoriale",
            "6",
            "6",
            "0",
            "+1 transformation, −1 transformation",
        ],
        [
            "Cellule Accompagnement des parcours et développement des partenariats",
            "0",
            "7",
            "+7",
            "+6 regroupement, +1 transfert",
        ],
        ["DDPE", "non renseigné", "non renseigné", "−1", "−1 transfert"],
    ]
    assert bullets_of(real.summary, "Postes concernés") == [
        "Poste issu d’une transformation : le poste de responsable de secteur (A 2.2)",
        "Poste transformé restant à déterminer : un des 4 postes de chargé de mission (A 3)",
        "Poste transféré : le poste de responsable de projet (A 2.2), depuis la DDPE",
        "Postes qui changent d’unité : 16 postes",
    ]
    assert bullets_of(part(real, "changes"), "Contrôles") == [
        "9 + 6 + 1 = 16 alors que le rapport compte 17 postes : un poste n’est pas expliqué.",
        "Totaux rapprochés : 4 + 6 + 7 = 17.",
    ]


def test_the_posts_before_and_after_have_their_totals(real):
    assert sum(int(row[0]) for row in table_of(part(real, "posts-before"))) == 16
    assert sum(int(row[0]) for row in table_of(part(real, "posts-after"))) == 17
    assert table_of(part(real, "posts-after"), 1) == [
        ["A 1.3", "1", "1", "0", "non renseigné"],
        ["A 2.2", "2", "4", "+2", "non renseigné"],
        ["A 3", "11", "10", "−1", "non renseigné"],
        ["A 4", "2", "2", "0", "non renseigné"],
    ]
    assert table_of(part(real, "posts-after"), 2) == [["A", "16", "17", "+1", "non renseigné"]]


def test_every_adjustment_is_in_the_list(real):
    rows = table_of(part(real, "adjustments-list"))
    assert [row[0] for row in rows] == ["1", "2", "3", "4", "5", "6"]
    assert {row[3] for row in rows} == {"non renseignée"}


def test_what_is_unknown_and_deduced_is_said(real):
    assert bullets_of(part(real, "unknown"), "N’est pas renseigné") == [
        "Date d’effet de la réorganisation",
        "Pour tous les postes : durée, site, filière, cadre d’emplois et grades statutaires ouverts",
        "Effectif total de la DDPE et du pôle Éducation Lycées",
        "Issue de la bourse si aucune candidature n’est retenue",
        "Conséquences pour les agents et les conditions de travail : le rapport n’en dit rien",
        "Mesures d’accompagnement : le rapport n’en dit rien",
        "Calendrier : le rapport n’en dit rien",
    ]
    said = bullets_of(part(real, "unknown"), "Est déduit")
    assert len(said) == 4
    assert any("unité : unité non renseignée : poste rattaché directement à la mission" in each for each in said)


def test_a_dropped_change_is_missed():
    """The twin: without the transfer, the figures above no longer hold."""
    found = made(tuple(change for change in case.CHANGES if change is not case.TRANSFER))
    assert "par transfert" not in " ".join(str(line) for each in items(found) for line in each.lines)
    assert found.summary.blocks[0].groups[0].rows[0][1:4] == ("16", "16", "0")
    assert found.summary.blocks[0].total == ()


def test_a_sealed_text_bears_no_mark_and_an_amended_one_says_its_origin():
    assert made(facts=replace(case.FACTS, sealed=True)).heading.mark == ""
    amended = replace(case.FACTS, sealed=True, origin="organisation syndicale", dated_on=case.SESSION)
    assert spaced(made(facts=amended).heading.mark) == "Version modifiée du 4 octobre 2021 (organisation syndicale)"
    undated = replace(amended, dated_on=None, item="information")
    assert made(facts=undated).heading.mark == "Version modifiée (organisation syndicale)"
    assert made(facts=undated).heading.kind == "Rapport pour information"
