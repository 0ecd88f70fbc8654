"""The page of a unit, its correction by HR, and what the versions say of it."""

from typing import NamedTuple

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import SignedInRequest
from orgchart import french
from orgchart.diff import State
from orgchart.structure import Structure
from orgchart.total import Total
from orgchart.values import GradeCode, UnitId

from .. import actions, gestures, permissions
from ..actions.corrections import InvalidCorrection, NoLongerInForce, NothingToCorrect
from ..forms.unit_correction import UnitCorrectionForm
from ..models import Unit
from ..queries.fiction import shows_fiction
from ..queries.history import history_lines
from ..queries.shown import Part
from ..queries.unit_sheet import UnitMoment, UnitSheet, unit_moments, unit_sheet
from ..records import unit_record
from .addresses import ChartAddress, address_of
from .chart import led_by, occupation_words
from .deductions import deductions
from .listing import ListedRow, etp_cell, etp_words, pending_words, post_rows, total_words

STATE_WORDS = {
    State.CREATED: "création",
    State.CLOSED: "fermeture",
    State.MOVED: "nouveau rattachement",
    State.RENAMED: "nouveau libellé",
    State.CHANGED: "modification",
    State.UNCHANGED: "mêmes caractéristiques",
}


class TotalLine(NamedTuple):
    label: str
    posts: int
    etp: str


class UnitLine(NamedTuple):
    """A unit directly below."""

    label: str
    kind: str
    facts: str
    url: str


@require_safe
def show_unit(request: SignedInRequest, uid: str) -> HttpResponse:
    permissions.check_can_view_chart(request.user)
    sheet = _sheet(uid)
    address = ChartAddress(today=timezone.localdate())
    part, structure, unit = sheet.part, sheet.part.structure, sheet.unit
    kind = structure.nomenclature.kind_by_code.get(unit.kind)
    return render(
        request,
        "missions/unit.html",
        {
            "unit": unit,
            "sheet": sheet,
            "fictitious": shows_fiction(address.today),
            "title": french.upper_first(unit.label),
            "kind": kind.label if kind else "",
            "crumbs": [
                ("Organigramme", address.page()),
                *((each.label, reverse("missions:unit", args=[each.id])) for each in structure.ancestors(unit.id)),
            ],
            "facts": _facts(sheet),
            "sites": [structure.nomenclature.site_label(site) for site in unit.sites],
            "lead": _lead(sheet),
            "deductions": deductions(unit),
            "rows": post_rows(part, unit.id),
            "guests": _guests(structure, unit.id),
            "units": [_below(part, child.id) for child in structure.children_of.get(unit.id, ())],
            "total": part.total,
            "etp": etp_words(part.total) if part.total else "",
            "by_grade": _by_grade(sheet),
            "by_category": _by_category(sheet),
            "notes": pending_words(structure, unit.id),
            "gestures": ()
            if sheet.gone_on
            else gestures.offered(request.user, [each.id for each in structure.ancestors(unit.id, include_self=True)]),
            "chart_url": address.about(unit.id).page(),
            "history_url": reverse("missions:unit_history", args=[unit.id]),
            "correct_url": reverse("missions:correct_unit", args=[unit.id])
            if permissions.can_correct(request.user) and sheet.gone_on is None
            else "",
        },
    )


@require_http_methods(["GET", "POST"])
def correct_unit(request: SignedInRequest, uid: str) -> HttpResponse:
    permissions.check_can_correct(request.user)
    row = get_object_or_404(Unit.objects.in_force().select_related("parent"), uid=uid)
    record = unit_record(row, {row.parent_id: row.parent.uid} if row.parent else {})
    form = UnitCorrectionForm(request.POST or None, unit=record)
    if request.method == "POST" and form.is_valid():
        try:
            actions.correct_unit(
                unit=row, fields=form.fields_given(), reason=form.cleaned_data["reason"], by=request.user
            )
        except (InvalidCorrection, NothingToCorrect, NoLongerInForce, actions.ChartNotOpened) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Correction enregistrée. Ce qui est scellé n’a pas changé.")
            return redirect("missions:unit", uid)
    return render(
        request,
        "missions/unit_correction.html",
        {
            "form": form,
            "title": row.label,
            "crumbs": [(row.label, reverse("missions:unit", args=[uid]))],
            "unit_url": reverse("missions:unit", args=[uid]),
            "prepare_url": address_of("reorganisations:create"),
        },
        status=422 if form.errors else 200,
    )


@require_safe
def show_unit_history(request: SignedInRequest, uid: str) -> HttpResponse:
    """What each version changed of the unit; for HR, who typed what since."""
    permissions.check_can_view_chart(request.user)
    row = get_object_or_404(Unit, uid=uid)
    return render(
        request,
        "missions/unit_history.html",
        {
            "title": row.label,
            "fictitious": shows_fiction(timezone.localdate()),
            "crumbs": [(row.label, reverse("missions:unit", args=[uid]))],
            "moments": [(moment, _moment_words(moment)) for moment in unit_moments(uid)],
            "lines": history_lines(row) if permissions.can_read_row_history(request.user) else (),
            "reads_lines": permissions.can_read_row_history(request.user),
        },
    )


def _sheet(uid: str) -> UnitSheet:
    sheet = unit_sheet(uid, timezone.localdate())
    if sheet is None:
        raise Http404("Cette unité n’existe pas.")
    return sheet


def _facts(sheet: UnitSheet) -> list[str]:
    if sheet.gone_on:
        return [f"fermée le {french.date(sheet.gone_on)}"]
    part = sheet.part
    facts = [total_words(part.total)]
    if part.units:
        facts.append(french.count(part.units, "unité"))
    return [*facts, *occupation_words(part), *led_by(part, sheet.unit)]


def _lead(sheet: UnitSheet) -> dict[str, str] | None:
    """The post that leads it, and its unit when it is another one."""
    structure = sheet.part.structure
    post = structure.post_by_id.get(sheet.unit.lead) if sheet.unit.lead else None
    if post is None:
        return None
    return {
        "title": french.upper_first(structure.title_of(post)),
        "unit": sheet.lead_unit.label if sheet.lead_unit else "",
        "url": address_of("missions:post", post.id),
    }


def _guests(structure: Structure, unit: UnitId) -> list[ListedRow]:
    """The posts of other units that work for this one in part."""
    found = []
    for post in structure.shared_with.get(unit, ()):
        part = french.decimal(post.part_of(unit) * 100)
        found.append(
            ListedRow(
                number=1,
                label=french.upper_first(structure.title_of(post)),
                grade=post.grade or "",
                management="",
                occupation=f"{part}{french.NBSP}%",
                leads=False,
                pending=False,
                url=address_of("missions:post", post.id),
            )
        )
    return found


def _below(part: Part, unit: UnitId) -> UnitLine:
    structure = part.structure
    record = structure.unit_by_id[unit]
    kind = structure.nomenclature.kind_by_code.get(record.kind)
    return UnitLine(
        label=french.upper_first(record.label),
        kind=kind.label if kind else "",
        facts=total_words(part.total_of(unit)),
        url=reverse("missions:unit", args=[unit]),
    )


def _by_grade(sheet: UnitSheet) -> list[TotalLine]:
    words = sheet.part.structure.nomenclature
    ranked = sorted(
        sheet.grades.items(),
        key=lambda item: (words.grade_rank(GradeCode(item[0]) if item[0] else None), item[0] or ""),
    )
    return [_line(grade or "non renseignée", total) for grade, total in ranked]


def _by_category(sheet: UnitSheet) -> list[TotalLine]:
    ranked = sorted(sheet.categories.items(), key=lambda item: item[0] or "~")
    return [_line(f"Catégorie {category}" if category else "non renseignée", total) for category, total in ranked]


def _line(label: str, total: Total) -> TotalLine:
    return TotalLine(label, total.posts, etp_cell(total))


def _moment_words(moment: UnitMoment) -> str:
    words = [STATE_WORDS[state] for state in moment.delta.states if state in STATE_WORDS]
    if moment.come_posts:
        words.append(french.count(moment.come_posts, "poste de plus", "postes de plus"))
    if moment.gone_posts:
        words.append(french.count(moment.gone_posts, "poste de moins", "postes de moins"))
    return french.upper_first(", ".join(words))
