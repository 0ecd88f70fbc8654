"""Every change of the catalogue: what it does."""

import datetime
from decimal import Decimal

import pytest
from msgspec.structs import replace

from orgchart.changes import (
    AttachPosts,
    Change,
    ChangePostHours,
    ChangePostSite,
    ChangeUnitKind,
    ChangeUnitSites,
    CloseUnit,
    CreatePost,
    CreateUnit,
    FreezePost,
    LinkUnit,
    MergeUnits,
    MovePurposes,
    MoveUnit,
    Part,
    RedeployPost,
    RegradePost,
    RenameUnit,
    ResolveTransformation,
    RetitlePost,
    SetLead,
    SetSuperiors,
    SharePost,
    SplitUnit,
    SuppressPost,
    TransferPost,
    TransformPost,
    TransformUndetermined,
    UnfreezePost,
    UnlinkUnit,
    minted_ids,
    read_change,
)
from orgchart.nomenclature import Form
from orgchart.records import Pending
from orgchart.total import Total
from orgchart.values import Share
from orgchart.working_copy import WorkingCopy
from tests.orgchart.sample import FULL, HALF, ONE_OF_THREE, SHARES, N, after, chart, new_post, new_unit


def test_create_unit_takes_posts_and_units_along_at_its_place() -> None:
    created = after(
        CreateUnit(
            id="1", new=new_unit(), parent="d", position=0, posts=("p1", "guest"), units=("c",), lead="p1", announced=2
        )
    )
    assert [unit.id for unit in created.children_of["d"]] == ["new", "s", "t"]
    assert [unit.id for unit in created.children_of["new"]] == ["c"]
    assert [post.id for post in created.posts_of["new"]] == ["p1", "guest"]
    assert created.unit_by_id["new"].lead == "p1"
    assert created.post_by_id["guest"].shares == (Share(unit="new", percent=Decimal(60)), SHARES[1])


def test_create_unit_at_the_root_comes_last() -> None:
    assert [unit.id for unit in after(CreateUnit(id="1", new=new_unit(), parent=None)).roots] == ["d", "e", "new"]


def test_a_renamed_unit_keeps_its_identity_and_its_old_name_as_an_alias() -> None:
    renamed = after(RenameUnit(id="1", unit="s", label="Service des ressources", acronym="SR", provisional=True))
    unit = renamed.unit_by_id["s"]
    assert (unit.label, unit.acronym, unit.aliases) == ("Service des ressources", "SR", ("Service des moyens",))
    assert unit.provisional
    back = after(RenameUnit(id="2", unit="s", label="Service des moyens", acronym="SM"), before=renamed)
    assert back.unit_by_id["s"].aliases == ("Service des ressources",)


def test_a_new_acronym_alone_leaves_the_aliases() -> None:
    assert after(RenameUnit(id="1", unit="s", label="Service des moyens")).unit_by_id["s"].aliases == ()


def test_a_moved_unit_takes_everything_along_and_loses_the_link_that_would_double() -> None:
    moved = after(MoveUnit(id="1", unit="t", to="e"))
    assert moved.unit_by_id["t"].parent == "e"
    assert moved.unit_by_id["t"].links == ()
    placed = after(MoveUnit(id="1", unit="t", to="d", position=0))
    assert [unit.id for unit in placed.children_of["d"]] == ["t", "s"]
    assert placed.unit_by_id["t"].links == ("e",)


def test_a_dotted_link_is_added_and_taken_away() -> None:
    linked = after(LinkUnit(id="1", unit="c", to="e"))
    assert linked.unit_by_id["c"].links == ("e",)
    assert after(UnlinkUnit(id="2", unit="c", to="e"), before=linked) == chart()


def test_a_closed_unit_leaves_its_lineage_and_no_link_to_it() -> None:
    closed = after(LinkUnit(id="1", unit="t", to="c"), CloseUnit(id="2", unit="c", successors=("t", "e")))
    assert "c" not in closed.unit_by_id
    assert closed.unit_by_id["t"].origins == ("c",)
    assert closed.unit_by_id["e"].origins == ("c",)
    assert closed.unit_by_id["t"].links == ("e",)


def test_lineage_of_units_goes_back_however_many_steps() -> None:
    closed = after(
        CloseUnit(id="1", unit="c", successors=("s",)),
        MergeUnits(id="2", units=("s", "t"), into=new_unit(), parent="d", lead="chief"),
    )
    assert closed.unit_by_id["new"].origins == ("s", "t", "c")


def test_merged_units_hand_everything_over() -> None:
    merged = after(
        LinkUnit(id="1", unit="c", to="t"),
        LinkUnit(id="2", unit="e", to="s"),
        MergeUnits(id="3", units=("s", "t"), into=new_unit(), parent="d", lead="chief"),
    )
    assert {unit.id for unit in merged.units} == {"d", "e", "c", "new"}
    assert merged.unit_by_id["c"].parent == "new"
    assert merged.unit_by_id["c"].links == ()
    assert merged.unit_by_id["e"].links == ("new",)
    assert merged.unit_by_id["new"].links == ("e",)
    assert merged.unit_by_id["new"].origins == ("s", "t")
    assert len(merged.posts_of["new"]) == 5
    assert merged.post_by_id["guest"].shares == ()
    assert merged.total("new") == chart().total("d")


def test_a_post_shared_between_the_merged_units_whichever_holds_it() -> None:
    merged = after(MergeUnits(id="1", units=("t", "s"), into=new_unit(), parent=None))
    assert merged.post_by_id["guest"].shares == ()


def test_parts_of_a_third_unit_in_two_merged_ones_add_up() -> None:
    shares = tuple(Share(unit=unit, percent=Decimal(part)) for unit, part in (("e", 50), ("s", 30), ("t", 20)))
    merged = after(
        SharePost(id="1", post="driver", shares=shares),
        MergeUnits(id="2", units=("s", "t"), into=new_unit(), parent="d"),
    )
    assert merged.post_by_id["driver"].shares == (
        Share(unit="e", percent=Decimal(50)),
        Share(unit="new", percent=Decimal(50)),
    )


def test_units_one_below_the_other_are_merged_too() -> None:
    merged = after(MergeUnits(id="1", units=("s", "c"), into=new_unit(), parent="d"))
    assert [unit.id for unit in merged.children_of["d"]] == ["t", "new"]


def test_a_split_unit_is_shared_out() -> None:
    parts = (
        Part(new=new_unit("one"), posts=("chief", "p1"), units=("c",), lead="chief"),
        Part(new=new_unit("two"), posts=("p2", "p3", "guest")),
    )
    split = after(SplitUnit(id="1", unit="s", into=parts))
    assert [unit.id for unit in split.children_of["d"]] == ["t", "one", "two"]
    assert split.unit_by_id["c"].parent == "one"
    assert split.unit_by_id["two"].origins == ("s",)
    assert [post.id for post in split.posts_of["two"]] == ["p2", "p3", "guest"]


def test_the_lead_may_be_of_another_unit_or_nobody() -> None:
    assert after(SetLead(id="1", unit="t", lead="chief")).led_by["chief"] == ("s", "t")
    assert after(SetLead(id="1", unit="s", lead=None)).unit_by_id["s"].lead is None


def test_a_unit_changes_kind_and_sites() -> None:
    changed = after(
        ChangeUnitKind(id="1", unit="c", kind="service"), ChangeUnitSites(id="2", unit="c", sites=("lille",))
    )
    assert (changed.unit_by_id["c"].kind, changed.unit_by_id["c"].sites) == ("service", ("lille",))


def test_a_new_post_comes_last_and_may_lead() -> None:
    created = after(CreatePost(id="1", unit="t", new=new_post(leads=True, grade="A 1", hours=HALF)))
    assert created.unit_by_id["t"].lead == "n"
    assert created.total("t").posts == 1
    assert after(CreatePost(id="1", unit="s", new=new_post())).post_by_id["n"].position == 5


def test_a_suppressed_post_leads_no_more() -> None:
    suppressed = after(SuppressPost(id="1", post="chief"))
    assert "chief" not in suppressed.post_by_id
    assert suppressed.unit_by_id["s"].lead is None


def test_a_transformed_post_hands_over_its_lineage_its_lead_and_its_shares() -> None:
    transformed = after(
        TransformPost(id="1", post="chief", into=new_post("one")),
        TransformPost(id="2", post="one", into=new_post("two")),
        TransformPost(id="3", post="guest", into=new_post("three", hours=HALF)),
    )
    assert transformed.post_by_id["two"].origins == ("one", "chief")
    assert transformed.unit_by_id["s"].lead == "two"
    assert transformed.post_by_id["three"].shares == SHARES
    assert len(transformed.posts) == len(chart().posts)


def test_posts_are_attached_together_in_their_order() -> None:
    attached = after(AttachPosts(id="1", posts=("p3", "p1"), to="c"))
    assert [post.id for post in attached.posts_of["c"]] == ["p3", "p1"]


def test_a_post_is_transferred() -> None:
    assert after(TransferPost(id="1", post="driver", to="t")).post_by_id["driver"].unit == "t"


def test_a_redeployed_post_is_one_less_here_and_one_more_there() -> None:
    redeployed = after(RedeployPost(id="1", post="driver", to="t", into=new_post()))
    assert redeployed.post_by_id["n"].origins == ("driver",)
    assert redeployed.post_by_id["n"].unit == "t"
    assert "driver" not in redeployed.post_by_id


def test_a_post_is_regraded_retitled_timed_and_sited() -> None:
    changed = after(
        RegradePost(id="1", post="p1", grade="A 1"),
        RetitlePost(id="2", post="p1", title="charge", form=Form.FEMININE),
        ChangePostHours(id="3", post="p1", hours=HALF),
        ChangePostSite(id="4", post="p1", site="lille"),
    )
    post = changed.post_by_id["p1"]
    assert (post.grade, post.hours, post.site) == ("A 1", HALF, "lille")
    assert changed.title_of(post) == "chargée de mission"


def test_a_plural_label_alone_may_change() -> None:
    retitled = after(RetitlePost(id="1", post="p1", title="charge", label_plural="chargés d’études"))
    assert retitled.post_by_id["p1"].label_plural == "chargés d’études"


def test_a_post_is_shared_and_the_sharing_ends() -> None:
    shares = (Share(unit="e", percent=Decimal(50)), Share(unit="t", percent=Decimal(50)))
    shared = after(SharePost(id="1", post="driver", shares=shares))
    assert {post.id for post in shared.shared_with["t"]} == {"driver", "guest"}
    assert shared.own_totals["t"].etp == HALF.etp / 2
    assert after(SharePost(id="2", post="driver", shares=()), before=shared) == chart()


def test_a_frozen_post_still_counts() -> None:
    frozen = after(FreezePost(id="1", post="p1"))
    assert frozen.post_by_id["p1"].frozen
    assert frozen.total("s") == chart().total("s")
    assert after(UnfreezePost(id="2", post="p1"), before=frozen) == chart()


def test_an_undetermined_transformation_counts_the_new_post_and_one_candidate_less() -> None:
    opened = after(ONE_OF_THREE)
    assert opened.pendings == (Pending(id="open", candidates=("p1", "p2", "p3"), into="new-chief"),)
    assert opened.tally(lambda post: post.grade, "s")["A 2"] == Total(2, 2 * FULL.etp, 0)
    assert opened.total("s").posts == chart().total("s").posts


def test_its_resolution_takes_the_named_post_away_and_nothing_else() -> None:
    resolved = after(ONE_OF_THREE, ResolveTransformation(id="2", pending="open", post="p2"))
    assert resolved.pendings == ()
    assert resolved.post_by_id["new-chief"].origins == ("p2",)
    assert {post.id for post in resolved.posts} == {"chief", "p1", "p3", "guest", "driver", "new-chief"}


def test_two_transformations_of_the_same_posts_are_resolved_one_after_the_other() -> None:
    second = TransformUndetermined(id="second", candidates=("p3", "p2", "p1"), into=new_post("m"))
    both = after(ONE_OF_THREE, second)
    assert both.tally(lambda post: post.grade, "s")["A 2"].posts == 1
    one = after(ResolveTransformation(id="r", pending="second", post="p1"), before=both)
    assert one.pendings == (Pending(id="open", candidates=("p2", "p3"), into="new-chief"),)
    none = after(ResolveTransformation(id="s", pending="open", post="p2"), before=one)
    assert none.pendings == ()
    assert len(none.posts) == len(chart().posts)


def test_candidates_may_move_together() -> None:
    moved = after(ONE_OF_THREE, AttachPosts(id="2", posts=("p1", "p2", "p3"), to="c"))
    assert moved.total("c").posts == 2


def test_a_change_without_a_rule_cannot_be_made() -> None:
    with pytest.raises(TypeError, match="Change n’est pas un ajustement du catalogue"):
        Change(id="1").apply(WorkingCopy(chart()))


def test_a_change_has_a_date_or_is_eventual() -> None:
    with pytest.raises(ValueError, match=f"Un ajustement a une date ou se fait «{N}à terme{N}», pas les deux."):
        FreezePost(id="1", post="p1", on=datetime.date(2022, 1, 1), eventually=True)


def test_minted_ids_are_those_of_what_is_made() -> None:
    parts = (Part(new=new_unit("part-1")), Part(new=new_unit("part-2")))
    made = minted_ids(
        [
            CreateUnit(id="1", new=new_unit("unit"), parent=None),
            MergeUnits(id="2", units=("s", "t"), into=new_unit("merged"), parent=None),
            SplitUnit(id="3", unit="s", into=parts),
            CreatePost(id="4", unit="s", new=new_post("created")),
            TransformPost(id="5", post="p1", into=new_post("transformed")),
            RedeployPost(id="6", post="p1", to="s", into=new_post("redeployed")),
            ONE_OF_THREE,
            FreezePost(id="7", post="p1"),
        ]
    )
    assert made == {
        "unit", "merged", "part-1", "part-2", "created", "transformed", "redeployed", "new-chief"
    }  # fmt: skip


def test_a_change_is_read_by_its_tag() -> None:
    assert read_change({"type": "freeze_post", "id": "1", "post": "p1"}) == FreezePost(id="1", post="p1")


def test_a_working_copy_takes_back_what_it_did_to_pendings_too() -> None:
    opened = after(ONE_OF_THREE)
    copy = WorkingCopy(opened)
    copy.begin()
    copy.remove_pending("open")
    copy.add_pending(Pending(id="other", candidates=("p1", "p2"), into="chief"))
    copy.undo()
    assert copy.freeze() == opened
    assert [pending.id for pending in copy.pendings_with("p1")] == ["open"]
    assert copy.pendings_with("chief") == []


def test_a_purpose_goes_to_another_unit_without_any_post() -> None:
    before = chart(units=(replace(chart().unit_by_id["s"], purposes=("Acheter", "Gérer")),))
    moved = after(MovePurposes(id="1", unit="s", purposes=("Gérer",), to="t"), before=before)
    assert moved.unit_by_id["s"].purposes == ("Acheter",)
    assert moved.unit_by_id["t"].purposes == ("Gérer",)
    assert moved.posts == before.posts


def test_a_post_serves_two_superiors_until_one_goes() -> None:
    served = after(SetSuperiors(id="1", post="driver", superiors=("chief", "p1", "chief")))
    assert served.post_by_id["driver"].superiors == ("chief", "p1")
    assert served.post_by_id["driver"].unit == chart().post_by_id["driver"].unit
    left = after(SuppressPost(id="2", post="p1"), before=served)
    assert left.post_by_id["driver"].superiors == ("chief",)
    followed = after(TransformPost(id="2", post="chief", into=new_post()), before=served)
    assert followed.post_by_id["driver"].superiors == ("n", "p1")
    kept = after(TransformPost(id="2", post="driver", into=new_post()), before=served)
    assert kept.post_by_id["n"].superiors == ("chief", "p1")
    assert after(SetSuperiors(id="2", post="driver", superiors=()), before=served) == chart()


def test_a_superior_that_becomes_the_post_itself_is_left_out() -> None:
    served = after(ONE_OF_THREE, SetSuperiors(id="1", post="new-chief", superiors=("p1", "chief")))
    found = after(ResolveTransformation(id="2", pending="open", post="p1"), before=served)
    assert found.post_by_id["new-chief"].superiors == ("chief",)


def test_a_suppression_names_the_posts_created_in_exchange() -> None:
    paired = SuppressPost(id="2", post="p1", motive="Moins de courrier.", counterparts=("n",))
    found = after(CreatePost(id="1", unit="e", new=new_post()), paired)
    assert "p1" not in found.post_by_id
    assert found.post_by_id["n"].origins == ()
