"""« Qui peut candidater »: the rule of a bourse row by row, and the group that it makes."""

from collections.abc import Mapping
from typing import NamedTuple

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.requests import SignedInRequest
from orgchart.structure import Structure

from .. import actions
from ..eligibility import Eligibility, sentence, written
from ..exceptions import Refused
from ..forms.rule import ADDABLE, MODES, DayForm, Sent, changed, sent
from ..models import Posting
from ..permissions import check_can_manage_posting, get_visible_posting
from ..queries.group import Group, chart_of, eligibility_of, group_of
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
        return show(request, posting, DayForm(initial={"on": found.on}), draft_of(found), preview_of(posting, found))
    asked = sent(request.POST)
    draft = changed(asked.draft, asked.do, request.POST)
    saving = asked.do == "save"
    try:
        eligibility = Sent(asked.day, draft, asked.do).eligibility()
        if saving:
            actions.edit_posting(posting=posting, rule=eligibility, by=request.user)
            messages.success(request, "Le groupe est enregistré.")
            return redirect("postings:eligible", code)
        return show(request, posting, asked.day, draft, preview_of(posting, eligibility))
    except Incomplete as incomplete:
        words = incomplete.faults.get(None, "Complétez la règle\u00a0: le groupe s’affichera.")
        faults = incomplete.faults if saving else {}
        return show(request, posting, asked.day, draft, Preview(fault=words), faults=faults)
    except Refused as refusal:
        return show(request, posting, asked.day, draft, Preview(fault=str(refusal)), faults={None: str(refusal)})


def preview_of(posting: Posting, eligibility: Eligibility) -> Preview:
    """Nothing is written: the bourse in hand only carries the rule that is tried."""
    posting.rule = written(eligibility)
    return Preview(sentence(eligibility, chart_of(eligibility)), group_of(posting))


def show(
    request: SignedInRequest,
    posting: Posting,
    day: DayForm,
    draft: RuleDraft,
    preview: Preview,
    *,
    faults: Mapping[int | None, str] | None = None,
) -> HttpResponse:
    wrong = faults or {}
    found = eligibility_of(posting)
    on = (day.is_bound and day.is_valid() and day.cleaned_data["on"]) or found.on
    chart = chart_of(Eligibility(on=on, who=found.who))
    offers = Offers(chart, on)
    rows = [row_view(number, row, offers, chart, wrong.get(number, "")) for number, row in enumerate(draft.rows)]
    context = {
        "posting": posting,
        "heading": heading(request, posting, "eligible"),
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
