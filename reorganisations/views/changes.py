"""Adding, editing, moving and deleting the adjustments of a draft; undo and redo; dropping in the outline."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.requests import SignedInRequest
from orgchart.changes import AnyChange, ImpossibleChange, tag_of
from orgchart.structure import Structure
from orgchart.values import PostId, UnitId

from .. import actions, queries
from ..consequences import Consequences
from ..exceptions import Refused, StaleDraft
from ..forms import catalogue
from ..forms.changes import ChangeForm, Vocabulary
from ..forms.drop import DropForm
from ..ids import mint_id
from ..models import Reorganisation
from ..permissions import check_can_edit, get_visible_reorganisation
from .heading import crumbs, heading
from .workspace import render_workspace, workspace_or_redirect


@require_GET
def choose_change(request: SignedInRequest, code: str) -> HttpResponse:
    """The catalogue, from a unit or from posts when they are named."""
    reorganisation = editable(request, code)
    draft = queries.draft(reorganisation)
    chart = draft.after
    unit, posts = request.GET.get("unite", ""), asked_posts(request)
    if (unit and UnitId(unit) not in chart.unit_by_id) or any(post not in chart.post_by_id for post in posts):
        if gone := no_longer_there(draft, unit, posts):
            messages.warning(request, gone)
            return redirect("reorganisations:workspace", code)
        raise Http404
    if posts:
        groups = [("", list(catalogue.for_posts(chart, posts)))]
    elif unit:
        groups = [("", list(catalogue.for_unit(chart, UnitId(unit))))]
    else:
        groups = catalogue.grouped()
    context = {
        "reorganisation": reorganisation,
        "heading": heading(request, draft, "workspace"),
        "groups": groups,
        "unit": chart.unit_by_id.get(UnitId(unit)),
        "posts": [chart.post_label(post) for post in posts],
        "query": request.GET.urlencode(),
    }
    return render(request, template(request, "reorganisations/choose_change.html"), context)


@require_http_methods(["GET", "POST"])
def add_change(request: SignedInRequest, code: str, kind: str) -> HttpResponse:
    reorganisation = editable(request, code)
    entry = catalogue.BY_TAG.get(kind)
    if entry is None:
        raise Http404
    draft = queries.draft(reorganisation)
    posts = [draft.after.post_by_id[post] for post in asked_posts(request) if post in draft.after.post_by_id]
    form = ChangeForm(
        entry.kind,
        vocabulary(request, draft, draft.after),
        mint=mint_id,
        data=request.POST or None,
        initial={"parent": reorganisation.unit_uid, "seen": reorganisation.revision}
        | catalogue.prefilled(entry, request.GET.get("unite", ""), [post.id for post in posts])
        | (catalogue.kept_from(entry, posts[0]) if posts else {}),
        parts=asked_parts(request),
        unsent=is_unsent(request),
    )
    if "voir" in request.POST:
        return foresee(request, draft, form, lambda change: (*draft.changes, change), title=entry.label)
    if request.method == "POST" and form.is_valid():
        change = form.change()
        try:
            actions.add_change(
                reorganisation=reorganisation, change=change, by=request.user, seen=form.revision(), draft=draft
            )
        except (Refused, ImpossibleChange) as refusal:
            refuse(form, refusal)
        else:
            return workspace_or_redirect(request, draft, changed=change.id)
    return render_form(request, reorganisation, form, title=entry.label)


@require_http_methods(["GET", "POST"])
def edit_change(request: SignedInRequest, code: str, uid: str) -> HttpResponse:
    reorganisation = editable(request, code)
    draft = queries.draft(reorganisation)
    change = asked_change(draft, uid)
    entry = catalogue.BY_TAG[tag_of(change)]
    form = ChangeForm(
        type(change),
        Vocabulary(
            draft.before_change(change.id), UnitId(reorganisation.unit_uid), names_of(draft), text=searched(request)
        ),
        mint=mint_id,
        data=request.POST or None,
        change=change,
        initial={"seen": reorganisation.revision},
        parts=asked_parts(request),
        unsent=is_unsent(request),
    )
    if "voir" in request.POST:
        put = partial(put_instead, draft.changes)
        return foresee(request, draft, form, put, title=entry.label, change=change)
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit_change(
                reorganisation=reorganisation,
                change=form.change(),
                by=request.user,
                seen=form.revision(),
                draft=draft,
            )
        except (Refused, ImpossibleChange) as refusal:
            refuse(form, refusal)
        else:
            return workspace_or_redirect(request, draft, changed=change.id)
    return render_form(request, reorganisation, form, title=entry.label, change=change)


@require_http_methods(["GET", "POST"])
def delete_change(request: SignedInRequest, code: str, uid: str) -> HttpResponse:
    """GET asks (for those without JavaScript), POST deletes."""
    reorganisation = editable(request, code)
    draft = queries.draft(reorganisation)
    change = asked_change(draft, uid)
    if request.method == "GET":
        context = {
            "crumbs": (*crumbs(draft), (reorganisation.title, reverse("reorganisations:workspace", args=[code]))),
            "question": "Supprimer cet ajustement ?",
            "consequences": f"«\u00a0{draft.wording(change).short}\u00a0» sera retiré du projet. "
            "Vous pourrez l’annuler.",
            "action": "Supprimer l’ajustement",
            "seen": reorganisation.revision,
            "cancel_url": reverse("reorganisations:workspace", args=[code]),
        }
        return render(request, "reorganisations/confirm_edit.html", context)
    return edit(request, draft, actions.delete_change, uid=uid)


@require_POST
def move_change(request: SignedInRequest, code: str, uid: str) -> HttpResponse:
    draft = queries.draft(editable(request, code))
    change = asked_change(draft, uid)
    try:
        position = int(request.POST["position"])
    except (KeyError, ValueError):
        raise Http404 from None
    return edit(request, draft, actions.move_change, uid=change.id, position=position, changed=change.id)


@require_POST
def undo(request: SignedInRequest, code: str) -> HttpResponse:
    return edit(request, queries.draft(editable(request, code)), actions.undo)


@require_POST
def redo(request: SignedInRequest, code: str) -> HttpResponse:
    return edit(request, queries.draft(editable(request, code)), actions.redo)


@require_POST
def drop(request: SignedInRequest, code: str) -> HttpResponse:
    """What was dragged in the outline becomes an adjustment: a unit or posts go elsewhere."""
    draft = queries.draft(editable(request, code))
    form = DropForm(request.POST, chart=draft.after)
    if not form.is_valid():
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
        return render_workspace(request, draft, status=422)
    changes = form.changes(mint_id)
    edited = draft.edited(draft.changes)
    return edit(
        request, edited, actions.add_changes, changes=changes, draft=edited, changed=changes[-1].id, earlier=draft
    )


# What these views share


def no_longer_there(draft: queries.Draft, unit: str, posts: Sequence[PostId]) -> str:
    """What the draft takes away of what was asked for; nothing when it never was there."""
    before, after = draft.before, draft.after
    if unit:
        known = UnitId(unit) in before.unit_by_id
        return f"Ce projet supprime déjà «\u00a0{before.unit_label(UnitId(unit))}\u00a0»." if known else ""
    gone = [post for post in posts if post not in after.post_by_id]
    if any(post not in before.post_by_id for post in gone):
        return ""
    labels = ", ".join(f"«\u00a0{before.post_label(post)}\u00a0»" for post in gone)
    return f"Ce projet supprime ou transforme déjà {labels}."


def editable(request: SignedInRequest, code: str) -> Reorganisation:
    """Raises Http404 out of scope, PermissionDenied with the reason when the draft may not be edited."""
    reorganisation = get_visible_reorganisation(code, request.user, for_editing=True)
    check_can_edit(request.user, reorganisation)
    return reorganisation


def edit(
    request: SignedInRequest,
    shown: queries.Draft,
    action: Any,
    *,
    changed: str = "",
    earlier: queries.Draft | None = None,
    **given: Any,
) -> HttpResponse:
    """One edit that has no form of its own. A refusal is told on the workspace, which shows the draft as it is.

    `shown`: the draft as it was read; as it is once edited when the action was `given` it. `earlier`: the draft before,
    for a gesture whose consequences are then told.
    """
    reorganisation = shown.reorganisation
    try:
        seen = int(request.POST["seen"])
    except (KeyError, ValueError):
        raise Http404 from None
    try:
        action(reorganisation=reorganisation, by=request.user, seen=seen, **given)
    except (Refused, ImpossibleChange) as refusal:
        messages.error(request, str(refusal))
        reorganisation.refresh_from_db()
        status = 409 if isinstance(refusal, StaleDraft) else 422
        return render_workspace(request, queries.draft(reorganisation), status=status)
    edited = shown if "draft" in given else queries.draft(reorganisation)
    done = None
    if earlier is not None:
        done = Consequences.of(earlier, edited, asked_change(edited, changed), user=request.user)
    return workspace_or_redirect(request, edited, changed=changed, done=done)


def render_form(
    request: SignedInRequest,
    reorganisation: Reorganisation,
    form: ChangeForm,
    *,
    title: str,
    change: AnyChange | None = None,
    consequences: Consequences | None = None,
) -> HttpResponse:
    context = {
        "reorganisation": reorganisation,
        "heading": heading(request, queries.draft(reorganisation), "workspace"),
        "form": form,
        "title": title,
        "change": change,
        "consequences": consequences,
        "incomplete": False,
    }
    invalid = form.is_bound and form.errors
    response = render(
        request, template(request, "reorganisations/change_form.html"), context, status=422 if invalid else 200
    )
    if request.htmx and request.method == "POST":
        # The form aims at the whole workspace, which a success replaces; a form to mend stays in its place.
        response["HX-Retarget"] = "#editor"
        response["HX-Reswap"] = "innerHTML"
    return response


def foresee(
    request: SignedInRequest,
    draft: queries.Draft,
    form: ChangeForm,
    put: Callable[[AnyChange], Sequence[AnyChange]],
    *,
    title: str,
    change: AnyChange | None = None,
) -> HttpResponse:
    """What the draft would become, nothing written. While somebody types, that part alone; otherwise the form again,
    with its errors. `put`: the list of changes with this one in its place."""
    valid = form.is_valid()
    found = None
    if valid:
        made = form.change()
        found = Consequences.of(draft, draft.edited(put(made)), made, user=request.user)
    if request.htmx and request.POST["voir"] == "direct":
        context = {"consequences": found, "incomplete": not valid}
        return render(request, "reorganisations/change_form.html#foreseen", context)
    return render_form(request, draft.reorganisation, form, title=title, change=change, consequences=found)


def put_instead(changes: Sequence[AnyChange], change: AnyChange) -> tuple[AnyChange, ...]:
    return tuple(change if each.id == change.id else each for each in changes)


def refuse(form: ChangeForm, refusal: Refused | ImpossibleChange) -> None:
    form.add_error(None, str(refusal))
    if isinstance(refusal, StaleDraft):
        form.look_again(refusal.revision)


def template(request: SignedInRequest, name: str) -> str:
    return f"{name}#part" if request.htmx else name


def asked_posts(request: SignedInRequest) -> list[PostId]:
    return [PostId(post) for post in request.GET.get("postes", "").split(",") if post]


def asked_parts(request: SignedInRequest) -> int:
    try:
        return int(request.POST.get("parts", 2)) + ("more_parts" in request.POST)
    except ValueError:
        return 2


def is_unsent(request: SignedInRequest) -> bool:
    """The form comes back with more parts, or with what was searched for: nothing is to be done yet."""
    return "more_parts" in request.POST or "chercher" in request.POST


def names_of(draft: queries.Draft) -> Mapping[PostId, str]:
    """Who holds the posts: asked by the forms that list some."""
    names: Any = SimpleLazyObject(lambda: draft.holder_names)
    return cast("Mapping[PostId, str]", names)


def vocabulary(request: SignedInRequest, draft: queries.Draft, chart: Structure) -> Vocabulary:
    root, near = UnitId(draft.reorganisation.unit_uid), request.GET.get("unite", "")
    return Vocabulary(chart, root, names_of(draft), near, searched(request))


def searched(request: SignedInRequest) -> str:
    return request.POST.get("cherche", request.GET.get("cherche", ""))


def asked_change(draft: queries.Draft, uid: str) -> AnyChange:
    for change in draft.changes:
        if change.id == uid:
            return change
    raise Http404
