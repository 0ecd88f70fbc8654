"""Each change kind has a form that says it whole: what it makes reads back into the same form."""

import itertools
from typing import Any

import pytest
from django.http import QueryDict
from msgspec.structs import replace

from orgchart.changes import CATALOGUE, AnyChange
from orgchart.structure import Structure
from orgchart.values import PostId, UnitId
from reorganisations.forms import catalogue
from reorganisations.forms.changes import MOST_PARTS, ChangeForm, Vocabulary
from reorganisations.forms.drop import DropForm
from tests.factories import small_structure

NEW_POST = {
    "title": "responsable",
    "form": "masculine",
    "grade": "A 2.2",
    "hours_worked": "28",
    "hours_reference": "35",
}
NEW_UNIT = {"kind": "cellule", "label": "Cellule Neuve", "sites": ["lille"]}

TYPED: dict[str, dict[str, Any]] = {
    "create_unit": {"new": NEW_UNIT, "parent": "service-1", "posts": ["port-1"], "lead": "port-1"},
    "rename_unit": {"unit": "cellule", "label": "Cellule Finances"},
    "move_unit": {"unit": "cellule", "to": "service-2", "position": "0"},
    "link_unit": {"unit": "cellule", "to": "service-2"},
    "unlink_unit": {"unit": "service-2", "to": "cellule"},
    "close_unit": {"unit": "vide", "successors": ["service-2"]},
    "merge_units": {"units": ["service-1", "service-2"], "into": NEW_UNIT, "parent": "direction"},
    "split_unit": {
        "unit": "cellule",
        "into.0": {"new": NEW_UNIT, "posts": ["budget"]},
        "into.1": {"new": NEW_UNIT | {"label": "Cellule Autre"}, "posts": ["gele"], "lead": "gele"},
    },
    "set_lead": {"unit": "service-1", "lead": "port-1"},
    "change_unit_kind": {"unit": "cellule", "kind": "service"},
    "change_unit_sites": {"unit": "cellule", "sites": ["amiens", "lille"]},
    "move_purposes": {"unit": "service-2", "purposes": "Éclairer", "to": "cellule"},
    "set_superiors": {"post": "port-1", "superiors": ["chef", "phare"]},
    "create_post": {"unit": "cellule", "new": NEW_POST | {"leads": "on", "duties": "Diriger\n\n Rendre compte "}},
    "suppress_post": {"post": "budget", "motive": "Mission achevée."},
    "transform_post": {"post": "port-1", "into": NEW_POST, "as_suppression_and_creation": "on"},
    "attach_posts": {"posts": ["port-1", "port-2"], "to": "cellule"},
    "transfer_post": {"post": "port-1", "to": "service-2", "agreed": "on"},
    "redeploy_post": {"post": "budget", "to": "service-2", "into": NEW_POST},
    "regrade_post": {"post": "port-1", "grade": "A 2.2"},
    "retitle_post": {"post": "port-1", "title": "responsable", "title_form": "masculine"},
    "change_post_hours": {"post": "port-1", "hours_worked": "17,5", "hours_reference": "35"},
    "share_post": {
        "post": "port-1",
        "shares_unit1": "service-1",
        "shares_percent1": "60",
        "shares_unit2": "service-2",
        "shares_percent2": "40",
    },
    "freeze_post": {"post": "port-1", "eventually": "on"},
    "unfreeze_post": {"post": "gele"},
    "change_post_site": {"post": "port-1", "site": "amiens", "on": "2022-03-01"},
    "transform_undetermined": {"candidates": ["port-1", "port-2"], "into": NEW_POST, "opened_to": "Tous."},
}


@pytest.fixture
def chart() -> Structure:
    """The small chart, with a link, an empty unit and a frozen post to act upon."""
    small = small_structure()
    empty = replace(
        small.unit_by_id[UnitId("cellule")], id=UnitId("vide"), label="Cellule vide", parent=UnitId("service-2")
    )
    units = [replace(unit, links=(UnitId("cellule"),)) if unit.id == "service-2" else unit for unit in small.units]
    frozen = replace(small.post_by_id[PostId("budget")], id=PostId("gele"), frozen=True)
    return Structure.of([*units, empty], [*small.posts, frozen], small.pendings, small.nomenclature)


def flat(values: dict[str, Any], prefix: str = "") -> list[tuple[str, str]]:
    found = []
    for name, value in values.items():
        if isinstance(value, dict):
            found += flat(value, f"{prefix}{name}.")
        elif isinstance(value, list):
            found += [(prefix + name, each) for each in value]
        else:
            found.append((prefix + name, value))
    return found


def typed(values: dict[str, Any]) -> QueryDict:
    data = QueryDict(mutable=True)
    data["seen"] = "3"
    for name, value in flat(values):
        data.appendlist(name, value)
    return data


def form_of(tag: str, chart: Structure, **given: Any) -> ChangeForm:
    numbers = itertools.count()
    return ChangeForm(CATALOGUE[tag], Vocabulary(chart), mint=lambda prefix: f"{prefix}-{next(numbers)}", **given)


def made(tag: str, chart: Structure) -> AnyChange:
    form = form_of(tag, chart, data=typed(TYPED[tag]))
    assert form.is_valid(), form.errors
    assert form.revision() == 3
    return form.change()


def test_every_kind_of_the_catalogue_has_an_entry_and_an_example() -> None:
    assert {entry.tag for entry in catalogue.ENTRIES} == set(TYPED) == set(CATALOGUE) - {"resolve_transformation"}


@pytest.mark.parametrize("tag", TYPED)
def test_no_control_hides_what_a_form_element_says_of_itself(tag: str, chart: Structure) -> None:
    names = {bound.html_name for bound in form_of(tag, chart)}
    assert not names & {"form", "action", "method", "elements", "id", "name", "target", "submit", "reset"}


@pytest.mark.parametrize("tag", TYPED)
def test_what_is_typed_becomes_the_change_and_reads_back_into_its_form(tag: str, chart: Structure) -> None:
    change = made(tag, chart)
    again = form_of(tag, chart, change=change)
    data = QueryDict(mutable=True)
    data["seen"] = "4"
    for bound in again:
        widget, value = bound.field.widget, bound.value()
        parts = widget.decompress(value) if hasattr(widget, "decompress") else None
        if parts is not None:
            for name, each in zip(widget.widgets_names, parts, strict=True):
                data[bound.html_name + name] = each
        elif isinstance(value, list | tuple):
            for each in value:
                data.appendlist(bound.html_name, str(each))
        elif value is not None and value is not False:
            data[bound.html_name] = str(value)
    edited = form_of(tag, chart, change=change, data=data)
    assert edited.is_valid(), edited.errors
    assert edited.change() == change


@pytest.mark.parametrize("tag", TYPED)
def test_an_empty_form_says_what_is_missing_beside_the_fields(tag: str, chart: Structure) -> None:
    form = form_of(tag, chart, data=typed({}))
    assert not form.is_valid()
    with pytest.raises(ValueError, match="not valid yet"):
        form.change()


def test_what_makes_no_sense_is_refused_in_words(chart: Structure) -> None:
    form = form_of("move_unit", chart, data=typed({"unit": "direction", "to": "cellule"}))
    assert form.non_field_errors() == [
        "«\u00a0Direction de la mer\u00a0» ne peut pas être rattachée à une unité qui dépend d’elle."
    ]


@pytest.mark.parametrize(
    ("values", "field", "words"),
    [
        ({"hours_worked": "dix"}, "hours", "« dix » n’est pas un nombre"),
        ({"hours_worked": "NaN"}, "hours", "n’est pas un nombre"),
        ({"hours_worked": "40"}, "hours", "ne pas dépasser la durée de référence"),
        ({"hours_worked": "28", "on": "2022-03-01", "eventually": "on"}, "eventually", "pas les deux"),
    ],
)
def test_bad_hours_and_dates_are_told_beside_their_field(
    values: dict[str, str], field: str, words: str, chart: Structure
) -> None:
    form = form_of("change_post_hours", chart, data=typed({"post": "port-1"} | values))
    assert words in form.errors[field][0].replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"shares_unit1": "service-1"}, "une unité et un pourcentage"),
        ({"shares_unit1": "service-1", "shares_percent1": "120"}, "entre 0 et 100"),
    ],
)
def test_bad_shares_are_told_beside_their_field(values: dict[str, str], words: str, chart: Structure) -> None:
    form = form_of("share_post", chart, data=typed({"post": "port-1"} | values))
    assert words in form.errors["shares"][0]


def test_seldom_filled_fields_are_folded_until_something_is_in_them(chart: Structure) -> None:
    def unfolded(form: ChangeForm) -> bool:
        return next(each.unfolded for each in form.fieldsets() if each.title == "Unité créée")

    assert not unfolded(form_of("create_unit", chart))
    assert unfolded(form_of("create_unit", chart, data=typed({"new": {"acronym": "CN"}})))


def test_a_split_offers_more_parts_up_to_a_limit(chart: Structure) -> None:
    form = form_of("split_unit", chart, parts=50)
    assert form.has_parts
    assert form.parts == form.most_parts == MOST_PARTS
    assert not form_of("move_unit", chart).has_parts


def test_posts_that_read_alike_are_numbered_and_say_who_holds_them(chart: Structure) -> None:
    vocabulary = Vocabulary(chart, names={PostId("port-1"): "Ada Exemple"})
    form = ChangeForm(CATALOGUE["suppress_post"], vocabulary, mint=str)
    labels = dict(
        pair
        for group in form.fields["post"].choices
        if isinstance(group[1], list)
        for pair in group[1]  # type: ignore[attr-defined]
    )
    assert labels["port-1"] == "Chargé de mission (A 3) — Ada Exemple"
    assert labels["budget"] == "Chargé de mission (B 1) n°\u00a01"


def test_what_can_be_done_depends_on_how_many_posts_are_taken() -> None:
    chart = small_structure()
    one, two, parted = (
        {entry.tag for entry in catalogue.for_posts(chart, posts)}
        for posts in ([PostId("port-1")], [PostId("port-1"), PostId("port-2")], [PostId("port-1"), PostId("budget")])
    )
    assert "suppress_post" in one - two
    assert "transform_undetermined" in two - one
    assert "attach_posts" in one & two
    assert "transform_undetermined" not in parted
    assert "freeze_post" in one
    assert "unfreeze_post" not in one


def test_the_form_is_filled_from_where_it_was_chosen() -> None:
    assert catalogue.prefilled(catalogue.BY_TAG["merge_units"], "u") == {"units": ["u"]}
    assert catalogue.prefilled(catalogue.BY_TAG["create_unit"], "u", ["p"]) == {"parent": "u", "posts": ["p"]}
    assert catalogue.prefilled(catalogue.BY_TAG["suppress_post"], "", ["p", "q"]) == {"post": "p"}


class TestDropping:
    def form(self, chart: Structure, **values: str) -> DropForm:
        return DropForm(values, chart=chart)

    def test_a_unit_goes_to_its_rank(self, chart: Structure) -> None:
        form = self.form(chart, unit="cellule", to="service-2", position="0")
        assert form.is_valid()
        (change,) = form.changes(lambda prefix: prefix)
        assert (change.unit, change.to, change.position) == ("cellule", "service-2", 0)  # type: ignore[union-attr]

    def test_posts_are_attached_together(self, chart: Structure) -> None:
        form = self.form(chart, posts="port-1,port-2", to="service-2")
        assert form.is_valid()
        (change,) = form.changes(lambda prefix: prefix)
        assert change.posts == ("port-1", "port-2")  # type: ignore[union-attr]

    def test_posts_that_leave_their_direction_are_transferred_one_by_one(self, chart: Structure) -> None:
        away = replace(chart.unit_by_id[UnitId("direction")], id=UnitId("ailleurs"), label="Ailleurs", lead=None)
        wider = Structure.of([*chart.units, away], chart.posts, chart.pendings, chart.nomenclature)
        form = self.form(wider, posts="port-1,port-2", to="ailleurs")
        assert form.is_valid()
        assert [change.post for change in form.changes(lambda prefix: prefix)] == ["port-1", "port-2"]  # type: ignore[union-attr]

    @pytest.mark.parametrize(
        ("values", "words"),
        [
            ({"to": "service-2"}, "Déposez une unité ou des postes."),
            ({"unit": "cellule", "posts": "port-1", "to": "service-2"}, "Déposez une unité ou des postes."),
            ({"unit": "cellule"}, "Déposez sur une unité."),
            ({"unit": "partie", "to": "service-2"}, "Cette unité n’existe plus"),
            ({"posts": "parti", "to": "service-2"}, "Ce poste n’existe plus"),
        ],
    )
    def test_what_cannot_be_dropped_is_told(self, chart: Structure, values: dict[str, str], words: str) -> None:
        form = self.form(chart, **values)
        assert not form.is_valid()
        assert words in str(form.errors)
