"""The page of a post (fiche de poste), and its correction by HR."""

import datetime
from typing import Any, NamedTuple

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import SignedInRequest
from orgchart import french
from orgchart.records import ManagementLevel

from .. import actions, gestures, permissions, queries
from ..forms.post_correction import PostCorrectionForm
from ..models import Post
from ..queries import Holder, Occupation, PendingWords, PostSheet, Relative
from ..records import post_record
from .deductions import deductions
from .posts import hours_words

# Fields whose value has its deduction beside it.
REASONS_BESIDE = ("unit", "grade", "hours", "site")


class HolderLine(NamedTuple):
    """An assignment whose holder the reader may know. `when`: « du 1er mars 2022 au 31 août 2023 »."""

    holder: Holder
    when: str
    share: str
    working_time: str
    is_current: bool
    is_future: bool


class PostPage(NamedTuple):
    """The sheet in words. `duration`: « 17,5/35 · 0,5 ETP »; `shares`: unit → « 60 % »; `reasons`: field → why."""

    title: str
    duration: str
    category: str
    management: str
    shares: tuple[tuple[str, str, str], ...]
    reasons: dict[str, str]
    deductions: list[tuple[str, str]]
    pendings: tuple[str, ...]


@require_safe
def show_post(request: SignedInRequest, uid: str) -> HttpResponse:
    permissions.check_can_view_chart(request.user)
    today = timezone.localdate()
    sheet = queries.post_sheet(uid, today, permissions.holders_visible_to(request.user))
    if sheet is None:
        raise Http404("Ce poste n’existe pas.")
    page = post_page(sheet)
    in_force = sheet.post.gone_on is None
    edits = permissions.can_edit_assignments(request.user)
    return render(
        request,
        "missions/post.html",
        {
            "sheet": sheet,
            "page": page,
            "crumbs": [
                ("Organigramme", reverse("missions:chart")),
                *((step.label, reverse("missions:unit", args=[step.uid])) for step in sheet.path),
            ],
            "facts": _facts(sheet),
            "lines": holder_lines(sheet, today),
            "in_force": in_force,
            "gestures": gestures.offered(request.user, [step.uid for step in sheet.path], uid) if in_force else (),
            "can_edit": edits,
            "can_assign": edits and in_force,
            "can_correct": in_force and permissions.can_correct(request.user),
            "fictitious": any(holder.fictitious for holder in sheet.holders if holder.name),
            "reads_history": permissions.can_read_row_history(request.user),
            "history": queries.history_lines(sheet.post) if permissions.can_read_row_history(request.user) else (),
        },
    )


@require_http_methods(["GET", "POST"])
def correct_post(request: SignedInRequest, uid: str) -> HttpResponse:
    permissions.check_can_correct(request.user)
    post = get_object_or_404(Post.objects.in_force().select_related("title", "unit"), uid=uid)
    record = post_record(post)
    form = PostCorrectionForm(request.POST or None, post=record)
    if request.method == "POST" and form.is_valid():
        try:
            actions.correct_post(
                post=post, fields=form.fields_given(), reason=form.cleaned_data["reason"], by=request.user
            )
        except actions.InvalidCorrection as refusal:
            form.add_error(form.field_called(refusal), str(refusal))
        except actions.ReasonMissing as refusal:
            form.add_error("reason", str(refusal))
        except (
            actions.NothingToCorrect,
            actions.NoLongerInForce,
            actions.ChartNotOpened,
            actions.UnknownReference,
        ) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Correction enregistrée. Ce qui est scellé n’a pas changé.")
            return redirect("missions:post", uid)
    title = french.upper_first(queries.printed(post))
    url = reverse("missions:post", args=[uid])
    return render(
        request,
        "missions/post_correction.html",
        {
            "form": form,
            "title": title,
            "crumbs": [(post.unit.label, reverse("missions:unit", args=[post.unit_id])), (title, url)],
            "post_url": url,
        },
        status=422 if form.errors else 200,
    )


def post_page(sheet: PostSheet) -> PostPage:
    post, record = sheet.post, sheet.record
    category = record.category or (post.grade.category if post.grade else "")
    return PostPage(
        title=french.upper_first(sheet.title),
        duration=hours_words(post),
        category=category,
        management=ManagementLevel(post.level).label if post.level else "",
        shares=tuple(
            (str(share.unit), sheet.unit_labels.get(share.unit, share.unit), percent(share.percent))
            for share in record.shares
        ),
        reasons={each.field: each.reason for each in record.deduced},
        deductions=deductions(record, without=REASONS_BESIDE),
        pendings=tuple(pending_sentence(pending) for pending in sheet.pendings),
    )


def pending_sentence(pending: PendingWords) -> str:
    """« L’un des 4 postes de chargé de mission sera transformé… »: which one is not known."""
    titles = french.join(dict.fromkeys(each.title for each in pending.candidates))
    number = french.count(len(pending.candidates), "poste")
    if pending.is_new:
        return f"Ce poste vient de la transformation d’un des {number} {french.de(titles)}, qui reste à déterminer."
    return (
        f"L’un des {number} {french.de(titles)} (celui-ci en fait partie) est transformé en "
        f"{pending.into.title}{_graded(pending.into)}{french.NBSP}; lequel reste à déterminer."
    )


def holder_lines(sheet: PostSheet, today: datetime.date) -> list[HolderLine]:
    """Those whose names the reader may know, newest first."""
    return [
        HolderLine(
            holder=holder,
            when=period(holder.assignment.begins_on, holder.assignment.ends_on),
            share=percent(holder.assignment.share),
            working_time=percent(holder.assignment.working_time),
            is_current=holder.assignment.begins_on <= today
            and (holder.assignment.ends_on is None or holder.assignment.ends_on >= today),
            is_future=holder.assignment.begins_on > today,
        )
        for holder in sheet.holders
        if holder.name
    ]


def period(begins_on: datetime.date, ends_on: datetime.date | None) -> str:
    if ends_on is None:
        return f"depuis le {french.date(begins_on)}"
    return f"du {french.date(begins_on)} au {french.date(ends_on)}"


def percent(value: Any) -> str:
    return f"{french.decimal(value)}{french.NBSP}%"


def _facts(sheet: PostSheet) -> list[str]:
    facts = [sheet.post.unit.label]
    if sheet.post.grade_id:
        facts.append(f"cotation {sheet.post.grade_id.replace(' ', french.NBSP)}")
    if sheet.post.gone_on:
        return [*facts, f"supprimé le {french.date(sheet.post.gone_on)}"]
    vacant = sheet.occupation is Occupation.VACANT and sheet.post.stated_vacant_since
    facts.append(f"vacant depuis le {french.date(vacant)}" if vacant else sheet.occupation.label)
    if sheet.post.frozen:
        facts.append("gelé")
    return facts


def _graded(post: Relative) -> str:
    return f" ({post.grade.replace(' ', french.NBSP)})" if post.grade else ""
