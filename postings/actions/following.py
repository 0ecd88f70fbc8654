"""After an unfilled bourse: widen, reopen, leave vacant; the reorganisation says so."""

import datetime

from django.db import transaction

from accounts.actions import record_event
from accounts.models import User
from missions.actions import PostHeld, state_vacancy
from missions.models import Post
from reorganisations.actions import record_fruitless_bourse
from reorganisations.exceptions import Refused as ReorganisationRefused
from reorganisations.models import FruitlessBourse

from .. import post_events, told
from ..eligibility import Eligibility, written
from ..exceptions import CannotBeAssigned, ImpossibleTransition, InvalidPosting
from ..models import Criterion, FollowUp, JuryMember, Outcome, Posting
from ..permissions import check_actor, check_can_manage_posting
from ..queries.targets import DECIDED
from ..status import PostingStatus
from ..workflow import check_posting
from .deciding import candidacies
from .locking import locked
from .publishing import move_posting

NEXT = {
    FollowUp.WIDEN: FruitlessBourse.Next.REOPEN,
    FollowUp.REOPEN: FruitlessBourse.Next.REOPEN,
    FollowUp.LEAVE_VACANT: FruitlessBourse.Next.LEAVE_VACANT,
}


@transaction.atomic
def record_follow_up(*, posting: Posting, follow_up: FollowUp | str, by: User | None) -> Outcome:
    """What is done of an unfilled bourse, once. Raises NotAllowed, ImpossibleTransition, CannotBeAssigned."""
    check_actor(by, lambda user: check_can_manage_posting(user, posting))
    row = locked(posting)
    if row.status != PostingStatus.UNFILLED or row.outcome.follow_up:
        raise ImpossibleTransition("Une suite se donne à une bourse infructueuse, une fois.")
    return _follow_up(row, FollowUp(follow_up), by=by)


@transaction.atomic
def reopen_posting(
    *,
    posting: Posting,
    by: User | None,
    code: str,
    widen: Eligibility | None = None,
    opens_at: datetime.datetime | None = None,
    closes_at: datetime.datetime | None = None,
) -> Posting:
    """The next wave, in preparation, with what the bourse said; `widen`: open to others.

    Raises ImpossibleTransition, NotAllowed, InvalidPosting.
    """
    row = locked(posting)
    check_posting(row, PostingStatus.REOPENED, action="reopen_posting", by=by)
    if row.outcome.follow_up == FollowUp.LEAVE_VACANT:
        raise ImpossibleTransition("Il est décidé de laisser ce poste vacant\u00a0: préparez une autre bourse.")
    if not row.outcome.follow_up:
        _follow_up(row, FollowUp.WIDEN if widen is not None else FollowUp.REOPEN, by=by)
    if Posting.objects.filter(code=code).exists() or not code.strip():
        raise InvalidPosting("Donnez à la bourse un code qui n’est pas pris.", "code")
    move_posting(row, posting, PostingStatus.REOPENED)
    wave = Posting.objects.create(
        code=code.strip(),
        title=row.title,
        post_uid=row.post_uid,
        more_posts=row.more_posts,
        places=row.places,
        reorganisation=row.reorganisation,
        pending=row.pending,
        parent=row,
        wave=row.wave + 1,
        scope=row.scope,
        fiche=row.fiche,
        opens_at=opens_at,
        closes_at=closes_at,
        contact=row.contact,
        pieces=row.pieces,
        rule=written(widen) if widen is not None else row.rule,
        anonymous_until_decision=row.anonymous_until_decision,
        line_manager_informed=row.line_manager_informed,
        fictitious=row.fictitious,
        created_at=told.now(),
        created_by=by,
    )
    Criterion.objects.bulk_create(
        Criterion(posting=wave, position=each.position, label=each.label, weight=each.weight)
        for each in row.criteria.all()
    )
    JuryMember.objects.bulk_create(
        JuryMember(posting=wave, user=each.user, name=each.name, capacity=each.capacity, president=each.president)
        for each in row.jury.all()
    )
    record_event(verb="reopen_posting", target=row, by=by, summary="Bourse relancée.", details={"next": wave.uid})
    return wave


def _follow_up(row: Posting, follow_up: FollowUp, *, by: User | None) -> Outcome:
    outcome = row.outcome
    outcome.follow_up = follow_up
    outcome.save(update_fields=["follow_up"])
    today = told.today()
    try:
        if row.pending and row.reorganisation is not None and row.reorganisation.status in DECIDED:
            record_fruitless_bourse(
                reorganisation=row.reorganisation,
                pending=row.pending,
                outcome=(
                    FruitlessBourse.Outcome.NONE_RETAINED if candidacies(row) else FruitlessBourse.Outcome.NO_CANDIDATE
                ),
                next_step=NEXT[follow_up],
                on=today,
                note=outcome.reason,
                by=by,
            )
        else:
            if follow_up == FollowUp.LEAVE_VACANT:
                for post in Post.objects.in_force().filter(uid__in=row.posts):
                    state_vacancy(post=post, since=today, by=by)
            words = f"\u00a0; suite donnée\u00a0: {follow_up.label.lower()}"
            post_events.unfilled(row, on=today, words=words, by=by)
    except (ReorganisationRefused, PostHeld) as refusal:
        raise CannotBeAssigned(str(refusal)) from refusal
    record_event(verb="record_follow_up", target=row, by=by, summary=f"Suite donnée\u00a0: {follow_up.label.lower()}.")
    return outcome
