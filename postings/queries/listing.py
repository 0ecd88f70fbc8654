"""The bourses as « Bourse interne » lists them: those one may apply to first, then those to come, then the others."""

from django.db.models import (
    Case,
    Count,
    Exists,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextChoices,
    Value,
    When,
)

from missions.models import Agent

from ..models import Application, EligiblePerson, Posting
from ..status import APPLICANT, FINISHED, ApplicationStatus, PostingStatus


class Stand(TextChoices):
    """Where a bourse is, as somebody who looks for one asks. In the order of the list."""

    OPEN = "ouvertes", "Ouvertes"
    TO_COME = "a-venir", "À venir"
    EXAMINATION = "en-examen", "En cours d’examen"
    PREPARATION = "en-preparation", "En préparation"
    FINISHED = "terminees", "Terminées"


STATUSES: dict[Stand, tuple[PostingStatus, ...]] = {
    Stand.OPEN: (PostingStatus.OPEN,),
    Stand.TO_COME: (PostingStatus.PUBLISHED,),
    Stand.EXAMINATION: (PostingStatus.CLOSED, PostingStatus.EXAMINATION, PostingStatus.DECIDED),
    Stand.PREPARATION: (PostingStatus.PREPARATION,),
    Stand.FINISHED: tuple(status for status in PostingStatus if status in FINISHED),
}


def stand_of(posting: Posting) -> Stand:
    return next(stand for stand, statuses in STATUSES.items() if posting.known_status in statuses)


def listed(postings: QuerySet[Posting], *, stand: str = "", unit: str = "") -> QuerySet[Posting]:
    """In the order of the list. `unit`: as the fiche names it."""
    if stand in Stand.values:
        postings = postings.filter(status__in=STATUSES[Stand(stand)])
    if unit:
        postings = postings.filter(fiche__unit=unit)
    rank = Case(
        *(When(status__in=statuses, then=Value(rank)) for rank, statuses in enumerate(STATUSES.values())),
        output_field=IntegerField(),
    )
    counted = Count("applications", filter=Q(applications__status__in=APPLICANT))
    return (
        postings.select_related("reorganisation")
        .annotate(rank=rank, candidacies=counted)
        .order_by("rank", "closes_at", "-created_at", "code")
    )


def with_my_part(postings: QuerySet[Posting], agent: Agent) -> QuerySet[Posting]:
    """`in_the_list`: frozen at the opening, it says who may apply. `my_status`: of their application, None without
    one that stands."""
    mine = Application.objects.exclude(status=ApplicationStatus.WITHDRAWN).filter(posting=OuterRef("pk"), agent=agent)
    return postings.annotate(
        in_the_list=Exists(EligiblePerson.objects.filter(posting=OuterRef("pk"), agent=agent)),
        my_status=Subquery(mine.values("status")[:1]),
    )


def for_me(postings: QuerySet[Posting]) -> QuerySet[Posting]:
    """Of `with_my_part`: those open to this agent, and those where they have an application."""
    return postings.filter(Q(status=PostingStatus.OPEN, in_the_list=True) | Q(my_status__isnull=False))


def units_of(postings: QuerySet[Posting]) -> list[str]:
    """Those that the fiches name, in the order of the alphabet."""
    named = postings.order_by().values_list("fiche__unit", flat=True).distinct()
    return sorted({unit for unit in named if unit}, key=str.casefold)
