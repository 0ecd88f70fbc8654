"""« Qui peut candidater »: the rule of a bourse row by row, and the group that it makes."""

from collections.abc import Mapping
from typing import NamedTuple

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.requests import SignedInRequest
from missions.queries import chart_on
from orgchart.structure import Structure

from .. import actions
from ..eligibility import Eligibility, sentence
from ..exceptions import Refused
from ..forms.rule import ADDABLE, MODES, DayForm, Sent, changed, sent
from ..models import Posting
from ..permissions import Actor, check_can_manage_posting, get_visible_posting
from ..queries.group import Group, chart_of, eligibility_of, group_on
from ..queries.offers import Offered, Offers
from ..rule_draft import ADDITION, EXCLUSION, KIND_LABELS, Incomplete, Kind, Mode, Row, RuleDraft, draft_of, kept_rule
from ..status import EDITABLE
from .heading import heading

# So many names are shown of a group before it is opened.
SHOWN = 50


class RowView(NamedTuple):
    """A row as the page shows it. `words`: of a composed condition; `fault`: what is wrong with it."""

    number: int
    row: Row
    label: str
    offered: Offered
    words: str
    text: str
    fault: str


class GroupView(NamedTuple):
    place: str
    mode: Mode
    rows: tuple[RowView, ...]


class Preview(NamedTuple):
    """The group of a whole rule, or what is missing of it."""

    sentence: str = ""
    group: Group | None = None
    fault: str = ""

    @property
    def more(self) -> int:
        return max(0, self.group.size - SHOWN) if self.group else 0

    @property
    def people(self) -> object:
        return self.group.people[:SHOWN] if self.group else ()

    @property
    def doubtful(self) -> object:
        return self.group.doubtful[:SHOWN] if self.group else ()


@require_http_methods(["GET", "POST"])
def rule(request: SignedInRequest, code: str) -> HttpResponse:
    posting = get_visible_posting(code, request.user)
    check_can_manage_posting(request.user, posting)
    if posting.status not in EDITABLE:
        messages.error(request, "La bourse est publiée\u00a0: le groupe ne change plus.")
        return redirect("postings:eligible", code)
    if request.method != "POST":
        found = eligibility_of(posting)
        chart = chart_of(found)
        return show(request, posting, DayForm(initial={"on": found.on}), draft_of(found), chart, of(found, chart))
    asked = sent(request.POST)
    draft = changed(asked.draft, asked.do, request.POST)
    saving = asked.do == "save"
    chart = chart_on(asked.on or eligibility_of(posting).on).structure or Structure.of()
    try:
        eligibility = Sent(asked.day, draft, asked.do).eligibility()
        if saving:
            actions.edit_posting(posting=posting, rule=eligibility, by=request.user)
            messages.success(request, "Le groupe est enregistré.")
            return redirect("postings:eligible", code)
        return show(request, posting, asked.day, draft, chart, of(eligibility, chart))
    except Incomplete as incomplete:
        words = incomplete.faults.get(None, "Complétez la règle\u00a0: le groupe s’affichera.")
        faults = incomplete.faults if saving else {}
        return show(request, posting, asked.day, draft, chart, Preview(fault=words), faults=faults)
    except Refused as refusal:
        return show(request, posting, asked.day, draft, chart, Preview(fault=str(refusal)), faults={None: str(refusal)})


def of(eligibility: Eligibility, chart: Structure) -> Preview:
    return Preview(sentence(eligibility, chart), group_on(eligibility, chart))


def show(
    request: SignedInRequest,
    posting: Posting,
    day: DayForm,
    draft: RuleDraft,
    chart: Structure,
    preview: Preview,
    *,
    faults: Mapping[int | None, str] | None = None,
) -> HttpResponse:
    wrong = faults or {}
    on = day.cleaned_data["on"] if day.is_bound and day.is_valid() else eligibility_of(posting).on
    offers = Offers(chart, on)
    rows = [row_view(number, row, offers, chart, wrong.get(number, "")) for number, row in enumerate(draft.rows)]
    context = {
        "posting": posting,
        "heading": heading(request, posting, "eligible", frozenset({Actor.HR})),
        "day": day,
        "mode": draft.mode,
        "modes": MODES,
        "groups": [
            GroupView(f"g{number}", mode, tuple(each for each in rows if each.row.place == f"g{number}"))
            for number, mode in enumerate(draft.groups)
        ],
        "exclusions": [each for each in rows if each.row.place == EXCLUSION],
        "additions": [each for each in rows if each.row.place == ADDITION],
        "number": len(rows),
        "addable": ADDABLE,
        "preview": preview,
        "faults": [fault for number, fault in wrong.items() if number is None],
        "wrong": bool(wrong),
        "faulty": [each for each in rows if each.fault],
    }
    return render(request, "postings/rule.html", context, status=422 if wrong else 200)


def row_view(number: int, row: Row, offers: Offers, chart: Structure, fault: str) -> RowView:
    words = ""
    if row.kind is Kind.KEPT and not fault:
        try:
            words = kept_rule(row.kept).words(chart)
        except ValueError:
            words = "illisible"
    return RowView(
        number=number,
        row=row,
        label=KIND_LABELS[row.kind],
        offered=offers.of(row.kind, row.values, row.search),
        words=words,
        text="\n".join(row.values),
        fault=fault,
    )
