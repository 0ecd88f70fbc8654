"""« Candidater »: one page, kept as a draft while it is written; read once more on another, then submitted."""

import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.requests import SignedInRequest
from missions.moments import moment
from orgchart import french

from .. import actions
from ..exceptions import FileRefused, InvalidApplication, NeedsNotMet, NotEligible, Refused, TooLate, exact
from ..forms.application import ApplicationForm
from ..models import Application, ApplicationFile, Posting
from ..permissions import check_can_apply, get_visible_posting
from ..pieces import LARGEST, too_large
from ..progress import is_over, takes_applications
from ..queries.group import verdict_for
from ..queries.mine import my_application_to, my_wishes
from ..status import PUBLIC, ApplicationStatus
from .heading import facts

TEMPLATE = "postings/apply.html"


@require_http_methods(["GET", "POST"])
def apply(request: SignedInRequest, code: str) -> HttpResponse:
    """Every button keeps what is written: `do` says what else it does, `remove` names a file to take away."""
    at = timezone.now()
    posting = get_postulable(request, code)
    draft = my_application_to(posting, request.user.agent)
    if draft is not None and draft.status == ApplicationStatus.WITHDRAWN:
        draft = None
    if draft is not None and draft.status != ApplicationStatus.DRAFT:
        return redirect("postings:my_application", draft.uid)
    page = ApplyPage(request, posting, draft, at)
    if request.method == "GET":
        return page.answer()
    if page.refused:
        page.form.add_error(None, "Rien n’est enregistré\u00a0: vous ne pouvez pas candidater à cette bourse.")
        return page.answer()
    return page.kept()


@require_http_methods(["GET", "POST"])
def review(request: SignedInRequest, code: str) -> HttpResponse:
    """What the jury will read, who will know, and the button that sends it."""
    at = timezone.now()
    posting = get_postulable(request, code)
    draft = my_application_to(posting, request.user.agent)
    if draft is None or draft.status == ApplicationStatus.WITHDRAWN:
        return redirect("postings:apply", code)
    if draft.status != ApplicationStatus.DRAFT:
        return redirect("postings:my_application", draft.uid)
    refusal = ""
    reasons: tuple[str, ...] = ()
    if request.method == "POST":
        try:
            sent = actions.submit_application(application=draft, by=request.user, now=at)
        except NotEligible as refused:
            refusal, reasons = "Vous ne pouvez pas candidater à cette bourse.", refused.reasons
        except Refused as refused:
            refusal = str(refused)
        else:
            messages.success(
                request,
                f"Votre candidature est déposée sous le numéro {sent.number}, le {exact(at)}. Un courriel le confirme.",
            )
            return redirect("postings:my_application", sent.uid)
    context = {
        "posting": posting,
        "facts": deadline(posting, at),
        "application": draft,
        "files": list(draft.files.all()),
        "refusal": refusal,
        "reasons": reasons,
        "can_submit": takes_applications(posting, at) and not refusal,
    }
    return render(request, "postings/review.html", context, status=422 if refusal else 200)


def get_postulable(request: SignedInRequest, code: str) -> Posting:
    """Raises Http404, NotAllowed: an account that is no agent's says so."""
    posting = get_visible_posting(code, request.user)
    if posting.known_status not in PUBLIC:
        raise Http404("Cette bourse n’est pas publiée.")
    check_can_apply(request.user)
    return posting


def deadline(posting: Posting, at: datetime.datetime) -> tuple[str, ...]:
    if posting.opens_at is None or posting.closes_at is None:
        return facts(posting)
    if is_over(posting, at):
        return (f"close depuis le {moment(posting.closes_at)}, heure de Paris",)
    if not takes_applications(posting, at):
        return (f"ouvre le {moment(posting.opens_at)}, heure de Paris",)
    return (f"à déposer avant le {moment(posting.closes_at)}, heure de Paris",)


class ApplyPage:
    """The page while it is answered: what is asked, what is kept, what is refused."""

    def __init__(
        self, request: SignedInRequest, posting: Posting, draft: Application | None, at: datetime.datetime
    ) -> None:
        self.request, self.posting, self.draft, self.at = request, posting, draft, at
        self.over = is_over(posting, at)
        verdict = None if self.over else verdict_for(posting, request.user.agent)
        self.refused = verdict.texts if verdict is not None and not verdict.eligible else []
        self.late = ""
        self.wishes = my_wishes(request.user.agent)
        standing = [each.pk for each in self.wishes]
        known = draft is not None
        rank = standing.index(draft.pk) + 1 if draft is not None else len(standing) + 1
        initial = {"letter": draft.letter, "gender": draft.gender} if draft is not None else {}
        self.form = ApplicationForm(
            request.POST if request.method == "POST" else None,
            request.FILES if request.method == "POST" else None,
            initial=initial | {"wish": rank},
            wishes=len(standing) + (not known),
            address=request.path,
        )

    def kept(self) -> HttpResponse:
        """Saves, then does what the button asks for. What is refused is said beside its field, the rest is saved."""
        do, uid = self.request.POST.get("do", ""), self.request.POST.get("remove", "")
        if self.form.is_valid():
            self._save()
        if self.form.is_valid() and uid:
            self._remove(uid)
        # Pieces are sent by their own field: what saves itself meanwhile would add them a second time.
        if self.form.is_valid() and do != "auto":
            self._add()
        if do == "auto":
            return self._state()
        if self.form.is_valid() and do == "review" and self.draft is not None:
            if self._may_review(self.draft):
                return redirect("postings:review", self.posting.code)
        elif self.form.is_valid() and not self.request.htmx:
            messages.success(self.request, saved_words(self.at))
            return redirect("postings:apply", self.posting.code)
        return self.answer()

    def _save(self) -> None:
        form, user = self.form, self.request.user
        try:
            self.draft = actions.save_application(
                posting=self.posting,
                agent=user.agent,
                letter=form.cleaned_data["letter"],
                gender=form.cleaned_data["gender"],
                by=user,
            )
            if form.rank():
                self._order(form.rank())
        except InvalidApplication as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        except Refused as refusal:
            form.add_error(None, str(refusal))

    def _order(self, wish: int) -> None:
        """This application takes its rank, the others keep theirs around it."""
        draft = self.draft
        others = [each for each in my_wishes(self.request.user.agent) if draft is None or each.pk != draft.pk]
        if draft is None or [*others[: wish - 1], draft, *others[wish - 1 :]] == self.wishes:
            return
        actions.set_wishes(
            agent=self.request.user.agent,
            applications=[*others[: wish - 1], draft, *others[wish - 1 :]],
            by=self.request.user,
        )

    def _remove(self, uid: str) -> None:
        """One that is gone already is gone."""
        file = ApplicationFile.objects.filter(application=self.draft, uid=uid).first()
        if file is not None:
            actions.remove_file(file=file, by=self.request.user)

    def _add(self) -> None:
        draft = self.draft
        for file in self.form.cleaned_data["pieces"]:
            name = str(file.name)
            if draft is None:
                return
            try:
                if file.size > LARGEST:
                    raise FileRefused(too_large())
                actions.add_file(application=draft, name=name, content=file.read(), by=self.request.user)
            except Refused as refusal:
                self.form.add_error("pieces", f"«\u00a0{name}\u00a0»\u00a0: {refusal}")

    def _may_review(self, draft: Application) -> bool:
        """A late attempt is refused here with its exact time; a draft without a letter is not read once more."""
        if self.over:
            try:
                actions.submit_application(application=draft, by=self.request.user, now=self.at)
            except TooLate as refusal:
                self.late = str(refusal)
            except NeedsNotMet as refusal:
                self.late = str(refusal)
            return False
        if not draft.letter.strip():
            self.form.add_error("letter", "Écrivez votre lettre de motivation.")
            return False
        return True

    def _state(self) -> HttpResponse:
        """The line under the letter, after it was sent by itself."""
        errors = [str(error) for found in self.form.errors.values() for error in found]
        context = {"saved": "" if errors else saved_words(self.at), "refusal": " ".join(errors)}
        return render(self.request, f"{TEMPLATE}#state", context, status=409 if errors else 200)

    def answer(self) -> HttpResponse:
        draft = self.draft
        context: dict[str, Any] = {
            "posting": self.posting,
            "facts": deadline(self.posting, self.at),
            "form": self.form,
            "draft": draft,
            "files": list(draft.files.all()) if draft is not None else [],
            "over": self.over,
            "open": takes_applications(self.posting, self.at),
            "reasons": self.refused,
            "late": self.late,
            "saved": saved_words(draft.saved_at) if draft is not None else "",
            "refusal": "",
        }
        template = f"{TEMPLATE}#pieces" if self.request.htmx else TEMPLATE
        failed = bool(self.form.errors or self.late)
        return render(self.request, template, context, status=422 if failed else 200)


def saved_words(at: datetime.datetime) -> str:
    local = timezone.localtime(at)
    if local.date() == timezone.localdate():
        return f"Brouillon enregistré à {french.clock(local)}"
    return f"Brouillon enregistré le {moment(at)}"
