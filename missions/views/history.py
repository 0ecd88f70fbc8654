"""Historique: the versions, what each one sealed, its PDF, and what parts any two of them."""

from typing import Any, NamedTuple

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.requests import SignedInRequest
from orgchart import french
from orgchart.diff import Difference, State, compare
from orgchart.gaps import GapRow
from orgchart.layout import layout
from orgchart.structure import Structure
from orgchart.values import PostId, UnitId

from .. import actions, permissions, queries
from ..drawing.documents import chart_html, chart_weight
from ..drawing.font import FontMeasure
from ..drawing.svg import Links, legend_of, screen_svg
from ..models import Correction, Document, Version
from ..printing import Parameters, Printed, Printing
from ..queries.shown import levels_drawn, part_of
from .addresses import ChartAddress, address_of, posts_url
from .chart import drawing_of
from .listing import etp_cell, pending_words, total_words
from .moments import timeline
from .renderings import deliver, posts_tables

PDF = "organigramme"


class Line(NamedTuple):
    """One line of the table of totals."""

    label: str
    posts: int
    etp: str


class Gap(NamedTuple):
    """Before, after and gap as they are printed; nothing but the gap where the unit is known in part."""

    label: str
    before: str
    after: str
    gap: str


class Changed(NamedTuple):
    """A unit or a post that differs: its mark, the word of its state, what it is, and where."""

    mark: str
    word: str
    label: str
    detail: str
    url: str


@require_safe
def show_history(request: SignedInRequest) -> HttpResponse:
    """Versions, milestones and what is planned, newest first."""
    permissions.check_can_view_chart(request.user)
    address = ChartAddress(today=timezone.localdate())
    moments = queries.versions_timeline()
    events = timeline(moments, address)
    versions = [each.version for each in moments if each.version]
    return render(
        request,
        "missions/history.html",
        {
            "moments": list(reversed(list(zip(moments, events, strict=True)))),
            "versions": list(reversed(versions)),
            "fictitious": any(version.fictitious for version in versions),
            "current": next((version for version in reversed(versions) if version.effective_on <= address.on), None),
        },
    )


@require_safe
def show_version(request: SignedInRequest, number: int) -> HttpResponse:
    """The chart as it was sealed; corrections made since are listed beside it."""
    permissions.check_can_view_chart(request.user)
    version = _version(number)
    structure = queries.version_structure(version, with_corrections=False)
    address = ChartAddress(today=timezone.localdate(), day=version.effective_on)
    part = part_of(structure, None)
    if part is None:
        raise Http404("Cette version ne contient aucune unité.")
    drawing = drawing_of(part)
    links = Links(unit=lambda unit: address.about(unit).page(), posts=posts_url)
    whole = structure.whole
    return render(
        request,
        "missions/version.html",
        {
            "version": version,
            "facts": [
                f"en vigueur le {french.date(version.effective_on)}",
                total_words(part.total)
                if part.total is not None
                else french.count(whole.posts, "poste connu", "postes connus"),
                french.count(part.units, "unité"),
            ],
            "svg": screen_svg(drawing, title=f"Organigramme de la {version}", description=version.title, links=links),
            "notes": pending_words(structure),
            "lines": _lines(structure),
            "whole": Line("Ensemble", whole.posts, etp_cell(whole)),
            "corrections": Correction.objects.filter(version=version).exclude(field="deduced").select_related("by"),
            "chart_url": address.page(),
            "pdf_url": reverse("missions:version_pdf", args=[number]),
            "compare_url": f"{reverse('missions:compare_versions')}?de={number - 1}&a={number}" if number > 1 else "",
            "source_url": address_of("reorganisations:what_changes", version.source_code)
            if version.source_code
            else "",
        },
    )


@require_safe
def version_as_pdf(request: SignedInRequest, number: int) -> HttpResponse:
    """Rendered once from what is sealed, then kept with its hash."""
    return deliver(request, "version", {"numero": str(number)})


def _check_version(user: User, asked: Parameters) -> None:
    permissions.check_can_view_chart(user)


def _printed_version(user: User, asked: Parameters) -> Printed:
    """Raises NotAllowed, and Http404 for a version that does not exist."""
    _check_version(user, asked)
    version = _version(int(asked["numero"]))
    name = f"organigramme-version-{version.number}.pdf"
    kept = queries.document_of(version, PDF)
    structure = queries.version_structure(version, with_corrections=False) if kept is None else Structure()

    def source() -> str:
        return chart_html(
            structure,
            root=None,
            title=version.title,
            facts=[f"en vigueur le {french.date(version.effective_on)}", f"empreinte {version.sha256[:16]}…"],
            day=version.effective_on,
            source=str(version),
            fictitious=version.fictitious,
        )

    def keep(content: bytes) -> Document:
        return actions.keep_document(owner=version, kind=PDF, name=name, content=content, by=user)

    return Printed(
        name=name,
        title=f"Organigramme\u00a0: {version}",
        weight=chart_weight(structure, None),
        back=reverse("missions:version", args=[version.number]),
        source=source,
        keep=keep,
        kept=kept,
        instead=posts_tables(None),
    )


VERSION = Printing(_check_version, _printed_version)


@require_safe
def compare_versions(request: SignedInRequest) -> HttpResponse:
    """Any two versions: `de` and `a`, their numbers; `unite`: one unit and all below it."""
    permissions.check_can_view_chart(request.user)
    versions = list(Version.objects.without_snapshot().order_by("number"))
    if len(versions) < 2:
        return render(request, "missions/comparison.html", {"versions": versions, "difference": None})
    numbers = [version.number for version in versions]
    first = _number(request.GET.get("de", ""), numbers, numbers[-2])
    second = _number(request.GET.get("a", ""), numbers, numbers[-1])
    before_version, after_version = _version(first), _version(second)
    before, after = (queries.version_structure(each) for each in (before_version, after_version))
    difference = compare(before, after)
    unit = UnitId(request.GET.get("unite", ""))
    root = unit if unit in after.unit_by_id else None
    context: dict[str, Any] = {
        "versions": versions,
        "before": before_version,
        "after": after_version,
        "difference": difference,
        "root": root,
        "root_label": after.unit_label(root) if root else "",
        "fictitious": before_version.fictitious or after_version.fictitious,
    }
    if not difference.empty:
        context |= _compared(difference, root, (before_version, after_version))
    return render(request, "missions/comparison.html", context)


def _compared(difference: Difference, root: UnitId | None, versions: tuple[Version, Version]) -> dict[str, Any]:
    """The levels drawn are those of a chart of this size; a box leads to the comparison of that unit."""
    depth = levels_drawn(difference.after, root)
    drawing = layout(difference.after, FontMeasure(), root=root, depth=depth, difference=difference)
    before, after = versions
    address = f"{reverse('missions:compare_versions')}?de={before.number}&a={after.number}"
    links = Links(unit=lambda unit: f"{address}&unite={unit}", posts=posts_url)
    totals = difference.totals(root)
    return {
        "svg": screen_svg(drawing, title="Ce qui change entre les deux versions", description="", links=links),
        "legend": legend_of(drawing),
        "gaps": [_gap(row) for row in totals.grades],
        "headcount": _gap(totals.headcount),
        "units": list(_changed_units(difference)),
        "posts": list(_changed_posts(difference)),
    }


UNIT_STATES = {
    State.CREATED: ("created", "créée"),
    State.CLOSED: ("closed", "supprimée"),
    State.MOVED: ("moved", "rattachée ailleurs"),
    State.RENAMED: ("transformed", "renommée"),
    State.CHANGED: ("transformed", "modifiée"),
}
POST_STATES = {
    State.CREATED: ("created", "créé"),
    State.CLOSED: ("closed", "supprimé"),
    State.TRANSFORMED: ("transformed", "issu d’une transformation"),
    State.REPLACED: ("closed", "transformé en un autre"),
    State.TRANSFERRED: ("moved", "transféré"),
    State.MOVED: ("moved", "rattaché ailleurs"),
    State.CANDIDATE: ("transformed", "l’un d’eux est transformé, à déterminer"),
    State.RENAMED: ("transformed", "nouvel intitulé"),
    State.CHANGED: ("transformed", "modifié"),
}


def _changed_units(difference: Difference) -> list[Changed]:
    found = []
    for delta in difference.units.values():
        if delta.state in UNIT_STATES:
            mark, word = UNIT_STATES[delta.state]
            parent = delta.known.parent
            structure = difference.after if delta.after else difference.before
            found.append(
                Changed(
                    mark,
                    word,
                    french.upper_first(delta.known.label),
                    structure.unit_label(parent) if parent else "",
                    reverse("missions:unit", args=[delta.id]),
                )
            )
    return sorted(found, key=lambda each: (each.word, each.label))


def _changed_posts(difference: Difference) -> list[Changed]:
    found = []
    for delta in difference.posts.values():
        if delta.state in POST_STATES:
            mark, word = POST_STATES[delta.state]
            structure = difference.after if delta.after else difference.before
            grade = f" ({delta.known.grade})" if delta.known.grade else ""
            found.append(
                Changed(
                    mark,
                    word,
                    french.upper_first(structure.title_of(delta.known)) + grade,
                    _where(difference, delta.id),
                    address_of("missions:post", delta.id),
                )
            )
    return sorted(found, key=lambda each: (each.word, each.label))


def _where(difference: Difference, post: PostId) -> str:
    """« Cellule éditoriale → Secteur Information »."""
    sides = [
        structure.unit_label(structure.post_by_id[post].unit)
        for structure in (difference.before, difference.after)
        if post in structure.post_by_id
    ]
    return " → ".join(dict.fromkeys(sides))


def _gap(row: GapRow) -> Gap:
    return Gap(
        row.label,
        "" if row.before is None else french.grouped(row.before.posts),
        "" if row.after is None else french.grouped(row.after.posts),
        french.signed(row.gap.posts),
    )


def _lines(structure: Structure) -> list[Line]:
    totals = structure.tally(lambda post: post.grade)
    ranked = sorted(totals.items(), key=lambda item: (structure.nomenclature.grade_rank(item[0]), item[0] or ""))
    return [Line(grade or "non renseignée", total.posts, etp_cell(total)) for grade, total in ranked]


def _version(number: int) -> Version:
    version = queries.version_by_number(number)
    if version is None:
        raise Http404("Cette version n’existe pas.")
    return version


def _number(text: str, known: list[int], usual: int) -> int:
    return int(text) if text.isdigit() and int(text) in known else usual
