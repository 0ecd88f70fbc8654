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
from ..permissions import can_apply, can_prepare_postings, check_can_list_postings, visible_to
from ..progress import STATES, tone_of
from ..queries.listing import Stand, for_me, listed, stand_of, units_of, with_my_part
from ..queries.targets import unopened_transformations
from ..queries.warnings import posting_warnings
from ..status import FINISHED, ApplicationStatus, PostingStatus

PER_PAGE = 25
MARKS = {
    Stand.OPEN: "created",
    Stand.TO_COME: "accent",
    Stand.EXAMINATION: "transformed",
    Stand.PREPARATION: "planned",
    Stand.FINISHED: "closed",
}


class Part(NamedTuple):
    """What a bourse is for the agent who reads the list."""

    words: str
    tone: str = ""


class Line(NamedTuple):
    """`warnings`, `candidacies`: for the human resources alone. `mine`: for an agent alone."""

    posting: Posting
    unit: str
    mark: str
    warnings: int
    mine: Part | None


@require_GET
def postings(request: SignedInRequest) -> HttpResponse:
    check_can_list_postings(request.user)
    visible = visible_to(request.user)
    prepares = can_prepare_postings(request.user)
    stands = [each for each in Stand if prepares or each is not Stand.PREPARATION]
    is_agent = can_apply(request.user)
    form = ListingFilters(request.GET, stands=stands, units=units_of(visible), is_agent=is_agent)
    stand, unit, mine = form.asked("etat"), form.asked("unite"), form.asked("pour")
    if is_agent:
        visible = with_my_part(visible, request.user.agent)
        visible = for_me(visible) if mine else visible
    page = Paginator(listed(visible, stand=stand, unit=unit), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "lines": list(lines(page.object_list, warned=prepares, is_agent=is_agent)),
        "form": form,
        "filtered": bool(stand or unit or mine),
        "is_agent": is_agent,
        "columns": 4 + 2 * prepares + is_agent,
        "prepares": prepares,
        "leads_a_team": request.user.has_role(Role.MANAGER),
        "unopened": unopened_transformations() if prepares else (),
    }
    return render(request, "postings/list.html", context)


def lines(postings: Iterable[Posting], *, warned: bool, is_agent: bool) -> Iterator[Line]:
    for posting in postings:
        asks = warned and posting.known_status not in FINISHED
        yield Line(
            posting=posting,
            unit=posting.fiche.get("unit", ""),
            mark=MARKS[stand_of(posting)],
            warnings=len(posting_warnings(posting)) if asks else 0,
            mine=my_part(posting) if is_agent else None,
        )


def my_part(posting: Posting) -> Part | None:
    """None where the bourse asks nothing of this agent any more. Before the opening the list is not frozen: its page
    says what the rule makes of them."""
    status = getattr(posting, "my_status", None)
    if status is not None:
        return Part(STATES[status], tone_of(ApplicationStatus(status)))
    match posting.known_status:
        case PostingStatus.OPEN:
            return (
                Part("Vous pouvez candidater", "created")
                if getattr(posting, "in_the_list", False)
                else Part("Non éligible")
            )
        case PostingStatus.PUBLISHED:
            return Part("Liste arrêtée à l’ouverture")
        case _:
            return None
