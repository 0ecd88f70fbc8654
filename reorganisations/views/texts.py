"""« Textes »: two texts given to the committee, side by side, with what parts them."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from accounts.requests import SignedInRequest

from ..models import SealedText
from ..permissions import check_can_see_sealed_texts, get_visible_reorganisation
from ..queries import draft
from ..sealing import unseal
from ..side_by_side import SideBySide
from .heading import heading


@require_GET
def texts(request: SignedInRequest, code: str) -> HttpResponse:
    """Any two of the sealed texts; the last two unless asked (`un`, `autre`: their numbers)."""
    reorganisation = get_visible_reorganisation(code, request.user)
    check_can_see_sealed_texts(request.user, reorganisation)
    known = {
        str(each.number): each
        for each in reorganisation.sealed_texts.defer("content").select_related("reorganisation").order_by("number")
    }
    numbers = list(known)
    older, newer = (numbers[-2], numbers[-1]) if len(numbers) > 1 else ("", "")
    one = asked(known, request.GET.get("un", older))
    other = asked(known, request.GET.get("autre", newer))
    found = SideBySide(unseal(one), unseal(other)) if one and other and one != other else None
    context = {
        "reorganisation": reorganisation,
        "heading": heading(request, draft(reorganisation), "follow_up"),
        "texts": known.values(),
        "one": one,
        "other": other,
        "found": found,
        "crumbs_url": reverse("reorganisations:follow_up", args=[code]),
    }
    return render(request, "reorganisations/texts.html", context)


def asked(known: dict[str, SealedText], number: str) -> SealedText | None:
    """Raises Http404 for a text that does not exist; None where there are not two to choose from."""
    if number not in known and len(known) > 1:
        raise Http404("Ce texte n’existe pas.")
    return known.get(number)
