"""The dossier of other drafts: units that stay, several provenances, hours, dates, what is not known."""

import datetime
from decimal import Decimal

import pytest
from msgspec.structs import replace

from orgchart.changes import (
    AttachPosts,
    ChangePostHours,
    CloseUnit,
    CreatePost,
    CreateUnit,
    FreezePost,
    MergeUnits,
    MoveUnit,
    NewPost,
    NewUnit,
    Part,
    RedeployPost,
    RegradePost,
    ResolveTransformation,
    SetLead,
    SplitUnit,
    SuppressPost,
    TransferPost,
    TransformPost,
)
from orgchart.dossier import Dossier, Facts, Milestone, Narrative, NarrativeSection, dossier
from orgchart.dossier.adjustments import sentence_of
from orgchart.dossier.tables import etp_text
from orgchart.fold import fold, fold_leniently, in_fold_order
from orgchart.records import ManagementLevel, Post, Unit
from orgchart.structure import Structure
from orgchart.total import Total
from orgchart.values import ChangeId, Deduction, Hours, KindCode, PostId, SiteCode, TitleCode, UnitId
from tests.orgchart import real_case as case
from tests.orgchart.test_dossier_real_case import bullets_of, items, part, spaced, table_of

NEW = NewPost(id=PostId("neuf"), title=TitleCode("charge-de-mission"), grade=case.A3)


def written(*changes, before=None, facts=case.FACTS, narrative=case.NARRATIVE) -> Dossier:
    chart = case.before() if before is None else before
    return dossier(chart, changes, fold_leniently(chart, in_fold_order(changes, facts.effective_on)), facts, narrative)


def change_id(name: str) -> ChangeId:
    return ChangeId(name)


def lines(found: Dossier) -> list[list[str]]:
    return [[spaced(str(line)) for line in each.lines] for each in items(found)]


def notes(found: Dossier) -> list[list[str]]:
    return [[spaced(note.text) for note in each.notes] for each in items(found)]


def test_without_any_adjustment_the_report_says_so():
    found = written()
    assert [block.text for block in part(found, "adjustments").blocks] == ["Aucun ajustement n’est proposé."]
    assert bullets_of(found.summary, "Postes concernés") == []


def test_several_changes_of_a_unit_that_stays_are_one_item():
    found = written(
        RegradePost(id=change_id("a"), post=case.GRAPHISTS[0], grade=case.A3),
        FreezePost(id=change_id("b"), post=case.GRAPHISTS[1], eventually=True),
        SuppressPost(id=change_id("c"), post=case.EDITORS[0], motive="Poste sans objet."),
        CloseUnit(id=change_id("d"), unit=case.DDPE, deduced=(Deduction(reason="rien n’en reste"),)),
    )
    assert [spaced(each.heading) for each in items(found)] == [
        "Cellule éditoriale : 3 ajustements",
    ]
    assert lines(found)[0] == [
        "Changement de cotation d’un poste de graphiste : de A 4 à A 3",
        "Gel d’un poste de graphiste (A 4), le poste reste compté, aucun recrutement n’y est possible ; à terme",
        "Suppression d’un poste de chargé de mission (A 3), dans la cellule éditoriale",
    ]
    assert notes(found)[0] == ["Suppression d’un poste de chargé de mission (A 3), motif : poste sans objet."]
    assert part(found, "changes").blocks[1].items[0].startswith("«\u00a0DDPE\u00a0» porte encore un poste")


def test_one_change_alone_is_named_by_its_heading():
    found = written(
        MoveUnit(id=change_id("a"), unit=case.EDITORIAL, to=case.POLE, on=datetime.date(2022, 1, 1)),
        SetLead(id=change_id("b"), unit=case.MISSION, lead=case.DIRECTOR, deduced=(Deduction(reason="Usage."),)),
    )
    assert [spaced(each.heading) for each in items(found)] == [
        "Rattachement de la cellule éditoriale au pôle Éducation Lycées",
        "Direction de la mission Proch’Orientation confiée au poste de directrice (A 1.3)",
    ]
    assert notes(found) == [
        ["À compter du 1er janvier 2022."],
        ["Direction de la mission Proch’Orientation confiée au poste de directrice (A 1.3)."],
    ]
    assert items(found)[1].notes[0].deduced == "usage"
    assert [row[3] for row in table_of(part(found, "adjustments-list"))] == [
        "À compter du 1er janvier 2022",
        "non renseignée",
    ]


def test_posts_made_in_several_ways_say_how_many_of_each():
    found = written(
        CreateUnit(
            id=change_id("a"),
            new=NewUnit(
                id=UnitId("u"), kind=KindCode("cellule"), label="Cellule Appui", aliases=("Appui",), sites=("lille",)
            ),
            parent=case.MISSION,
            units=(case.EDITORIAL,),
            posts=(case.OFFICER,),
            lead=case.OFFICER,
        ),
        CreatePost(id=change_id("b"), unit=UnitId("u"), new=NEW),
        CreatePost(id=change_id("c"), unit=UnitId("u"), new=replace(NEW, id=PostId("neuf-2"))),
        TransformPost(id=change_id("d"), post=case.FINANCE, into=replace(NEW, id=PostId("neuf-3"), label="juriste")),
        AttachPosts(id=change_id("e"), posts=(PostId("neuf-3"),), to=UnitId("u")),
        RedeployPost(
            id=change_id("f"),
            post=case.GRAPHISTS[0],
            to=UnitId("u"),
            into=replace(NEW, id=PostId("neuf-4"), label="documentaliste", duties=("Tenir le fonds.",)),
        ),
        RegradePost(id=change_id("g"), post=case.DIRECTOR, grade=case.A22),
    )
    assert lines(found)[0] == [
        "1 chargé de mission (A 3)",
        "2 chargés de mission (A 3), postes créés",
        "1 juriste (A 3), par transformation du poste de cadre administratif et financier (A 3)",
        "1 documentaliste (A 3), par redéploiement d’un poste de graphiste (A 4) de la cellule éditoriale",
        "la cellule éditoriale (5 postes)",
    ]
    assert notes(found)[0][:3] == [
        "Dirigée par le poste de chargé de mission (A 3).",
        "Site : Lille.",
        "Autre appellation : Appui.",
    ]
    assert [spaced(each.heading) for each in items(found)[0].duties] == ["Missions du poste de documentaliste (A 3)"]
    concerned = bullets_of(found.summary, "Postes concernés")
    assert concerned[0] == "Postes créés : 2 postes de chargé de mission (A 3)"
    assert concerned[2].startswith("Postes transformés : ")


def test_some_of_alike_posts_were_there_before():
    one = written(
        CreateUnit(
            id=change_id("a"),
            new=NewUnit(id=UnitId("u"), kind=KindCode("cellule"), label="Appui", purposes=("Aider.", "Conseiller.")),
            parent=case.MISSION,
            posts=(case.OFFICER,),
        ),
        CreatePost(id=change_id("b"), unit=UnitId("u"), new=NEW),
    )
    assert lines(one)[0] == ["2 chargés de mission (A 3), dont 1 poste créé"]
    assert notes(one)[0] == ["Missions : aider ; conseiller."]


def test_a_merger_and_a_split_list_what_they_make():
    merged = written(
        MergeUnits(
            id=change_id("a"),
            units=(case.EDITORIAL, case.DDPE),
            into=NewUnit(id=UnitId("u"), kind=KindCode("secteur"), label="Secteur Édition"),
            parent=case.MISSION,
        ),
        CreatePost(id=change_id("b"), unit=UnitId("u"), new=replace(NEW, level=ManagementLevel.PROXIMITY)),
    )
    assert lines(merged)[0] == [
        "1 responsable de projet (A 2.2)",
        "4 chargés de mission (A 3)",
        "1 chargé de mission (A 3) (manager de proximité), poste créé",
        "2 graphistes (A 4)",
    ]
    assert notes(merged) == [[]]
    assert "qui succède à la cellule éditoriale et à la DDPE" in " ".join(
        row[0] for row in table_of(part(merged, "changes"))
    )
    split = written(
        SplitUnit(
            id=change_id("a"),
            unit=case.EDITORIAL,
            into=(
                Part(new=NewUnit(id=UnitId("a"), kind=KindCode("cellule"), label="Textes"), posts=case.EDITORS),
                Part(new=NewUnit(id=UnitId("b"), kind=KindCode("cellule"), label="Images"), posts=case.GRAPHISTS),
            ),
        )
    )
    assert lines(split)[0] == [
        "une cellule Textes (4 postes)",
        "4 chargés de mission (A 3)",
        "une cellule Images (2 postes)",
        "2 graphistes (A 4)",
    ]
    told = "Cellule éditoriale (supprimée, lui succèdent la cellule Textes et la cellule Images)"
    assert told in [row[0] for row in table_of(part(split, "changes"))]


def test_a_name_that_is_to_be_decided_later_says_so_in_the_tables():
    provisional = NewUnit(id=UnitId("u"), kind=KindCode("secteur"), label="Secteur Édition", provisional=True)
    merged = written(
        MergeUnits(id=change_id("a"), units=(case.EDITORIAL, case.DDPE), into=provisional, parent=case.MISSION),
        CreatePost(id=change_id("b"), unit=UnitId("u"), new=NEW),
    )
    assert "Secteur Édition (nom provisoire), qui succède à la cellule éditoriale et à la DDPE" in [
        row[0] for row in table_of(part(merged, "changes"))
    ]


def test_a_unit_made_then_closed_lists_nothing():
    found = written(
        CreateUnit(
            id=change_id("a"), new=NewUnit(id=UnitId("u"), kind=KindCode("cellule"), label="Appui"), parent=None
        ),
        CloseUnit(id=change_id("b"), unit=UnitId("u"), successors=(case.EDITORIAL, case.MISSION)),
    )
    assert lines(found) == [[]]
    assert "lui succèdent" in notes(found)[0][-1]


def test_what_no_longer_applies_is_refused_and_said():
    gone = written(
        SuppressPost(id=change_id("a"), post=PostId("disparu"), motive="Fin de mission."),
        FreezePost(id=change_id("b"), post=case.DIRECTOR),
    )
    assert len(items(gone)) == 1
    assert table_of(part(gone, "adjustments-list"))[0][3] == "impossible à cette étape"
    assert "n’existe pas ou n’existe plus" in bullets_of(part(gone, "changes"), "Contrôles")[0]


def test_hours_known_in_part_are_told_apart():
    half = ChangePostHours(id=change_id("a"), post=case.FINANCE, hours=Hours(worked=Decimal("17.5")))
    found = written(half)
    assert table_of(part(found, "posts-after"))[2][4] == "0,5"
    assert [spaced(row[4]) for row in table_of(part(found, "posts-after"), 1)] == [
        "non renseigné",
        "non renseigné",
        "0,5 et 10 postes non renseignés",
        "non renseigné",
    ]
    assert spaced(etp_text(Total(2, Decimal(1), 1))) == "1 et 1 poste non renseigné"
    assert etp_text(Total()) == "0"
    assert "Durée : pour 15 postes" in bullets_of(part(found, "unknown"), "N’est pas renseigné")


def test_a_unit_outside_that_gains_a_post():
    found = written(TransferPost(id=change_id("a"), post=case.DIRECTOR, to=case.DDPE))
    assert [spaced(cell) for cell in found.summary.blocks[0].groups[1].rows[0]] == [
        "DDPE",
        "non renseigné",
        "non renseigné",
        "+1",
        "+1 transfert",
    ]


def test_the_outcome_of_a_bourse_has_its_place():
    pending = fold(case.before(), case.CHANGES)
    resolved = ResolveTransformation(id=change_id("a"), pending=case.TRANSFORM.id, post=case.EDITORS[0])
    assert [spaced(each.heading) for each in items(written(resolved, before=pending))] == [
        "Désignation d’un poste de chargé de mission (A 3) comme poste transformé en responsable de secteur (A 2.2)"
    ]


BARE = Facts(code="x", title="Sans séance", unit=case.MISSION)


def test_an_empty_heading_says_what_is_missing():
    found = written(facts=BARE, narrative=Narrative())
    assert (found.heading.committee, spaced(found.heading.session)) == (
        "Instance non renseignée",
        "Séance : date non renseignée",
    )
    assert bullets_of(part(found, "unknown"), "N’est pas renseigné")[:3] == [
        "Instance consultée",
        "Date de la séance",
        "Date d’effet de la réorganisation",
    ]
    assert [each.key for each in found.parts] == ["adjustments"]


def test_the_written_parts_can_be_renamed_ordered_and_placed():
    narrative = Narrative(
        sections=(
            NarrativeSection(key="calendar", title="Dates", markdown="Au 1er janvier."),
            NarrativeSection(key="adjustments", title="Ce que nous proposons", markdown="Trois créations."),
            NarrativeSection(key="context", title="Situation", markdown=""),
            NarrativeSection(key="free", title="Une note", change=change_id("absente")),
        )
    )
    found = written(*case.CHANGES, facts=replace(BARE, effective_on=datetime.date(2022, 1, 1)), narrative=narrative)
    assert [each.title for each in found.parts] == ["Dates", "Ce que nous proposons", "Situation", "Une note"]
    assert part(found, "adjustments").blocks[0].markdown == "Trois créations."
    assert {spaced(row[3]) for row in table_of(part(found, "adjustments-list"))} == {"1er janvier 2022"}
    silent = replace(narrative, sections=(replace(narrative.sections[1], markdown=" "),))
    assert [block.block for block in part(written(narrative=silent), "adjustments").blocks] == ["paragraph"]


def test_a_milestone_is_as_precise_as_its_source():
    facts = replace(BARE, milestones=(Milestone(on="2020", label="Création"),))
    narrative = Narrative(sections=(NarrativeSection(key="context", title="Contexte", markdown="Texte."),))
    assert bullets_of(part(written(facts=facts, narrative=narrative), "context"), "Repères") == ["2020 : création"]


def test_a_perimeter_that_the_draft_makes_stands_on_one_side_only():
    unit = UnitId("u")
    new = CreateUnit(
        id=change_id("a"),
        new=NewUnit(id=unit, kind=KindCode("direction"), label="Direction Une"),
        parent=case.POLE,
        posts=(case.OFFICER,),
        deduced=(Deduction(field="motive", reason="Personne ne le dit."),),
        motive="Créer.",
    )
    found = written(new, facts=replace(BARE, unit=unit), narrative=Narrative())
    assert table_of(part(found, "posts-before")) == []
    assert spaced(table_of(part(found, "adjustments-list"))[0][2]) == "Créer. (déduit : personne ne le dit)"
    closed = CloseUnit(id=change_id("b"), unit=case.MISSION)
    gone = written(closed, before=Structure.of(case.UNITS[:2], nomenclature=case.NOMENCLATURE))
    assert table_of(part(gone, "posts-after")) == []
    assert gone.heading.units[-1] == "Mission Proch’Orientation"
    missing = written(facts=replace(BARE, unit=UnitId("absente")), narrative=Narrative())
    assert missing.summary.blocks[0].groups[0].rows[0][0] == "Effectif"
    assert missing.heading.units == ()


def test_a_perimeter_known_in_part_gets_no_total():
    found = written(facts=replace(BARE, unit=case.POLE), narrative=Narrative())
    table = part(found, "posts-after").blocks[0]
    assert table.total[1] == "non renseigné"
    assert part(found, "posts-after").blocks[1].total[1:] == ("non renseigné", "non renseigné", "0", "non renseigné")


@pytest.mark.parametrize(("text", "said"), [("déjà fini.", "Déjà fini."), ("fini ?", "Fini\u00a0?"), ("fini", "Fini.")])
def test_sentences_end_once(text, said):
    assert sentence_of(text) == said


def test_a_template_knows_each_block_by_its_name():
    narrative = Narrative(sections=(NarrativeSection(key="context", title="Contexte", markdown="Texte."),))
    found = written(*case.CHANGES, narrative=narrative)
    blocks = [block for each in (*found.parts, *found.annexes) for block in each.blocks]
    assert {block.block for block in blocks} == {"prose", "adjustment", "table", "bullets", "picture"}
    assert part(written(), "adjustments").blocks[0].block == "paragraph"
    assert all(block.short for block in blocks if block.block == "table")


def test_an_emploi_that_changes_and_a_staged_creation_say_so():
    found = written(
        CreateUnit(
            id=change_id("a"), new=NewUnit(id=UnitId("u"), kind=KindCode("cellule"), label="Appui"), parent=None
        ),
        CreatePost(id=change_id("b"), unit=UnitId("u"), new=NEW, eventually=True),
        AttachPosts(id=change_id("c"), posts=(case.FINANCE,), to=UnitId("u")),
        TransformPost(
            id=change_id("d"),
            post=case.FINANCE,
            into=replace(NEW, id=PostId("neuf-2"), label="juriste"),
            as_suppression_and_creation=True,
        ),
    )
    assert notes(found)[0] == [
        "Création d’un poste de chargé de mission (A 3).",
        "À terme.",
        "Rattachement du poste de cadre administratif et financier (A 3) à la cellule Appui.",
        "L’emploi lui-même change : suppression et création à la délibération.",
    ]


def test_when_every_fact_of_the_posts_is_known_nothing_is_said_of_them():
    known = Post(
        id=PostId("p"),
        unit=case.MISSION,
        label="juriste",
        grade=case.A3,
        hours=Hours(worked=Decimal(35)),
        site=SiteCode("lille"),
        job_family="administrative",
        corps=("attachés",),
        statutory_grades=("attaché",),
    )
    chart = Structure.of(
        [Unit(id=case.MISSION, kind=KindCode("mission"), label="Mission")], [known], nomenclature=case.NOMENCLATURE
    )
    said = bullets_of(part(written(before=chart), "unknown"), "N’est pas renseigné")
    assert not [each for each in said if "poste" in each]
    bare = Structure.of(chart.units, [replace(known, label="", grade=None)], nomenclature=case.NOMENCLATURE)
    found = written(before=bare)
    assert table_of(part(found, "posts-after"))[0] == [
        "1",
        "intitulé non renseigné",
        "non renseignée",
        "non renseignée",
        "1",
    ]
    assert "Pour tous les postes : intitulé et cotation" in bullets_of(part(found, "unknown"), "N’est pas renseigné")


def test_a_long_table_may_run_over_several_pages():
    made = [
        CreatePost(id=change_id(f"a{n}"), unit=case.MISSION, new=replace(NEW, id=PostId(f"n{n}"), label=f"rôle {n}"))
        for n in range(15)
    ]
    assert not part(written(*made), "posts-after").blocks[0].short
