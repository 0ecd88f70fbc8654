"""« Situations »: what the reorganisation does to each known holder of a touched post. For the human resources only."""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.requests import SignedInRequest
from orgchart.fates import Fate
from orgchart.french import count
from orgchart.values import UnitId

from .. import actions, queries
from ..exceptions import Refused, StaleDraft
from ..forms.offers import Offer
from ..forms.situation import SituationFilterForm, SituationForm
from ..models import Reorganisation
from ..permissions import can_edit, check_can_edit, check_can_see_holders, get_visible_reorganisation
from ..queries import Draft
from ..situation_lines import Filters, Line, facets, in_order, lines, unknown_occupation, vacant
from .heading import heading

A_PAGE = 50
PAGE = "reorganisations/situations.html"
FILTERS = {
    "nom": "name",
    "etat": "state",
    "situation": "kind",
    "avant": "before",
    "apres": "after",
    "ecart": "departure",
}


@require_GET
def situations(request: SignedInRequest, code: str) -> HttpResponse:
    reorganisation = get_visible_reorganisation(code, request.user)
    check_can_see_holders(request.user, reorganisation)
    return render_situations(request, reorganisation, request.GET)


def render_situations(
    request: SignedInRequest, reorganisation: Reorganisation, asked: QueryDict, *, done: str = "", refusal: str = ""
) -> HttpResponse:
    """The page, or to htmx its list. `done`: the agent just settled, which can be taken back."""
    draft = queries.draft(reorganisation)
    editable = can_edit(request.user, reorganisation)
    found = lines(draft, editable=editable)
    filters = Filters(**{field: asked.get(name, "").strip() for name, field in FILTERS.items()})
    offered = facets(draft, found, filters)
    form = SituationFilterForm(
        asked,
        choices={
            "etat": offered.states,
            "situation": offered.kinds,
            "avant": offered.before,
            "apres": offered.after,
            "ecart": offered.departures,
        },
    )
    valid = form.is_valid()
    sort = asked.get("tri", "")
    kept = in_order([line for line in found if filters.keep(line)], sort) if valid else []
    done = done or asked.get("precisee", "")
    context = {
        "reorganisation": reorganisation,
        "heading": heading(request, draft, "situations"),
        "form": form,
        "sort": sort,
        "filtered": filters != Filters(),
        "page": Paginator(kept, A_PAGE).get_page(asked.get("page")),
        "facts": facts(found, draft),
        "unsettled": unsettled(draft),
        "query": kept_query(asked),
        "editable": editable,
        "seen": reorganisation.revision,
        "done": next((line for line in found if line.agent == done), None) if editable else None,
        "refusal": refusal,
        "empty": not found,
        "touched": bool(draft.changes),
    }
    status = 200 if valid else 422
    return private(render(request, f"{PAGE}#list" if request.htmx else PAGE, context, status=status))


@require_http_methods(["GET", "POST"])
def settle(request: SignedInRequest, code: str, agent: str) -> HttpResponse:
    reorganisation = get_visible_reorganisation(code, request.user)
    check_can_see_holders(request.user, reorganisation)
    check_can_edit(request.user, reorganisation)
    draft = queries.draft(reorganisation)
    fates = [fate for fate in draft.fates if fate.holder == agent]
    if not fates:
        raise Http404
    known = draft.situations.get(agent)
    form = SituationForm(
        request.POST or None,
        offer=offer(draft, fates, request.GET.get("cherche", "")),
        initial={
            "post": known.post if known else "",
            "note": known.note if known else "",
            "seen": reorganisation.revision,
        },
    )
    back = kept_query(request.GET)
    if request.method == "POST" and form.is_valid():
        try:
            if "effacer" in request.POST:
                actions.clear_situation(
                    reorganisation=reorganisation, agent_uid=agent, by=request.user, seen=form.revision()
                )
            else:
                actions.set_situation(
                    reorganisation=reorganisation,
                    agent_uid=agent,
                    post_uid=form.cleaned_data["post"] or None,
                    note=form.cleaned_data["note"],
                    by=request.user,
                    seen=form.revision(),
                )
        except Refused as refusal:
            form.add_error("note" if isinstance(refusal, actions.SituationSaysNothing) else None, str(refusal))
            if isinstance(refusal, StaleDraft):
                form.look_again(refusal.revision)
        else:
            return list_or_redirect(request, reorganisation, back, agent)
    own = [line for line in lines(draft, editable=True) if line.agent == agent and not line.stands_in]
    context = {
        "reorganisation": reorganisation,
        "heading": heading(request, draft, "situations"),
        "lines": own,
        "form": form,
        "known": known,
        "query": back,
    }
    template = "reorganisations/settle.html"
    status = 422 if form.errors else 200
    return private(render(request, f"{template}#part" if request.htmx else template, context, status=status))


@require_POST
def undo_situation(request: SignedInRequest, code: str, agent: str) -> HttpResponse:
    """Back to what was said of this holder before; asked twice, forward again."""
    reorganisation = get_visible_reorganisation(code, request.user)
    check_can_see_holders(request.user, reorganisation)
    check_can_edit(request.user, reorganisation)
    back = kept_query(request.GET)
    try:
        actions.undo_situation(
            reorganisation=reorganisation, agent_uid=agent, by=request.user, seen=seen_in(request, reorganisation)
        )
    except Refused as refusal:
        answer = render_situations(request, reorganisation, QueryDict(back), refusal=str(refusal))
        answer.status_code = 422
        return answer
    return list_or_redirect(request, reorganisation, back, agent)


def seen_in(request: HttpRequest, reorganisation: Reorganisation) -> int:
    text = request.POST.get("seen", "")
    return int(text) if text.isdigit() else reorganisation.revision


def list_or_redirect(request: SignedInRequest, reorganisation: Reorganisation, back: str, agent: str) -> HttpResponse:
    """After an edit: the list as it was filtered, and the agent it was about."""
    if request.htmx:
        answer = render_situations(request, reorganisation, QueryDict(back), done=agent)
        answer.headers["HX-Retarget"], answer.headers["HX-Reswap"] = "#situations", "outerHTML"
        return answer
    address = reverse("reorganisations:situations", args=[reorganisation.code])
    query = "&".join(part for part in (back, urlencode({"precisee": agent})) if part)
    return redirect(f"{address}?{query}#situations")


def kept_query(asked: QueryDict) -> str:
    """The filters, the order and the page of the list, as an address writes them."""
    names = (*FILTERS, "tri", "page")
    return urlencode([(name, asked[name]) for name in names if asked.get(name)])


def private(response: HttpResponse) -> HttpResponse:
    """Nominative: kept by no cache."""
    add_never_cache_headers(response)
    return response


def facts(found: list[Line], draft: Draft) -> list[str]:
    """« 5 agents · 6 postes occupés · 1 agent tient deux postes · 3 postes touchés dont l’occupation… »."""
    holders = [line for line in found if not line.stands_in]
    agents = len({line.agent for line in holders})
    several = len({line.agent for line in holders if line.posts > 1})
    interims = len(found) - len(holders)
    words = [
        count(agents, "agent concerné", "agents concernés"),
        f"{count(several, 'agent tient', 'agents tiennent')} plusieurs postes touchés" if several else "",
        count(interims, "intérim") if interims else "",
        vacant(draft),
        unknown_occupation(draft),
    ]
    return [each for each in words if each]


def unsettled(draft: Draft) -> str:
    number = len({fate.holder for fate in draft.unresolved})
    if not number:
        return ""
    return "La situation d’un agent reste à préciser" if number == 1 else f"{number} situations restent à préciser"


def offer(draft: Draft, fates: list[Fate], text: str) -> Offer:
    """In a large perimeter, the posts of the units where the holder is, was or goes, and those searched for."""
    near = {unit for fate in fates for unit in (fate.unit_before, fate.unit_after) if unit}
    root = UnitId(draft.reorganisation.unit_uid)
    return Offer(draft.after, root, frozenset(near & draft.after.unit_by_id.keys()), text)
