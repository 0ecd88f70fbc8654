"""Rules that explain themselves: examples in the words of the pages, then properties."""

import datetime

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from orgchart.nomenclature import Form
from orgchart.records import Post
from orgchart.structure import Structure
from orgchart.values import GradeCode, PostId, SiteCode, TitleCode, UnitId
from postings.eligibility import (
    Addition,
    AllOf,
    AnyOf,
    AtSite,
    Eligibility,
    Exclusion,
    HasCategory,
    HasGrade,
    HasStatutoryGrade,
    HasTitle,
    HoldsPost,
    InUnit,
    IsNamed,
    Not,
    Person,
    Rule,
    Truth,
    explain,
    explain_all,
    read_eligibility,
    sentence,
    simplified,
    truth_of,
    written,
)
from tests.factories import small_structure

DAY = datetime.date(2022, 2, 15)
CHART = small_structure()
SERVICE = InUnit(unit=UnitId("service-1"))
CHARGE = HasTitle(titles=(TitleCode("charge-mission"),))
ANA = Person(uid="ana", posts=(PostId("port-1"),))
ZOE = Person(uid="zoe", posts=(PostId("budget"),))
NOBODY_KNOWN = Person(uid="inconnu")


def verdict(who, person=ANA, chart=CHART, **given):
    return explain(Eligibility(on=DAY, who=who, **given), person, chart)


@pytest.mark.parametrize(
    ("rule", "person", "truth", "said"),
    [
        (
            SERVICE,
            ANA,
            "MET",
            "Poste de chargé de mission (A\u00a03), Service des ports. Condition remplie\u00a0: unité.",
        ),
        (SERVICE, ZOE, "MET", "Cellule budget. Condition remplie\u00a0: unité du service des ports."),
        (SERVICE, Person(uid="x", posts=(PostId("phare"),)), "MET", "unité du service des ports"),
        (
            SERVICE,
            Person(uid="x", posts=(PostId("chef"),)),
            "NOT_MET",
            "Direction de la mer. Condition non remplie\u00a0: poste du service des ports.",
        ),
        (SERVICE, NOBODY_KNOWN, "UNKNOWN", "Aucun poste renseigné à cette date. Non renseigné\u00a0: unité."),
        (CHARGE, ANA, "MET", "Condition remplie\u00a0: intitulé."),
        (HasTitle(titles=(TitleCode("autre"),)), ANA, "NOT_MET", "Condition non remplie\u00a0: intitulé autre."),
        (HasGrade(grades=(GradeCode("A 3"), GradeCode("B 1"))), ANA, "MET", "Condition remplie\u00a0: cotation."),
        (
            HasCategory(categories=("A",)),
            ZOE,
            "NOT_MET",
            "Condition non remplie\u00a0: catégorie A (catégorie B).",
        ),
        (HasCategory(categories=("A",)), NOBODY_KNOWN, "UNKNOWN", "Non renseigné\u00a0: catégorie."),
        (AtSite(sites=(SiteCode("lille"),)), ANA, "MET", "Condition remplie\u00a0: site Lille."),
        (AtSite(sites=(SiteCode("lille"),)), ZOE, "UNKNOWN", "Non renseigné\u00a0: site."),
        (AtSite(sites=(SiteCode("amiens"), SiteCode("lille"))), ANA, "MET", "Condition remplie\u00a0: site Lille."),
        (HasStatutoryGrade(grades=("Attaché",)), ANA, "UNKNOWN", "Non renseigné\u00a0: grade statutaire."),
        (
            HasStatutoryGrade(grades=("Attaché principal",)),
            replace(ANA, statutory_grade="attaché  principal"),
            "MET",
            "Condition remplie\u00a0: grade attaché  principal.",
        ),
        (
            HasStatutoryGrade(grades=("Attaché",)),
            replace(ANA, statutory_grade="Rédacteur"),
            "NOT_MET",
            "grade statutaire Attaché (grade Rédacteur)",
        ),
        (IsNamed(agents=("ana",)), ANA, "MET", "Condition remplie\u00a0: liste nominative."),
        (IsNamed(agents=("ana",)), ZOE, "NOT_MET", "Condition non remplie\u00a0: liste nominative (1\u00a0agent)."),
        (
            HoldsPost(posts=(PostId("port-1"),)),
            ANA,
            "MET",
            "Condition remplie\u00a0: poste désigné.",
        ),
        (HoldsPost(posts=(PostId("port-1"), PostId("port-2"))), ZOE, "NOT_MET", "occuper un des 2\u00a0postes"),
        (HoldsPost(posts=()), ANA, "NOT_MET", "occuper un poste désigné"),
        (HoldsPost(posts=()), NOBODY_KNOWN, "UNKNOWN", "Non renseigné\u00a0: poste désigné."),
    ],
)
def test_each_condition_says_the_rule_and_the_fact(rule, person, truth, said):
    found = verdict(rule, person)
    assert (found.eligible, found.unknown) == (truth == "MET", truth == "UNKNOWN")
    (reason,) = found.reasons
    assert said in reason.text
    assert reason.truth is Truth[truth]
    assert ("n’est pas tenue pour remplie" in reason.text) is found.unknown
    # The contrary is not met where the rule is, and no better known.
    assert truth_of(Not(of=rule), person, CHART) is Truth[truth].contrary


def test_posts_without_facts_are_not_known():
    bare = Structure.of(CHART.units, [Post(id=PostId("vide"), unit=UnitId("service-1"))], (), CHART.nomenclature)
    person = Person(uid="x", posts=(PostId("vide"), PostId("parti")))
    for rule in (CHARGE, HasGrade(grades=()), HasCategory(categories=("A",)), AtSite(sites=())):
        assert truth_of(rule, person, bare) is Truth.UNKNOWN
    assert truth_of(SERVICE, person, bare) is Truth.MET


def test_conditions_together_are_met_by_one_and_the_same_post():
    rule = AllOf(of=(InUnit(unit=UnitId("direction")), HasGrade(grades=(GradeCode("A 2.2"),)), SERVICE))
    both = Person(uid="x", posts=(PostId("chef"), PostId("port-1")))
    found = verdict(rule, both)
    assert not found.eligible
    assert found.texts == [
        "Poste de responsable (A\u00a02.2), Direction de la mer. Condition non remplie\u00a0: poste du service des "
        "ports.",
        "Poste de chargé de mission (A\u00a03), Service des ports. Condition non remplie\u00a0: cotation A\u00a02.2.",
    ]


def test_the_post_is_named_once_and_then_the_conditions_that_it_meets():
    post = "Poste de chargé de mission (A\u00a03), Service des ports."
    rule = AllOf(of=(SERVICE, CHARGE, Not(of=HasTitle(titles=(TitleCode("responsable"),))), SERVICE))
    assert verdict(rule).texts == [f"{post} Conditions remplies\u00a0: unité, intitulé, hors intitulé responsable."]
    other = AllOf(of=(HasGrade(grades=(GradeCode("B 1"),)), HasCategory(categories=("B",))))
    assert verdict(other).texts == [
        f"{post} Conditions non remplies\u00a0: cotation B\u00a01, catégorie B (catégorie A)."
    ]
    # A condition on the person names no post.
    assert verdict(IsNamed(agents=("ana",))).texts == ["Condition remplie\u00a0: liste nominative."]


def test_an_exclusion_of_which_a_fact_is_missing_is_not_applied_and_says_so():
    elsewhere = Exclusion(rule=AtSite(sites=(SiteCode("amiens"),)))
    found = verdict(SERVICE, ZOE, excluded=(elsewhere,))
    assert found.eligible
    assert found.unknown
    assert found.texts[-1].startswith("Exclusion non appliquée, faute de renseignement\u00a0: site Amiens")


def test_the_group_is_said_in_a_sentence():
    graphic = Exclusion(rule=HasGrade(grades=(GradeCode("B 1"),)), reason="autre métier")
    eligibility = Eligibility(
        on=DAY,
        who=AllOf(of=(SERVICE, AnyOf(of=(CHARGE, Not(of=HasCategory(categories=("C",))))))),
        excluded=(graphic, Exclusion(rule=IsNamed(agents=("luc",)))),
        added=(Addition(agent="zoe", reason="Mission équivalente."),),
    )
    assert sentence(eligibility, CHART) == (
        "Poste du service des ports et (intitulé chargé de mission ou hors catégorie C), au 15\u00a0février\u00a02022"
        "\u00a0; exclus\u00a0: cotation B\u00a01 (autre métier)\u00a0; exclus\u00a0: liste nominative (1\u00a0agent)"
        "\u00a0; 1\u00a0ajout nominatif."
    )
    found = explain_all(eligibility, [ANA, ZOE], CHART)
    assert (found["ana"].eligible, found["zoe"].texts) == (True, ["Ajout nominatif\u00a0: Mission équivalente."])
    against = explain(replace(eligibility, added=()), ZOE, CHART)
    assert against.texts[0].startswith(
        "Exclusion (autre métier)\u00a0: cotation B\u00a01. Poste de chargé de mission (B\u00a01), "
    )


def test_nobody_and_everybody():
    assert verdict(AllOf(of=())).texts == ["La bourse est ouverte à tous les agents."]
    assert verdict(AnyOf(of=())).texts == ["La bourse n’est ouverte à aucun agent."]
    assert verdict(SERVICE, excluded=(Exclusion(rule=AllOf(of=())),)).texts == ["Exclusion\u00a0: tous les agents."]
    assert sentence(Eligibility(on=DAY, who=AnyOf(of=())), CHART).startswith("Aucun agent, au 15")
    assert sentence(Eligibility(on=DAY, who=AllOf(of=())), CHART).startswith("Tous les agents, au 15")


def test_what_contradicts_itself_is_refused():
    with pytest.raises(ValueError, match="pour un motif"):
        Eligibility(on=DAY, who=SERVICE, added=(Addition(agent="zoe", reason=" "),))
    with pytest.raises(ValueError, match="ajoutée et exclue"):
        Eligibility(
            on=DAY,
            who=SERVICE,
            added=(Addition(agent="zoe", reason="Oui."),),
            excluded=(Exclusion(rule=IsNamed(agents=("zoe",))),),
        )
    with pytest.raises(msgspec.ValidationError):
        read_eligibility({"on": "2022-02-15", "who": {"rule": "inconnue"}})


def test_a_bare_condition_is_none():
    with pytest.raises(TypeError):
        Rule().truth(None)
    with pytest.raises(TypeError):
        Rule().words(CHART)


# Properties

POSTS = [post.id for post in CHART.posts]
leaves = st.one_of(
    st.builds(InUnit, unit=st.sampled_from([unit.id for unit in CHART.units])),
    st.builds(HasTitle, titles=st.sampled_from([("charge-mission",), ("responsable",), ()])),
    st.builds(HasGrade, grades=st.sampled_from([("A 3",), ("B 1", "A 2.2")])),
    st.builds(HasCategory, categories=st.sampled_from([("A",), ("B",)])),
    st.builds(HasStatutoryGrade, grades=st.sampled_from([("Attaché",), ("Rédacteur",)])),
    st.builds(AtSite, sites=st.sampled_from([("lille",), ("amiens",)])),
    st.builds(IsNamed, agents=st.sampled_from([("ana",), ("zoe", "luc")])),
    st.builds(HoldsPost, posts=st.sampled_from([("port-1",), ("port-1", "budget")])),
)
rules = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.builds(Not, of=inner),
        st.builds(AllOf, of=st.lists(inner, max_size=3).map(tuple)),
        st.builds(AnyOf, of=st.lists(inner, max_size=3).map(tuple)),
    ),
    max_leaves=6,
)
people = st.builds(
    Person,
    uid=st.sampled_from(["ana", "luc", "zoe"]),
    posts=st.lists(st.sampled_from(POSTS), max_size=2, unique=True).map(tuple),
    statutory_grade=st.sampled_from(["", "Attaché"]),
)
exclusions = st.lists(st.builds(Exclusion, rule=rules, reason=st.sampled_from(["", "autre métier"])), max_size=2).map(
    tuple
)


@given(rules, people)
def test_de_morgan(rule, person):
    assert truth_of(simplified(rule), person, CHART) is truth_of(rule, person, CHART)
    assert truth_of(Not(of=Not(of=rule)), person, CHART) is truth_of(rule, person, CHART)


@given(rules, rules, people)
def test_not_all_is_any_not(one, other, person):
    assert truth_of(Not(of=AllOf(of=(one, other))), person, CHART) is truth_of(
        AnyOf(of=(Not(of=one), Not(of=other))), person, CHART
    )
    assert truth_of(Not(of=AnyOf(of=(one, other))), person, CHART) is truth_of(
        AllOf(of=(Not(of=one), Not(of=other))), person, CHART
    )


@given(rules, exclusions, people)
def test_exclusions_win_over_the_group(who, excluded, person):
    found = verdict(who, person, excluded=excluded)
    if any(truth_of(each.rule, person, CHART) is Truth.MET for each in excluded):
        assert not found.eligible
    else:
        assert found.eligible is (truth_of(who, person, CHART) is Truth.MET)


@given(rules, rules, people)
def test_a_person_added_by_name_is_always_eligible(who, excluded, person):
    added = (Addition(agent=person.uid, reason="Mission équivalente."),)
    rule = AnyOf(of=(excluded,))
    assert verdict(who, person, excluded=(Exclusion(rule=rule),), added=added).eligible


@given(rules, exclusions, people)
def test_the_explanation_agrees_with_the_verdict(who, excluded, person):
    found = verdict(who, person, excluded=excluded)
    truths = {reason.truth for reason in found.reasons}
    assert found.reasons
    assert len(set(found.texts)) == len(found.texts)
    if found.eligible:
        assert Truth.MET in truths
        assert Truth.NOT_MET not in truths
    else:
        assert Truth.MET not in truths
    assert (Truth.UNKNOWN in truths) is found.unknown


@given(rules, exclusions)
def test_what_is_written_is_read_again(who, excluded):
    eligibility = Eligibility(on=DAY, who=who, excluded=excluded)
    assert read_eligibility(msgspec.json.decode(msgspec.json.encode(written(eligibility)))) == eligibility
    assert sentence(eligibility, CHART).endswith(".")


def test_feminine_forms_are_the_same_title():
    assert next(post for post in CHART.posts if post.id == "port-2").form == Form.FEMININE
    assert truth_of(CHARGE, Person(uid="x", posts=(PostId("port-2"),)), CHART) is Truth.MET
