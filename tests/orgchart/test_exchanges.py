"""Counterparts: n ↔ n, gathered by what they share, told on both sides; only between posts that stand."""

from msgspec.structs import replace

from orgchart.changes import CreatePost, SuppressPost, TransformPost
from orgchart.dossier.exchanges import Exchange, Exchanges
from orgchart.dossier.provenance import origins
from orgchart.values import ChangeId, PostId
from tests.orgchart import real_case as case
from tests.orgchart.test_committee_dossier import NEW, rows, sheets, written
from tests.orgchart.test_dossier_real_case import spaced

OTHER = replace(NEW, id=PostId("autre"))
THIRD = replace(NEW, id=PostId("tiers"))


def created(*new, unit=case.EDITORIAL):
    return tuple(CreatePost(id=ChangeId(f"creer-{each.id}"), unit=unit, new=each) for each in new)


def suppressed(post, *counterparts):
    return SuppressPost(
        id=ChangeId(f"supprimer-{post}"), post=post, motive="Sans objet.", counterparts=tuple(counterparts)
    )


def exchanges(*changes) -> Exchanges:
    counted = written(*changes).counted
    return Exchanges(counted.changes, counted.names)


def test_pairs_that_share_a_post_make_one_exchange_even_when_a_later_one_joins_them():
    first, second, third = case.EDITORS[0], case.GRAPHISTS[0], case.FINANCE
    found = exchanges(
        *created(NEW, OTHER, THIRD),
        suppressed(first, NEW.id),
        suppressed(second, OTHER.id),
        suppressed(case.OFFICER, THIRD.id),
        suppressed(third, NEW.id, OTHER.id),
    )
    assert found.all() == (
        Exchange(((first, NEW.id), (second, OTHER.id), (third, NEW.id), (third, OTHER.id))),
        Exchange(((case.OFFICER, THIRD.id),)),
    )
    assert found.given[NEW.id] == (first, third)
    assert found.obtained[third] == (NEW.id, OTHER.id)


def test_a_pair_needs_both_of_its_posts():
    gone = exchanges(
        *created(NEW, OTHER),
        suppressed(case.EDITORS[0], NEW.id),
        suppressed(NEW.id, OTHER.id),
    )
    assert gone.pairs == ()
    assert gone.words(case.EDITORS[0]) == gone.words(OTHER.id) == ""


def test_an_exchange_is_printed_where_one_of_its_posts_is():
    found = exchanges(*created(NEW, unit=case.POLE), suppressed(case.EDITORS[0], NEW.id))
    (table,) = found.tables({case.EDITORIAL})
    assert found.tables({case.POLE}) == (table,)
    assert found.tables({case.DIRECTION}) == ()
    assert table.groups[0].title == "1\u00a0poste supprimé, 1\u00a0poste créé en contrepartie"
    assert rows(table) == [
        ("Chargé de mission", "Cellule éditoriale", "A, A 3", "Chargé de mission", "Pôle Éducation Lycées", "A, A 3")
    ]


def test_a_transformed_post_that_is_a_counterpart_keeps_where_it_comes_from():
    counted = written(
        TransformPost(id=ChangeId("a"), post=case.FINANCE, into=NEW),
        suppressed(case.EDITORS[0], NEW.id, case.OFFICER),
    ).counted
    known = origins(counted.changes, counted.names)
    source = "en contrepartie de la suppression d’un poste de chargé de mission (A 3) de la cellule éditoriale"
    assert spaced(known[NEW.id].one).endswith(f", {source}")
    assert known[NEW.id].one.startswith("par transformation du poste")
    assert spaced(known[case.OFFICER].one) == source


def test_one_sheet_for_two_posts_tells_what_each_was_created_for():
    found = written(
        *created(NEW, OTHER), suppressed(case.EDITORS[0], NEW.id), suppressed(case.GRAPHISTS[0], NEW.id, OTHER.id)
    )
    (sheet,) = sheets(found)
    told = spaced(dict(sheet.facts)["Provenance"])
    assert told.count("ont 1 créé en contrepartie de la suppression") == 2
    assert told.count("chargé de mission (A 3)") == 1
    assert told.count("graphiste (A 4)") == 2
