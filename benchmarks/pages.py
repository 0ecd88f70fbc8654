"""Every page that a person reads, as an address over a loaded installation."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.db import models
from django.urls import get_resolver, reverse
from django.utils.http import urlencode

from benchmarks.load import ROOT, Loaded
from missions.models import Assignment, Grade, JobTitle, Post, Site, Unit, UnitKind, Version
from orgchart.changes import AnyChange
from reorganisations.forms.catalogue import ENTRIES
from reorganisations.models import Reorganisation, Session
from reorganisations.queries import Draft

ROOMS = ("missions", "reorganisations")
# What only answers a POST; the documents (`bench_documents` writes those) and the page that waits for one; files that
# were attached; the resolution of a bourse, the rebase of a draft and the dated rules, whose forms hold one thing.
NOT_READ = {
    "rendering",
    "rendering_file",
    "retry_rendering",
    "document",
    "resolve_transformation",
    "rebase",
    "rules",
    "chart_pdf",
    "chart_pdf_unit",
    "version_pdf",
    "report_pdf",
    "report_docx",
    "add_section",
    "drop",
    "undo",
    "redo",
    "move_change",
    "move_section",
}
# The opening state is entered once, before there is anything in the database.
BEFORE = {"opening", "opening_remove_unit", "opening_discard", "opening_import", "opening_model", "opening_seal"}
LISTS: dict[str, type[models.Model]] = {"kinds": UnitKind, "grades": Grade, "titles": JobTitle, "sites": Site}


class Page(NamedTuple):
    """`name` in the resolver, then what is asked of it. `whole`: a file of all the posts, whose size is its purpose."""

    name: str
    asked: str
    address: str
    whole: bool = False


def page(name: str, *args: object, asked: str = "", whole: bool = False, **query: object) -> Page:
    found = reverse(name, args=args)
    return Page(name, asked, f"{found}?{urlencode(query)}" if query else found, whole)


def pages(loaded: Loaded) -> Iterator[Page]:
    yield from chart_pages()
    yield from people_and_posts()
    yield from reference_pages()
    yield from settings_pages(loaded)
    yield from committee_pages()
    yield page("reorganisations:list")
    yield page("reorganisations:create")
    for code in (loaded.long, loaded.short):
        yield from draft_pages(Reorganisation.objects.get(code=code))
    yield from decided_pages(Reorganisation.objects.get(code=loaded.decided))
    for code, steps in (
        (loaded.long, ("submit", "withdraw", "details", "attach_document")),
        (loaded.submitted, ("follow_up", "record_opinion", "amend_text", "postpone", "send_back")),
        (loaded.postponed, ("follow_up", "present_again")),
        (loaded.opinion, ("follow_up", "decide")),
    ):
        for step in steps:
            yield page(f"reorganisations:{step}", code, asked=code)


def not_measured(measured: set[str]) -> list[str]:
    """The names of the two rooms' addresses that no page above asks for."""
    spaces = get_resolver().namespace_dict
    known = {f"{room}:{pattern.name}" for room in ROOMS for pattern in spaces[room][1].url_patterns if pattern.name}
    return sorted(name for name in known - measured if name.partition(":")[2] not in NOT_READ | BEFORE)


def never_changed(model: type[models.Model]) -> models.QuerySet[Any]:
    """Rows as they were opened: what the other ones tell of their past differs from one chart to another."""
    changed = model.history.model.objects.exclude(history_type="+")  # type: ignore[attr-defined]  # simple_history
    return model._default_manager.filter(gone_on__isnull=True).exclude(uid__in=changed.values("uid")).order_by("uid")


def chart_pages() -> Iterator[Page]:
    direction = "u1"
    plain = never_changed(Unit).exclude(parent=None)[0].uid
    newest = Version.objects.latest("number")
    day = Version.objects.get(number=newest.number // 2 + 1).effective_on
    planned = newest.effective_on.replace(year=newest.effective_on.year + 50)
    for asked, query in (
        ("drawing", {}),
        ("list", {"vue": "liste"}),
        ("table", {"vue": "tableau"}),
        ("drawing, a past day", {"au": day}),
        ("table, a past day", {"au": day, "vue": "tableau"}),
        ("drawing, a planned day", {"au": planned}),
        ("list, a planned day", {"au": planned, "vue": "liste"}),
        ("before the first version", {"au": "2012-03-01"}),
    ):
        yield page("missions:chart", asked=asked, **query)
    yield page("missions:chart_svg")
    yield page("missions:chart_unit", direction, asked="drawing")
    yield page("missions:chart_unit", direction, asked="table", vue="tableau")
    yield page("missions:chart_unit", ROOT, asked="drawing of the whole région")
    yield page("missions:chart_svg_unit", direction)
    yield page("missions:unit", direction, asked="a direction")
    yield page("missions:unit", ROOT, asked="the whole région")
    yield page("missions:correct_unit", direction)
    yield page("missions:unit_history", plain)
    yield page("missions:history")
    yield page("missions:version", newest.number, asked="the newest")
    yield page("missions:version", 1, asked="the opening")
    yield page("missions:compare_versions", asked="the last two")
    yield page("missions:compare_versions", asked="the first and the last", de=1, a=newest.number)
    yield page("missions:compare_versions", asked="of a direction", de=1, a=newest.number, unite=direction)


def people_and_posts() -> Iterator[Page]:
    plain = never_changed(Post)
    assignment = Assignment.objects.filter(post__in=plain).select_related("agent").earliest("pk")
    free = plain.exclude(assignments__isnull=False)[0].uid
    for asked, query in (
        ("all", {}),
        ("of a direction", {"unite": "u1"}),
        ("by cotation, category, site", {"cotation": "A 3", "categorie": "A", "site": "lille"}),
        ("occupied", {"occupation": "held"}),
        ("a word, sorted by title", {"texte": "mission", "tri": "-title"}),
        ("the last page", {"page": "last"}),
    ):
        yield page("missions:posts", asked=asked, **query)
    for kind in ("csv", "xlsx", "ods"):
        yield page("missions:posts_export", kind, asked=kind, whole=True)
    yield page("missions:post", assignment.post_id, asked="held")
    yield page("missions:post", free, asked="not held")
    yield page("missions:correct_post", assignment.post_id)
    yield page("missions:assign", assignment.post_id)
    yield page("missions:vacancy", free)
    for name in ("assignment", "end_assignment", "cancel_assignment"):
        yield page(f"missions:{name}", assignment.uid)
    yield page("missions:agents", asked="all")
    yield page("missions:agents", asked="a name", texte="Nom 1")
    yield page("missions:create_agent")
    yield page("missions:agent", assignment.agent.uid)
    yield page("missions:edit_agent", assignment.agent.uid)
    yield page("missions:search", asked="a title", q="mission")
    yield page("missions:search", asked="a name", q="Nom 1")


def reference_pages() -> Iterator[Page]:
    for name, model in LISTS.items():
        key = model._default_manager.order_by("pk").values_list("pk", flat=True)[0]
        yield page(f"missions:{name}")
        yield page(f"missions:add_{name}")
        yield page(f"missions:edit_{name}", key)
        yield page(f"missions:delete_{name}", key)


def settings_pages(loaded: Loaded) -> Iterator[Page]:
    yield page("missions:employer")
    yield page("missions:perimeters")
    yield page("missions:perimeter", loaded.hr.uid)


def committee_pages() -> Iterator[Page]:
    session = Session.objects.select_related("committee").earliest("pk")
    committee = session.committee
    yield page("reorganisations:dossiers")
    yield page("reorganisations:sessions")
    yield page("reorganisations:create_committee")
    yield page("reorganisations:committee", committee.uid)
    yield page("reorganisations:add_member", committee.uid)
    yield page("reorganisations:remove_member", committee.uid, committee.members.earliest("pk").pk)
    yield page("reorganisations:plan_session", committee.uid)
    yield page("reorganisations:session", session.uid)
    yield page("reorganisations:record_session", session.uid)


def draft_pages(reorganisation: Reorganisation) -> Iterator[Page]:
    code = reorganisation.code
    draft = Draft(reorganisation)
    unit = Unit.objects.get(uid="u1")
    post = draft.after.posts_of[draft.after.unit_by_id[ROOT].id][0].id  # type: ignore[index]  # an id is a str

    def own(name: str, *args: object, asked: str = "", **query: object) -> Page:
        return page(f"reorganisations:{name}", code, *args, asked=f"{code} {asked}".strip(), **query)

    yield own("what_changes")
    yield own("workspace", asked="difference")
    yield own("workspace", asked="before", vue="avant")
    yield own("workspace", asked="of a unit, unfolded", unite=unit.uid, ouvrir=unit.uid)
    yield own("choose_change")
    yield own("choose_change", asked="from a unit", unite=unit.uid)
    yield own("choose_change", asked="from a post", postes=post)
    for entry in ENTRIES:
        yield own("add_change", entry.tag, asked=entry.tag)
    yield own("add_change", "transform_post", asked="transform_post, from a post", postes=post)
    yield own("add_change", "create_post", asked="create_post, from a unit", unite=unit.uid)
    for change in one_of_each(draft):
        yield own("edit_change", change.id, asked=type(change).__name__)
    yield own("delete_change", draft.changes[-1].id)
    yield own("situations")
    yield own("situations", asked="to settle", filtre="a-preciser")
    for fate in draft.fates[:1]:
        yield own("settle", fate.holder)
    yield own("narrative")
    yield own("section", draft.sections[0].key)
    yield own("delete_section", draft.sections[0].key)
    yield own("report")
    yield own("follow_up")


def one_of_each(draft: Draft) -> list[AnyChange]:
    """The last change of three kinds that any draft here has: late in the fold, they cost the most."""
    found = {type(change): change for change in draft.changes}
    return [found[kind] for kind in sorted(found, key=lambda each: each.__name__)[:3]]


def decided_pages(reorganisation: Reorganisation) -> Iterator[Page]:
    code = reorganisation.code
    stage = reorganisation.stages.earliest("position")
    change = stage.change_uids[-1]
    for name in ("what_changes", "workspace", "situations", "narrative", "report", "follow_up", "adjust_execution"):
        yield page(f"reorganisations:{name}", code, asked=code)
    yield page("reorganisations:report", code, asked=f"{code} as sealed", texte=1)
    yield page("reorganisations:set_stage_date", code, stage.uid)
    yield page("reorganisations:apply_stage", code, stage.uid)
    yield page("reorganisations:add_adjustment", code, "suppress_post")
    yield page("reorganisations:replace_change", code, change)
    yield page("reorganisations:give_up_change", code, change)
