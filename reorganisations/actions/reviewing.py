"""Relecture: inviting somebody to read a draft, what they remark, write and sign."""

from collections.abc import Sequence

from django.core.mail import send_mail
from django.db import transaction
from django.utils import timezone

from accounts.actions import record_event
from accounts.models import User
from orgchart.changes import AnyChange, with_duties

from ..exceptions import ChangeIsGone, Refused
from ..models import Remark, Reorganisation, Reviewer, Visa
from ..permissions import (
    check_actor,
    check_can_edit_drafts,
    check_can_give_visa,
    check_can_remark,
    check_can_resolve_remark,
)
from .draft_lock import locked
from .editing import edit_change


class CannotBeInvited(Refused):
    def __init__(self, user: User) -> None:
        super().__init__(f"{user} n’a aucun rôle dans l’application\u00a0: donnez-lui d’abord celui d’encadrant.")


class SaysNothing(Refused):
    """An empty remark, or a visa with reserves that does not say which."""


class NoDutiesThere(Refused):
    def __init__(self) -> None:
        super().__init__("Cet ajustement ne crée ni ne transforme de poste\u00a0: il n’a pas de missions à décrire.")


@transaction.atomic
def invite_reviewer(*, reorganisation: Reorganisation, user: User, may_write: bool, by: User | None) -> Reviewer:
    """Open the draft to somebody; invited already, they are given or lose the right to write.

    Raises NotAllowed, CannotBeInvited.
    """
    check_actor(by, check_can_edit_drafts)
    if not user.is_active or not user.roles:
        raise CannotBeInvited(user)
    reviewer, new = Reviewer.objects.update_or_create(
        reorganisation=reorganisation,
        user=user,
        defaults={"may_write": may_write},
        create_defaults={"may_write": may_write, "invited_by": by},
    )
    if new:
        from ..tasks import tell_reviewer  # the tasks call actions

        transaction.on_commit(lambda: tell_reviewer.enqueue(reviewer.pk))
    what = "Invitation à relire et à rédiger" if may_write else "Invitation à relire"
    record_event(verb="invite_reviewer", target=reorganisation, by=by, summary=f"{what}.", details={"user": user.uid})
    return reviewer


def send_invitation(*, reviewer: Reviewer) -> None:
    """The letter that says what may be done and where. Nothing of the draft is in it but its title."""
    send_mail(
        f"Projet à relire : {reviewer.reorganisation.title}",
        f"Vous êtes invité à relire le projet « {reviewer.reorganisation.title} »"
        f"{' et à en rédiger le texte' if reviewer.may_write else ''}.\n\n"
        "Retrouvez-le dans l’application, menu « Réorganisations », page « Relecture ».",
        None,
        [reviewer.user.email],
    )


@transaction.atomic
def remove_reviewer(*, reviewer: Reviewer, by: User | None) -> None:
    """The draft is closed to them again; their remarks and visas stay. Raises NotAllowed."""
    check_actor(by, check_can_edit_drafts)
    record_event(
        verb="remove_reviewer",
        target=reviewer.reorganisation,
        by=by,
        summary="Invitation à relire retirée.",
        details={"user": reviewer.user.uid},
    )
    reviewer.delete()


@transaction.atomic
def make_remark(*, reorganisation: Reorganisation, text: str, by: User, subject: str = "") -> Remark:
    """`subject`: the id of a change, `section:` and the key of a written part, or nothing for the whole draft.

    Raises NotAllowed, SaysNothing.
    """
    row = locked(reorganisation)
    check_can_remark(by, row)
    if not text.strip():
        raise SaysNothing("Écrivez votre remarque.")
    remark = Remark.objects.create(reorganisation=row, subject=subject, text=text.strip(), made_by=by)
    record_event(verb="make_remark", target=row, by=by, summary="Remarque sur le projet.")
    return remark


@transaction.atomic
def resolve_remark(*, remark: Remark, by: User, answer: str = "") -> None:
    """Dealt with, by HR or by whoever made it. Resolved already, it stays as it is. Raises NotAllowed."""
    row = Remark.objects.select_for_update(of=("self",)).select_related("reorganisation").get(pk=remark.pk)
    check_can_resolve_remark(by, row)
    if row.resolved_at is None:
        row.answer, row.resolved_at, row.resolved_by = answer.strip(), timezone.now(), by
        row.save(update_fields=["answer", "resolved_at", "resolved_by"])
        record_event(verb="resolve_remark", target=row.reorganisation, by=by, summary="Remarque traitée.")


@transaction.atomic
def reopen_remark(*, remark: Remark, by: User) -> None:
    """It was not dealt with after all; the answer given stays to be read. Raises NotAllowed."""
    row = Remark.objects.select_for_update(of=("self",)).select_related("reorganisation").get(pk=remark.pk)
    check_can_resolve_remark(by, row)
    if row.resolved_at is not None:
        row.resolved_at = row.resolved_by = None
        row.save(update_fields=["resolved_at", "resolved_by"])
        record_event(verb="reopen_remark", target=row.reorganisation, by=by, summary="Remarque rouverte.")


@transaction.atomic
def give_visa(*, reorganisation: Reorganisation, word: str, by: User, note: str = "") -> Visa:
    """On the draft as it is now. Raises NotAllowed, SaysNothing."""
    row = locked(reorganisation)
    check_can_give_visa(by, row)
    if word != Visa.Word.AGREED and not note.strip():
        raise SaysNothing("Dites sur quoi portent vos réserves ou votre désaccord.")
    visa = Visa.objects.create(reorganisation=row, user=by, revision=row.revision, word=word, note=note.strip())
    record_event(verb="give_visa", target=row, by=by, summary=f"Visa\u00a0: {visa.get_word_display().lower()}.")
    return visa


@transaction.atomic
def write_duties(
    *, reorganisation: Reorganisation, change: AnyChange, duties: Sequence[str], by: User, seen: int
) -> None:
    """The duties of the post that a change of the draft creates, in their order; nothing else of it is touched.

    Raises NotAllowed, NotEditable, StaleDraft, ChangeIsGone, NoDutiesThere, and ImpossibleChange when the change
    could not be made already.
    """
    if not reorganisation.change_records.filter(uid=change.id).exists():
        raise ChangeIsGone
    described = with_duties(change, tuple(each.strip() for each in duties if each.strip()))
    if described is None:
        raise NoDutiesThere
    edit_change(reorganisation=reorganisation, change=described, by=by, seen=seen, words_only=True)
