"""« Bilan des bourses », by year: numbers alone, and the same as a spreadsheet. « Candidatures à effacer » beside."""

from typing import NamedTuple

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.requests import SignedInRequest
from missions.views.renderings import file_answer
from reorganisations.documents.spreadsheet import MEDIA_TYPES, tables_file

from ..actions import purge_report
from ..documents.balance import balance_tables, delays_chart
from ..models import Posting
from ..permissions import check_can_read_balance
from ..queries.balance import Line, Year, lines, years_of

CRUMBS = (("Bourse interne", reverse_lazy("postings:list")),)


class Balance(NamedTuple):
    """What the year asked for shows; all of them when none is."""

    year: int | None
    years: list[Year]
    shown: list[Year]
    lines: list[Line]


def balance_of(asked: str) -> Balance:
    """Raises Http404 for a year without a bourse."""
    found = lines()
    years = years_of(found)
    if not asked:
        return Balance(None, years, years, found)
    shown = [each for each in years if str(each.year) == asked]
    if not shown:
        raise Http404("Aucune bourse n’a été ouverte cette année-là.")
    return Balance(shown[0].year, years, shown, [line for line in found if line.year == shown[0].year])


@require_GET
def balance(request: SignedInRequest) -> HttpResponse:
    check_can_read_balance(request.user)
    found = balance_of(request.GET.get("annee", ""))
    chart = delays_chart(found.lines)
    query = f"?annee={found.year}" if found.year else ""
    address = reverse("postings:balance")
    context = {
        "crumbs": CRUMBS,
        "balance": found,
        "piece": balance_tables(found.lines, found.shown),
        "chart": chart,
        "more": len(chart) < sum(line.to_decide is not None for line in found.lines),
        "years": [
            ("Toutes", address, found.year is None),
            *((str(each.year), f"{address}?annee={each.year}", each.year == found.year) for each in found.years),
        ],
        "exports": [(kind.upper(), reverse("postings:balance_export", args=[kind]) + query) for kind in MEDIA_TYPES],
        "fictitious": any(line.posting.fictitious for line in found.lines),
    }
    return render(request, "postings/balance.html", context)


@require_GET
def export_balance(request: SignedInRequest, kind: str) -> HttpResponse:
    check_can_read_balance(request.user)
    if kind not in MEDIA_TYPES:
        raise Http404("Ce format n’existe pas.")
    found = balance_of(request.GET.get("annee", ""))
    content = tables_file(balance_tables(found.lines, found.shown), kind)
    name = f"bilan-des-bourses{f'-{found.year}' if found.year else ''}.{kind}"
    return file_answer(content, name, MEDIA_TYPES[kind])


@require_GET
def forgetting(request: SignedInRequest) -> HttpResponse:
    """The dry run of the purge: what goes, what stays, and what will go later."""
    check_can_read_balance(request.user)
    today = timezone.localdate()
    context = {
        "crumbs": (*CRUMBS, ("Bilan des bourses", reverse("postings:balance"))),
        "due": purge_report(),
        "later": Posting.objects.filter(purge_on__gt=today, purged_at=None).order_by("purge_on", "code"),
        "gone": Posting.objects.filter(purged_at__isnull=False).order_by("-purged_at", "code")[:20],
    }
    return render(request, "postings/forgetting.html", context)
