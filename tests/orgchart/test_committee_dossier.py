"""The whole dossier of a committee: its pieces agree with the fold and name what is missing."""

import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from msgspec.structs import replace

from orgchart.changes import (
    AttachPosts,
    ChangePostHours,
    CreatePost,
    CreateUnit,
    NewPost,
    NewUnit,
    Part,
    RedeployPost,
    RegradePost,
    SplitUnit,
    SuppressPost,
    TransferPost,
    TransformPost,
    TransformUndetermined,
)
from orgchart.dossier import CommitteeDossier, Deadline, Narrative, NarrativeSection, Sheet, Table, committee_dossier
from orgchart.dossier.completeness import Condition, Mend, Named, completeness, condition
from orgchart.fold import fold_leniently, in_fold_order
from orgchart.records import ManagementLevel, Post
from orgchart.values import ChangeId, Deduction, Hours, KindCode, PostId, Share, SiteCode, TitleCode, UnitId
from tests.orgchart import real_case as case
from tests.orgchart.drafting import drafts
from tests.orgchart.test_dossier_real_case import spaced

NEW = NewPost(id=PostId("neuf"), title=TitleCode("charge-de-mission"), grade=case.A3)
FULL = Hours(worked=Decimal(35))


def change_id(name: str) -> ChangeId:
    return ChangeId(name)


def written(*changes, before=None, facts=case.FACTS, narrative=case.NARRATIVE, deadlines=()) -> CommitteeDossier:
    chart = case.before() if before is None else before
    folded = fold_leniently(chart, in_fold_order(changes, facts.effective_on))
    return committee_dossier(chart, changes, folded, facts, narrative, deadlines)


def real() -> CommitteeDossier:
    return written(*case.CHANGES)


def piece(found: CommitteeDossier, key: str):
    return next(each for each in found.pieces if each.key == key)


def rows(table: Table) -> list[tuple[str, ...]]:
    return [tuple(spaced(cell) for cell in row) for group in table.groups for row in group.rows]


def tables(found: CommitteeDossier, key: str) -> dict[str, list[tuple[str, ...]]]:
    return {spaced(table.caption): rows(table) for table in piece(found, key).tables}


def sheets(found: CommitteeDossier) -> list[Sheet]:
    return [block for part in piece(found, "sheets").parts for block in part.blocks]


def missing(found: CommitteeDossier, *changes, facts=case.FACTS, narrative=case.NARRATIVE, **known):
    lacks = completeness(found, changes, facts, narrative, **known)
    return [(lack.piece, spaced(lack.message), lack.mend, lack.target) for lack in lacks]


def test_the_real_case_has_all_its_pieces():
    found = real()
    assert [each.key for each in found.printed] == [
        "changes",
        "report",
        "charts",
        "posts",
        "lists",
        "sheets",
        "calendar",
        "unknown",
    ]
    assert found.heading.mark == "Projet – document de travail"
    assert found.number("posts") == 4


def test_totals_of_the_real_case_by_unit_category_and_cotation():
    totals = tables(real(), "posts")
    assert totals["Par cotation, en postes et en ETP"] == [
        ("A 1.3", "1", "1", "0", "non renseigné", "non renseigné", "1", "1"),
        ("A 2.2", "2", "4", "+2", "non renseigné", "non renseigné", "2", "4"),
        ("A 3", "11", "10", "−1", "non renseigné", "non renseigné", "11", "10"),
        ("A 4", "2", "2", "0", "non renseigné", "non renseigné", "2", "2"),
    ]
    assert totals["Par catégorie, en postes et en ETP"][0][:4] == ("A", "16", "17", "+1")
    units = totals["Par unité, avec celles qui en dépendent, en postes et en ETP"]
    assert [row[:4] for row in units] == [
        ("Mission Proch’Orientation", "16", "17", "+1"),
        ("Cellule de direction", "0", "4", "+4"),
        ("Secteur Information sur les métiers et les formations", "0", "6", "+6"),
        ("Cellule Accompagnement des parcours et développement des partenariats", "0", "7", "+7"),
        ("Cellule éditoriale (supprimée)", "6", "0", "−6"),
    ]


def test_lists_of_the_real_case_say_where_posts_come_from_and_why():
    lists = tables(real(), "lists")
    assert list(lists) == [
        "Postes issus d’une transformation ou d’un redéploiement (1)",
        "Postes transférés (1)",
        "Postes rattachés à une autre unité (16)",
    ]
    made = lists["Postes issus d’une transformation ou d’un redéploiement (1)"][0]
    assert made[1] == "responsable de secteur"
    assert made[4:7] == ("A 3", "A 2.2", "non renseignée")
    assert made[7].startswith("Confier à un même poste")
    assert lists["Postes transférés (1)"][0][3] == "Depuis la DDPE"
    editors = next(row for row in lists["Postes rattachés à une autre unité (16)"] if row[0] == "4")
    assert editors[3] == "Depuis la cellule éditoriale, l’un de ces postes sera transformé"


def test_lists_of_every_kind():
    chart = case.before(hours=FULL) if "hours" in case.before.__code__.co_varnames else case.before()
    changes = (
        CreatePost(id=change_id("a"), unit=case.EDITORIAL, new=NEW, motive="Renforcer."),
        SuppressPost(id=change_id("b"), post=case.EDITORS[0], motive="Sans objet.", eventually=True),
        RegradePost(id=change_id("c"), post=case.GRAPHISTS[0], grade=case.A3),
        ChangePostHours(id=change_id("d"), post=case.GRAPHISTS[1], hours=FULL),
        TransformPost(
            id=change_id("e"), post=case.FINANCE, into=NewPost(id=PostId("chef"), label="responsable des moyens")
        ),
        RedeployPost(
            id=change_id("f"), post=case.OFFICER, to=case.EDITORIAL, into=NewPost(id=PostId("red"), label="rédactrice")
        ),
        AttachPosts(id=change_id("g"), posts=(case.REFERENTS[0],), to=case.EDITORIAL, motive="Regrouper."),
    )
    found = tables(written(*changes, before=chart), "lists")
    assert [title.split(" (")[0] for title in found] == [
        "Postes créés",
        "Postes issus d’une transformation ou d’un redéploiement",
        "Postes rattachés à une autre unité",
        "Postes modifiés",
        "Postes supprimés",
    ]
    created, made, attached, changed, gone = found.values()
    assert created[0][3:] == ("Poste créé", "–", "A 3", "non renseignée", "Renforcer.")
    assert [row[4:6] for row in made] == [("A 3", "non renseignée"), ("A 3", "non renseignée")]
    assert attached[0][7] == "Regrouper."
    assert [row[3:7] for row in changed] == [
        ("Cotation", "A 4", "A 3", "non renseignée"),
        ("Durée", "A 4", "A 4", "non renseignée → 35/35"),
    ]
    assert gone[0][3:] == ("Supprimé", "A 3", "–", "non renseignée", "Sans objet ; à terme")


def test_posts_that_a_split_takes_along_have_its_motive():
    parts = tuple(
        Part(new=NewUnit(id=UnitId(name), kind=KindCode("cellule"), label=f"Cellule {name}"), posts=posts)
        for name, posts in (("textes", case.EDITORS), ("images", case.GRAPHISTS))
    )
    split = SplitUnit(id=change_id("scinder"), unit=case.EDITORIAL, into=parts, motive="Distinguer deux métiers.")
    found = tables(written(split), "lists")
    assert {row[7] for row in found["Postes rattachés à une autre unité (6)"]} == {"Distinguer deux métiers."}


def test_candidates_of_unlike_cotations_and_posts_that_came_from_nowhere_known():
    kept = written(
        CreateUnit(
            id=change_id("u"), new=NewUnit(id=UnitId("u"), kind=KindCode("cellule"), label="U"), parent=case.MISSION
        )
    )
    assert not piece(kept, "lists").concerned
    assert condition(kept, "lists", ()) is Condition.NOT_CONCERNED
    with pytest.raises(StopIteration):
        kept.number("lists")


def test_a_sheet_says_all_that_is_known_and_what_is_not():
    new = NewPost(
        id=PostId("chef"),
        label="responsable éditorial",
        grade=case.A22,
        job_family="administrative",
        corps=("attaché", "ingénieur"),
        statutory_grades=("attaché principal",),
        level=ManagementLevel.PROXIMITY,
        hours=Hours(worked=Decimal("17.5")),
        site=SiteCode("lille"),
        duties=("Animer l’équipe",),
        leads=True,
    )
    twins = [replace(NEW, id=PostId(f"n{rank}")) for rank in range(2)]
    found = sheets(
        written(
            CreatePost(id=change_id("a"), unit=case.EDITORIAL, new=new),
            *(CreatePost(id=change_id(each.id), unit=case.EDITORIAL, new=each) for each in twins),
            CreatePost(id=change_id("z"), unit=case.EDITORIAL, new=replace(NEW, id=PostId("n9"), duties=("Écrire",))),
        )
    )
    lead, several, alone = found
    assert {name: spaced(value) for name, value in lead.facts} == {
        "Unité": "Cellule éditoriale, Mission Proch’Orientation",
        "Provenance": "Poste créé",
        "Cotation": "A 2.2",
        "Catégorie": "A",
        "Filière": "administrative",
        "Cadres d’emplois": "attaché et ingénieur",
        "Grades ouverts": "attaché principal",
        "Niveau d’encadrement": "manager de proximité",
        "Durée": "17,5/35 (0,5 ETP)",
        "Site": "Lille",
        "Dirige": "la cellule éditoriale",
    }
    assert [spaced(each.title) for each in found] == [
        "Responsable éditorial",
        "Chargés de mission (2 postes)",
        "Chargé de mission",
    ]
    assert dict(several.facts)["Missions"] == ""
    assert dict(several.facts)["Sous la direction de"] == spaced(dict(several.facts)["Sous la direction de"]).replace(
        "(A 2.2)", "(A\u00a02.2)"
    )
    assert alone.lists[0].items == ("Écrire",)


def test_a_shared_post_says_between_which_units():
    shares = (
        Share(unit=case.MISSION, percent=Decimal(60)),
        Share(unit=case.EDITORIAL, percent=Decimal(40)),
    )
    chart = case.before()
    posts = [replace(post, shares=shares) if post.id == case.FINANCE else post for post in chart.posts]
    shared = replace(chart, posts=tuple(posts))
    found = sheets(written(TransformPost(id=change_id("a"), post=case.FINANCE, into=NEW), before=shared))
    assert spaced(dict(found[0].facts)["Partagé entre"]) == (
        "la mission Proch’Orientation (60 %) et la cellule éditoriale (40 %)"
    )


def test_the_calendar_is_in_order_and_ends_with_what_has_no_date():
    facts = replace(case.FACTS, effective_on=datetime.date(2022, 1, 1))
    changes = (
        CreatePost(id=change_id("a"), unit=case.EDITORIAL, new=NEW),
        SuppressPost(id=change_id("b"), post=case.EDITORS[0], eventually=True),
    )
    deadline = Deadline(label="Convocation", on=datetime.date(2021, 9, 19), source="Décret")
    found = tables(written(*changes, facts=facts, deadlines=(deadline,)), "calendar")
    assert next(iter(found.values())) == [
        ("19 septembre 2021", "Convocation", "Décret"),
        ("4 octobre 2021", "Séance : Comité technique paritaire", ""),
        ("1er janvier 2022", "Entrée en vigueur : étape 1 sur 2, 1 ajustement", ""),
        ("non renseignée", "Entrée en vigueur : étape 2 sur 2, 1 ajustement, à terme", ""),
    ]


def test_what_the_real_case_lacks():
    changes = case.CHANGES
    assert missing(written(*changes), *changes) == [
        ("posts", "Durée non renseignée : 17 postes.", Mend.POST, "directrice"),
        (
            "sheets",
            "Cadres d’emplois et grades ouverts non renseignés : le poste de responsable de secteur (A 2.2).",
            Mend.CHANGE,
            "transformer-charge-de-mission",
        ),
        ("calendar", "La date d’effet n’est pas renseignée.", Mend.DETAILS, ""),
    ]


def test_an_empty_draft_lacks_nearly_everything():
    facts = replace(case.FACTS, session_on=None, effective_on=None)
    narrative = Narrative(sections=(NarrativeSection(key="aims", title="Objectifs"),))
    found = written(facts=facts, narrative=narrative)
    lacks = missing(found, facts=facts, narrative=narrative, unsettled=2)
    assert lacks[:3] == [
        ("changes", "Le projet ne contient aucun ajustement.", Mend.CHANGES, ""),
        ("report", "La partie « Contexte » n’est pas rédigée.", Mend.SECTION, "context"),
        ("report", "La partie « Objectifs » n’est pas rédigée.", Mend.SECTION, "aims"),
    ]
    assert lacks[-3:] == [
        ("calendar", "La séance n’est pas fixée.", Mend.AGENDA, ""),
        ("calendar", "La date d’effet n’est pas renseignée.", Mend.DETAILS, ""),
        ("report", "La situation de 2 agents reste à préciser.", Mend.SITUATIONS, ""),
    ]


def test_motives_duties_and_dates_that_are_missing():
    changes = tuple(
        CreatePost(
            id=change_id(f"c{rank}"),
            unit=case.EDITORIAL,
            new=NewPost(id=PostId(f"p{rank}"), label=f"poste {rank}"),
            eventually=True,
        )
        for rank in range(5)
    )
    explained = NarrativeSection(key="c0", title="Pourquoi", markdown="Parce que.", change=change_id("c0"))
    narrative = Narrative(sections=(*case.NARRATIVE.sections, explained))
    found = missing(written(*changes, narrative=narrative), *changes, narrative=narrative)
    said = {(where, words.split(" :")[0]): (words, mend, target) for where, words, mend, target in found}
    assert said["sheets", "Missions non renseignées"][0] == "Missions non renseignées : 5 postes."
    assert said["posts", "Catégorie non renseignée"][0] == "Catégorie non renseignée : 5 postes."
    assert said["posts", "Catégorie non renseignée"][1:] == (Mend.CHANGE, "c0")
    words, mend, target = said["lists", "Sans motif"]
    assert (mend, target) == (Mend.CHANGE, "c1")
    assert words.endswith("; et 1 autre.")
    assert ("calendar", "5 ajustements prévus « à terme », sans date.", Mend.CHANGES, "") in found


def test_a_post_without_a_title():
    chart = case.before()
    bare = Post(id=PostId("nu"), unit=case.EDITORIAL)
    before = replace(chart, posts=tuple(sorted((*chart.posts, bare), key=lambda post: post.id)))
    assert ("posts", "Intitulé non renseigné : 1 poste.", Mend.POST, "nu") in missing(written(before=before))


def test_a_unit_that_is_gone_lacks_no_fact_of_its_posts():
    facts = replace(case.FACTS, unit=UnitId("nulle-part"))
    assert not [lack for lack in missing(written(facts=facts), facts=facts) if lack[0] == "posts"]


def test_a_person_named_is_only_for_those_who_may_know():
    named = Named("la partie « Contexte »", "Ada Exemple", Mend.SECTION, "context")
    lacks = completeness(real(), case.CHANGES, case.FACTS, case.NARRATIVE, unsettled=1, named=(named,))
    assert [lack.people for lack in lacks if "Ada" in lack.message or "agent" in lack.message] == [True, True]
    assert condition(real(), "report", lacks) is Condition.INCOMPLETE
    assert condition(real(), "charts", lacks) is Condition.COMPLETE


@given(drafts())
def test_what_is_created_and_suppressed_reconciles_with_the_headcount(draft):
    root = draft.before.roots[0].id
    facts = replace(case.FACTS, unit=root, announced=())
    folded = fold_leniently(draft.before, in_fold_order(draft.changes, None))
    found = committee_dossier(draft.before, draft.changes, folded, facts, Narrative())
    for side, structure in (("before", draft.before), ("after", folded.structure)):
        if root not in structure.unit_by_id:
            continue
        table = next(part for part in piece(found, "posts").parts if part.key == f"posts-{side}").blocks[0]
        listed = [row for group in table.groups for row in group.rows]
        total = structure.subtree_totals[root]
        assert sum(int(row[0]) for row in listed) == total.posts
        assert sum(int(row[5]) for row in listed) == total.unknown_etp
    completeness(found, draft.changes, facts, Narrative())


def test_transfers_out_of_the_perimeter_are_listed():
    found = tables(
        written(TransferPost(id=change_id("a"), post=case.FINANCE, to=case.DDPE, deduced=(Deduction(reason="x"),))),
        "lists",
    )
    assert list(found) == ["Postes transférés (1)"]


def test_an_undetermined_transformation_that_is_unmarked_has_one_old_cotation():
    change = TransformUndetermined(id=change_id("a"), candidates=case.EDITORS[:2], into=NEW)
    (table,) = tables(written(change), "lists").values()
    assert table[0][4:6] == ("A 3", "A 3")


def test_candidates_that_print_differently_make_one_row_that_says_so():
    chart = case.before()
    posts = [
        replace(post, label="chargé de la carte", category="B") if post.id == case.EDITORS[0] else post
        for post in chart.posts
    ]
    told = replace(chart, posts=tuple(posts))
    changes = (
        TransformUndetermined(id=change_id("a"), candidates=case.EDITORS, into=NEW),
        TransformUndetermined(id=change_id("b"), candidates=case.EDITORS, into=replace(NEW, id=PostId("autre"))),
    )
    one, two = (
        next(
            row
            for row in tables(written(*changes[:number], before=told), "posts")["Postes après la réorganisation"]
            if "de ces" in row[1]
        )
        for number in (1, 2)
    )
    named = "1 chargé de la carte et 3 chargés de mission"
    assert one[:4] == ("3", f"{named}, l’un de ces 4 postes sera transformé", "A 3", "B et A")
    assert two[:2] == ("2", f"{named}, 2 de ces 4 postes seront transformés")


def test_a_motive_that_a_date_follows_has_no_full_stop_inside():
    change = CreatePost(id=change_id("a"), unit=case.EDITORIAL, new=NEW, motive="Écrire.", eventually=True)
    (table,) = tables(written(change), "lists").values()
    assert table[0][7] == "Écrire ; à terme"
    (alone,) = tables(written(replace(change, eventually=False)), "lists").values()
    assert alone[0][7] == "Écrire."


def test_a_unit_succeeds_those_that_this_reorganisation_closes_not_older_ones():
    chart = case.before()
    units = [
        replace(unit, origins=(UnitId("disparue"),)) if unit.id == case.EDITORIAL else unit for unit in chart.units
    ]
    create = CreatePost(id=change_id("a"), unit=case.EDITORIAL, new=NEW)
    found = tables(written(create, before=replace(chart, units=tuple(units))), "changes")
    labels = [row[0] for row in found["Chaque unité avec celles qui en dépendent, en nombre de postes"]]
    assert "Cellule éditoriale" in labels
    renewed = tables(real(), "changes")["Chaque unité avec celles qui en dépendent, en nombre de postes"]
    assert any(row[0].endswith("qui succède à la cellule éditoriale") for row in renewed)
