"""« Postes »: the table of the posts in force, sorted, filtered, totalled, and as a file."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.actions import record_event
from accounts.requests import SignedInRequest
from orgchart import french
from orgchart.records import ManagementLevel
from orgchart.values import Hours

from .. import permissions, queries
from ..forms.posts import PostFilterForm
from ..models import Post
from ..queries import SORTS, Holder, Occupation, PostFilters, PostTotals
from ..tables.posts import FORMATS, posts_file
from .addresses import address_of
from .listing import etp_words

POSTS_A_PAGE = 50


class PostRow(NamedTuple):
    """`holders`: the names that the reader may know. Empty texts are not known."""

    uid: str
    title: str
    management: str
    unit: str
    unit_url: str
    grade: str
    category: str
    site: str
    hours: str
    occupation: Occupation
    holders: tuple[Holder, ...]
    frozen: bool


class CountedPaginator(Paginator):  # type: ignore[type-arg]  # generic in its stubs only
    """The totals have counted the rows already."""

    def __init__(self, rows: Any, per_page: int, *, count: int) -> None:
        super().__init__(rows, per_page)
        self.__dict__["count"] = count


@require_safe
def list_posts(request: SignedInRequest) -> HttpResponse:
    permissions.check_can_view_chart(request.user)
    today = timezone.localdate()
    places = queries.unit_places()
    form = PostFilterForm(request.GET, places=places)
    sort, descending = _sort(request)
    filters = form.filters() if form.is_valid() else None
    context: dict[str, Any] = {"form": form, "sort": f"{'-' if descending else ''}{sort}", "rows": (), "page": None}
    if filters is None:
        return render(request, "missions/posts.html", context | {"facts": (), "fictitious": False}, status=422)
    posts = queries.posts_table(filters, today, sort=sort, descending=descending)
    totals = queries.posts_totals(posts, filters, places)
    page = CountedPaginator(posts, POSTS_A_PAGE, count=totals.listed).get_page(request.GET.get("page"))
    visible = permissions.holders_visible_to(request.user)
    units = {post.unit_id for post in page}
    holders = queries.holders_by_post(today, visible, units) if units and _sees_somebody(visible) else {}
    context |= {
        "rows": [post_row(post, holders.get(post.uid, ())) for post in page],
        "page": page,
        "facts": total_facts(totals),
        "note": total_note(totals),
        "by_grade": grades_in_order(totals, form.grades),
        "filtered": filters != PostFilters(),
        "empty_chart": not places,
        "opening_url": address_of("missions:opening") if permissions.can_open_chart(request.user) else "",
        "exports": _exports(request),
        "fictitious": queries.shows_fiction(today),
    }
    return render(request, "missions/posts.html", context)


@require_safe
def export_posts(request: SignedInRequest, kind: str) -> HttpResponse:
    """All the filtered rows. `noms=1`, for HR only, adds the holders and leaves a line on the trail."""
    permissions.check_can_view_chart(request.user)
    if kind not in FORMATS:
        raise Http404("Ce format n’existe pas.")
    today = timezone.localdate()
    places = queries.unit_places()
    form = PostFilterForm(request.GET, places=places)
    if not form.is_valid():
        raise Http404("Un des filtres n’existe plus.")
    holders = None
    if request.GET.get("noms"):
        permissions.check_can_export_holders(request.user)
        holders = queries.holders_by_post(today, permissions.holders_visible_to(request.user))
        record_event(
            verb="export_holders",
            target=queries.employer(),
            by=request.user,
            summary="Tableau des postes exporté avec le nom des titulaires.",
        )
    sort, descending = _sort(request)
    posts = queries.posts_table(form.filters(), today, sort=sort, descending=descending)
    fictitious = queries.shows_fiction(today)
    content, media_type = posts_file(posts, kind, places=places, holders=holders, fictitious=fictitious)
    marks = ["-titulaires"] * (holders is not None) + ["-donnees-fictives"] * fictitious
    name = f"postes{''.join(marks)}-{today.isoformat()}.{kind}"
    return HttpResponse(
        content, content_type=media_type, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


def post_row(post: Post, holders: tuple[Holder, ...]) -> PostRow:
    return PostRow(
        uid=post.uid,
        title=french.upper_first(post.printed_title),  # type: ignore[attr-defined]  # annotated by `posts_table`
        management=ManagementLevel(post.level).label if post.level else "",
        unit=post.unit.label,
        unit_url=reverse("missions:unit", args=[post.unit_id]),
        grade=post.grade_id or "",
        category=post.known_category or "",  # type: ignore[attr-defined]
        site=post.site.label if post.site else "",
        hours=hours_words(post),
        occupation=Occupation(post.occupation),  # type: ignore[attr-defined]
        holders=tuple(holder for holder in holders if holder.name),
        frozen=post.frozen,
    )


def hours_words(post: Post) -> str:
    """« 17,5/35 · 0,5 ETP », or nothing when it is not known."""
    if post.worked_hours is None or post.reference_hours is None:
        return ""
    hours = Hours(worked=post.worked_hours, reference=post.reference_hours)
    worked, reference = french.decimal(hours.worked), french.decimal(hours.reference)
    return f"{worked}/{reference} · {french.decimal(hours.etp)}{french.NBSP}ETP"


def total_facts(totals: PostTotals) -> list[str]:
    number = totals.total.posts
    if not totals.complete:
        known = french.count(number, "poste connu", "postes connus")
        return [known, etp_words(totals.total), "effectif total non renseigné"]
    return [french.count(number, "poste"), etp_words(totals.total)]


def total_note(totals: PostTotals) -> str:
    """Why the table has more rows than posts are counted."""
    more = totals.listed - totals.total.posts
    if totals.undetermined:
        known = french.count(totals.undetermined, "poste")
        return (
            f"Une transformation reste à déterminer parmi des postes dont certains seulement répondent à ces "
            f"filtres{french.NBSP}: {known} de plus au maximum."
        )
    if more > 0:
        several = french.count(more, "poste", "postes")
        return (
            f"Le tableau montre {more} {french.plural(more, 'ligne')} de plus que l’effectif{french.NBSP}: "
            f"{several} parmi ceux qui sont montrés {french.plural(more, 'sera', 'seront')} "
            f"{french.plural(more, 'transformé')}, on ne sait pas encore {french.plural(more, 'lequel', 'lesquels')}."
        )
    return ""


def grades_in_order(totals: PostTotals, order: Sequence[str]) -> list[tuple[str, str]]:
    """Cotation → « 4 », in the employer's order; what has no cotation last, under an empty name."""
    place = {grade: rank for rank, grade in enumerate(order)}
    found = sorted(totals.by_grade.items(), key=lambda pair: place.get(pair[0] or "", len(place)))
    return [(grade or "", french.grouped(total.posts)) for grade, total in found if total.posts]


def _sees_somebody(visible: permissions.VisibleHolders) -> bool:
    return visible.everything or bool(visible.units) or visible.agent is not None


def _sort(request: SignedInRequest) -> tuple[str, bool]:
    asked = request.GET.get("tri", "")
    key = asked.removeprefix("-")
    return (key, asked.startswith("-")) if key in SORTS else ("unit", False)


def _exports(request: SignedInRequest) -> list[tuple[str, str, str]]:
    """Rows (label, what it is, address) with the filters and the order of the page."""
    query = request.GET.copy()
    query.pop("page", None)
    query.pop("noms", None)
    written = query.urlencode()

    def address(kind: str, more: str = "") -> str:
        asked = "&".join(part for part in (written, more) if part)
        return f"{reverse('missions:posts_export', args=[kind])}{'?' if asked else ''}{asked}"

    rows = [
        ("XLSX", "pour un tableur", address("xlsx")),
        ("ODS", "pour LibreOffice", address("ods")),
        ("CSV", "texte, séparé par des points-virgules", address("csv")),
    ]
    if permissions.can_export_holders(request.user):
        rows.append(("XLSX avec les titulaires", "données nominatives, consigné au journal", address("xlsx", "noms=1")))
    return rows
