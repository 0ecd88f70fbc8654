"""The annex to the deliberation and the order: what the text says, blanks for the rest. Who is named in a text."""

import datetime
from decimal import Decimal

import pytest
from msgspec.structs import replace

from orgchart.changes import (
    ChangePostHours,
    CloseUnit,
    CreatePost,
    LinkUnit,
    MoveUnit,
    NewPost,
    RedeployPost,
    RegradePost,
    RenameUnit,
    SuppressPost,
    TransformPost,
    TransformUndetermined,
)
from orgchart.dossier import Bullets, Narrative, NarrativeSection
from orgchart.dossier.acts import ActFacts, created_emplois, deliberation_annex, suppressed_emplois
from orgchart.dossier.completeness import Mend
from orgchart.dossier.order import organisation_order
from orgchart.dossier.persons import Person, named
from orgchart.fold import fold_leniently, in_fold_order
from orgchart.values import ChangeId, Deduction, Hours, PostId, UnitId
from tests.orgchart import real_case as case
from tests.orgchart.test_committee_dossier import NEW, change_id, written
from tests.orgchart.test_dossier_real_case import spaced

DATED = replace(case.FACTS, effective_on=datetime.date(2022, 1, 1))
HALF = Hours(worked=Decimal("17.5"))
OLD = "chargé de mission"


def annex(*changes, facts=DATED, acted=None):
    found = written(*changes, facts=facts)
    return deliberation_annex(found.counted, facts, acted or ActFacts(), found.heading)


def order(*changes, facts=DATED, acted=None):
    found = written(*changes, facts=facts)
    return organisation_order(found.counted, changes, facts, acted or ActFacts(), found.heading)


def cells(act, key: str) -> list[tuple[str, ...]]:
    part = next(part for part in act.parts if part.key == key)
    return [
        tuple(spaced(cell) for cell in row)
        for table in part.blocks
        for group in getattr(table, "groups", ())
        for row in group.rows
    ]


def texts(act, key: str) -> list[str]:
    part = next(part for part in act.parts if part.key == key)
    found = []
    for block in part.blocks:
        found += map(spaced, block.items if isinstance(block, Bullets) else [block.text])
    return found


def article(act, name: str):
    return next((part.key for part in act.parts if part.title.endswith(name)), None)


def test_posts_created_and_suppressed():
    act = annex(
        CreatePost(
            id=change_id("a"),
            unit=case.EDITORIAL,
            new=replace(NEW, hours=HALF, corps=("attaché",)),
            motive="Renforcer.",
        ),
        SuppressPost(id=change_id("b"), post=case.EDITORS[0], motive="Sans objet.", eventually=True),
    )
    assert cells(act, "annex-created") == [
        ("1", OLD, "Cellule éditoriale", "A, A 3", "attaché", "17,5/35 (0,5 ETP)", "Renforcer.")
    ]
    assert cells(act, "annex-suppressed")[0][4:] == (
        "[cadre d’emplois à compléter]",
        "[durée à compléter]",
        "Sans objet ; à terme",
    )
    assert texts(act, "annex-balance") == [
        "1 emploi créé, 1 emploi supprimé. Solde : 0 en nombre d’emplois ; en ETP, non renseigné (1 durée inconnue)."
    ]
    assert spaced(act.visas[0].text) == (
        "Annexe à la délibération n° [numéro à compléter] du [date à compléter]. Elle dit les emplois créés et "
        f"supprimés par la réorganisation « {case.FACTS.title} », à compter du 1er janvier 2022."
    )


def test_the_balance_in_etp_when_all_hours_are_known():
    act = annex(CreatePost(id=change_id("a"), unit=case.EDITORIAL, new=replace(NEW, hours=HALF)))
    assert texts(act, "annex-balance")[0].endswith("Solde : +1 en nombre d’emplois ; en ETP, +0,5.")
    assert texts(act, "annex-suppressed") == ["Aucun."]


MARKED = (
    TransformPost(id=ChangeId("a"), post=case.EDITORS[0], into=NEW, as_suppression_and_creation=True),
    RedeployPost(id=ChangeId("a"), post=case.EDITORS[0], to=case.MISSION, into=NEW, as_suppression_and_creation=True),
    ChangePostHours(id=ChangeId("a"), post=case.EDITORS[0], hours=HALF, as_suppression_and_creation=True),
    TransformUndetermined(id=ChangeId("a"), candidates=case.EDITORS, into=NEW, as_suppression_and_creation=True),
)


@pytest.mark.parametrize("change", MARKED, ids=lambda change: type(change).__name__)
def test_an_emploi_that_changes_is_suppressed_and_created(change):
    act = annex(change)
    (made,), (gone,) = cells(act, "annex-created"), cells(act, "annex-suppressed")
    assert made[1] == OLD
    candidates = isinstance(change, TransformUndetermined)
    assert gone[1] == ("Un des 4 postes de chargé de mission (A 3)" if candidates else OLD)
    assert made[6] == gone[6] == "[motif à compléter] ; l’emploi lui-même change"
    assert article(act, "sans changer d’emploi") is None


@pytest.mark.parametrize("change", MARKED, ids=lambda change: type(change).__name__)
def test_one_that_is_not_marked_is_only_told(change):
    act = annex(replace(change, as_suppression_and_creation=False))
    assert cells(act, "annex-created") == cells(act, "annex-suppressed") == []
    told = isinstance(change, TransformPost | RedeployPost | TransformUndetermined)
    assert (article(act, "sans changer d’emploi") is not None) is told


def test_a_marked_post_that_no_longer_stands_is_no_line():
    counted = written(
        MARKED[0],
        SuppressPost(id=change_id("b"), post=NEW.id),
    ).counted
    assert created_emplois(counted) == ()
    made_here = written(
        CreatePost(id=change_id("z"), unit=case.EDITORIAL, new=NEW),
        replace(MARKED[2], post=NEW.id),
    ).counted
    assert [each.post.id for each in suppressed_emplois(made_here)] == []


def test_a_grade_that_is_not_known():
    act = annex(CreatePost(id=change_id("a"), unit=case.EDITORIAL, new=NewPost(id=PostId("p"), label="agent")))
    assert cells(act, "annex-created")[0][3] == "catégorie non renseignée, cotation non renseignée"


def test_the_order_of_the_real_case():
    act = order(*case.CHANGES, facts=case.FACTS)
    assert spaced(act.title) == (
        "Arrêté n° [numéro à compléter] du [date à compléter] portant organisation de la mission Proch’Orientation"
    )
    visas = [spaced(visa.text) for visa in act.visas]
    assert visas[0] == "[autorité à compléter], représenté par [qualité du signataire à compléter],"
    assert (
        visas[2] == "Vu l’avis du comité technique paritaire, séance du 4 octobre 2021 : [sens de l’avis à compléter] ;"
    )
    assert visas[4].startswith(
        "Considérant, pour la création d’une cellule de direction (4 postes), le motif suivant : "
    )
    assert any(visa.startswith("Considérant, pour le transfert du poste de responsable de projet") for visa in visas)
    assert visas[-1] == "Arrête :"
    assert cells(act, "article-2")[0] == ("Mission Proch’Orientation", "Pôle Éducation Lycées", "non renseignée")
    assert cells(act, "article-2")[1] == ("Cellule de direction", "Mission Proch’Orientation", "Directrice")
    assert texts(act, "article-1") == [
        "L’organisation de la mission Proch’Orientation est fixée comme suit, à compter du [date d’effet à compléter]."
    ]
    assert (
        "La cellule éditoriale est supprimée ; lui succède le secteur Information sur les métiers et les formations"
        in (texts(act, "article-3"))
    )
    assert article(act, "Emplois") is None
    assert [spaced(line) for line in act.signature] == [
        "Fait à [lieu à compléter], le [date à compléter]",
        "[qualité du signataire à compléter]",
        "Signature",
    ]


def test_the_order_takes_what_was_recorded():
    acted = ActFacts(
        employer="Région fictive",
        number="2022-3",
        dated_on=datetime.date(2022, 2, 1),
        signatory="Le président du conseil",
        opinions=("avis favorable des représentants du personnel",),
        legal_source="Décret n° 85-565",
        deliberation="n° 7 du 12 janvier 2022",
    )
    act = order(
        CreatePost(id=change_id("a"), unit=case.EDITORIAL, new=NEW), facts=replace(DATED, committee=""), acted=acted
    )
    visas = [spaced(visa.text) for visa in act.visas]
    assert visas[0] == "Région fictive, représenté par le président du conseil,"
    assert visas[2] == "Vu le décret n° 85-565 ;"
    assert visas[3].endswith("du [instance à compléter], séance du 4 octobre 2021 : "
                             "avis favorable des représentants du personnel ;")  # fmt: skip
    assert visas[4] == "Vu la délibération n° 7 du 12 janvier 2022 ;"
    assert visas[6] == "Considérant [motifs à compléter] ;"
    assert texts(act, article(act, "Emplois")) == [
        "Les emplois créés et supprimés sont ceux de la délibération n° 7 du 12 janvier 2022."
    ]
    assert spaced(act.signature[1]) == "Le président du conseil"
    sourced = order(acted=replace(acted, legal_source="Articles R. 251-1", deliberation=""))
    assert "Vu Articles R. 251-1 ;" in [spaced(visa.text) for visa in sourced.visas]


def test_units_that_change_links_and_stages():
    changes = (
        RenameUnit(id=change_id("a"), unit=case.EDITORIAL, label="Cellule des publications"),
        LinkUnit(id=change_id("b"), unit=case.EDITORIAL, to=case.DDPE),
        SuppressPost(id=change_id("d"), post=case.EDITORS[0], eventually=True, motive="Fin."),
        RegradePost(id=change_id("e"), post=case.GRAPHISTS[0], grade=case.A3, on=datetime.date(2022, 6, 1)),
    )
    outside = RenameUnit(id=change_id("f"), unit=case.DDPE, label="DDPE et suites")
    act = order(*changes, outside, facts=replace(DATED, effective_on=None))
    assert texts(act, article(act, "supprimées")) == [
        "La cellule des publications portait jusqu’ici le nom « Cellule éditoriale »"
    ]
    links = next(block for block in act.parts[1].blocks if isinstance(block, Bullets))
    assert [spaced(each) for each in links.items] == [
        "La cellule des publications dépend aussi, par un lien fonctionnel, de l’unité DDPE et suites"
    ]
    stages = texts(act, article(act, "par étapes"))
    assert [stage.split(" : ")[0] for stage in stages] == ["[date d’effet à compléter]", "1er juin 2022", "À terme"]


def test_a_unit_that_moves():
    act = order(MoveUnit(id=change_id("a"), unit=case.EDITORIAL, to=case.POLE), facts=replace(DATED, unit=case.POLE))
    assert texts(act, article(act, "supprimées")) == ["La cellule éditoriale est rattachée au pôle Éducation Lycées"]


def test_an_order_for_a_unit_that_no_longer_stands():
    act = order(CloseUnit(id=change_id("a"), unit=case.DDPE), facts=replace(DATED, unit=UnitId("inconnue")))
    assert cells(act, "article-2") == []
    assert spaced(act.title).endswith("portant organisation des services")
    closed = order(CloseUnit(id=change_id("a"), unit=case.EDITORIAL), facts=replace(DATED, unit=case.EDITORIAL))
    assert closed.parts


# Who is named


@pytest.mark.parametrize(
    ("written_as", "found"),
    [
        ("Mme Lefèvre conduit le projet.", True),
        ("Avec LEFEVRE et d’autres.", True),
        ("le lefèvre du village", False),
        ("Lefèvrerie", False),
        ("Rien.", False),
    ],
)
def test_a_person_is_found_by_their_last_name(written_as, found):
    narrative = Narrative(sections=(NarrativeSection(key="context", title="Contexte", markdown=written_as),))
    chart = case.before()
    people = (Person("Ada", "Lefèvre"), Person("Bo", "Li"), Person("", "  "))
    said = named(chart, chart, (), narrative, people)
    expected = [("la partie «\u00a0Contexte\u00a0»", "Ada Lefèvre", Mend.SECTION, "context", "report")] if found else []
    assert [tuple(each) for each in said] == expected


def test_names_are_looked_for_in_motives_deductions_bourses_and_duties():
    changes = (
        SuppressPost(id=change_id("a"), post=case.EDITORS[0], motive="Départ de M. Martin Dupré."),
        TransformUndetermined(id=change_id("b"), candidates=case.EDITORS[1:], into=NEW, opened_to="sauf Martin-Dupré"),
        RegradePost(
            id=change_id("c"), post=case.GRAPHISTS[0], grade=case.A3, deduced=(Deduction(reason="Martin-Dupré le dit"),)
        ),
        CreatePost(
            id=change_id("d"),
            unit=case.MISSION,
            new=NewPost(id=PostId("z"), label="adjoint", duties=("Remplacer Jo Martin Dupré",)),
        ),
    )
    chart = case.before()
    after = fold_leniently(chart, in_fold_order(changes, None)).structure
    said = named(chart, after, changes, Narrative(), (Person("Jo", "Martin-Dupré"),))
    assert [(each.mend, each.target) for each in said] == [
        (Mend.CHANGE, "a"),
        (Mend.CHANGE, "b"),
        (Mend.CHANGE, "c"),
        (Mend.POST, "z"),
    ]
