"""Who may do what with reorganisations. `check_can_x` raises with the reason, `can_x` answers.

The human resources see everything. A manager reads the reorganisations of the units of their perimeter from the draft
on; whoever is invited reads a draft while it is written. A committee member reads what was submitted to a committee
they sit in, as it was sealed, and nothing of a draft. Everybody with a role reads what is in force. Everything else
does not exist (404).
"""

from collections.abc import Callable

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404
from django.utils import timezone

from accounts.models import Role, User
from accounts.permissions import NotAllowed
from missions.models import Document, Perimeter, Unit

from .models import AgendaItem, CommitteeMember, Remark, Reorganisation, Reviewer, Session, SessionFile
from .models.reorganisation import ReorganisationQuerySet
from .status import EDITABLE, Status

PUBLISHED = frozenset({Status.PARTLY_IN_FORCE, Status.IN_FORCE})
SUBMITTED = frozenset(Status) - {Status.DRAFT, Status.WITHDRAWN}

# Kinds of documents that are read beyond the human resources.
FOR_THE_COMMITTEE = frozenset({"rapport", "avis", "proces-verbal", "decision"})
FOR_EVERYBODY = frozenset({"decision"})

# Kinds of files of a session that its members read, and with what.
WITH_THE_CONVOCATION = frozenset({SessionFile.PIECE})
WITH_THE_MINUTES = frozenset({SessionFile.MINUTES, SessionFile.STATEMENT})


def check_actor(by: User | None, check: Callable[[User], None]) -> None:
    """For the actions: `by` is None when the application acts by itself, and no role is asked for.

    Raises NotAllowed.
    """
    if by is not None:
        check(by)


def visible_to(user: User) -> ReorganisationQuerySet:
    """The reorganisations that exist for this user."""
    if user.has_role(Role.HR):
        return Reorganisation.objects.all()
    scope = Q(pk__in=[])
    if user.has_role(*Role):
        scope |= Q(status__in=PUBLISHED)
    if user.has_role(Role.MANAGER):
        scope |= _in_perimeter(user)
    if user.has_role(Role.COMMITTEE):
        scope |= _before_committee(user)
    scope |= _invited(user)
    return Reorganisation.objects.filter(scope)


def _in_perimeter(user: User) -> Q:
    """Led by a unit of the user's perimeter, or below one."""
    heads = Perimeter.objects.filter(
        user=user,
        unit__gone_on__isnull=True,
        unit__tree_id=OuterRef("tree_id"),
        unit__lft__lte=OuterRef("lft"),
        unit__rght__gte=OuterRef("rght"),
    )
    units = Unit.objects.in_force().filter(Exists(heads), uid=OuterRef("unit_uid"))
    return Q(Exists(units))


def _invited(user: User) -> Q:
    """Asked to read the draft, as long as it may be edited."""
    if not user.has_role(*Role):
        return Q(pk__in=[])
    invitations = Reviewer.objects.filter(user=user, reorganisation=OuterRef("pk"))
    return Q(Exists(invitations), status__in=EDITABLE)


def _before_committee(user: User) -> Q:
    seats = AgendaItem.objects.filter(reorganisation=OuterRef("pk"), session__committee__members__user=user)
    return Q(Exists(seats), status__in=SUBMITTED)


def get_visible_reorganisation(code: str, user: User, *, for_editing: bool = False) -> Reorganisation:
    """Raises Http404 for what does not exist as for what is not the user's to see. `for_editing`: with all that the
    row can say of what an edit asks for."""
    rows = visible_to(user).with_standing().select_related("base_version")
    try:
        return (rows.for_editing() if for_editing else rows).get(code=code)
    except Reorganisation.DoesNotExist:
        raise Http404("Cette réorganisation n’existe pas.") from None


def can_see_reorganisation(user: User, reorganisation: Reorganisation) -> bool:
    return visible_to(user).filter(pk=reorganisation.pk).exists()


def can_see_draft(user: User, reorganisation: Reorganisation) -> bool:
    """The workspace: the draft as it stands, beyond what was sealed or is in force."""
    if user.has_role(Role.HR):
        return True
    opened = _invited(user)
    if user.has_role(Role.MANAGER):
        opened |= _in_perimeter(user)
    return Reorganisation.objects.filter(opened, pk=reorganisation.pk).exists()


def check_can_see_draft(user: User, reorganisation: Reorganisation) -> None:
    if not can_see_draft(user, reorganisation):
        raise NotAllowed("Le projet n’est ouvert qu’aux ressources humaines, à l’encadrement concerné, aux relecteurs.")


def can_see_sealed_texts(user: User, reorganisation: Reorganisation) -> bool:
    """The report as it was submitted: also for the members of the committee."""
    if can_see_draft(user, reorganisation):
        return True
    return (
        user.has_role(Role.COMMITTEE)
        and Reorganisation.objects.filter(_before_committee(user), pk=reorganisation.pk).exists()
    )


def check_can_see_sealed_texts(user: User, reorganisation: Reorganisation) -> None:
    if not can_see_sealed_texts(user, reorganisation):
        raise NotAllowed("Le rapport n’est ouvert qu’aux membres du comité saisi.")


def can_create_reorganisation(user: User) -> bool:
    return user.has_role(Role.HR)


def check_can_create_reorganisation(user: User) -> None:
    if not can_create_reorganisation(user):
        raise NotAllowed("Seules les ressources humaines ouvrent une réorganisation.")


def can_edit_drafts(user: User) -> bool:
    return user.has_role(Role.HR)


def check_can_edit_drafts(user: User) -> None:
    if not can_edit_drafts(user):
        raise NotAllowed("Seules les ressources humaines modifient un projet.")


def can_edit(user: User, reorganisation: Reorganisation) -> bool:
    return can_edit_drafts(user) and reorganisation.status in EDITABLE


def check_can_edit(user: User, reorganisation: Reorganisation) -> None:
    check_can_edit_drafts(user)
    if reorganisation.status not in EDITABLE:
        state = Status(reorganisation.status).label
        raise NotAllowed(f"Dans l’état «\u00a0{state}\u00a0», le projet ne se modifie plus.")


def can_arbitrate(user: User) -> bool:
    """Conflicts between drafts, and with what comes into force: they name drafts that others may not see."""
    return user.has_role(Role.HR)


def check_can_arbitrate(user: User) -> None:
    if not can_arbitrate(user):
        raise NotAllowed("Seules les ressources humaines arbitrent les conflits entre projets.")


def _invitation(user: User, reorganisation: Reorganisation) -> Reviewer | None:
    """While the draft may be edited and the user has a role."""
    if reorganisation.status not in EDITABLE or not user.has_role(*Role):
        return None
    return Reviewer.objects.filter(user=user, reorganisation=reorganisation).first()


def can_remark(user: User, reorganisation: Reorganisation) -> bool:
    """Remark on the draft: the human resources, and those invited to read it."""
    return can_edit(user, reorganisation) or _invitation(user, reorganisation) is not None


def check_can_remark(user: User, reorganisation: Reorganisation) -> None:
    if not can_remark(user, reorganisation):
        raise NotAllowed("Seuls les relecteurs invités et les ressources humaines font des remarques sur un projet.")


def can_resolve_remark(user: User, remark: Remark) -> bool:
    """Those who may remark: the human resources any remark, the others their own."""
    if not can_remark(user, remark.reorganisation):
        return False
    return user.has_role(Role.HR) or remark.made_by_id == user.pk


def check_can_resolve_remark(user: User, remark: Remark) -> None:
    if not can_resolve_remark(user, remark):
        raise NotAllowed("Une remarque est traitée par les ressources humaines ou par la personne qui l’a faite.")


def can_write_words(user: User, reorganisation: Reorganisation) -> bool:
    """The written parts and the duties of posts: the human resources, and those invited to write."""
    if can_edit(user, reorganisation):
        return True
    invitation = _invitation(user, reorganisation)
    return invitation is not None and invitation.may_write


def check_can_write_words(user: User, reorganisation: Reorganisation) -> None:
    if can_edit_drafts(user):
        check_can_edit(user, reorganisation)
    elif not can_write_words(user, reorganisation):
        raise NotAllowed("Seules les ressources humaines et les personnes invitées à rédiger modifient le texte.")


def can_give_visa(user: User, reorganisation: Reorganisation) -> bool:
    return _invitation(user, reorganisation) is not None


def check_can_give_visa(user: User, reorganisation: Reorganisation) -> None:
    if not can_give_visa(user, reorganisation):
        raise NotAllowed("Seules les personnes invitées à relire visent le projet.")


def can_see_holders(user: User, reorganisation: Reorganisation) -> bool:
    """Names of the holders and their situations: nobody but the human resources, who settle them."""
    return user.has_role(Role.HR)


def check_can_see_holders(user: User, reorganisation: Reorganisation) -> None:
    if not can_see_holders(user, reorganisation):
        raise NotAllowed("Seules les ressources humaines voient la situation des agents.")


def can_print_impact(user: User) -> bool:
    """Individual sheets, which name a person and tell all that happens to her."""
    return user.has_role(Role.HR)


def check_can_print_impact(user: User) -> None:
    if not can_print_impact(user):
        raise NotAllowed("Seules les ressources humaines éditent les fiches d’impact.")


def can_run_workflow(user: User) -> bool:
    """Submit, record, decide, apply: the table of transitions says each; this is for the page as a whole."""
    return user.has_role(Role.HR)


def check_can_run_workflow(user: User) -> None:
    if not can_run_workflow(user):
        raise NotAllowed("Seules les ressources humaines conduisent la procédure.")


def can_manage_committees(user: User) -> bool:
    return user.has_role(Role.HR)


def check_can_manage_committees(user: User) -> None:
    if not can_manage_committees(user):
        raise NotAllowed("Seules les ressources humaines gèrent les instances et leurs séances.")


def can_read_dossiers(user: User) -> bool:
    """The list of what was submitted to the committees they sit in."""
    return user.has_role(Role.COMMITTEE)


def check_can_read_dossiers(user: User) -> None:
    if not can_read_dossiers(user):
        raise NotAllowed("Les dossiers sont ceux des membres des instances.")


def readable_sessions(user: User) -> QuerySet[Session]:
    """The sessions whose agenda the user reads: HR every one, a member those of their committees, once convoked.

    A session that was held is no secret either when the day of its convocation is not known.
    """
    if can_manage_committees(user):
        return Session.objects.all()
    if not can_read_dossiers(user):
        return Session.objects.none()
    today = timezone.localdate()
    seats = CommitteeMember.objects.filter(committee=OuterRef("committee"), user=user)
    return Session.objects.filter(Exists(seats), Q(convoked_on__lte=today) | Q(held_on__lte=today))


def can_read_session(user: User, session: Session) -> bool:
    """The agenda and the convocation."""
    return readable_sessions(user).filter(pk=session.pk).exists()


def check_can_read_session(user: User, session: Session) -> None:
    if not can_read_session(user, session):
        raise NotAllowed("Une séance est ouverte aux ressources humaines et, une fois convoquée, à ses membres.")


def can_read_minutes(user: User, session: Session) -> bool:
    """Attendance, debates, statements: HR while they are written, the members of the committee once approved."""
    if can_manage_committees(user):
        return True
    return session.minutes_approved_on is not None and can_read_session(user, session)


def check_can_read_minutes(user: User, session: Session) -> None:
    if not can_read_minutes(user, session):
        raise NotAllowed("Le procès-verbal est ouvert aux membres de l’instance une fois approuvé.")


def can_download_session_file(user: User, session: Session, document: Document) -> bool:
    """What is joined to the convocation, with it; the signed minutes and the statements, with the minutes."""
    if (document.owner_type, document.owner_uid) != ("reorganisations.session", session.uid):
        return False
    if can_manage_committees(user):
        return True
    if document.kind in WITH_THE_CONVOCATION:
        return can_read_session(user, session)
    return document.kind in WITH_THE_MINUTES and can_read_minutes(user, session)


def check_can_download_session_file(user: User, session: Session, document: Document) -> None:
    if not can_download_session_file(user, session, document):
        raise NotAllowed("Ce document ne vous est pas ouvert.")


def can_attach_document(user: User) -> bool:
    return user.has_role(Role.HR)


def check_can_attach_document(user: User) -> None:
    if not can_attach_document(user):
        raise NotAllowed("Seules les ressources humaines versent des documents.")


def readable_kinds(user: User, reorganisation: Reorganisation) -> frozenset[str] | None:
    """The kinds of its documents that the user reads; None is every kind."""
    if can_see_draft(user, reorganisation):
        return None
    if can_see_sealed_texts(user, reorganisation):
        return FOR_THE_COMMITTEE
    return FOR_EVERYBODY if can_see_reorganisation(user, reorganisation) else frozenset()


def can_download_document(user: User, reorganisation: Reorganisation, document: Document) -> bool:
    """The document belongs to the reorganisation; its kind says who reads it."""
    if (document.owner_type, document.owner_uid) != ("reorganisations.reorganisation", reorganisation.uid):
        return False
    kinds = readable_kinds(user, reorganisation)
    return kinds is None or document.kind in kinds


def check_can_download_document(user: User, reorganisation: Reorganisation, document: Document) -> None:
    if not can_download_document(user, reorganisation, document):
        raise NotAllowed("Ce document ne vous est pas ouvert.")
