"""The draft itself: its details, and taking it over to the chart in force."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from accounts.requests import SignedInRequest
from orgchart.checks import Announced, AnnouncedPart
from orgchart.values import UnitId

from ... import actions
from ...exceptions import Refused, StaleDraft
from ...forms.announced import PREFIX, SourceFormSet, blank_source, source_rows, typed_sources
from ...forms.details import DetailsForm
from ...forms.transitions import SeenForm
from ...permissions import check_can_edit, get_visible_reorganisation
from ...queries.follow_up import FollowUp
from .steps import Step, back, begin, render_step


@require_http_methods(["GET", "POST"])
def details(request: SignedInRequest, code: str) -> HttpResponse:
    """Title, date of effect, principle of security, and the numbers of posts that sources announce."""
    draft = begin(request, code)
    reorganisation = draft.reorganisation
    check_can_edit(request.user, reorganisation)
    if request.method == "POST" and "more_sources" not in request.POST:
        form = DetailsForm(request.POST)
        rows = SourceFormSet(request.POST, prefix=PREFIX)
        if form.is_valid() and rows.is_valid():
            try:
                actions.change_details(
                    reorganisation=reorganisation,
                    title=form.cleaned_data["title"],
                    effective_on=form.cleaned_data["effective_on"],
                    principle_of_security=form.cleaned_data["principle_of_security"],
                    announced=announced(draft, [part for row in rows if (part := row.part())]),
                    by=request.user,
                    seen=form.revision(),
                )
            except Refused as refusal:
                form.add_error(None, str(refusal))
                if isinstance(refusal, StaleDraft):
                    form.look_again(refusal.revision)
            else:
                messages.success(request, "Les données sont enregistrées.")
                return back(draft)
    elif request.method == "POST":
        form = DetailsForm(initial=request.POST.dict())
        rows = source_rows([*typed_sources(request.POST), blank_source()])
    else:
        form = DetailsForm(
            initial={
                "title": reorganisation.title,
                "effective_on": reorganisation.effective_on,
                "principle_of_security": reorganisation.principle_of_security,
                "seen": reorganisation.revision,
            }
        )
        rows = source_rows(known_sources(draft) or [blank_source()])
    step = Step("Données de la réorganisation", "Enregistrer les données")
    return render_step(
        request,
        draft,
        step,
        form,
        template="reorganisations/details_form.html",
        refused=rows.forms if rows.is_bound else (),
        rows=rows,
        unit=draft.before.unit_label(UnitId(reorganisation.unit_uid)),
    )


def known_sources(draft: FollowUp) -> list[dict[str, object]]:
    """What the sources say of the unit that heads the perimeter."""
    return [
        {"label": part.label, "posts": part.posts, "source": part.source}
        for each in draft.announced
        if each.unit == draft.reorganisation.unit_uid
        for part in each.parts
    ]


def announced(draft: FollowUp, parts: list[AnnouncedPart]) -> list[Announced]:
    """With what was announced of other units, which this page does not show."""
    unit = UnitId(draft.reorganisation.unit_uid)
    others = [each for each in draft.announced if each.unit != unit]
    return [Announced(unit=unit, parts=tuple(parts)), *others] if parts else others


@require_POST
def rebase(request: SignedInRequest, code: str) -> HttpResponse:
    """« Suivre la version n », once its conflicts are settled; `since` says before what that changes."""
    reorganisation = get_visible_reorganisation(code, request.user)
    check_can_edit(request.user, reorganisation)
    form = SeenForm(request.POST)
    if not form.is_valid():
        raise Http404
    try:
        actions.rebase_draft(reorganisation=reorganisation, by=request.user, seen=form.cleaned_data["seen"])
    except actions.StillInConflict as refusal:
        messages.error(request, str(refusal))
        return redirect("reorganisations:conflicts", code)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"Le projet suit la version {reorganisation.base_version.number}.")
    return redirect("reorganisations:since", code)
