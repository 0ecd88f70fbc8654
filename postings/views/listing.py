"""« Bourse interne »: the bourses one may see, those open first."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.models import Role
from accounts.requests import SignedInRequest

from ..forms.listing import ListingFilters
from ..models import Posting
from ..permissions import can_prepare_postings, check_can_list_postings, visible_to
from ..queries.listing import Stand, listed, stand_of, units_of
from ..queries.targets import unopened_transformations
from ..queries.warnings import posting_warnings
from ..status import FINISHED

PER_PAGE = 25
MARKS = {
    Stand.OPEN: "created",
    Stand.TO_COME: "accent",
    Stand.EXAMINATION: "transformed",
    Stand.PREPARATION: "planned",
    Stand.FINISHED: "closed",
}


class Line(NamedTuple):
    """`warnings`, `candidacies`: for the human resources alone."""

    posting: Posting
    unit: str
    mark: str
    warnings: int


@require_GET
def postings(request: SignedInRequest) -> HttpResponse:
    check_can_list_postings(request.user)
    visible = visible_to(request.user)
    prepares = can_prepare_postings(request.user)
    stands = [each for each in Stand if prepares or each is not Stand.PREPARATION]
    form = ListingFilters(request.GET, stands=stands, units=units_of(visible))
    stand, unit = form.asked("etat"), form.asked("unite")
    page = Paginator(listed(visible, stand=stand, unit=unit), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "lines": list(lines(page.object_list, warned=prepares)),
        "form": form,
        "filtered": bool(stand or unit),
        "prepares": prepares,
        "leads_a_team": request.user.has_role(Role.MANAGER),
        "unopened": unopened_transformations() if prepares else (),
    }
    return render(request, "postings/list.html", context)


def lines(postings: Iterable[Posting], *, warned: bool) -> Iterator[Line]:
    for posting in postings:
        asks = warned and posting.known_status not in FINISHED
        yield Line(
            posting=posting,
            unit=posting.fiche.get("unit", ""),
            mark=MARKS[stand_of(posting)],
            warnings=len(posting_warnings(posting)) if asks else 0,
        )
