"""« Issue »: HR decides, after reading all that it will do; then the page says what was decided and what it changed."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts.permissions import NotAllowed
from accounts.requests import SignedInRequest

from .. import actions
from ..actions.foreseeing import Foreseen, NotAsForeseen, decide_as_foreseen, foresee_outcome
from ..exceptions import AlreadyDecided, CandidateWithdrew, InvalidOutcome, NeedsNotMet, Refused
from ..forms.outcome import OutcomeForm
from ..models import Outcome
from ..permissions import Actor, steps_aside
from ..queries.candidates import label_of, roster
from ..queries.outcome import candidate_posts, decisions, labels_of, outcome_of, places
from ..queries.sheet import vacated
from ..status import LIVE, ApplicationStatus, PostingStatus
from ..workflow import posting_offers
from .jury import Seat, page, sit, told

AWAITED = "Les ressources humaines décident à partir de la proposition du jury. L’issue et ses motifs se liront ici."
TIED = "Vous avez déclaré un lien avec un candidat\u00a0: une autre personne des ressources humaines décide de l’issue."
WITHDREW = "Le retrait est arrivé pendant que vous décidiez\u00a0: cette candidature ne figure plus ci-dessous."


@require_http_methods(["GET", "POST"])
def outcome(request: SignedInRequest, code: str) -> HttpResponse:
    """`do`: « preview » says what deciding will do, « decide » does it, anything else goes back to the form."""
    seat = sit(request, code)
    found = outcome_of(seat.posting)
    if found is not None:
        if request.method == "POST":
            messages.error(request, "L’issue de cette bourse est déjà enregistrée\u00a0: rien de plus n’est écrit.")
            return redirect("postings:outcome", code)
        return result(request, seat, found)
    tied = Actor.JURY in seat.actors and steps_aside(request.user, seat.posting)
    if tied or not seat.manages:
        if request.method == "POST":
            raise NotAllowed(TIED if tied else "Seules les ressources humaines décident de l’issue d’une bourse.")
        words = TIED if tied and seat.manages else AWAITED
        return page(request, seat, "outcome", "outcome_awaited.html", {"words": words})
    form = decision_form(request, seat)
    if request.method == "GET" or request.POST.get("do") not in ("preview", "decide") or not form.is_valid():
        return decision_page(request, seat, form)
    try:
        if request.POST["do"] == "preview":
            foreseen = foresee_outcome(posting=seat.posting, decision=form.decision(), by=request.user)
            return confirmation(request, seat, form, foreseen)
        decide_as_foreseen(
            posting=seat.posting, decision=form.decision(), seen=request.POST.get("seen", ""), by=request.user
        )
    except AlreadyDecided as refusal:
        messages.error(
            request, f"{refusal} Quelqu’un d’autre a décidé pendant ce temps\u00a0: rien de plus n’est écrit."
        )
    except NotAsForeseen as refusal:
        return confirmation(request, seat, form, refusal.foreseen, changed=str(refusal))
    except CandidateWithdrew as refusal:
        return decision_page(request, seat, decision_form(request, seat), refused=[str(refusal), WITHDREW])
    except NeedsNotMet as refusal:
        return decision_page(request, seat, form, refused=list(refusal.reasons))
    except Refused as refusal:
        if (
            isinstance(refusal, InvalidOutcome)
            and "candidate_post" in form.fields
            and "postes candidats" in str(refusal)
        ):
            form.add_error("candidate_post", str(refusal))
            return decision_page(request, seat, form)
        return decision_page(request, seat, form, refused=[str(refusal)])
    else:
        messages.success(request, "L’issue est enregistrée, chaque candidat est informé.")
    return redirect("postings:outcome", code)


@require_POST
def assign(request: SignedInRequest, code: str) -> HttpResponse:
    seat = sit(request, code)
    told(
        request,
        lambda: actions.assign_retained(posting=seat.posting, by=request.user),
        "L’affectation est écrite dans l’organigramme.",
    )
    return redirect("postings:outcome", code)


def decision_form(request: SignedInRequest, seat: Seat) -> OutcomeForm:
    posting = seat.posting
    found = roster(posting, request.user, names=seat.names)
    today = timezone.localdate()
    return OutcomeForm(
        request.POST if request.method == "POST" else None,
        posting=posting,
        proposal=getattr(posting, "proposal", None),
        candidates=found.at(*LIVE, ApplicationStatus.INADMISSIBLE),
        posts=places(posting) if posting.places > 1 else (),
        candidate_posts=candidate_posts(posting, today),
        today=today,
    )


def decision_page(
    request: SignedInRequest, seat: Seat, form: OutcomeForm, *, refused: list[str] | None = None
) -> HttpResponse:
    posting = seat.posting
    offers = [
        each
        for each in posting_offers(posting, request.user, actors=seat.actors)
        if each.transition.action == "record_outcome"
    ]
    proposal = getattr(posting, "proposal", None)
    context = {
        "form": form,
        "refused": refused or [],
        # Deciding and declaring unfilled ask for the same; one that lacks nothing is enough.
        "missing": min((each.missing for each in offers), key=len, default=None),
        "offered": bool(offers),
        "proposal": proposal,
        "proposed": [each for each in form.candidates if each.ranking and each.ranking.proposed],
        "nobody": not form.candidates,
    }
    wrong = bool(refused or form.errors)
    return page(request, seat, "outcome", "decide.html", context, status=422 if wrong else 200)


def confirmation(
    request: SignedInRequest, seat: Seat, form: OutcomeForm, foreseen: Foreseen, *, changed: str = ""
) -> HttpResponse:
    context = {"form": form, "foreseen": foreseen, "changed": changed, "retained": form.decision().retained}
    return page(request, seat, "outcome", "decide_confirm.html", context, status=422 if changed else 200)


def result(request: SignedInRequest, seat: Seat, found: Outcome) -> HttpResponse:
    posting = seat.posting
    rows = decisions(found)
    uids = [each.post_uid for each in rows if each.post_uid]
    gone = found.resolution.post_uid if found.resolution else ""
    labels = labels_of([*uids, gone]) if uids or gone else {}
    offers = posting_offers(posting, request.user, actors=seat.actors) if seat.manages else ()
    context = {
        "outcome": found,
        "rows": [
            (
                each,
                label_of(each.application, names=seat.names),
                labels.get(each.post_uid, posting.title),
                each.post_uid in labels,
            )
            for each in rows
        ],
        "gone": labels.get(gone, ""),
        "version": found.resolution.version if found.resolution else None,
        "vacated": vacated(posting),
        "assign": next((each for each in offers if each.transition.action == "assign_retained"), None),
        "unfilled": posting.known_status in (PostingStatus.UNFILLED, PostingStatus.REOPENED),
        "proposal": getattr(posting, "proposal", None),
    }
    return page(request, seat, "outcome", "outcome.html", context)
