"""Who may do what with the chart in force. `check_can_x` raises with the reason, `can_x` answers.

The chart itself carries no name: everybody with a role reads it. Who holds a post is known by the human resources, by
the managers of a perimeter for the posts inside it, and by each agent for their own.
"""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from accounts.models import Role, User
from accounts.permissions import NotAllowed

from .models import Agent, Perimeter, Unit


@dataclass(frozen=True)
class VisibleHolders:
    """Whose names a reader may know: everybody's, those of some units' posts, and their own."""

    everything: bool = False
    units: frozenset[str] = frozenset()
    agent: int | None = None

    def sees(self, *, unit: str, agent: int | None = None) -> bool:
        return self.everything or unit in self.units or (agent is not None and agent == self.agent)


def holders_visible_to(user: User) -> VisibleHolders:
    """Two queries at most, for a page that prints many holders."""
    if user.has_role(Role.HR):
        return VisibleHolders(everything=True)
    units: frozenset[str] = frozenset()
    if user.has_role(Role.MANAGER):
        units = frozenset(Unit.objects.in_force().filter(_in_perimeter(user)).values_list("uid", flat=True))
    return VisibleHolders(units=units, agent=own_agent(user) if user.roles else None)


def own_agent(user: User) -> int | None:
    return Agent.objects.filter(user=user).values_list("pk", flat=True).first()


def _in_perimeter(user: User) -> Q:
    return Q(
        Exists(
            Perimeter.objects.filter(
                user=user,
                unit__gone_on__isnull=True,
                unit__tree_id=OuterRef("tree_id"),
                unit__lft__lte=OuterRef("lft"),
                unit__rght__gte=OuterRef("rght"),
            )
        )
    )


def can_view_chart(user: User) -> bool:
    return user.is_active and bool(user.roles)


def check_can_view_chart(user: User) -> None:
    if not can_view_chart(user):
        raise NotAllowed("L’organigramme est réservé aux personnes qui ont un rôle dans l’application.")


def can_see_holders(user: User, unit: Unit) -> bool:
    """Of the posts of this unit. A closed unit is in nobody's perimeter."""
    if user.has_role(Role.HR):
        return True
    return user.has_role(Role.MANAGER) and Unit.objects.in_force().filter(_in_perimeter(user), pk=unit.pk).exists()


def check_can_see_holders(user: User, unit: Unit) -> None:
    if not can_see_holders(user, unit):
        raise NotAllowed("Les titulaires des postes de cette unité ne sont visibles que de son encadrement.")


def can_see_agent(user: User, agent: Agent) -> bool:
    return user.has_role(Role.HR) or (can_view_chart(user) and agent.user_id == user.pk)


def check_can_see_agent(user: User, agent: Agent) -> None:
    if not can_see_agent(user, agent):
        raise NotAllowed("Chacun ne voit que sa propre fiche.")


def can_edit_assignments(user: User) -> bool:
    return user.has_role(Role.HR)


def check_can_edit_assignments(user: User) -> None:
    if not can_edit_assignments(user):
        raise NotAllowed("Seules les ressources humaines enregistrent les affectations.")


def can_edit_agents(user: User) -> bool:
    """The list of agents and their names; each sees their own page (`can_see_agent`)."""
    return user.has_role(Role.HR)


def check_can_edit_agents(user: User) -> None:
    if not can_edit_agents(user):
        raise NotAllowed("Seules les ressources humaines tiennent la liste des agents.")


def can_export_holders(user: User) -> bool:
    return user.has_role(Role.HR)


def check_can_export_holders(user: User) -> None:
    """Tables name nobody unless this is asked for."""
    if not can_export_holders(user):
        raise NotAllowed("Seules les ressources humaines exportent le nom des titulaires.")


def can_correct(user: User) -> bool:
    return user.has_role(Role.HR)


def check_can_correct(user: User) -> None:
    if not can_correct(user):
        raise NotAllowed("Seules les ressources humaines corrigent l’organigramme.")


def can_edit_reference(user: User) -> bool:
    return user.has_role(Role.HR)


def check_can_edit_reference(user: User) -> None:
    if not can_edit_reference(user):
        raise NotAllowed("Seules les ressources humaines modifient les données de référence.")


def can_open_chart(user: User) -> bool:
    return user.has_role(Role.HR)


def check_can_open_chart(user: User) -> None:
    if not can_open_chart(user):
        raise NotAllowed("Seules les ressources humaines enregistrent l’état constaté.")


def can_edit_perimeters(user: User) -> bool:
    return user.has_role(Role.HR)


def check_can_edit_perimeters(user: User) -> None:
    if not can_edit_perimeters(user):
        raise NotAllowed("Seules les ressources humaines définissent les périmètres.")


def can_read_row_history(user: User) -> bool:
    return user.has_role(Role.HR)


def check_can_read_row_history(user: User) -> None:
    """Who changed which line: that is about the people who work in the application."""
    if not can_read_row_history(user):
        raise NotAllowed("Seules les ressources humaines consultent l’historique des saisies.")
