"""The chart on any date: drawing, list and table of the same part, its files, and what one can do from there."""

from typing import Any, NamedTuple

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.requests import SignedInRequest
from orgchart import french
from orgchart.diff import Difference, compare
from orgchart.layout import Drawing, layout
from orgchart.nomenclature import Form
from orgchart.records import Unit
from orgchart.values import UnitId

from .. import permissions, queries
from ..drawing.documents import chart_file, chart_html, chart_weight
from ..drawing.font import FontMeasure
from ..drawing.svg import Links, legend_of, screen_svg
from ..models import Version
from ..printing import Parameters, Printed, Printing
from ..queries.shown import Part, part_in_force, part_of
from .addresses import VIEWS, ChartAddress, address_of, posts_url, read_day
from .listing import flat, listed, pending_words, total_words
from .moments import date_words, timeline
from .renderings import deliver, posts_tables

VIEW_LABELS = {"dessin": "Dessin", "liste": "Liste", "tableau": "Tableau"}


class Seen(NamedTuple):
    """What is read for one page. `part` None: the chart of that day is not known. `difference`: what is planned."""

    address: ChartAddress
    part: Part | None
    chart: queries.ChartOnDate | None = None
    difference: Difference | None = None

    @property
    def version(self) -> Version | None:
        return self.chart.version if self.chart else None


@require_safe
def show_chart(request: SignedInRequest, uid: str | None = None) -> HttpResponse:
    """The page of the whole chart, or of one unit; asked by htmx for `#chart`, that part alone."""
    permissions.check_can_view_chart(request.user)
    address = ChartAddress.read(request, uid, timezone.localdate())
    seen = read(address)
    context = {"address": address, "part": seen.part} | _content(seen)
    if request.htmx and request.htmx.target == "chart":
        return render(request, "missions/chart.html#chart", context)
    context |= _heading(request, seen)
    return render(request, "missions/chart.html", context)


@require_safe
def chart_as_pdf(request: SignedInRequest, uid: str | None = None) -> HttpResponse:
    """`format`: a4 (usual) or a3. The day is said, so that what is asked for tonight is not tomorrow's."""
    address = ChartAddress.read(request, uid, timezone.localdate())
    page_format = "a3" if request.GET.get("format") == "a3" else ""
    asked = {"unite": uid or "", "au": address.on.isoformat(), "format": page_format}
    return deliver(request, "organigramme", asked)


def _check_chart(user: User, asked: Parameters) -> None:
    permissions.check_can_view_chart(user)


def _printed_chart(user: User, asked: Parameters) -> Printed:
    """Raises NotAllowed, and Http404 for a day or a unit that is not known."""
    _check_chart(user, asked)
    unit = UnitId(asked["unite"]) if "unite" in asked else None
    address = ChartAddress(today=timezone.localdate(), unit=unit, day=read_day(asked["au"]))
    seen = read(address, whole=True)
    part = _known(seen)
    title = _title(seen)

    def source() -> str:
        # Vacancies are no part of a version: today's are read from the rows.
        live = read(address) if address.is_today else seen
        return chart_html(
            part.structure,
            root=part.root,
            title=title,
            facts=_facts(live),
            vacant=live.part.vacant if live.part else frozenset(),
            day=address.on,
            source=_source(seen),
            page_format="a3" if asked.get("format") == "a3" else "a4",
            fictitious=bool(seen.version and seen.version.fictitious),
            difference=seen.difference,
        )

    return Printed(
        name=f"{_file_name(seen)}.pdf",
        title=title if unit is None else f"Organigramme\u00a0: {title}",
        weight=chart_weight(part.structure, part.root),
        back=address.page(),
        source=source,
        instead=posts_tables(unit),
    )


CHART = Printing(_check_chart, _printed_chart)


@require_safe
def chart_as_svg(request: SignedInRequest, uid: str | None = None) -> HttpResponse:
    """The drawing as it is on screen, what is folded included."""
    permissions.check_can_view_chart(request.user)
    seen = read(ChartAddress.read(request, uid, timezone.localdate()))
    part = _known(seen)
    drawing = drawing_of(part, seen.difference, keys=True)
    content = chart_file(drawing, title=_title(seen), description=" · ".join(_facts(seen)))
    return _download(content, "image/svg+xml", f"{_file_name(seen)}.svg")


def read(address: ChartAddress, *, whole: bool = False) -> Seen:
    """Live rows for today, the version of the day otherwise. `whole`: every level, for a document.

    Raises Http404 when there never was such a unit on that day.
    """
    if address.is_today and not whole:
        part = part_in_force(address.unit, address.on, folded=address.folded, opened=address.opened)
        if part is None:
            raise Http404("Cette unité n’est pas dans l’organigramme en vigueur.")
        return Seen(address, part if part.units or part.root else None)
    chart = queries.chart_on(address.on)
    if chart.structure is None:
        return Seen(address, None, chart)
    held = queries.holders_on(address.on)
    part = part_of(chart.structure, address.unit, folded=address.folded, opened=address.opened, held=held)
    if part is None:
        raise Http404("Cette unité n’était pas dans l’organigramme à cette date.")
    difference = None
    if chart.planned and chart.version:
        difference = compare(queries.version_structure(chart.version), chart.structure)
    return Seen(address, part, chart, difference)


def drawing_of(part: Part, difference: Difference | None = None, *, keys: bool = False) -> Drawing:
    """`keys`: with its legend, for what stands alone."""
    return layout(
        part.structure,
        FontMeasure(),
        root=part.root,
        folded=part.folded,
        difference=difference,
        planned=difference.units if difference else frozenset(),
        vacant=part.vacant,
        totals=part.totals,
        hidden=part.hidden,
        names=part.names,
        keys=keys,
    )


def _content(seen: Seen) -> dict[str, Any]:
    """The drawing, the list or the table: only the one asked for is made."""
    address, part = seen.address, seen.part
    context: dict[str, Any] = {"view": address.view, "svg": "", "units": (), "legend": (), "notes": ()}
    if part is None:
        return context
    context["notes"] = pending_words(part.structure)
    if address.view == "dessin":
        drawing = drawing_of(part, seen.difference)
        context["svg"] = _svg(drawing, seen)
        context["legend"] = legend_of(drawing)
    elif address.view == "liste":
        context["units"] = listed(part, address)
    else:
        context["units"] = list(flat(listed(part, address)))
    return context


def _svg(drawing: Drawing, seen: Seen) -> SafeString:
    address = seen.address
    links = Links(
        unit=lambda unit: address.about(unit).page() if unit != address.unit else address_of("missions:unit", unit),
        posts=posts_url,
        toggle=lambda unit, fold: address.toggled(unit, fold).page(),
        swap="#chart",
    )
    return screen_svg(
        drawing, title=f"Organigramme\u00a0: {_title(seen)}", description=" · ".join(_facts(seen)), links=links
    )


def _heading(request: SignedInRequest, seen: Seen) -> dict[str, Any]:
    address = seen.address
    moments = queries.versions_timeline(address.unit)
    prepare = address_of("reorganisations:create") if permissions.can_correct(request.user) else ""
    if prepare and address.unit:
        prepare = f"{prepare}?unite={address.unit}"
    shown = next((each for each in reversed(moments) if each.kind == "version" and each.day <= address.on), None)
    return {
        "title": _title(seen),
        "crumbs": _crumbs(seen),
        "facts": _facts(seen),
        "views": [(VIEW_LABELS[view], address.seen_as(view).page(), view == address.view) for view in VIEWS],
        "events": timeline(moments, address),
        "day_words": french.date(address.on),
        "today_url": address.dated(address.today).page(),
        "notice": _notice(seen),
        "fictitious": bool(shown and shown.fictitious),
        "exports": [
            ("PDF, pages A4", "une page de synthèse, puis une page par unité", address.export("pdf")),
            ("PDF, pages A3", "pour l’affichage", address.export("pdf", format="a3")),
            ("Image SVG", "le dessin tel qu’il est à l’écran", address.export("svg")),
        ]
        if seen.part
        else [],
        "posts_table": address_of("missions:posts"),
        "prepare_url": prepare,
        "opening_url": address_of("missions:opening") if permissions.can_open_chart(request.user) else "",
        "unit_url": address_of("missions:unit", address.unit) if address.unit else "",
    }


def _title(seen: Seen) -> str:
    if seen.part is None or seen.part.root is None:
        return "Organigramme"
    return french.upper_first(seen.part.structure.unit_label(seen.part.root))


def _crumbs(seen: Seen) -> list[tuple[str, str]]:
    if seen.address.unit is None:
        return []
    top = seen.address.about(None)
    path = seen.part.path if seen.part else ()
    return [("Organigramme", top.page()), *((unit.label, top.about(unit.id).page()) for unit in path)]


def _facts(seen: Seen) -> list[str]:
    part = seen.part
    if part is None:
        return []
    facts = [total_words(part.total)]
    if part.units:
        facts.append(french.count(part.units, "unité"))
    facts.extend(occupation_words(part))
    if part.root is not None:
        facts.extend(led_by(part, part.structure.unit_by_id[part.root]))
    return facts


def occupation_words(part: Part) -> list[str]:
    """What is known of the occupation: never « vacant » where nothing is recorded."""
    held, vacant = part.occupied.held, part.occupied.vacant or 0
    unknown = None if part.total is None else part.total.posts - held - vacant
    if not held and not vacant:
        return ["occupation non renseignée"]
    facts = []
    if vacant:
        facts.append(french.count(vacant, "poste vacant", "postes vacants"))
    if held:
        facts.append(french.count(held, "poste occupé", "postes occupés"))
    if unknown is None:
        facts.append("occupation des autres non renseignée")
    elif unknown > 0:
        facts.append(f"occupation de {french.count(unknown, 'poste')} non renseignée")
    elif not vacant and part.occupied.vacant is not None:
        facts.append("aucun poste vacant")
    return facts


def led_by(part: Part, unit: Unit) -> list[str]:
    lead = part.structure.post_by_id.get(unit.lead) if unit.lead else None
    if lead is None:
        return []
    kind = part.structure.nomenclature.kind_by_code.get(unit.kind)
    title = french.the(part.structure.title_of(lead), feminine=lead.form is Form.FEMININE)
    return [f"{'pilotée' if kind is None or kind.feminine else 'piloté'} par {title}"]


def _notice(seen: Seen) -> dict[str, str] | None:
    """What the reader must know of the day shown, when it is not today."""
    chart = seen.chart
    if chart is None:
        return None
    if chart.structure is None:
        words = "Aucun organigramme n’est enregistré à cette date."
        if milestone := chart.milestone:
            date = date_words(milestone.year, milestone.month, milestone.day)
            words = f"Dernier jalon connu\u00a0: {milestone.label} ({date})."
            if milestone.posts_announced:
                words += f" {french.count(milestone.posts_announced, 'poste annoncé', 'postes annoncés')}."
        return {"level": "info", "title": "Organigramme non connu à cette date", "words": words}
    if chart.planned:
        labels = french.join(dict.fromkeys(stage.label for stage in chart.stages))
        words = f"Prévu par {labels}. Rien n’est encore en vigueur."
        if chart.refusals:
            number = len(chart.refusals)
            verb = french.plural(number, "ne peut plus être appliqué", "ne peuvent plus être appliqués")
            words += f" {french.count(number, 'ajustement')} {verb}."
        return {"level": "warning", "title": f"Organigramme prévu au {french.date(chart.day)}", "words": words}
    if seen.address.is_today or chart.version is None:
        return None
    since = french.date(chart.version.effective_on)
    return {
        "level": "info",
        "title": f"Organigramme au {french.date(chart.day)}",
        "words": f"{chart.version}\u00a0: {chart.version.title}, en vigueur depuis le {since}.",
    }


def _source(seen: Seen) -> str:
    version = seen.version
    if version is None:
        return ""
    words = f"{version}, en vigueur depuis le {french.date(version.effective_on)}"
    return f"{words}, avec ce qui est prévu" if seen.difference else words


def _known(seen: Seen) -> Part:
    if seen.part is None:
        raise Http404("L’organigramme n’est pas connu à cette date.")
    return seen.part


def _file_name(seen: Seen) -> str:
    return f"organigramme-{slugify(_title(seen))}-{seen.address.on.isoformat()}".replace(
        "organigramme-organigramme", "organigramme"
    )


def _download(content: bytes, media_type: str, name: str) -> HttpResponse:
    return HttpResponse(
        content, content_type=media_type, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
