"""« État constaté »: an empty installation begins here; what is typed or imported is sealed once as version 1."""

from typing import Any, NamedTuple

import msgspec
from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import SignedInRequest
from orgchart import french
from orgchart.nomenclature import Form
from orgchart.records import Unit
from orgchart.rows import rows
from orgchart.structure import Structure
from orgchart.values import UnitId

from .. import actions, permissions
from ..forms.opening import ImportForm, OpeningPostsForm, OpeningUnitForm, SealForm
from ..queries import chart_is_open, nomenclature
from ..queries.opening import opening_draft
from ..tables.opening import HEADINGS, OpeningTable, read_file, read_pasted
from .listing import etp_words

# What travels from the dry run to its confirmation, so that nothing is written meanwhile.
SALT = "missions.opening"
A_DAY = 24 * 3600
REFUSALS = (actions.InvalidOpening, actions.NotInDraft)


class DraftRow(NamedTuple):
    """Posts of a unit that print alike; `posts` are their ids, joined by commas."""

    label: str
    grade: str
    management: str
    leads: bool
    posts: str


class DraftUnit(NamedTuple):
    uid: UnitId
    label: str
    kind: str
    number: int
    rows: tuple[DraftRow, ...]
    units: tuple["DraftUnit", ...]


@require_http_methods(["GET", "POST"])
def show_opening(request: SignedInRequest) -> HttpResponse:
    """The draft, with a form for a unit and one for posts. `faire` says which of the two was sent."""
    permissions.check_can_open_chart(request.user)
    if chart_is_open():
        return _already_open(request)
    opening = opening_draft()
    draft = opening.structure
    asked = request.POST.get("faire", "")
    chosen = request.GET.get("unite", "")
    unit_form = OpeningUnitForm(request.POST if asked == "unite" else None, draft=draft, unit=chosen)
    posts_form = OpeningPostsForm(request.POST if asked == "postes" else None, draft=draft, unit=chosen)
    if asked == "retirer":
        return _remove_posts(request)
    if asked == "unite" and unit_form.is_valid():
        try:
            added = actions.add_opening_unit(by=request.user, **unit_form.values())
        except REFUSALS as refusal:
            unit_form.add_error("label", str(refusal))
        else:
            messages.success(request, f"«\u00a0{unit_form.cleaned_data['label']}\u00a0» est ajoutée.")
            return _here(added)
    if asked == "postes" and posts_form.is_valid():
        try:
            posts = actions.add_opening_posts(by=request.user, **posts_form.values())
        except REFUSALS as refusal:
            posts_form.add_error(None, str(refusal))
        else:
            words = french.count(len(posts), "poste ajouté", "postes ajoutés")
            messages.success(request, f"{words}.")
            return _here(posts_form.cleaned_data["unit"])
    refused = unit_form.errors or posts_form.errors
    return render(
        request,
        "missions/opening.html",
        {
            "units": shown(draft),
            "facts": draft_facts(draft),
            "saved": opening,
            "unit_form": unit_form,
            "posts_form": posts_form,
            "titles": _title_words(draft),
            "has_kinds": bool(draft.nomenclature.kinds),
        },
        status=422 if refused else 200,
    )


@require_http_methods(["GET", "POST"])
def remove_unit(request: SignedInRequest, uid: str) -> HttpResponse:
    permissions.check_can_open_chart(request.user)
    if chart_is_open():
        return _already_open(request)
    draft = opening_draft().structure
    unit = draft.unit_by_id.get(UnitId(uid))
    if unit is None:
        raise Http404("Cette unité n’est pas dans la saisie.")
    if request.method == "POST":
        try:
            actions.remove_opening_unit(unit=uid, by=request.user)
        except actions.NotInDraft as refusal:
            messages.error(request, str(refusal))
            return _here()
        messages.success(request, f"«\u00a0{unit.label}\u00a0» est retirée de la saisie.")
        return _here(unit.parent or "")
    below = sum(1 for _ in draft.subtree(unit.id)) - 1
    posts = sum(1 for _ in draft.posts_below(unit.id))
    consequences = "Rien n’est encore scellé. "
    if below or posts:
        consequences += f"Partent avec elle : {french.count(below, 'unité')} et {french.count(posts, 'poste')}."
    return _confirm(request, f"Retirer «\u00a0{unit.label}\u00a0» de la saisie ?", consequences, "Retirer l’unité")


@require_http_methods(["GET", "POST"])
def discard(request: SignedInRequest) -> HttpResponse:
    permissions.check_can_open_chart(request.user)
    if chart_is_open():
        return _already_open(request)
    if request.method == "POST":
        actions.discard_opening_draft(by=request.user)
        messages.success(request, "La saisie est effacée.")
        return _here()
    words = "Toutes les unités et tous les postes saisis ou importés disparaissent. Rien n’était scellé."
    return _confirm(request, "Effacer toute la saisie ?", words, "Effacer la saisie")


@require_http_methods(["GET", "POST"])
def import_table(request: SignedInRequest) -> HttpResponse:
    """First what the table would give, with every error by its row and column; then, confirmed, the draft is it."""
    permissions.check_can_open_chart(request.user)
    if chart_is_open():
        return _already_open(request)
    if "repris" in request.POST:
        return _take_over(request)
    form = ImportForm(request.POST, request.FILES) if request.method == "POST" else ImportForm()
    table = None
    if form.is_bound and form.is_valid():
        words = nomenclature()
        file = form.cleaned_data["file"]
        table = read_file(file.read(), file.name, words) if file else read_pasted(form.cleaned_data["table"], words)
    return _import_page(request, form, table)


@require_http_methods(["GET", "POST"])
def seal(request: SignedInRequest) -> HttpResponse:
    permissions.check_can_open_chart(request.user)
    if chart_is_open():
        return _already_open(request)
    draft = opening_draft().structure
    form = SealForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            version = actions.seal_opening_draft(by=request.user, **form.cleaned_data)
        except (actions.NothingToOpen, actions.UnknownReference, actions.BrokenTree) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"L’état constaté est scellé : {str(version).lower()} de l’organigramme.")
            return redirect("missions:chart")
    total = draft.whole
    grades = draft.tally(lambda post: post.grade)
    context = {
        "form": form,
        "facts": draft_facts(draft),
        "etp": etp_words(total),
        "by_grade": [
            (grade or "", found.posts)
            for grade, found in sorted(grades.items(), key=lambda pair: draft.nomenclature.grade_rank(pair[0]))
        ],
        "is_empty": not draft.units,
    }
    return render(request, "missions/opening_seal.html", context, status=422 if form.errors else 200)


@require_safe
def model_table(request: SignedInRequest) -> HttpResponse:
    """An example to fill in: the headings that are understood, and three rows."""
    permissions.check_can_open_chart(request.user)
    examples = (
        ("Pôle Éducation > Direction des lycées", "direction", "Directrice", "", "1", ""),
        ("Pôle Éducation > Direction des lycées", "", "Chargé de mission", "", "3", ""),
        ("Pôle Éducation > Direction des lycées > Service des bâtiments", "service", "Technicienne", "", "2", ""),
    )
    lines = [HEADINGS.values(), *examples]
    content = "".join(f"{';'.join(line)}\r\n" for line in lines)
    return HttpResponse(
        content.encode("utf-8-sig"),
        content_type="text/csv",
        headers={"Content-Disposition": 'attachment; filename="etat-constate-modele.csv"'},
    )


def shown(draft: Structure) -> tuple[DraftUnit, ...]:
    return tuple(_shown(draft, unit) for unit in draft.roots)


def _shown(draft: Structure, unit: Unit) -> DraftUnit:
    kind = draft.nomenclature.kind_by_code.get(unit.kind)
    return DraftUnit(
        uid=unit.id,
        label=unit.label,
        kind=kind.label if kind else "",
        number=draft.subtree_totals[unit.id].posts,
        rows=tuple(
            DraftRow(
                label=f"{row.number} {row.label}" if row.number > 1 else french.upper_first(row.label),
                grade=row.grade or "",
                management=row.level.label if row.level else "",
                leads=row.leads,
                posts=",".join(row.posts),
            )
            for row in rows(draft, unit.id)
        ),
        units=tuple(_shown(draft, child) for child in draft.children_of.get(unit.id, ())),
    )


def draft_facts(draft: Structure) -> list[str]:
    return [
        french.count(len(draft.units), "unité"),
        french.count(len(draft.posts), "poste"),
        "rien n’est encore scellé",
    ]


def _remove_posts(request: SignedInRequest) -> HttpResponse:
    try:
        actions.remove_opening_posts(posts=request.POST.get("postes", "").split(","), by=request.user)
    except actions.NotInDraft as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Retiré de la saisie.")
    return _here()


def _take_over(request: SignedInRequest) -> HttpResponse:
    try:
        text = signing.loads(request.POST["repris"], salt=SALT, max_age=A_DAY)
        structure = msgspec.json.decode(text, type=Structure)
        actions.replace_opening_draft(structure=structure, by=request.user)
    except signing.BadSignature:
        messages.error(request, "Ce contrôle est trop ancien : contrôlez de nouveau le tableau.")
        return redirect("missions:opening_import")
    except actions.InvalidOpening as refusal:
        messages.error(request, str(refusal))
        return redirect("missions:opening_import")
    posts = french.count(len(structure.posts), "poste repris", "postes repris")
    messages.success(request, f"{french.count(len(structure.units), 'unité')} et {posts}.")
    return _here()


def _import_page(request: SignedInRequest, form: ImportForm, table: OpeningTable | None) -> HttpResponse:
    draft = opening_draft().structure
    context: dict[str, Any] = {
        "form": form,
        "table": table,
        "headings": list(HEADINGS.values()),
        "units": (),
        "signed": "",
        "replaces": bool(draft.units),
        "facts": [],
    }
    if table is not None and table.usable:
        context |= {
            "units": shown(table.structure),
            "facts": draft_facts(table.structure)[:2],
            "signed": signing.dumps(_text(table.structure), salt=SALT, compress=True),
        }
    refused = bool(form.errors) or (table is not None and not table.usable)
    return render(request, "missions/opening_import.html", context, status=422 if refused else 200)


def _text(structure: Structure) -> str:
    bare = Structure.of(structure.units, structure.posts)
    return bare.canonical.decode()


def _already_open(request: SignedInRequest) -> HttpResponse:
    """The opening state is recorded once; the page says since when, and what one does instead."""
    return render(request, "missions/opening_done.html", {}, status=200 if request.method == "GET" else 409)


def _confirm(request: SignedInRequest, question: str, consequences: str, action: str) -> HttpResponse:
    page = reverse("missions:opening")
    words = {"question": question, "consequences": consequences, "action": action, "cancel_url": page}
    return render(request, "components/confirm_page.html", words | {"crumbs": [("État constaté", page)]})


def _here(unit: UnitId | str = "") -> HttpResponse:
    url = reverse("missions:opening")
    return redirect(f"{url}?unite={unit}" if unit else url)


def _title_words(draft: Structure) -> list[str]:
    """Every form of every title, to choose from while typing."""
    found = {title.singular(form): None for title in draft.nomenclature.titles for form in Form}
    return sorted(found)
