"""The people who hold posts."""

from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from accounts.actions import record_event
from accounts.models import User
from accounts.models.user import new_uid

from ..models import Agent, Assignment

KEPT = timedelta(days=5 * 365)
FORGOTTEN = "Agent parti"


class InvalidAgent(Exception):
    def __init__(self, reason: str) -> None:
        super().__init__(reason)


@transaction.atomic
def create_agent(
    *,
    first_name: str,
    last_name: str,
    by: User | None,
    user: User | None = None,
    statutory_grade: str = "",
    fictitious: bool = False,
    uid: str | None = None,
) -> Agent:
    """Raises InvalidAgent: a name is missing, the account is another agent's, the identifier is taken."""
    agent = Agent(
        uid=uid or new_uid(),
        first_name=first_name.strip(),
        last_name=last_name.strip(),
        user=user,
        statutory_grade=statutory_grade.strip(),
        fictitious=fictitious,
    )
    _check(agent)
    bulk_create_with_history([agent], Agent, **_history(by, "Agent enregistré"))
    record_event(verb="create_agent", target=agent, by=by, summary="Agent enregistré.")
    return agent


@transaction.atomic
def update_agent(
    *,
    agent: Agent,
    first_name: str,
    last_name: str,
    by: User | None,
    user: User | None = None,
    statutory_grade: str | None = None,
) -> Agent:
    """Mend the name, link or unlink the account. The statutory grade stays as it is when None. Raises InvalidAgent."""
    agent = Agent.objects.select_for_update(of=("self",)).get(pk=agent.pk)
    agent.first_name, agent.last_name, agent.user = first_name.strip(), last_name.strip(), user
    if statutory_grade is not None:
        agent.statutory_grade = statutory_grade.strip()
    _check(agent)
    columns = ["first_name", "last_name", "user", "statutory_grade"]
    bulk_update_with_history([agent], Agent, columns, **_history(by, "Agent modifié"))
    record_event(verb="update_agent", target=agent, by=by, summary="Fiche d’un agent modifiée.")
    return agent


@transaction.atomic
def purge_agents() -> int:
    """Forget the names of those whose last assignment ended five years ago and who have no account.

    Their assignments stay, those of « Agent parti »; the lines of history that named them go. Returns how many.
    """
    limit = timezone.localdate() - KEPT
    recent = Assignment.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=limit)).values("agent")
    gone = Agent.objects.filter(user__isnull=True, assignment__isnull=False).exclude(last_name=FORGOTTEN)
    keys = list(gone.exclude(pk__in=recent).distinct().values_list("pk", flat=True))
    Agent.objects.filter(pk__in=keys).update(first_name="", last_name=FORGOTTEN, statutory_grade="")
    Agent.history.filter(id__in=keys).delete()
    return len(keys)


def _check(agent: Agent) -> None:
    try:
        agent.full_clean()
    except ValidationError as error:
        raise InvalidAgent(" ".join(error.messages)) from None


def _history(by: User | None, reason: str) -> dict[str, Any]:
    return {"default_user": by, "default_change_reason": reason, "default_date": timezone.now()}
