"""The jury of a bourse: who sits, who presides, what ties they declared."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.requests import SignedInRequest

from .. import actions
from ..exceptions import Refused
from ..forms.composition import DeclarationForm, MemberForm
from ..models import JuryMember, Posting
from ..status import PostingStatus
from .heading import heading
from .steps import HR, Step, begin, done, render_step

COMPOSED = frozenset({PostingStatus.PREPARATION, PostingStatus.PUBLISHED, PostingStatus.OPEN, PostingStatus.CLOSED})
# So many addresses are proposed as one types.
PROPOSED = 200


@require_http_methods(["GET", "POST"])
def composition(request: SignedInRequest, code: str) -> HttpResponse:
    posting = begin(request, code)
    form = MemberForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("name", "capacity", "president")}
        user = form.cleaned_data["account"]
        if done(form, lambda: actions.add_jury_member(posting=posting, user=user, by=request.user, **given)):
            messages.success(request, "Le membre est ajouté au jury.")
            return redirect("postings:composition", code)
    context = {
        "posting": posting,
        "heading": heading(request, posting, "composition", HR),
        "members": list(posting.jury.select_related("user").prefetch_related("conflicts__application")),
        "form": form,
        "composed": posting.known_status in COMPOSED,
        "accounts": User.objects.filter(is_active=True).order_by("name").values_list("email", "name")[:PROPOSED],
    }
    return render(request, "postings/composition.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def remove_member(request: SignedInRequest, code: str, uid: str) -> HttpResponse:
    """A page that confirms; with JavaScript the dialog does."""
    posting = begin(request, code)
    member = member_of(posting, uid)
    if request.method == "POST":
        try:
            actions.remove_jury_member(member=member, by=request.user)
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, "Le membre est retiré du jury.")
        return redirect("postings:composition", code)
    context = {
        "crumbs": (
            *heading(request, posting, "composition", HR).crumbs,
            (posting.title, reverse("postings:posting", args=[code])),
            ("Jury", reverse("postings:composition", args=[code])),
        ),
        "question": f"Retirer {member} du jury\u00a0?",
        "consequences": "Sa déclaration de liens d’intérêts part avec lui. Le journal garde qu’il siégeait.",
        "action": "Retirer du jury",
        "cancel_url": reverse("postings:composition", args=[code]),
    }
    return render(request, "components/confirm_page.html", context)


@require_http_methods(["GET", "POST"])
def declare(request: SignedInRequest, code: str, uid: str) -> HttpResponse:
    """For a member, by those who lead the jury: what they said of their ties."""
    posting = begin(request, code)
    member = member_of(posting, uid)
    applications = {
        each.uid: each for each in posting.applications.applicants().select_related("agent").order_by("number", "pk")
    }
    kept = list(member.conflicts.values_list("application__uid", flat=True))
    form = DeclarationForm(
        request.POST if request.method == "POST" else None,
        candidates=[(uid, f"{each}, {each.agent}") for uid, each in applications.items()],
        initial={"declaration": member.declaration, "ties": kept},
    )
    if request.method == "POST" and form.is_valid():
        declaration = form.cleaned_data["declaration"]
        ties = [(applications[tie], declaration) for tie in form.cleaned_data.get("ties", ())]
        action = lambda: actions.declare_interests(  # noqa: E731
            member=member, declaration=declaration, ties=ties, by=request.user
        )
        if done(form, action):
            messages.success(request, "La déclaration est enregistrée.")
            return redirect("postings:composition", code)
    step = Step(
        title=f"Liens d’intérêts\u00a0: {member}",
        button="Enregistrer la déclaration",
        consequences=("Ce que le membre a déclaré, avant d’examiner les candidatures.",),
    )
    return render_step(request, posting, step, form, tab="composition")


def member_of(posting: Posting, uid: str) -> JuryMember:
    try:
        return posting.jury.select_related("user", "posting").get(uid=uid)
    except JuryMember.DoesNotExist:
        raise Http404("Ce membre n’est pas du jury.") from None
