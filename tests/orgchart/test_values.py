"""Values, nomenclature, structure, fold and schema: the small rules that the properties do not read by eye."""

import datetime
import json
from decimal import Decimal
from fractions import Fraction
from typing import Any

import msgspec
import pytest

from orgchart.changes import AnyChange, AttachPosts, MoveUnit, TransformUndetermined
from orgchart.checks import Announced
from orgchart.fold import NoLongerFolds, Stage, fold, fold_leniently, stages
from orgchart.nomenclature import Form, Nomenclature, Title
from orgchart.records import ManagementLevel, Post, Unit
from orgchart.rows import rows
from orgchart.schema import DIALECT, schema_of
from orgchart.structure import Structure, read_structure
from orgchart.total import Total
from orgchart.values import Hours, Share, canonical, plain, sha256
from tests.orgchart.sample import FULL, HALF, chart, new_post

N = "\u00a0"


@pytest.mark.parametrize(
    ("written", "canonically"),
    [("17.50", "17.5"), ("1.75E+1", "17.5"), ("35", "35"), ("3.5E+1", "35"), ("1E-6", "0.000001"), ("100", "100")],
)
def test_a_number_has_one_writing(written: str, canonically: str) -> None:
    assert str(plain(Decimal(written))) == canonically
    assert canonical(plain(Decimal(written))) == f'"{canonically}"'.encode()


def test_equal_hours_are_written_alike() -> None:
    one, other = Hours(worked=Decimal("17.50"), reference=Decimal("35.0")), HALF
    assert canonical(one) == canonical(other)
    assert (one.etp, one.complete, FULL.complete) == (Fraction(1, 2), False, True)


@pytest.mark.parametrize("worked", ["0", "-1", "36", "NaN", "Infinity"])
def test_hours_are_between_none_and_the_reference(worked: str) -> None:
    with pytest.raises(ValueError, match="La durée du poste doit être positive et ne pas dépasser la durée de référ"):
        Hours(worked=Decimal(worked))
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(f'{{"worked":"{worked}"}}', type=Hours)


@pytest.mark.parametrize("percent", ["0", "100.1", "NaN"])
def test_a_share_is_part_of_a_whole(percent: str) -> None:
    with pytest.raises(ValueError, match=f"La part d’un poste partagé doit être comprise entre 0 et 100{N}%."):
        Share(unit="s", percent=Decimal(percent))


def test_the_hash_of_a_text_is_its_sha256() -> None:
    assert sha256(b"") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def test_a_title_falls_back_on_the_masculine() -> None:
    title = Title(code="t", masculine="agent", masculine_plural="agents", feminine="agente", feminine_plural="agentes")
    assert [title.singular(form) for form in Form] == ["agent", "agente", "agent"]
    assert [title.plural(form) for form in Form] == ["agents", "agentes", "agents"]


def test_an_unknown_cotation_comes_last_and_an_unknown_site_is_its_code() -> None:
    words = chart().nomenclature
    assert words.grade_rank("A 1") < words.grade_rank("Z 9") == words.grade_rank(None)
    assert (words.site_label("lille"), words.site_label("arras")) == ("Lille", "arras")


def test_levels_have_their_printed_name() -> None:
    assert [level.label for level in ManagementLevel] == ["manager de direction", "manager de proximité"]


# Structure


def test_a_chart_is_in_the_order_of_its_ids_whatever_it_was_made_from() -> None:
    assert Structure.of(reversed(chart().units), reversed(chart().posts), (), chart().nomenclature) == chart()
    assert Structure.of() == Structure(nomenclature=Nomenclature())


def test_walking_the_tree() -> None:
    assert [unit.id for unit in chart().roots] == ["d", "e"]
    assert [unit.id for unit in chart().subtree()] == ["d", "s", "c", "t", "e"]
    assert [unit.id for unit in chart().subtree("s")] == ["s", "c"]
    assert [unit.id for unit in chart().ancestors("c")] == ["d", "s"]
    assert [unit.id for unit in chart().ancestors("c", include_self=True)] == ["d", "s", "c"]
    assert [post.id for post in chart().posts_below("d")] == ["chief", "p1", "p2", "p3", "guest"]
    assert [post.id for post in chart().posts_below()][-1] == "driver"


def test_a_loop_is_cut_where_it_closes() -> None:
    looped = Structure.of(
        [Unit(id="a", kind="k", label="A", parent="b"), Unit(id="b", kind="k", label="B", parent="a")]
    )
    assert [unit.id for unit in looped.ancestors("a")] == ["b"]


def test_perimeters_are_headed_by_their_kind() -> None:
    assert [chart().perimeter(unit) for unit in ("c", "d", "e")] == ["d", "d", "e"]
    alone = Structure.of([Unit(id="a", kind="absent", label="A"), Unit(id="b", kind="absent", label="B", parent="a")])
    assert alone.perimeter("b") is None


def test_labels_even_of_what_is_absent() -> None:
    assert (chart().unit_label("s"), chart().unit_label("absente")) == ("Service des moyens", "absente")
    assert (chart().post_label("chief"), chart().post_label("absent")) == ("chef de service", "absent")


def test_a_post_prints_its_own_label_first() -> None:
    own = Post(id="x", unit="s", title="charge", label="juriste", label_plural="juristes")
    assert [chart().title_of(own, plural=plural) for plural in (False, True)] == ["juriste", "juristes"]
    bare = Post(id="x", unit="s", label="juriste")
    assert chart().title_of(bare, plural=True) == "juriste"
    titled = Post(id="x", unit="s", title="charge", form=Form.FEMININE)
    assert chart().title_of(titled, plural=True) == "chargées de mission"
    assert chart().title_of(Post(id="x", unit="s")) == "intitulé non renseigné"


def test_a_category_is_its_own_or_that_of_the_cotation() -> None:
    posts = [
        Post(id="x", unit="s", grade="A 1"),
        Post(id="x", unit="s", grade="A 1", category="B"),
        Post(id="x", unit="s"),
        Post(id="x", unit="s", grade="Z 9"),
    ]
    assert [chart().category_of(post) for post in posts] == ["A", "B", None, None]


def test_the_part_of_a_post_that_works_for_a_unit() -> None:
    guest, officer = chart().post_by_id["guest"], chart().post_by_id["p1"]
    assert [guest.part_of(unit) for unit in "ste"] == [Fraction(3, 5), Fraction(2, 5), Fraction(0)]
    assert [officer.part_of(unit) for unit in "st"] == [Fraction(1), Fraction(0)]
    assert (guest.etp, officer.etp) == (None, Fraction(1))


def test_headcount_is_not_etp_and_unknown_hours_stay_unknown() -> None:
    assert chart().total("s") == Total(5, Fraction(4), 1)
    assert chart().total("t") == Total()


def test_candidates_that_differ_by_a_fact_are_counted_apart() -> None:
    posts = (Post(id="p1", unit="s", title="charge", grade="A 2", hours=FULL, site="lille"),)
    opened = fold(
        chart(posts=posts), [TransformUndetermined(id="w", candidates=("p1", "p2", "p3"), into=new_post(site="amiens"))]
    )
    assert {site: total.posts for site, total in opened.tally(lambda post: post.site, "s").items()} == {
        None: 4,
        "amiens": 1,
    }


def test_a_known_part_and_what_holds_it_have_no_total() -> None:
    partial = chart(units=(Unit(id="c", kind="cellule", label="Paie", parent="s", partial=True),))
    assert [partial.total(unit) is None for unit in "cste"[:4]] == [True, True, False, False]
    assert partial.known_in_part == {"c", "s", "d"}


def test_a_text_that_is_not_a_chart_is_refused_with_its_path() -> None:
    with pytest.raises(msgspec.ValidationError, match=r"\$\.units\[0\]"):
        read_structure(b'{"units":[{"id":"s"}]}')


# Rows


def test_rows_print_alike_posts_together_the_lead_first() -> None:
    opened = fold(chart(), [TransformUndetermined(id="w", candidates=("p1", "p2", "p3"), into=new_post(grade="A 1"))])
    lines = [(row.number, row.label, row.grade, row.leads, row.pending) for row in rows(opened, "s")]
    assert lines == [
        (1, "chef de service", "A 1", True, False),
        (1, "chargé de mission", "A 1", False, True),
        (2, "chargés de mission", "A 2", False, True),
        (1, "gestionnaire", "B 1", False, False),
    ]
    assert len(rows(opened, "s", together=False)) == 6
    assert rows(opened, "absente") == ()


# Fold


def test_the_first_change_that_cannot_be_made_stops_the_fold() -> None:
    bad = MoveUnit(id="2", unit="s", to="c")
    changes = (MoveUnit(id="1", unit="c", to="d"), MoveUnit(id="0", unit="c", to="s"), bad)
    with pytest.raises(NoLongerFolds) as refusal:
        fold(chart(), changes)
    assert refusal.value.change is bad
    folded = fold_leniently(chart(), [*changes, AttachPosts(id="3", posts=("p1",), to="t")])
    assert [(each.change, each.reason) for each in folded.refusals] == [(bad, str(refusal.value))]
    assert folded.structure.post_by_id["p1"].unit == "t"


def test_stages_undated_first_then_by_date_and_eventual_last() -> None:
    later = datetime.date(2022, 6, 1)
    undated = MoveUnit(id="1", unit="c", to="d")
    dated = MoveUnit(id="2", unit="c", to="t", on=later)
    eventual = MoveUnit(id="3", unit="c", to="e", eventually=True)
    assert stages([eventual, dated, undated]) == (
        Stage((undated,)),
        Stage((dated,), later),
        Stage((eventual,), None, True),
    )
    assert stages([dated, undated], later) == (Stage((dated, undated), later),)


# Schema


@pytest.mark.parametrize("kind", [Structure, AnyChange, Announced], ids=["structure", "change", "announced"])
def test_each_part_of_a_case_file_has_its_schema(kind: Any) -> None:
    schema = schema_of(kind, title="Partie")
    assert (schema["$schema"], schema["title"]) == (DIALECT, "Partie")
    for described in json.loads(json.dumps(schema))["$defs"].values():
        if described.get("type") == "object":
            assert described["additionalProperties"] is False


def test_the_schema_speaks_french_and_knows_every_change() -> None:
    text = json.dumps(schema_of(AnyChange, title="Ajustement"), ensure_ascii=False)
    assert "Postes regroupés" in text
    assert '"transform_undetermined"' in text
    assert {"Structure", "Unit", "Post"} <= schema_of(Structure, title="Organigramme")["$defs"].keys()
