"""The PDF of the real case says every fact of the real report's lists, and no figure that it does not support."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from pypdf import PdfReader

from orgchart.changes import TransferPost
from orgchart.dossier import Milestone
from orgchart.french import NBSP
from reorganisations.case_file.importing import import_case
from reorganisations.case_file.reading import read_case
from reorganisations.case_file.steps import OpenReorganisation
from reorganisations.documents.pages import report_pdf
from reorganisations.documents.source import report_of
from reorganisations.sealing import Facts, Section, Text

FIXTURE = Path(settings.BASE_DIR) / "fixtures" / "proch_orientation.yaml"


def case_text() -> Text:
    """The text of the case file, as it would be sealed."""
    case = read_case(FIXTURE.read_text(encoding="utf-8"), FIXTURE.name).case
    step = next(each for each in case.steps if isinstance(each, OpenReorganisation))
    return Text(
        facts=Facts(
            code=step.code,
            title=step.title,
            unit=step.unit,
            committee=case.committees[0].label,
            session_on=case.sessions[0].held_on,
            announced=step.announced,
            milestones=tuple(
                Milestone(on=each.on, label=each.label, posts_announced=each.posts_announced)
                for each in case.milestones
            ),
        ),
        before=case.chart.structure(case.nomenclature),
        changes=step.changes,
        sections=tuple(
            Section(key=each.key, title=each.title, markdown=each.markdown, change=each.change)
            for each in step.sections
            if each.included
        ),
    )


def words_of(pdf: bytes) -> str:
    """The text of the pages in one line, hyphenated words joined, page numbers and running headers left out."""
    pages = []
    for number, page in enumerate(PdfReader(BytesIO(pdf)).pages, 1):
        text = re.sub(rf"page {number} / \d+", "", page.extract_text().replace(NBSP, " "))
        pages.append(re.sub(r"^Comité technique paritaire – .* – Rapport pour avis$", "", text, flags=re.MULTILINE))
    return re.sub(r"\s+", " ", re.sub(r"(?<=\w)[-\u2010]\s*\n\s*", "", " ".join(pages)))


FACTS = (
    "Séance du 4 octobre 2021",
    "Pôle Éducation Lycées – Mission Proch’Orientation",
    # The three units, each line with its cotation and its level exactly as printed
    "Création d’une cellule de direction (4 postes)",
    "1 directrice (A 1.3) (manager de direction)",
    "2 conseillères techniques (A 2.2)",
    "1 cadre administratif et financier (A 3)",
    "Création d’un secteur Information sur les métiers et les formations (6 postes)",
    "1 responsable de secteur (A 2.2) (manager de proximité), créé par transformation d’un des 4 postes de chargé de "
    "mission actuels",
    "3 chargés de mission (A 3)",
    "2 graphistes (A 4)",
    "Création d’une cellule Accompagnement des parcours et développement des partenariats (7 postes)",
    "1 responsable de projet (A 2.2), par transfert du poste de la DDPE",
    "1 chargé de mission (A 3)",
    "5 Chargé/e/s de mission référent/s départementaux (A 3)",
    "Sites : Amiens et Lille",
    "mars 2020 : création de la mission (9 postes)",
    "6 juillet 2020 : le CT met en place la cellule éditoriale",
    # Totals
    "Totaux rapprochés : 4 + 6 + 7 = 17.",
    "A 1.3 1 1 0 non renseigné",
    "A 2.2 2 4 +2 non renseigné",
    "A 3 11 10 −1 non renseigné",
    "A 4 2 2 0 non renseigné",
    "Ensemble 16 17 +1 non renseigné",
    # What changes, by its causes
    "Cotation A 2.2 2 4 +2 +1 transformation, +1 transfert",
    "Cotation A 3 11 10 −1 −1 transformation",
    "qui succède à la cellule éditoriale 6 6 0 +1 transformation, −1 transformation",
    "DDPE non renseigné non renseigné −1 −1 transfert",
    "Effectif de la mission Proch’Orientation 16 17 +1 +1 transfert",
    "Ensemble non renseigné non renseigné 0 A 2.2 : +1, A 3 : −1",
    # What does not add up, what is agreed, what is not known
    "9 + 6 + 1 = 16 alors que le rapport compte 17 postes : un poste n’est pas expliqué",
    "Transfert en accord avec la personne qui occupe le poste",
    "Date d’effet de la réorganisation",
    "Effectif total de la DDPE, du pôle Éducation Lycées",
    "Issue de la bourse si aucune candidature n’est retenue",
)

# Figures of the report, or counted from its lists; the chart may write them as often as it likes.
ALLOWED = {
    "0": "net gap of the sector, of A 1.3 and A 4, of the whole; posts of units that did not stand before",
    "1": "posts, gaps of one, and « commission 1 » of the CREFOP",
    "2": "conseillères techniques, graphistes, A 2.2 before, A 4, gap of A 2.2",
    "3": "chargés de mission of the sector; cotation A 3",
    "4": "posts of the cellule de direction, chargés de mission today, A 2.2 after; cotation A 4; 4 October",
    "5": "référents départementaux; law of 5 September 2018",
    "6": "posts of the secteur, of the cellule éditoriale, funded posts; CT of 6 July 2020",
    "7": "posts of the cellule Accompagnement",
    "9": "posts at the creation in March 2020",
    "10": "A 3 after; posts directly under the mission before",
    "11": "A 3 before",
    "16": "posts before, deduced; posts that change unit; 16 to 18 years; duties for 16 to 30 years",
    "17": "posts after",
    "18": "16 to 18 years; article 18",
    "19": "covid 19",
    "30": "duties for 16 to 30 years",
    "2014": "law on the fight against dropping out",
    "2018": "law of 5 September 2018",
    "771": "loi n° 2018-771",
    "2020": "creation, seminars, CT of 6 July 2020, instruction of August 2020",
    "2021": "session, seminar of June 2021",
}
CODES = ("A 1.3", "A 2.2", "A 3", "A 4", "C2RP")


def figures_of(text: str) -> set[str]:
    """The integers of the text, without cotations and the numbers of its own parts, annexes and adjustments."""
    for code in CODES:
        text = text.replace(code, "")
    text = re.sub(r"Annexe \d –|\b[1-6]\. (?=[A-ZÉ])", "", text)
    text = re.sub(r"\b[1-6] (?=Création d’un|Transformation d’un|Transfert du|Suppression de)", "", text)
    return set(re.findall(r"\d+", text))


def missing(text: str) -> list[str]:
    return [fact for fact in FACTS if fact not in text]


@pytest.fixture(scope="module")
def text() -> str:
    return words_of(report_pdf(report_of(case_text())))


def test_every_fact_of_the_real_report_is_printed(text):
    assert missing(text) == []


def test_the_duties_are_nine_and_three():
    items = [
        block for part in report_of(case_text()).dossier.parts for block in part.blocks if block.block == "adjustment"
    ]
    assert [len(duties.items) for item in items for duties in item.duties] == [9, 3]


def test_each_duty_is_printed(text):
    duties = [
        duty.replace(NBSP, " ")
        for part in report_of(case_text()).dossier.parts
        for item in part.blocks
        if item.block == "adjustment"
        for listed in item.duties
        for duty in listed.items
    ]
    assert [duty for duty in duties if duty not in text] == []


def test_no_figure_that_the_report_does_not_support(text):
    assert figures_of(text) - ALLOWED.keys() == set()


def test_the_headcounts_of_the_units_known_in_part_are_never_printed(text):
    assert not re.search(r"DDPE (0|1) (0|1) ", text)
    assert "1 → 0" not in text
    assert not re.search(r"(Pôle Éducation Lycées|Région Hauts-de-France) \(\d+ postes?\)", text)


def test_nobody_is_named_and_the_sigle_is_not_spelled_out(text):
    assert "Direction D" not in text
    assert not re.search(r"\b(Mme|M\.|Madame|Monsieur) ", text)


def test_these_tests_can_fail():
    """The twin: a change dropped, a figure added."""
    whole = case_text()
    dropped = tuple(change for change in whole.changes if not isinstance(change, TransferPost))
    without = Text(facts=whole.facts, before=whole.before, changes=dropped, sections=whole.sections)
    lost = missing(words_of(report_pdf(report_of(without))))
    assert "1 responsable de projet (A 2.2), par transfert du poste de la DDPE" in lost
    assert "Totaux rapprochés : 4 + 6 + 7 = 17." in lost
    assert figures_of("un budget de 250000 euros, 12 réunions") == {"250000", "12"}


def test_the_command_prints_the_text_that_was_sealed(db, tmp_path, text):
    import_case(read_case(FIXTURE.read_text(encoding="utf-8"), FIXTURE.name), by=None)
    output = tmp_path / "rapport.pdf"
    call_command("report", "proch-orientation-2021", output=str(output), verbosity=0)
    sealed = words_of(output.read_bytes())
    assert missing(sealed) == []
    assert "Document de travail" not in sealed
    assert text.replace("Document de travail ", "") == sealed
