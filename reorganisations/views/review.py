"""« Relecture »: readers of a draft and their visas, remarks and what was answered, duties written by those invited."""

from typing import NamedTuple

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts.requests import SignedInRequest
from orgchart.changes import (
    AnyChange,
    CreatePost,
    ImpossibleChange,
    RedeployPost,
    TransformPost,
    TransformUndetermined,
    with_duties,
)
from orgchart.french import count, date

from .. import actions
from ..exceptions import Refused, StaleDraft
from ..forms.review import DutiesForm, InviteForm, RemarkForm, VisaForm
from ..models import Remark, Reorganisation
from ..permissions import (
    can_edit_drafts,
    can_give_visa,
    can_remark,
    can_write_words,
    check_can_edit_drafts,
    check_can_give_visa,
    check_can_remark,
    check_can_see_draft,
    check_can_write_words,
    get_visible_reorganisation,
)
from ..queries import Draft
from ..queries.review import Reading, accounts_to_invite, readings, remarks_counted, remarks_of
from ..workspace import adjustment_url
from .heading import heading

PER_PAGE = 50
# Beyond, the list of what a remark may be about holds the written parts and the one asked for.
MOST_SUBJECTS = 100
SECTION = "section:"


class RemarkLine(NamedTuple):
    """`mine_to_settle`: the user may deal with it, or open it again."""

    uid: str
    about: str
    about_url: str
    text: str
    made: str
    answer: str
    settled: str
    mine_to_settle: bool


class ReaderLine(NamedTuple):
    name: str
    invited: str
    mark: str
    visa: str
    note: str
    outdated: bool
    remove_url: str


class PostLine(NamedTuple):
    words: str
    duties: str
    url: str


@require_http_methods(["GET", "POST"])
def review(request: SignedInRequest, code: str) -> HttpResponse:
    """The page; a POST adds a remark."""
    reorganisation = get_visible_reorganisation(code, request.user)
    check_can_see_draft(request.user, reorganisation)
    draft = Draft(reorganisation)
    asked = request.GET.get("sur", "")
    subjects = subjects_of(draft, asked)
    form = RemarkForm(request.POST or None, subjects=subjects, initial={"subject": asked})
    if request.method == "POST":
        check_can_remark(request.user, reorganisation)
        if form.is_valid():
            actions.make_remark(
                reorganisation=reorganisation,
                text=form.cleaned_data["text"],
                subject=form.cleaned_data["subject"],
                by=request.user,
            )
            messages.success(request, "Votre remarque est enregistrée.")
            return redirect("reorganisations:review", code)
    return render_review(request, draft, form)


def render_review(request: SignedInRequest, draft: Draft, form: RemarkForm) -> HttpResponse:
    reorganisation, user = draft.reorganisation, request.user
    counted = remarks_counted(reorganisation)
    every = request.GET.get("remarques") == "toutes"
    address = reverse("reorganisations:review", args=[reorganisation.code])
    page = Paginator(remarks_of(reorganisation, only_open=not every), PER_PAGE).get_page(request.GET.get("page"))
    names = dict(subjects_of(draft, "", most=len(draft.changes)))
    remarks = can_remark(user, reorganisation)
    hr = can_edit_drafts(user)
    context = {
        "reorganisation": reorganisation,
        "heading": heading(request, draft, "review"),
        "filters": [
            (f"À traiter ({counted.open})", address, not every),
            (f"Toutes ({counted.all})", f"{address}?remarques=toutes", every),
        ],
        "page": page,
        "lines": [remark_line(request, draft, each, names, remarks=remarks) for each in page],
        "counted": counted,
        "readers": [reader_line(reorganisation, each, hr=hr) for each in readings(reorganisation)],
        "posts": post_lines(draft) if can_write_words(user, reorganisation) else (),
        "form": form if remarks else None,
        "may_invite": hr,
        "may_sign": can_give_visa(user, reorganisation),
    }
    return render(request, "reorganisations/review.html", context, status=422 if form.errors else 200)


@require_POST
def settle_remark(request: SignedInRequest, code: str, uid: str) -> HttpResponse:
    """Dealt with, with an answer; or open again, with `reopen`."""
    reorganisation = get_visible_reorganisation(code, request.user)
    remark = asked_remark(reorganisation, uid)
    if "reopen" in request.POST:
        actions.reopen_remark(remark=remark, by=request.user)
    else:
        actions.resolve_remark(remark=remark, answer=request.POST.get("answer", ""), by=request.user)
        messages.success(request, "La remarque est traitée.")
    return redirect("reorganisations:review", code)


@require_http_methods(["GET", "POST"])
def invite(request: SignedInRequest, code: str) -> HttpResponse:
    reorganisation = get_visible_reorganisation(code, request.user)
    check_can_edit_drafts(request.user)
    form = InviteForm(request.POST or None, accounts=accounts_to_invite())
    if request.method == "POST" and form.is_valid():
        user = form.cleaned_data["user"]
        actions.invite_reviewer(
            reorganisation=reorganisation, user=user, may_write=form.cleaned_data["may_write"], by=request.user
        )
        messages.success(request, f"{user} est invité à relire le projet.")
        return redirect("reorganisations:review", code)
    return _asked(
        request,
        reorganisation,
        form,
        title="Inviter à relire",
        words="La personne lit tout le projet, sans le nom des agents, fait des remarques et le vise. "
        "Un message l’en avertit.",
        button="Inviter",
    )


@require_POST
def uninvite(request: SignedInRequest, code: str, user: str) -> HttpResponse:
    reorganisation = get_visible_reorganisation(code, request.user)
    check_can_edit_drafts(request.user)
    reviewer = reorganisation.reviewers.select_related("user", "reorganisation").filter(user__uid=user).first()
    if reviewer is None:
        raise Http404
    actions.remove_reviewer(reviewer=reviewer, by=request.user)
    messages.success(request, f"L’invitation de {reviewer.user} est retirée.")
    return redirect("reorganisations:review", code)


@require_http_methods(["GET", "POST"])
def sign(request: SignedInRequest, code: str) -> HttpResponse:
    reorganisation = get_visible_reorganisation(code, request.user)
    check_can_give_visa(request.user, reorganisation)
    form = VisaForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.give_visa(reorganisation=reorganisation, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error("note", str(refusal))
        else:
            messages.success(request, "Votre visa est enregistré.")
            return redirect("reorganisations:review", code)
    return _asked(
        request,
        reorganisation,
        form,
        title="Viser le projet",
        words="Votre visa dit que vous avez lu le projet tel qu’il est maintenant. S’il change ensuite, cela se verra.",
        button="Viser",
    )


@require_http_methods(["GET", "POST"])
def duties(request: SignedInRequest, code: str, uid: str) -> HttpResponse:
    """The duties of the post that a change makes, written by HR or by those invited to write."""
    reorganisation = get_visible_reorganisation(code, request.user)
    check_can_write_words(request.user, reorganisation)
    draft = Draft(reorganisation)
    change = next((each for each in draft.changes if each.id == uid), None)
    if change is None or with_duties(change, ()) is None:
        raise Http404
    initial = {"duties": "\n".join(duties_of(change)), "seen": reorganisation.revision}
    form = DutiesForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.write_duties(
                reorganisation=reorganisation,
                change=change,
                duties=form.lines(),
                by=request.user,
                seen=form.cleaned_data["seen"],
            )
        except (Refused, ImpossibleChange) as refusal:
            form.add_error(None, str(refusal))
            if isinstance(refusal, StaleDraft):
                form.look_again(refusal.revision)
        else:
            messages.success(request, "Les missions sont enregistrées.")
            return redirect("reorganisations:review", code)
    return _asked(
        request,
        reorganisation,
        form,
        title="Missions du poste",
        words=f"{draft.wording(change).sentence}.",
        button="Enregistrer les missions",
        draft=draft,
    )


def _asked(
    request: SignedInRequest,
    reorganisation: Reorganisation,
    form: InviteForm | VisaForm | DutiesForm,
    *,
    title: str,
    words: str,
    button: str,
    draft: Draft | None = None,
) -> HttpResponse:
    context = {
        "reorganisation": reorganisation,
        "heading": heading(request, draft or Draft(reorganisation), "review"),
        "form": form,
        "title": title,
        "words": words,
        "button": button,
    }
    return render(request, "reorganisations/review_form.html", context, status=422 if form.errors else 200)


def asked_remark(reorganisation: Reorganisation, uid: str) -> Remark:
    found = reorganisation.remarks.select_related("reorganisation").filter(uid=uid).first()
    if found is None:
        raise Http404
    return found


def subjects_of(draft: Draft, asked: str, *, most: int = MOST_SUBJECTS) -> list[tuple[str, str]]:
    """What a remark may be about: each change and each written part, with its words."""
    changes = [each for each in draft.changes if len(draft.changes) <= most or each.id == asked]
    found = [(str(change.id), draft.wording(change).sentence) for change in changes]
    return [*found, *((f"{SECTION}{each.key}", f"Rédaction\u00a0: {each.title}") for each in draft.sections)]


def remark_line(
    request: SignedInRequest, draft: Draft, remark: Remark, names: dict[str, str], *, remarks: bool
) -> RemarkLine:
    settled = ""
    if remark.resolved_at:
        by = f" par {remark.resolved_by}" if remark.resolved_by else ""
        settled = f"Traitée le {date(timezone.localtime(remark.resolved_at).date())}{by}"
    about = "" if not remark.subject else names.get(remark.subject, "ce qui n’est plus dans le projet")
    mine = can_edit_drafts(request.user) or remark.made_by_id == request.user.pk
    return RemarkLine(
        uid=remark.uid,
        about=about,
        about_url=about_url(draft, remark.subject) if remark.subject in names else "",
        text=remark.text,
        made=f"{remark.made_by or 'l’application'}, le {date(timezone.localtime(remark.made_at).date())}",
        answer=remark.answer,
        settled=settled,
        mine_to_settle=remarks and mine,
    )


def about_url(draft: Draft, subject: str) -> str:
    code = draft.reorganisation.code
    if subject.startswith(SECTION):
        return f"{reverse('reorganisations:narrative', args=[code])}#s-{subject.removeprefix(SECTION)}"
    change = next(each for each in draft.changes if each.id == subject)
    return adjustment_url(reverse("reorganisations:workspace", args=[code]), change.id)


def reader_line(reorganisation: Reorganisation, reading: Reading, *, hr: bool) -> ReaderLine:
    reviewer, visa = reading.reviewer, reading.visa
    invited = "n’est plus invité"
    if reviewer:
        what = "relit et rédige" if reviewer.may_write else "relit"
        invited = f"{what}, depuis le {date(timezone.localtime(reviewer.invited_at).date())}"
    marks = {"accord": "created", "reserves": "transformed", "desaccord": "closed"}
    return ReaderLine(
        name=str(reading.user),
        invited=invited,
        mark=marks[visa.word] if visa else "planned",
        visa=f"{visa.get_word_display()}, le {date(timezone.localtime(visa.given_at).date())}" if visa else "sans visa",
        note=visa.note if visa else "",
        outdated=reading.outdated,
        remove_url=reverse("reorganisations:uninvite", args=[reorganisation.code, reading.user.uid])
        if reviewer and hr
        else "",
    )


def post_lines(draft: Draft) -> tuple[PostLine, ...]:
    """The posts that the draft makes, and how many duties each has."""
    found = []
    for change in draft.changes:
        if with_duties(change, ()) is None:
            continue
        known = duties_of(change)
        found.append(
            PostLine(
                draft.wording(change).sentence,
                count(len(known), "mission") if known else "",
                reverse("reorganisations:duties", args=[draft.reorganisation.code, change.id]),
            )
        )
    return tuple(found)


def duties_of(change: AnyChange) -> tuple[str, ...]:
    match change:
        case (
            CreatePost(new=post) | TransformPost(into=post) | RedeployPost(into=post) | TransformUndetermined(into=post)
        ):
            return post.duties
        case _:
            return ()
