"""The table of posts counts as the structure does, search forgives accents, history is read line by line."""

import datetime
from decimal import Decimal
from fractions import Fraction

import pytest

from accounts.models import Role
from missions.actions import (
    assign_agent,
    correct_post,
    end_assignment,
    record_post_event,
    set_perimeters,
    state_vacancy,
    update_agent,
)
from missions.models import Post, Unit
from missions.permissions import VisibleHolders, holders_visible_to
from missions.queries import (
    NONE,
    SORTS,
    Occupation,
    PostFilters,
    history_lines,
    post_sheet,
    posts_table,
    posts_totals,
    search,
    structure_in_force,
)
from missions.queries.sheet import as_text
from orgchart.changes import (
    AttachPosts,
    ChangePostSite,
    CloseUnit,
    CreatePost,
    MoveUnit,
    NewPost,
    RegradePost,
    RenameUnit,
    SharePost,
    SuppressPost,
    TransformUndetermined,
)
from orgchart.nomenclature import Form
from orgchart.total import Total
from orgchart.values import Share
from tests.factories import OPENED_ON, UserFactory, apply_changes, make_agent, open_small_chart

DAY = datetime.date(2022, 3, 1)
EVERYBODY = VisibleHolders(everything=True)


@pytest.fixture
def opened(hr):
    return open_small_chart(by=hr)


@pytest.fixture
def pending(opened, hr):
    return apply_changes(
        TransformUndetermined(id="t", candidates=("port-1", "port-2"), into=NewPost(id="chef-ports", grade="A 2.2")),
        on=datetime.date(2022, 1, 1),
        by=hr,
    )


def listed(**filters):
    return [post.uid for post in posts_table(PostFilters(**filters), DAY)]


def totals(**filters):
    wanted = PostFilters(**filters)
    return posts_totals(posts_table(wanted, DAY), wanted)


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({}, ["chef", "port-1", "port-2", "budget", "phare"]),
        ({"unit": "service-1"}, ["port-1", "port-2", "budget"]),
        ({"unit": "nulle-part"}, []),
        ({"grade": "B 1"}, ["budget"]),
        ({"grade": NONE}, []),
        ({"category": "B"}, ["budget"]),
        ({"category": "A", "unit": "service-2"}, ["phare"]),
        ({"category": NONE}, []),
        ({"site": "lille"}, ["port-1"]),
        ({"site": NONE}, ["chef", "port-2", "budget", "phare"]),
        ({"text": "CHARGÉE"}, ["port-2"]),
        ({"text": "chargee"}, ["port-2"]),
        ({"text": "CHARGÉ de m"}, ["port-1", "budget", "phare"]),
        ({"text": "c.arg"}, []),
        ({"text": "phares"}, ["phare"]),
    ],
)
def test_the_table_is_narrowed(opened, filters, expected):
    assert listed(**filters) == expected


def test_the_table_knows_who_is_held_vacant_or_unknown(opened, hr):
    posts = {post.uid: post for post in Post.objects.all()}
    assign_agent(agent=make_agent(), post=posts["port-1"], begins_on=OPENED_ON, by=hr)
    state_vacancy(post=posts["budget"], since=DAY, by=hr)
    assert listed(occupation="held") == ["port-1"]
    assert listed(occupation="vacant") == ["budget"]
    assert listed(occupation="unknown") == ["chef", "port-2", "phare"]
    later = posts_table(PostFilters(occupation="vacant"), OPENED_ON)
    assert not later.exists()


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("descending", [False, True])
def test_the_table_is_sorted_both_ways(opened, sort, descending):
    posts = posts_table(PostFilters(), DAY, sort=sort, descending=descending)
    assert {post.uid for post in posts} == {"chef", "port-1", "port-2", "budget", "phare"}
    if sort == "grade":
        ranks = [post.grade.rank for post in posts]
        assert ranks == sorted(ranks, reverse=descending)


def test_the_printed_title_is_that_of_the_structure(opened, hr):
    apply_changes(
        CreatePost(id="c", unit="cellule", new=NewPost(id="sans", label="Gardien")),
        CreatePost(id="d", unit="cellule", new=NewPost(id="inconnu")),
        CreatePost(id="e", unit="cellule", new=NewPost(id="inclusif", title="charge-mission", form=Form.INCLUSIVE)),
        on=DAY,
        by=hr,
    )
    structure = structure_in_force()
    printed = {post.uid: post.printed_title for post in posts_table(PostFilters(), DAY)}
    assert printed == {post.id: structure.title_of(post) for post in structure.posts}


@pytest.mark.parametrize("unit", ["direction", "service-1", "service-2", "cellule"])
def test_totals_are_those_of_the_structure(pending, hr, unit):
    apply_changes(CreatePost(id="c", unit="cellule", new=NewPost(id="sans", label="Gardien")), on=DAY, by=hr)
    structure = structure_in_force()
    found = totals(unit=unit)
    assert found.total == structure.subtree_totals[unit]
    assert found.by_grade == structure.tally(lambda post: post.grade, unit)
    assert (found.undetermined, found.complete) == (0, True)


def test_totals_of_everything_count_a_pending_transformation_once(pending):
    found = totals()
    assert found.total == Total(5, Fraction(5, 2), 2)
    assert found.by_grade["A 3"] == Total(2, Fraction(2), 0)
    assert found.listed == 6


def test_candidates_apart_are_left_undetermined(pending):
    structure = structure_in_force()
    by_site = structure.tally(lambda post: post.site)
    found = totals(site="lille")
    assert found.total == by_site.get("lille", Total())
    assert found.undetermined == 1


def test_a_shared_candidate_counts_for_its_part(opened, hr):
    shares = (Share(unit="service-1", percent=Decimal(60)), Share(unit="service-2", percent=Decimal(40)))
    apply_changes(
        SharePost(id="1", post="port-1", shares=shares),
        SharePost(id="2", post="port-2", shares=shares),
        TransformUndetermined(id="t", candidates=("port-1", "port-2"), into=NewPost(id="chef-ports", grade="A 2.2")),
        on=DAY,
        by=hr,
    )
    assert totals(unit="service-1").total == structure_in_force().subtree_totals["service-1"]


def test_a_unit_known_in_part_has_no_total(opened, hr):
    Unit.objects.filter(uid="service-2").update(partial=True)
    assert not totals(unit="service-2").complete
    assert totals(unit="service-1").complete


def test_the_table_and_its_totals_take_a_constant_number_of_queries(pending, hr, django_assert_max_num_queries):
    def read():
        wanted = PostFilters(unit="direction")
        posts = posts_table(wanted, DAY)
        return len(posts), posts_totals(posts, wanted)

    with django_assert_max_num_queries(7):
        before, _ = read()
    changes = [CreatePost(id=f"c{n}", unit="cellule", new=NewPost(id=f"n{n}", grade="A 3")) for n in range(50)]
    apply_changes(*changes, on=DAY, by=hr)
    with django_assert_max_num_queries(7):
        assert read()[0] == before + 50


# Search


@pytest.mark.parametrize(
    ("text", "units", "posts"),
    [
        ("phare", ["service-2"], []),
        ("BUDGET", ["cellule"], []),
        ("dm", ["direction"], []),
        ("chargee", [], ["port-1", "port-2", "budget", "phare"]),
        ("chargé", [], ["port-1", "port-2", "budget", "phare"]),
        ("responsable", [], ["chef"]),
        ("direction", ["direction"], []),
        ("rien", [], []),
        ("  ", [], []),
    ],
)
def test_units_and_posts_are_found_without_accents_nor_case(opened, text, units, posts):
    found = search(text, EVERYBODY)
    assert [unit.uid for unit in found.units] == units
    assert [post.uid for post in found.posts] == posts
    assert not found.more


def test_an_old_name_and_a_label_of_its_own_are_found(opened, hr):
    apply_changes(
        RenameUnit(id="r", unit="service-2", label="Service des balises"),
        CreatePost(id="c", unit="cellule", new=NewPost(id="sans", label="Gardien de phare", label_plural="Gardiens")),
        on=DAY,
        by=hr,
    )
    found = search("phare", EVERYBODY)
    assert [unit.label for unit in found.units] == ["Service des balises"]
    assert [(post.title, post.unit) for post in found.posts] == [("Gardien de phare", "Cellule budget")]


def test_more_than_a_page_is_said(opened, hr):
    changes = [CreatePost(id=f"c{n}", unit="cellule", new=NewPost(id=f"n{n}", label=f"Gardien {n}")) for n in range(25)]
    apply_changes(*changes, on=DAY, by=hr)
    found = search("gardien", EVERYBODY)
    assert (len(found.posts), found.more) == (20, True)


def test_persons_are_found_by_those_who_may_know_them(opened, hr, manager, agent, django_assert_max_num_queries):
    posts = {post.uid: post for post in Post.objects.all()}
    own = make_agent("Aline Lenoir", user=agent)
    for name, post in (("Élodie Lenoir", "budget"), ("Paul Lenoir", "phare")):
        assign_agent(agent=make_agent(name, fictitious=True), post=posts[post], begins_on=OPENED_ON, by=hr)
    set_perimeters(user=manager, units=[Unit.objects.get(uid="service-1")], by=hr)
    outsider = UserFactory.create(roles=[Role.COMMITTEE])

    def found_by(user):
        visible = holders_visible_to(user)
        with django_assert_max_num_queries(5):
            return {(each.name, each.post) for each in search("lenoir", visible).agents}

    everybody = {("Aline Lenoir", None), ("Élodie Lenoir", "budget"), ("Paul Lenoir", "phare")}
    assert found_by(hr) == everybody
    assert found_by(manager) == {("Élodie Lenoir", "budget")}
    assert found_by(agent) == {(str(own), None)}
    assert found_by(outsider) == set()
    assert [each.name for each in search("elodie", EVERYBODY).agents] == ["Élodie Lenoir"]


# History


def changes_of(line):
    return [(change.field, change.before, change.after) for change in line.changes]


def test_the_history_of_a_post_is_read_line_by_line(opened, hr, django_assert_max_num_queries):
    post = Post.objects.get(uid="port-1")
    fields = {"hours": {"worked": "17.5"}, "form": "feminine", "duties": ["Tenir le port"]}
    correct_post(post=post, fields=fields, reason="fiche relue", by=hr)
    with django_assert_max_num_queries(2):
        newest, oldest = history_lines(post)
    assert (newest.by, newest.reason, newest.kind) == (str(hr), "Correction\u00a0: fiche relue", "~")
    assert changes_of(newest) == [
        ("forme de l’intitulé", "masculin", "féminin"),
        ("heures du poste", "35", "17,5"),
        ("missions du poste", "non renseigné", "Tenir le port"),
    ]
    assert (oldest.kind, oldest.changes, oldest.reason) == ("+", (), "État constaté")


def test_the_history_of_a_unit_names_its_parents(opened, hr):
    apply_changes(MoveUnit(id="m", unit="cellule", to="service-2"), on=DAY, by=hr)
    unit = Unit.objects.get(uid="cellule")
    newest, _ = history_lines(unit)
    assert ("rattachée à", "Service des ports", "Service des phares") in changes_of(newest)


def test_the_history_of_a_post_names_what_it_pointed_to(opened, hr, django_assert_max_num_queries):
    apply_changes(
        AttachPosts(id="a", posts=("budget",), to="service-1"),
        RegradePost(id="g", post="budget", grade="A 3"),
        ChangePostSite(id="s", post="budget", site="amiens"),
        on=DAY,
        by=hr,
    )
    with django_assert_max_num_queries(5):
        newest, _ = history_lines(Post.objects.get(uid="budget"))
    assert changes_of(newest) == [
        ("unité", "Cellule budget", "Service des ports"),
        ("cotation", "B 1", "A 3"),
        ("site", "non renseigné", "Amiens"),
    ]


def test_a_line_that_changes_nothing_told_is_left_out(opened, hr):
    apply_changes(AttachPosts(id="a", posts=("budget",), to="service-1"), on=DAY, by=hr)
    unit = Unit.objects.get(uid="cellule")
    assert len(history_lines(unit)) == 1


def test_the_history_of_an_assignment_and_of_an_agent(opened, hr):
    agent = make_agent("Ada Morel")
    assignment = assign_agent(agent=agent, post=Post.objects.get(uid="port-1"), begins_on=OPENED_ON, by=hr)
    end_assignment(assignment=assignment, ends_on=DAY, by=hr)
    newest, oldest = history_lines(assignment)
    assert changes_of(newest) == [("dernier jour", "non renseigné", "1er\u00a0mars\u00a02022")]
    assert (oldest.by, newest.by) == (str(hr), str(hr))
    update_agent(agent=agent, first_name="Ada", last_name="Petit", by=None)
    newest, oldest = history_lines(agent)
    assert (newest.by, changes_of(newest)) == ("", [("nom", "Morel", "Petit")])


# Fiche de poste


def test_the_sheet_of_a_post_says_all_that_is_known(pending, hr, django_assert_max_num_queries):
    agent = make_agent("Ada Morel")
    post = Post.objects.get(uid="port-1")
    assign_agent(agent=agent, post=post, begins_on=OPENED_ON, by=hr)
    record_post_event(post_uid="port-1", kind="opened", on=DAY, wording="Ouvert à la bourse", by=hr)
    correct_post(post=post, fields={"duties": ["Tenir le port"]}, reason="fiche relue", by=hr)
    with django_assert_max_num_queries(10):
        sheet = post_sheet("port-1", DAY, EVERYBODY)
    assert (sheet.title, sheet.occupation) == ("chargé de mission", Occupation.HELD)
    assert [step.label for step in sheet.path] == ["Direction de la mer", "Service des ports"]
    assert [holder.name for holder in sheet.holders] == ["Ada Morel"]
    assert [event.wording for event in sheet.events] == ["Ouvert à la bourse"]
    assert [(line.field, line.after) for line in sheet.corrections] == [("missions du poste", "Tenir le port")]
    assert [each.uid for each in sheet.pendings[0].candidates] == ["port-1", "port-2"]
    assert sheet.record.duties == ("Tenir le port",)
    assert [step.label for step in post_sheet("chef", DAY, EVERYBODY).leads] == ["Direction de la mer"]
    assert post_sheet("nulle-part", DAY, EVERYBODY) is None


def test_the_sheet_of_a_post_gone_with_its_unit_is_still_read(opened, hr):
    apply_changes(
        SuppressPost(id="s", post="budget"), CloseUnit(id="c", unit="cellule"), on=datetime.date(2022, 1, 1), by=hr
    )
    sheet = post_sheet("budget", DAY, EVERYBODY)
    assert sheet.post.gone_on == datetime.date(2022, 1, 1)
    assert [step.label for step in sheet.path] == ["Cellule budget"]
    assert sheet.occupation == Occupation.UNKNOWN


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "non renseigné"),
        ([], "non renseigné"),
        (True, "oui"),
        (False, "non"),
        (["a", "b"], "a ; b"),
        ({"worked": "17.5"}, "17,5/35"),
        ({"worked": "5", "reference": "20"}, "5/20"),
        ([{"unit": "x", "percent": "50"}], "x, 50"),
        (3, "3"),
    ],
)
def test_a_value_is_said_in_words(value, words):
    assert as_text(value).replace("\u00a0", " ") == words
