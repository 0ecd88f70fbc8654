"""The candidacies of a bourse as the jury and HR read them: under a name or a number, and how far each is."""

from collections import defaultdict
from fractions import Fraction
from typing import NamedTuple

from django.db.models import TextChoices
from django.http import Http404

from accounts.models import User

from ..models import (
    Admissibility,
    Application,
    Assessment,
    ConflictOfInterest,
    Interview,
    JuryMember,
    Posting,
    Ranking,
)
from ..permissions import applications_visible_to
from ..scoring import mean, weighted
from ..status import EXAMINED, ApplicationStatus


class Share(TextChoices):
    """What a member has done of an application that is theirs to assess."""

    NONE = "", "sans objet"
    TO_DO = "a-evaluer", "à évaluer"
    DRAFT = "brouillon", "brouillon"
    DONE = "rendue", "rendue"


class Candidate(NamedTuple):
    """`label`: the name or « Candidature n° 3 ». `assessed` of `assessors` members have submitted; a jury without an
    account, as an imported bourse has, is asked for none.

    `total`: the mean of the members', once all have. `share`: the reader's own part.
    """

    application: Application
    label: str
    assessed: int
    assessors: int
    share: Share
    total: Fraction | None

    @property
    def status(self) -> ApplicationStatus:
        return self.application.known_status

    @property
    def admissibility(self) -> Admissibility | None:
        return getattr(self.application, "admissibility", None)

    @property
    def interview(self) -> Interview | None:
        return getattr(self.application, "interview", None)

    @property
    def ranking(self) -> Ranking | None:
        return getattr(self.application, "ranking", None)

    @property
    def complete(self) -> bool:
        return self.assessors > 0 and self.assessed == self.assessors


class Roster(NamedTuple):
    """`member`: the reader's seat, None for somebody who is not of the jury. `jury`: in its order."""

    candidates: tuple[Candidate, ...]
    jury: tuple[JuryMember, ...]
    member: JuryMember | None

    def at(self, *statuses: ApplicationStatus) -> tuple[Candidate, ...]:
        return tuple(each for each in self.candidates if each.status in statuses)


def roster(posting: Posting, user: User, *, names: bool) -> Roster:
    """Those the user may see, by number. Four queries."""
    applications = list(
        applications_visible_to(user)
        .filter(posting=posting)
        .exclude(status=ApplicationStatus.DRAFT)
        .select_related("agent", "admissibility", "interview", "ranking", "decision")
        .order_by("number")
    )
    jury = tuple(posting.jury.select_related("user"))
    member = next((each for each in jury if each.user_id == user.pk), None)
    ties = set(ConflictOfInterest.objects.filter(member__posting=posting).values_list("member", "application"))
    rows: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    sealed: set[tuple[int, int]] = set()
    scores = Assessment.objects.filter(application__posting=posting)
    for by, application, weight, score, sealed_at in scores.values_list(
        "member", "application", "criterion__weight", "score", "sealed_at"
    ):
        rows[by, application].append((weight, score))
        if sealed_at is not None:
            sealed.add((by, application))
    found = []
    for each in applications:
        each.posting = posting
        seats = [seat.pk for seat in jury if seat.user_id is not None and (seat.pk, each.pk) not in ties]
        done = [seat for seat in seats if (seat, each.pk) in sealed]
        complete = bool(seats) and len(done) == len(seats)
        totals = [total for seat in done if (total := weighted(rows[seat, each.pk])) is not None]
        found.append(
            Candidate(
                application=each,
                label=label_of(each, names=names),
                assessed=len(done),
                assessors=len(seats),
                share=_share(member, each, ties, sealed, rows),
                total=mean(totals) if complete else None,
            )
        )
    return Roster(tuple(found), jury, member)


def get_candidate(posting: Posting, user: User, uid: str) -> Application:
    """With all that hangs from it. Raises Http404 for one that the reader keeps away from too. Two queries."""
    found = (
        applications_visible_to(user)
        .filter(posting=posting)
        .exclude(status=ApplicationStatus.DRAFT)
        .select_related("agent__user", "admissibility__decided_by", "interview", "ranking", "decision")
        .prefetch_related("files")
    )
    try:
        application = found.get(uid=uid)
    except Application.DoesNotExist:
        raise Http404("Cette candidature n’existe pas.") from None
    application.posting = posting
    return application


def label_of(application: Application, *, names: bool) -> str:
    return str(application.agent) if names else str(application)


def _share(
    member: JuryMember | None,
    application: Application,
    ties: set[tuple[int, int]],
    sealed: set[tuple[int, int]],
    rows: dict[tuple[int, int], list[tuple[int, int]]],
) -> Share:
    if member is None or (member.pk, application.pk) in ties:
        return Share.NONE
    if (member.pk, application.pk) in sealed:
        return Share.DONE
    if application.status not in EXAMINED:
        return Share.NONE
    return Share.DRAFT if rows.get((member.pk, application.pk)) else Share.TO_DO
