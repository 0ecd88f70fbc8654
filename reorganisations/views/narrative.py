"""« Rédaction »: the written parts of the report, one by one, with a preview; added, renamed, ordered, omitted."""

import datetime

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.requests import SignedInRequest
from orgchart.french import clock

from .. import actions, queries
from ..documents.prose import prose_html
from ..exceptions import Refused, StaleDraft
from ..forms.narrative import NewSectionForm, SectionForm
from ..models import NarrativeSection, Reorganisation
from ..permissions import (
    can_edit,
    can_remark,
    can_write_words,
    check_can_edit,
    check_can_see_draft,
    check_can_write_words,
    get_visible_reorganisation,
)
from ..queries import Draft
from .heading import crumbs, heading


@require_GET
def narrative(request: SignedInRequest, code: str) -> HttpResponse:
    reorganisation = get_visible_reorganisation(code, request.user)
    check_can_see_draft(request.user, reorganisation)
    draft = queries.draft(reorganisation)
    form = NewSectionForm(changes=explainable(draft), initial={"seen": reorganisation.revision})
    return render_narrative(request, draft, form)


@require_POST
def add_section(request: SignedInRequest, code: str) -> HttpResponse:
    reorganisation = get_visible_reorganisation(code, request.user)
    check_can_edit(request.user, reorganisation)
    draft = queries.draft(reorganisation)
    form = NewSectionForm(request.POST, changes=explainable(draft))
    if form.is_valid():
        try:
            section = actions.add_section(
                reorganisation=reorganisation,
                title=form.cleaned_data["title"],
                change_uid=form.cleaned_data["change_uid"] or None,
                by=request.user,
                seen=form.cleaned_data["seen"],
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("reorganisations:section", code, section.key)
    return render_narrative(request, draft, form, status=422)


@require_http_methods(["GET", "POST"])
def section(request: SignedInRequest, code: str, key: str) -> HttpResponse:
    """Write one part. « Aperçu » shows it as the report prints it, without saving."""
    reorganisation = get_visible_reorganisation(code, request.user)
    check_can_write_words(request.user, reorganisation)
    draft = queries.draft(reorganisation)
    found = asked_section(draft, key)
    form = SectionForm(
        request.POST or None,
        initial={
            "title": found.title,
            "markdown": found.markdown,
            "included": found.included,
            "seen": reorganisation.revision,
        },
    )
    if "auto" in request.POST:
        return autosave(request, reorganisation, found, form)
    preview = "preview" in request.POST
    if request.method == "POST" and form.is_valid() and not preview:
        try:
            actions.save_section(
                reorganisation=reorganisation,
                key=key,
                title=form.cleaned_data["title"],
                markdown=form.cleaned_data["markdown"],
                included=form.cleaned_data["included"],
                by=request.user,
                seen=form.cleaned_data["seen"],
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
            if isinstance(refusal, StaleDraft):
                form.look_again(refusal.revision)
        else:
            messages.success(request, f"«\u00a0{form.cleaned_data['title']}\u00a0» est enregistrée.")
            return redirect("reorganisations:narrative", code)
    written = form.data.get("markdown", "") if form.is_bound else found.markdown
    context = {
        "reorganisation": reorganisation,
        "heading": heading(request, draft, "narrative"),
        "section": found,
        "form": form,
        "preview": prose_html(written, level=3) if written.strip() else "",
        "seen": form["seen"].value(),
        "saved": "",
        "refusal": "",
    }
    template = "reorganisations/section.html"
    if request.htmx and preview:
        return render(request, f"{template}#preview", context)
    return render(request, template, context, status=422 if form.errors else 200)


def autosave(
    request: SignedInRequest, reorganisation: Reorganisation, found: NarrativeSection, form: SectionForm
) -> HttpResponse:
    """What is written so far, kept while somebody writes: when it was, or why it was not. What another person wrote
    meanwhile in this part is never written over: the revision seen stays the old one until the button is pressed."""
    refusal, seen = "", request.POST.get("seen", "")
    if form.is_valid():
        try:
            actions.save_section(
                reorganisation=reorganisation,
                key=found.key,
                title=form.cleaned_data["title"],
                markdown=form.cleaned_data["markdown"],
                included=form.cleaned_data["included"],
                by=request.user,
                seen=form.cleaned_data["seen"],
                while_writing=True,
            )
        except Refused as refused:
            refusal = str(refused)
        else:
            seen = str(reorganisation.revision)
    else:
        refusal = " ".join(str(error) for errors in form.errors.values() for error in errors)
    context = {"refusal": refusal, "seen": seen, "saved": "" if refusal else saved_at(timezone.localtime())}
    return render(request, "reorganisations/section.html#state", context, status=409 if refusal else 200)


def saved_at(moment: datetime.datetime) -> str:
    return f"Enregistré à {clock(moment)}"


@require_POST
def move_section(request: SignedInRequest, code: str, key: str) -> HttpResponse:
    return edit_section(request, code, key, actions.move_section, position=asked_number(request, "position"))


@require_http_methods(["GET", "POST"])
def delete_section(request: SignedInRequest, code: str, key: str) -> HttpResponse:
    reorganisation = get_visible_reorganisation(code, request.user)
    check_can_edit(request.user, reorganisation)
    if request.method == "GET":
        written = queries.draft(reorganisation)
        found = asked_section(written, key)
        context = {
            "crumbs": (*crumbs(written), (reorganisation.title, reverse("reorganisations:narrative", args=[code]))),
            "question": f"Supprimer la section «\u00a0{found.title}\u00a0» ?",
            "consequences": "Son texte sera perdu. Pour la garder sans la montrer, sortez-la plutôt du rapport.",
            "action": "Supprimer la section",
            "seen": reorganisation.revision,
            "cancel_url": "..",
        }
        return render(request, "reorganisations/confirm_edit.html", context)
    return edit_section(request, code, key, actions.delete_section)


def edit_section(request: SignedInRequest, code: str, key: str, action: object, **given: int) -> HttpResponse:
    reorganisation = get_visible_reorganisation(code, request.user)
    check_can_edit(request.user, reorganisation)
    try:
        action(  # type: ignore[operator]  # one of the actions of this room
            reorganisation=reorganisation, key=key, by=request.user, seen=asked_number(request, "seen"), **given
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("reorganisations:narrative", code)


def render_narrative(
    request: SignedInRequest, draft: Draft, form: NewSectionForm, *, status: int = 200
) -> HttpResponse:
    last = len(draft.sections) - 1
    names = dict(explainable(draft))
    rows = [
        {
            "section": each,
            "html": prose_html(each.markdown, level=4) if each.markdown.strip() else "",
            "explains": names.get(each.change_uid or "", ""),
            "moves": [
                (word, rank)
                for word, rank in (("Monter", position - 1), ("Descendre", position + 1))
                if 0 <= rank <= last
            ],
        }
        for position, each in enumerate(draft.sections)
    ]
    context = {
        "reorganisation": draft.reorganisation,
        "heading": heading(request, draft, "narrative"),
        "rows": rows,
        "form": form,
        "editable": can_edit(request.user, draft.reorganisation),
        "writable": can_write_words(request.user, draft.reorganisation),
        "may_remark": can_remark(request.user, draft.reorganisation),
    }
    return render(request, "reorganisations/narrative.html", context, status=status)


def explainable(draft: Draft) -> list[tuple[str, str]]:
    return [(str(change.id), draft.wording(change).sentence) for change in draft.changes]


def asked_section(draft: Draft, key: str) -> NarrativeSection:
    for each in draft.sections:
        if each.key == key:
            return each
    raise Http404


def asked_number(request: SignedInRequest, name: str) -> int:
    try:
        return int(request.POST[name])
    except (KeyError, ValueError):
        raise Http404 from None
