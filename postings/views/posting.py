"""One bourse as everybody reads it: the fiche de poste as published, dates, criteria, whom to ask; for the human
resources, what to do next."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.requests import SignedInRequest

from ..eligibility import sentence
from ..models import Posting
from ..permissions import Actor, actors_of, can_apply, get_visible_posting
from ..queries.group import chart_of, eligibility_of
from ..queries.mine import my_application_to
from ..queries.sheet import chain, history, seats, sheet_lines, vacated
from ..queries.warnings import posting_warnings
from ..standing import standing
from ..status import APPLICANT, PUBLIC
from ..workflow import POSTING, posting_offers, svg, table
from .heading import heading
from .my_place import my_place


@require_GET
def posting(request: SignedInRequest, code: str) -> HttpResponse:
    found = get_visible_posting(code, request.user)
    mine = my_application_to(found, request.user.agent) if can_apply(request.user) else None
    actors = actors_of(request.user, found, candidate=mine is not None and mine.status in APPLICANT)
    eligibility = eligibility_of(found)
    chart = chart_of(eligibility)
    manages = Actor.HR in actors
    context = {
        "posting": found,
        "heading": heading(request, found, "posting", actors),
        "fiche": sheet_lines(found),
        "criteria": list(found.criteria.all()),
        "group": sentence(eligibility, chart),
        "jury": seats(found) if manages or found.status in PUBLIC else (),
        "chain": chain(found, unpublished=manages),
        "manages": manages,
        "my_place": my_place(request.user, found, mine, chart),
        **(for_the_human_resources(request, found, actors) if manages else {}),
    }
    return render(request, "postings/posting.html", context)


def for_the_human_resources(request: SignedInRequest, posting: Posting, actors: frozenset[Actor]) -> dict[str, Any]:
    return {
        "standing": standing(posting, posting_offers(posting, request.user, actors=actors)),
        "warnings": posting_warnings(posting),
        "vacated": vacated(posting),
        "trail": history(posting),
        "procedure": table(POSTING),
        "diagram": svg(POSTING, posting.known_status),
    }
