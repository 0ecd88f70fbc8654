"""The whole ranking at once: two candidates may change places, and equal ranks are ties that somebody states."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from accounts.actions import record_event
from accounts.models import User

from ..exceptions import InvalidExamination
from ..models import Application, Posting, Proposal, Ranking
from ..status import ApplicationStatus
from ..workflow import check_application
from .applying import move_application
from .locking import locked


class Place(NamedTuple):
    """Where the jury puts a candidacy: a rank, a reasoned opinion, or both; neither leaves it out."""

    application: Application
    rank: int | None = None
    opinion: str = ""


@transaction.atomic
def rank_candidates(
    *, posting: Posting, by: User | None, places: Sequence[Place], ties_stated: bool = False
) -> list[Ranking]:
    """Written together; `ties_stated`: equal ranks are ex æquo and not a mistake. The proposal is to be made again.

    Raises ImpossibleTransition, NotAllowed, NeedsNotMet while assessments are awaited, InvalidExamination.
    """
    row = locked(posting)
    held = row.applications.select_for_update(of=("self",)).select_related("agent__user")
    rows = {each.pk: each for each in held.order_by("pk")}
    given = [each for each in places if each.rank is not None or each.opinion.strip()]
    if not given:
        raise InvalidExamination("Donnez au moins un rang ou un avis motivé.")
    shared = Counter(each.rank for each in given if each.rank is not None)
    for each in places:
        application = rows[each.application.pk]
        if each not in given and application.status == ApplicationStatus.RANKED:
            raise InvalidExamination(f"{application} est déjà classée\u00a0: donnez-lui un rang ou un avis motivé.")
        if each.rank is not None and each.rank < 1:
            raise InvalidExamination("Le premier rang est 1.")
    if not ties_stated and (twice := sorted(rank for rank, number in shared.items() if number > 1)):
        raise InvalidExamination(f"Le rang {twice[0]} est donné deux fois\u00a0: dites que ce sont des ex æquo.")
    found = []
    for each in given:
        application = rows[each.application.pk]
        application.posting = row
        check_application(application, ApplicationStatus.RANKED, action="rank", by=by)
        ranking, _ = Ranking.objects.update_or_create(
            application=application,
            defaults={
                "rank": each.rank,
                "tied": each.rank is not None and shared[each.rank] > 1,
                "opinion": each.opinion.strip(),
                "proposed": False,
                "ranked_at": timezone.now(),
                "ranked_by": by,
            },
        )
        move_application(application, each.application, ApplicationStatus.RANKED)
        record_event(
            verb="rank",
            target=application,
            by=by,
            summary=f"{application} classée.",
            details={"rank": ranking.rank, "tied": ranking.tied},
        )
        found.append(ranking)
    # Another ranking is another proposal.
    Proposal.objects.filter(posting=row).delete()
    return found
