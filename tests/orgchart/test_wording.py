"""Every kind of change has its words, in correct French, saying no more than the data."""

from decimal import Decimal

import msgspec
import pytest
from msgspec.structs import replace

from orgchart import french
from orgchart.changes import (
    CATALOGUE,
    AttachPosts,
    Change,
    ChangePostHours,
    ChangePostSite,
    ChangeUnitSites,
    CloseUnit,
    CreatePost,
    CreateUnit,
    FreezePost,
    LinkUnit,
    MovePurposes,
    MoveUnit,
    NewPost,
    RegradePost,
    RenameUnit,
    ResolveTransformation,
    SetLead,
    SetSuperiors,
    SharePost,
    SuppressPost,
    TransformUndetermined,
    UnfreezePost,
    UnlinkUnit,
    tag_of,
)
from orgchart.fold import fold, fold_leniently
from orgchart.naming import Names, lines
from orgchart.structure import Structure
from orgchart.values import ChangeId, Hours, PostId, SiteCode, UnitId
from orgchart.wording import sentence
from orgchart.wording.posts import post_words
from orgchart.wording.units import unit_words
from tests.orgchart import real_case as case
from tests.orgchart.wordings import ANTENNA, ID, NEW, POST_CHANGES, SHARES, UNIT_CHANGES


def spaced(text: str) -> str:
    return text.replace(french.NBSP, " ")


def words(change: Change, before: Structure | None = None) -> tuple[str, str, tuple[str, ...]]:
    """(verb phrase, noun phrase, details), with plain spaces."""
    chart = case.before() if before is None else before
    found = sentence(change, chart, fold(chart, [change]))
    return spaced(found.sentence), spaced(found.heading), tuple(spaced(detail) for detail in found.details)


def test_the_words_of_the_real_case():
    before = case.before()
    after = fold(before, case.CHANGES)
    found = [sentence(change, before, after) for change in case.CHANGES]
    assert [spaced(each.sentence) for each in found] == [
        "Créer la cellule de direction",
        "Créer le secteur Information sur les métiers et les formations",
        "Transformer un des 4 postes de chargé de mission (A 3) en responsable de secteur (A 2.2)",
        "Créer la cellule Accompagnement des parcours et développement des partenariats",
        "Transférer le poste de responsable de projet (A 2.2) depuis la DDPE",
        "Supprimer la cellule éditoriale",
    ]
    assert [spaced(each.heading) for each in found] == [
        "Création d’une cellule de direction (4 postes)",
        "Création d’un secteur Information sur les métiers et les formations (6 postes)",
        "Transformation d’un des 4 postes de chargé de mission (A 3) en responsable de secteur (A 2.2)",
        "Création d’une cellule Accompagnement des parcours et développement des partenariats (7 postes)",
        "Transfert du poste de responsable de projet (A 2.2) depuis la DDPE",
        "Suppression de la cellule éditoriale",
    ]
    assert [tuple(map(spaced, each.details)) for each in found] == [
        ("regroupe 4 postes existants", "dirigée par le poste de directrice (A 1.3)"),
        ("regroupe 6 postes existants",),
        (
            "le poste transformé sera déterminé par la bourse interne",
            "bourse ouverte à : tous les chargés de mission de la cellule éditoriale",
            "dirige l’unité",
        ),
        ("regroupe 6 postes existants", "dirigée par le poste de directrice (A 1.3)"),
        (
            "vers la cellule Accompagnement des parcours et développement des partenariats",
            "en accord avec la personne qui occupe le poste",
        ),
        ("le secteur Information sur les métiers et les formations lui succède",),
    ]
    assert found[0].deduced == ("la directrice est le seul manager de direction de la cellule",)


@pytest.mark.parametrize(("change", "verb", "noun", "details"), UNIT_CHANGES + POST_CHANGES)
def test_the_words_of_each_kind(change, verb, noun, details):
    assert words(change) == (verb, noun, details)


def after(*changes: Change) -> Structure:
    return fold(case.before(), changes)


def charged(*purposes: str) -> Structure:
    chart = case.before()
    units = [replace(unit, purposes=purposes) if unit.id == case.EDITORIAL else unit for unit in chart.units]
    return Structure.of(units, chart.posts, chart.pendings, chart.nomenclature)


UNDONE = [
    (
        charged("Éditer"),
        MovePurposes(id=ID, unit=case.EDITORIAL, purposes=("Éditer",), to=case.DDPE),
        "Transférer la mission « Éditer » de la cellule éditoriale à la DDPE",
        "Transfert de la mission « Éditer » de la cellule éditoriale à la DDPE",
        ("sans transfert de poste",),
    ),
    (
        charged("Éditer", "Illustrer"),
        MovePurposes(id=ID, unit=case.EDITORIAL, purposes=("Éditer", "Illustrer"), to=case.DDPE),
        "Transférer 2 missions de la cellule éditoriale à la DDPE",
        "Transfert de 2 missions de la cellule éditoriale à la DDPE",
        ("« Éditer » et « Illustrer »", "sans transfert de poste"),
    ),
    (
        after(SetSuperiors(id=ChangeId("a"), post=case.FINANCE, superiors=(case.DIRECTOR,))),
        SetSuperiors(id=ID, post=case.FINANCE, superiors=()),
        "Mettre fin à l’autorité fonctionnelle exercée sur le poste de cadre administratif et financier (A 3)",
        "Fin de l’autorité fonctionnelle exercée sur le poste de cadre administratif et financier (A 3)",
        (),
    ),
    (
        after(LinkUnit(id=ChangeId("a"), unit=case.EDITORIAL, to=case.DDPE)),
        UnlinkUnit(id=ID, unit=case.EDITORIAL, to=case.DDPE),
        "Mettre fin au lien fonctionnel de la cellule éditoriale avec la DDPE",
        "Fin du lien fonctionnel de la cellule éditoriale avec la DDPE",
    ),
    (
        after(SetLead(id=ChangeId("a"), unit=case.EDITORIAL, lead=case.DIRECTOR)),
        SetLead(id=ID, unit=case.EDITORIAL, lead=None),
        "Ne plus rattacher la direction de la cellule éditoriale à un poste",
        "Direction de la cellule éditoriale : plus de poste désigné",
    ),
    (
        after(SharePost(id=ChangeId("a"), post=case.FINANCE, shares=SHARES)),
        SharePost(id=ID, post=case.FINANCE, shares=()),
        "Mettre fin au partage du poste de cadre administratif et financier (A 3)",
        "Fin du partage du poste de cadre administratif et financier (A 3)",
    ),
    (
        after(FreezePost(id=ChangeId("a"), post=case.FINANCE)),
        UnfreezePost(id=ID, post=case.FINANCE),
        "Dégeler le poste de cadre administratif et financier (A 3)",
        "Dégel du poste de cadre administratif et financier (A 3)",
    ),
    (
        after(ChangePostHours(id=ChangeId("a"), post=case.FINANCE, hours=Hours(worked=Decimal(35)))),
        ChangePostHours(id=ID, post=case.FINANCE, hours=Hours(worked=Decimal(28))),
        "Changer la durée du poste de cadre administratif et financier (A 3) : de 35/35 à 28/35",
        "Changement de la durée du poste de cadre administratif et financier (A 3) : de 35/35 à 28/35",
    ),
    (
        after(ChangePostSite(id=ChangeId("a"), post=case.FINANCE, site=SiteCode("amiens"))),
        ChangePostSite(id=ID, post=case.FINANCE, site=SiteCode("lille")),
        "Changer le site du poste de cadre administratif et financier (A 3) : d’Amiens à Lille",
        "Changement de site du poste de cadre administratif et financier (A 3) : d’Amiens à Lille",
    ),
    (
        after(TransformUndetermined(id=ChangeId("a"), candidates=case.EDITORS, into=NEW)),
        ResolveTransformation(id=ID, pending="a", post=case.EDITORS[1]),
        "Retenir un poste de chargé de mission (A 3) comme poste transformé en responsable de secteur (A 2.2)",
        "Désignation d’un poste de chargé de mission (A 3) comme poste transformé en responsable de secteur (A 2.2)",
    ),
]


@pytest.mark.parametrize("row", UNDONE)
def test_the_words_of_what_needs_another_chart_before(row):
    before, change, *told = row
    assert words(change, before)[: len(told)] == tuple(told)


def test_no_kind_of_change_is_without_words():
    said = {tag_of(row[0]) for row in UNIT_CHANGES + POST_CHANGES} | {tag_of(row[1]) for row in UNDONE}
    assert said | {tag_of(change) for change in case.CHANGES} == set(CATALOGUE)


def test_what_is_not_a_change_of_the_catalogue_is_refused():
    names = Names(case.before(), case.before())
    for writer in (unit_words, post_words):
        with pytest.raises(TypeError, match="n’est pas un ajustement"):
            writer(Change(id=ID), names)


def test_two_successors_and_an_unknown_site_agree():
    chart = case.before()
    empty = fold_leniently(chart, case.CHANGES[:-1]).structure
    close = CloseUnit(id=ID, unit=case.EDITORIAL, successors=(case.SECTOR, case.DIRECTION))
    assert sentence(close, chart, empty).details == (
        "le secteur Information sur les métiers et les formations et la cellule de direction lui succèdent",
    )
    nowhere = ChangeUnitSites(id=ID, unit=case.EDITORIAL, sites=())
    assert spaced(sentence(nowhere, chart, chart).sentence).endswith("la cellule éditoriale : non renseigné")


GONE_POST, GONE_UNIT = PostId("disparu"), UnitId("disparue")


@pytest.mark.parametrize(
    ("change", "noun"),
    [
        (
            CloseUnit(id=ID, unit=GONE_UNIT),
            "Suppression d’une unité qui n’est plus dans l’organigramme",
        ),
        (
            MoveUnit(id=ID, unit=GONE_UNIT, to=GONE_UNIT),
            "Rattachement d’une unité qui n’est plus dans l’organigramme "
            "à une unité qui n’est plus dans l’organigramme",
        ),
        (
            RenameUnit(id=ID, unit=GONE_UNIT, label="X"),
            "Changement de nom d’une unité qui n’est plus dans l’organigramme, qui devient « X »",
        ),
        (
            SetLead(id=ID, unit=case.EDITORIAL, lead=GONE_POST),
            "Direction de la cellule éditoriale confiée à un poste qui n’est plus dans l’organigramme",
        ),
        (
            SuppressPost(id=ID, post=GONE_POST),
            "Suppression d’un poste qui n’est plus dans l’organigramme",
        ),
        (
            AttachPosts(id=ID, posts=(GONE_POST,), to=case.MISSION),
            "Rattachement d’un poste qui n’est plus dans l’organigramme à la mission Proch’Orientation",
        ),
        (
            AttachPosts(id=ID, posts=(GONE_POST, case.DIRECTOR), to=case.MISSION),
            "Rattachement de 2 postes à la mission Proch’Orientation",
        ),
        (
            TransformUndetermined(id=ID, candidates=(GONE_POST, PostId("autre")), into=NEW),
            "Transformation d’un des 2 postes en responsable de secteur (A 2.2)",
        ),
        (
            RegradePost(id=ID, post=GONE_POST, grade=case.A3),
            "Changement de cotation d’un poste qui n’est plus dans l’organigramme : A 3 (jusqu’ici non renseignée)",
        ),
        (
            ResolveTransformation(id=ID, pending="?", post=case.DIRECTOR),
            "Désignation du poste de directrice (A 1.3) comme poste transformé",
        ),
        (
            CreateUnit(id=ID, new=ANTENNA, parent=None),
            "Création d’une unité Antenne de Lille",
        ),
    ],
)
def test_a_change_that_no_longer_applies_is_still_named(change, noun):
    chart = case.before()
    assert spaced(sentence(change, chart, chart).heading) == noun
    assert sentence(change, chart, chart).verb


def test_the_verb_phrase_of_what_is_gone():
    chart = case.before()
    close = sentence(CloseUnit(id=ID, unit=GONE_UNIT), chart, chart)
    assert close.sentence == "Supprimer une unité qui n’est plus dans l’organigramme"
    suppress = sentence(SuppressPost(id=ID, post=GONE_POST), chart, chart)
    assert suppress.sentence == "Supprimer un poste qui n’est plus dans l’organigramme"
    assert suppress.details == ("dans une unité qui n’est plus dans l’organigramme",)
    rename = sentence(RenameUnit(id=ID, unit=GONE_UNIT, label="X"), chart, chart)
    assert spaced(rename.sentence) == "Renommer une unité qui n’est plus dans l’organigramme en « X »"


def test_a_unit_known_in_part_never_gets_a_total():
    chart = case.before()
    partial = Structure.of(
        [*chart.units, msgspec.structs.replace(chart.unit_by_id[case.POLE], id=UnitId("antenne"))],
        chart.posts,
        nomenclature=chart.nomenclature,
    )
    heading = sentence(CreateUnit(id=ID, new=ANTENNA, parent=None), chart, partial).heading
    assert "poste" not in heading


def test_an_untitled_post_is_named_by_its_cotation():
    made = CreatePost(id=ID, unit=case.EDITORIAL, new=NewPost(id=PostId("neuf"), grade=case.A3))
    chart = after(made)
    freeze = FreezePost(id=ChangeId("b"), post=PostId("neuf"))
    assert spaced(sentence(freeze, chart, chart).sentence) == "Geler le poste (A 3), intitulé non renseigné"


def test_a_post_made_by_the_draft_itself_is_named():
    made = CreatePost(id=ID, unit=case.EDITORIAL, new=NEW)
    attach = AttachPosts(id=ChangeId("b"), posts=(NEW.id,), to=case.MISSION)
    chart = case.before()
    found = sentence(attach, chart, fold(chart, [made, attach]))
    assert spaced(found.heading) == (
        "Rattachement du poste de responsable de secteur (A 2.2) à la mission Proch’Orientation"
    )


def test_a_unit_without_a_known_kind_keeps_its_label():
    chart = Structure.of([msgspec.structs.replace(case.before().unit_by_id[case.EDITORIAL], kind="?", parent=None)])
    found = sentence(CloseUnit(id=ID, unit=case.EDITORIAL), chart, chart)
    assert found.heading == "Suppression de la Cellule éditoriale"


def test_the_posts_of_a_unit_are_listed_as_a_report_prints_them():
    chart = fold(case.before(), case.CHANGES)
    assert [spaced(each) for each in lines(chart, case.DIRECTION)] == [
        "1 directrice (A 1.3) (manager de direction)",
        "2 conseillères techniques (A 2.2)",
        "1 cadre administratif et financier (A 3)",
    ]
