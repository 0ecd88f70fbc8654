"""What a post remembers, change by change."""

from decimal import Decimal

import pytest

from orgchart.changes import (
    AttachPosts,
    ChangePostHours,
    CreateUnit,
    FreezePost,
    NewPost,
    NewUnit,
    RedeployPost,
    RetitlePost,
    TransferPost,
    TransformUndetermined,
    UnfreezePost,
)
from orgchart.diff import compare
from orgchart.fold import fold
from orgchart.values import ChangeId, GradeCode, Hours, KindCode, PostId, TitleCode, UnitId
from reorganisations.post_events import describe
from tests.factories import small_structure

ID = ChangeId("x")
PORT = PostId("port-1")
OTHER = CreateUnit(
    id=ID, new=NewUnit(id=UnitId("ailleurs"), kind=KindCode("direction"), label="Direction du littoral"), parent=None
)
NEW = NewPost(id=PostId("neuf"), title=TitleCode("responsable"), grade=GradeCode("A 2.2"))


@pytest.mark.parametrize(
    ("changes", "post", "words"),
    [
        (
            [OTHER, TransferPost(id=ID, post=PORT, to=UnitId("ailleurs"))],
            PORT,
            "Transféré du service des ports à la direction du littoral",
        ),
        ([FreezePost(id=ID, post=PORT)], PORT, "Modifié (gelé)"),
        ([ChangePostHours(id=ID, post=PORT, hours=Hours(worked=Decimal(20)))], PORT, "Modifié (nouvelle durée)"),
        ([RedeployPost(id=ID, post=PORT, to=UnitId("service-2"), into=NEW)], NEW.id, "Issu de la transformation de"),
        (
            [TransformUndetermined(id=ID, candidates=(PORT, PostId("port-2")), into=NEW)],
            PORT,
            "Concerné par une transformation à déterminer, ouverte",
        ),
        (
            [TransformUndetermined(id=ID, candidates=(PORT, PostId("port-2")), into=NEW)],
            NEW.id,
            "Issu de la transformation d’un des 2 postes de chargé de mission, à déterminer,",
        ),
        ([AttachPosts(id=ID, posts=(PORT,), to=UnitId("service-2"))], PORT, "Rattaché au service des phares"),
        (
            [RetitlePost(id=ID, post=PORT, title=TitleCode("responsable"), label="Responsable du port")],
            PORT,
            "Modifié (nouvel intitulé)",
        ),
    ],
)
def test_a_post_remembers(changes, post, words):
    before = small_structure()
    difference = compare(before, fold(before, changes))
    assert describe(difference, difference.posts[post]).replace("\u00a0", " ").startswith(words)


def test_a_post_thawed_is_told():
    frozen = fold(small_structure(), [FreezePost(id=ID, post=PORT)])
    difference = compare(frozen, fold(frozen, [UnfreezePost(id=ID, post=PORT)]))
    assert describe(difference, difference.posts[PORT]) == "Modifié (dégelé)"


def test_a_new_place_in_the_list_says_nothing():
    before = small_structure()
    moved = [post if post.id != PORT else type(post)(**{**fields(post), "position": 9}) for post in before.posts]
    difference = compare(before, type(before).of(before.units, moved, (), before.nomenclature))
    assert describe(difference, difference.posts[PORT]) == ""


def fields(post):
    return {field: getattr(post, field) for field in post.__struct_fields__}
