"""Before publication: the bourse, its rule, its criteria, its jury."""

import datetime
from collections.abc import Iterable, Sequence
from typing import Any, TypedDict, Unpack

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.actions import record_event
from accounts.models import User
from reorganisations.models import Reorganisation

from .. import told
from ..eligibility import Eligibility, written
from ..exceptions import InvalidPosting, NotEditable
from ..fiche import Fiche
from ..fiche import written as written_fiche
from ..models import Application, ConflictOfInterest, Criterion, JuryMember, Posting, VacatedPost
from ..permissions import (
    check_actor,
    check_can_lead_jury,
    check_can_manage_posting,
    check_can_prepare_postings,
    has_conflict,
)
from ..queries.targets import fiche_from_chart, transformation
from ..status import EDITABLE, PostingStatus
from .locking import locked


class PostingFields(TypedDict, total=False):
    """What may be set while the bourse is prepared. `criteria`: (label, weight) in order."""

    title: str
    post_uid: str
    more_posts: Sequence[str]
    reorganisation: Reorganisation | None
    pending: str
    scope: str
    fiche: Fiche
    opens_at: datetime.datetime | None
    closes_at: datetime.datetime | None
    contact: str
    pieces: Sequence[str]
    rule: Eligibility | None
    criteria: Sequence[tuple[str, int]]
    anonymous_until_decision: bool
    line_manager_informed: bool
    early_reason: str
    fictitious: bool


@transaction.atomic
def prepare_posting(
    *,
    code: str,
    by: User | None,
    parent: Posting | None = None,
    wave: int = 1,
    vacated: VacatedPost | None = None,
    **fields: Unpack[PostingFields],
) -> Posting:
    """Begin a bourse, at any time. `pending`: of an undetermined transformation; its post is then found. `vacated`: the
    post that another outcome left vacant, which this one follows. The fiche begins with what the chart says.

    Raises NotAllowed, InvalidPosting.
    """
    check_actor(by, check_can_prepare_postings)
    if vacated is not None:
        if vacated.posting_id is not None:
            raise InvalidPosting("Une bourse est déjà ouverte sur ce poste laissé vacant.")
        parent = vacated.outcome.posting
        fields.setdefault("post_uid", vacated.post_uid)
    posting = Posting(code=code, created_at=told.now(), created_by=by, parent=parent, wave=wave)
    criteria = fields.pop("criteria", ())
    _fill(posting, fields)
    if not posting.fiche:
        posting.fiche = written_fiche(fiche_from_chart(posting.post_uid, posting.reorganisation))
    _check(posting)
    posting.save()
    _write_criteria(posting, criteria)
    if vacated is not None:
        vacated.posting = posting
        vacated.save(update_fields=["posting"])
    record_event(verb="prepare_posting", target=posting, by=by, summary="Bourse préparée.")
    return posting


@transaction.atomic
def edit_posting(*, posting: Posting, by: User | None, **fields: Unpack[PostingFields]) -> Posting:
    """Change what is given. Raises NotAllowed, NotEditable, InvalidPosting."""
    row = _editable(posting, by)
    criteria = fields.pop("criteria", None)
    _fill(row, fields)
    _check(row)
    row.save()
    if criteria is not None:
        row.criteria.all().delete()
        _write_criteria(row, criteria)
    record_event(verb="edit_posting", target=row, by=by, summary="Bourse modifiée.", details={"fields": sorted(fields)})
    return row


@transaction.atomic
def record_declarations(
    *,
    posting: Posting,
    by: User | None,
    dve_number: str = "",
    dve_published_on: datetime.date | None = None,
    legal_number: str = "",
    legal_on: datetime.date | None = None,
) -> Posting:
    """Number and date of the declaration and of the legal validation, at any time. Raises NotAllowed."""
    check_actor(by, lambda user: check_can_manage_posting(user, posting))
    row = locked(posting)
    row.dve_number, row.dve_published_on = dve_number.strip(), dve_published_on
    row.legal_number, row.legal_on = legal_number.strip(), legal_on
    columns = ["dve_number", "dve_published_on", "legal_number", "legal_on"]
    row.save(update_fields=columns)
    details = {column: str(getattr(row, column) or "") for column in columns}
    record_event(verb="record_declarations", target=row, by=by, summary="Déclarations renseignées.", details=details)
    return row


@transaction.atomic
def add_jury_member(
    *,
    posting: Posting,
    by: User | None,
    user: User | None = None,
    name: str = "",
    capacity: str = "",
    president: bool = False,
) -> JuryMember:
    """Until the examination begins. Raises NotAllowed, NotEditable, InvalidPosting."""
    row = _before_examination(posting, by)
    member = JuryMember(posting=row, user=user, name=name.strip(), capacity=capacity.strip(), president=president)
    try:
        member.full_clean(exclude=["declared_at", "declared_by"])
    except ValidationError as error:
        raise InvalidPosting(" ".join(error.messages), "jury") from None
    member.save()
    record_event(verb="edit_jury", target=row, by=by, summary="Membre du jury désigné.", details={"jury": member.uid})
    return member


@transaction.atomic
def remove_jury_member(*, member: JuryMember, by: User | None) -> None:
    """Raises NotAllowed, NotEditable."""
    row = _before_examination(member.posting, by)
    record_event(verb="edit_jury", target=row, by=by, summary="Membre du jury retiré.", details={"jury": member.uid})
    member.delete()


@transaction.atomic
def declare_interests(
    *,
    member: JuryMember,
    by: User | None,
    declaration: str = "",
    ties: Iterable[tuple[Application, str]] = (),
) -> JuryMember:
    """What ties the member has, none when empty; `ties`: the applications they then keep away from, and why.

    By the member, or by those who lead the jury for one without an account. Raises NotAllowed.
    """
    posting = locked(member.posting)
    if by is not None and member.user_id != by.pk:
        check_can_lead_jury(by, posting)
    member.declaration, member.declared_at, member.declared_by = declaration.strip(), told.now(), by
    member.save(update_fields=["declaration", "declared_at", "declared_by"])
    for application, reason in ties:
        if application.posting_id != posting.pk:
            raise InvalidPosting("Cette candidature n’est pas de cette bourse.")
        if member.user is None or not has_conflict(member.user, application):
            ConflictOfInterest.objects.get_or_create(
                member=member,
                application=application,
                defaults={"reason": reason.strip(), "declared_at": told.now(), "declared_by": by},
            )
    record_event(
        verb="declare_interests",
        target=posting,
        by=by,
        summary="Liens d’intérêts déclarés par un membre du jury.",
        details={"jury": member.uid},
    )
    return member


def _editable(posting: Posting, by: User | None) -> Posting:
    check_actor(by, lambda user: check_can_manage_posting(user, posting))
    row = locked(posting)
    if row.status not in EDITABLE:
        raise NotEditable("Une bourse publiée ne se modifie plus\u00a0: sa fiche est scellée.")
    return row


def _before_examination(posting: Posting, by: User | None) -> Posting:
    check_actor(by, lambda user: check_can_manage_posting(user, posting))
    row = locked(posting)
    if row.status not in (
        PostingStatus.PREPARATION,
        PostingStatus.PUBLISHED,
        PostingStatus.OPEN,
        PostingStatus.CLOSED,
    ):
        raise NotEditable("L’examen a commencé\u00a0: le jury ne change plus.")
    return row


def _fill(posting: Posting, fields: PostingFields) -> None:
    given: dict[str, Any] = dict(fields)
    if "rule" in given:
        given["rule"] = written(given["rule"]) if given["rule"] is not None else None
    if "fiche" in given:
        given["fiche"] = written_fiche(given["fiche"])
    for name in ("more_posts", "pieces"):
        if name in given:
            given[name] = [each.strip() for each in given[name] if each.strip()]
    for name, value in given.items():
        setattr(posting, name, value.strip() if isinstance(value, str) else value)
    posting.places = len(posting.posts)
    if posting.pending:
        change = transformation(posting.reorganisation, posting.pending) if posting.reorganisation else None
        if change is None:
            raise InvalidPosting("Cette transformation à déterminer n’est pas de cette réorganisation.", "pending")
        posting.post_uid = change.into.id


def _check(posting: Posting) -> None:
    try:
        # What the workflow writes is no field of the form.
        posting.full_clean(exclude=[each.name for each in Posting._meta.fields if each.null and not each.blank])
    except ValidationError as error:
        field = next(iter(error.error_dict), "") if hasattr(error, "error_dict") else ""
        raise InvalidPosting(" ".join(error.messages), field if field != "__all__" else "") from None
    if len(set(posting.posts)) != len(posting.posts):
        raise InvalidPosting("Le même poste est cité deux fois.", "more_posts")


def _write_criteria(posting: Posting, criteria: Sequence[tuple[str, int]]) -> None:
    rows = [
        Criterion(posting=posting, position=position, label=label.strip(), weight=weight)
        for position, (label, weight) in enumerate(criteria)
    ]
    for row in rows:
        try:
            row.full_clean()
        except ValidationError as error:
            raise InvalidPosting(" ".join(error.messages), "criteria") from None
    Criterion.objects.bulk_create(rows)
