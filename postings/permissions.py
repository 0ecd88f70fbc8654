"""Who may do what with the bourses. `check_can_x` raises with the reason, `can_x` answers.

The human resources see everything. Whoever has a role knows of the bourses once published. An agent reads and writes
their own applications. A member of a jury reads the applications of their bourse, once submitted. Whoever declared a
tie with a candidate, the human resources included, reads nothing of them and decides nothing. A manager knows that an
agent of their perimeter applied only where the bourse says so. Everything else does not exist (404). Nobody acts for
the human resources or the jury on a bourse they apply to.
"""

from collections.abc import Callable

from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import TruncDate
from django.http import Http404

from accounts.models import Role, User
from accounts.permissions import NotAllowed
from missions.models import Assignment
from missions.permissions import holders_visible_to
from reorganisations.permissions import can_see_reorganisation

from .models import Application, ApplicationFile, ConflictOfInterest, JuryMember, Posting
from .status import PUBLIC, ApplicationStatus


class Actor(models.TextChoices):
    """As whom somebody acts on a bourse or an application."""

    HR = "rh", "Ressources humaines"
    PRESIDENT = "presidence", "Présidence du jury"
    JURY = "jury", "Jury"
    CANDIDATE = "candidat", "Candidat"


def actors_of(
    user: User, posting: Posting, application: Application | None = None, *, candidate: bool | None = None
) -> frozenset[Actor]:
    """What the user is for this bourse, and for this application of it: nothing where they declared a tie with the
    candidate. Three queries at most.

    `candidate`: whether they are one, where that is known already.
    """
    if not user.is_active:
        return frozenset()
    if application is not None and application.agent.user_id == user.pk:
        return frozenset({Actor.CANDIDATE})
    if is_candidate(user, posting) if candidate is None else candidate:
        return frozenset()
    found = {Actor.HR} if user.has_role(Role.HR) else set()
    seat = posting.jury.filter(user=user).first()
    if seat is not None:
        if application is not None and has_conflict(user, application):
            return frozenset()
        found.add(Actor.JURY)
        if seat.president:
            found.add(Actor.PRESIDENT)
    return frozenset(found)


def is_candidate(user: User, posting: Posting) -> bool:
    """Has submitted an application that stands."""
    gone = [ApplicationStatus.DRAFT, ApplicationStatus.WITHDRAWN]
    return posting.applications.exclude(status__in=gone).filter(agent__user=user).exists()


def check_actor(by: User | None, check: Callable[[User], None]) -> None:
    """For the actions: `by` is None when the application acts by itself, and no role is asked for.

    Raises NotAllowed.
    """
    if by is not None:
        check(by)


# Bourses


def visible_to(user: User) -> QuerySet[Posting]:
    """The bourses that exist for this user."""
    if user.has_role(Role.HR):
        return Posting.objects.all()
    scope = Q(pk__in=[])
    if user.has_role(*Role):
        scope |= Q(status__in=PUBLIC)
    if user.is_active:
        scope |= Q(Exists(JuryMember.objects.filter(posting=OuterRef("pk"), user=user)))
    return Posting.objects.filter(scope)


def get_visible_posting(code: str, user: User) -> Posting:
    """Raises Http404 for what does not exist as for what is not the user's to see."""
    try:
        return visible_to(user).select_related("reorganisation").get(code=code)
    except Posting.DoesNotExist:
        raise Http404("Cette bourse n’existe pas.") from None


def can_see_posting(user: User, posting: Posting) -> bool:
    return visible_to(user).filter(pk=posting.pk).exists()


def check_can_see_posting(user: User, posting: Posting) -> None:
    if not can_see_posting(user, posting):
        raise NotAllowed("Cette bourse ne vous est pas ouverte.")


def can_list_postings(user: User) -> bool:
    """The menu « Bourse interne »."""
    return user.has_role(*Role) or sits_in_a_jury(user)


def check_can_list_postings(user: User) -> None:
    if not can_list_postings(user):
        raise NotAllowed("La bourse interne est réservée aux personnes qui ont un rôle dans l’application.")


def can_prepare_postings(user: User) -> bool:
    """Prepare any bourse; `can_manage_posting` for one."""
    return user.has_role(Role.HR)


def check_can_prepare_postings(user: User) -> None:
    if not can_prepare_postings(user):
        raise NotAllowed("Seules les ressources humaines préparent une bourse.")


def can_manage_posting(user: User, posting: Posting) -> bool:
    return Actor.HR in actors_of(user, posting)


def check_can_manage_posting(user: User, posting: Posting) -> None:
    if can_manage_posting(user, posting):
        return
    if user.has_role(Role.HR):
        raise NotAllowed("Vous êtes candidat à cette bourse\u00a0: vous ne pouvez pas la conduire.")
    raise NotAllowed("Seules les ressources humaines conduisent une bourse.")


def can_see_eligible(user: User, posting: Posting) -> bool:
    """The names of the group, and why each is in it."""
    return can_manage_posting(user, posting)


def check_can_see_eligible(user: User, posting: Posting) -> None:
    if not can_see_eligible(user, posting):
        raise NotAllowed("Seules les ressources humaines voient la liste des agents éligibles.")


# Jury


def sits_in_a_jury(user: User) -> bool:
    return user.is_active and JuryMember.objects.filter(user=user).exists()


def can_examine(user: User, posting: Posting) -> bool:
    """The jury's pages."""
    return not actors_of(user, posting).isdisjoint({Actor.HR, Actor.JURY})


def check_can_examine(user: User, posting: Posting) -> None:
    if not can_examine(user, posting):
        raise NotAllowed("Seuls le jury et les ressources humaines examinent les candidatures.")


def can_lead_jury(user: User, posting: Posting) -> bool:
    """Shortlist, plan interviews, rank, propose."""
    return not actors_of(user, posting).isdisjoint({Actor.HR, Actor.PRESIDENT})


def check_can_lead_jury(user: User, posting: Posting) -> None:
    if not can_lead_jury(user, posting):
        raise NotAllowed("Seules la présidence du jury et les ressources humaines conduisent l’examen.")


def steps_aside(user: User, posting: Posting) -> bool:
    """Declared a tie with a candidate who stands: somebody else decides of the bourse."""
    gone = [ApplicationStatus.DRAFT, ApplicationStatus.WITHDRAWN]
    ties = ConflictOfInterest.objects.filter(member__user=user, application__posting=posting)
    return ties.exclude(application__status__in=gone).exists()


def has_conflict(user: User, application: Application) -> bool:
    return ConflictOfInterest.objects.filter(member__user=user, application=application).exists()


def can_assess(user: User, application: Application) -> bool:
    """A member with an account, who declared no tie with this candidate."""
    return Actor.JURY in actors_of(user, application.posting, application)


def check_can_assess(user: User, application: Application) -> None:
    if not can_assess(user, application):
        raise NotAllowed("Seuls les membres du jury sans lien avec le candidat évaluent une candidature.")


# Applications


def applications_visible_to(user: User) -> QuerySet[Application]:
    """One's own; for the human resources and the jury of a bourse, those submitted, but those they have a tie with."""
    if not user.is_active:
        return Application.objects.none()
    submitted = ~Q(status=ApplicationStatus.DRAFT)
    own = Q(agent__user=user)
    seats = JuryMember.objects.filter(posting=OuterRef("posting"), user=user)
    ties = ConflictOfInterest.objects.filter(application=OuterRef("pk"), member__user=user)
    gone = [ApplicationStatus.DRAFT, ApplicationStatus.WITHDRAWN]
    rival = Application.objects.exclude(status__in=gone).filter(posting=OuterRef("posting"), agent__user=user)
    readers = Q() if user.has_role(Role.HR) else Q(Exists(seats))
    return Application.objects.filter(own | submitted & readers & ~Q(Exists(ties)) & ~Q(Exists(rival)))


def get_visible_application(uid: str, user: User) -> Application:
    """Raises Http404 for what does not exist as for what is not the user's to see."""
    found = applications_visible_to(user).select_related("posting", "agent__user")
    try:
        return found.get(uid=uid)
    except Application.DoesNotExist:
        raise Http404("Cette candidature n’existe pas.") from None


def can_see_application(user: User, application: Application) -> bool:
    return applications_visible_to(user).filter(pk=application.pk).exists()


def check_can_see_application(user: User, application: Application) -> None:
    if not can_see_application(user, application):
        raise NotAllowed("Une candidature n’est ouverte qu’à son auteur, au jury et aux ressources humaines.")


def can_edit_application(user: User, application: Application) -> bool:
    """The candidate's own, while it is a draft."""
    return user.is_active and application.agent.user_id == user.pk and application.status == ApplicationStatus.DRAFT


def check_can_edit_application(user: User, application: Application) -> None:
    if application.agent.user_id != user.pk or not user.is_active:
        raise NotAllowed("Seul son auteur modifie une candidature.")
    if application.status != ApplicationStatus.DRAFT:
        raise NotAllowed("Une candidature déposée ne se modifie plus\u00a0: retirez-la pour en déposer une autre.")


def can_apply(user: User) -> bool:
    """Has an agent's record, whatever their roles: « Mes candidatures » is theirs.

    Eligibility is another question, that the bourse answers. No query: the record came with the account.
    """
    return user.is_active and hasattr(user, "agent")


def check_can_apply(user: User) -> None:
    if not can_apply(user):
        raise NotAllowed("Votre compte n’est relié à aucun agent\u00a0: demandez-le aux ressources humaines.")


def can_read_file(user: User, file: ApplicationFile) -> bool:
    """As the application it belongs to."""
    return can_see_application(user, file.application)


def check_can_read_file(user: User, file: ApplicationFile) -> None:
    if not can_read_file(user, file):
        raise NotAllowed("Cette pièce n’est ouverte qu’à son auteur, au jury et aux ressources humaines.")


def can_see_candidate_names(user: User, posting: Posting) -> bool:
    """The jury sees numbers until the decision where the bourse says so."""
    return shows_names(actors_of(user, posting), posting)


def shows_names(actors: frozenset[Actor], posting: Posting) -> bool:
    """`can_see_candidate_names` for whom one already knows as whom they act."""
    if Actor.HR in actors:
        return True
    return Actor.JURY in actors and (not posting.anonymous_until_decision or hasattr(posting, "outcome"))


def check_can_see_candidate_names(user: User, posting: Posting) -> None:
    if not can_see_candidate_names(user, posting):
        raise NotAllowed("Les candidatures sont sous numéro jusqu’à la décision.")


def known_to_manager(user: User) -> QuerySet[Application]:
    """Those of which a manager knows that they exist, nothing of what they say: where the bourse informs the line
    managers, of the agents who held a post of their perimeter on the day they applied. Two queries at most before it.

    Not their own, nor their rivals'.
    """
    if not user.has_role(Role.MANAGER):
        return Application.objects.none()
    gone = [ApplicationStatus.DRAFT, ApplicationStatus.WITHDRAWN]
    held = Assignment.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=OuterRef("applied_on")),
        agent__uid=OuterRef("agent_id"),
        begins_on__lte=OuterRef("applied_on"),
        post__unit__uid__in=holders_visible_to(user).units,
    )
    rival = Application.objects.exclude(status__in=gone).filter(posting=OuterRef("posting"), agent__user=user)
    informed = Application.objects.exclude(status__in=gone).filter(posting__line_manager_informed=True)
    informed = informed.annotate(applied_on=TruncDate("submitted_at"))
    return informed.filter(Exists(held), ~Exists(rival))


def can_know_as_manager(user: User, application: Application) -> bool:
    return known_to_manager(user).filter(pk=application.pk).exists()


def check_can_know_as_manager(user: User, application: Application) -> None:
    if not can_know_as_manager(user, application):
        raise NotAllowed("L’encadrement n’est informé des candidatures que si la bourse le prévoit.")


# Minutes


def can_read_minutes(user: User, posting: Posting) -> bool:
    """Those without names: the jury and the members of the committee once it is decided, HR while they are written."""
    return can_read_named_minutes(user, posting) or reads_for_the_committee(user, posting)


def check_can_read_minutes(user: User, posting: Posting) -> None:
    if not can_read_minutes(user, posting):
        raise NotAllowed("Le procès-verbal est ouvert au jury et aux membres de l’instance une fois la bourse décidée.")


def reads_for_the_committee(user: User, posting: Posting) -> bool:
    """A member of a committee, of that which examined the reorganisation if there is one."""
    if not user.has_role(Role.COMMITTEE) or not hasattr(posting, "outcome") or is_candidate(user, posting):
        return False
    return posting.reorganisation is None or can_see_reorganisation(user, posting.reorganisation)


def can_read_named_minutes(user: User, posting: Posting) -> bool:
    """With the names: the jury once it is decided, HR while they are written."""
    return names_minutes(actors_of(user, posting), posting)


def names_minutes(actors: frozenset[Actor], posting: Posting) -> bool:
    """`can_read_named_minutes` for whom one already knows as whom they act."""
    return Actor.HR in actors or (Actor.JURY in actors and hasattr(posting, "outcome"))


def check_can_read_named_minutes(user: User, posting: Posting) -> None:
    if not can_read_named_minutes(user, posting):
        raise NotAllowed("Le procès-verbal nominatif n’est ouvert qu’au jury et aux ressources humaines.")


# What the bourses came to


def can_read_balance(user: User) -> bool:
    """Numbers of all the bourses, and what is to be forgotten."""
    return user.has_role(Role.HR)


def check_can_read_balance(user: User) -> None:
    if not can_read_balance(user):
        raise NotAllowed("Le bilan des bourses est réservé aux ressources humaines.")
