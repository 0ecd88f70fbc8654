"""Each step of a case file carried out by its action. Raises what the action refuses."""

from functools import singledispatch
from typing import Any

from accounts.models import User
from missions import actions as chart_actions
from missions.models import Agent, Post, Unit

from .. import actions
from ..exceptions import Refused
from ..models import AgendaItem, College, Reorganisation, SealedText, Session, StageRecord
from ..models import Outcome as CollegeOutcome
from ..queries import Draft
from ..votes import Ballot, Qualification
from .drafts import write_draft
from .hours import time_of
from .steps import (
    AddAgendaItem,
    AdjustExecution,
    AmendText,
    ApplyStage,
    ArbitrateConflict,
    Assign,
    Confirm,
    CorrectPost,
    CorrectUnit,
    Decide,
    EditDraft,
    OpenReorganisation,
    Postpone,
    PresentAgain,
    PutOnAgenda,
    ReconveneSession,
    RecordAct,
    RecordAttendance,
    RecordDebate,
    RecordFruitlessBourse,
    RecordOpinion,
    ResolveByBourse,
    SendBack,
    SetStageDate,
    StateVacancy,
    Step,
    Submit,
    Withdraw,
)


class NoSuchStage(Refused):
    def __init__(self, stage: int) -> None:
        super().__init__(f"Le texte voté n’a pas d’étape {stage}.")


class NoSuchConflict(Refused):
    def __init__(self, change: str) -> None:
        super().__init__(f"L’ajustement «\u00a0{change}\u00a0» n’a pas ce conflit à cette étape.")


class NoSuchText(Refused):
    def __init__(self, number: int) -> None:
        super().__init__(f"La réorganisation n’a pas de texte {number}.")


class NotOnAgenda(Refused):
    def __init__(self, uid: str) -> None:
        super().__init__(f"«\u00a0{uid}\u00a0» n’est pas à l’ordre du jour de cette séance.")


class NotInChartYet(Refused):
    """A draft names it; no version has it yet."""

    def __init__(self, uid: str) -> None:
        super().__init__(f"« {uid} » n’est pas encore dans l’organigramme à cette étape.")


@singledispatch
def carry_out(step: Step, by: User | None) -> None:
    raise TypeError(f"{type(step).__name__} has no action.")


def _row(step: Step) -> Reorganisation:
    code: str = getattr(step, "reorganisation", "")
    return Reorganisation.objects.get(code=code)


@carry_out.register
def _(step: OpenReorganisation, by: User | None) -> None:
    row = actions.create_reorganisation(
        code=step.code,
        title=step.title,
        unit=step.unit,
        effective_on=step.effective_on,
        announced=step.announced,
        principle_of_security=step.principle_of_security,
        fictitious=step.fictitious,
        with_sections=False,
        variant_of=Reorganisation.objects.get(code=step.variant_of) if step.variant_of else None,
        variant_label=step.variant,
        by=by,
    )
    content = EditDraft(
        reorganisation=step.code, changes=step.changes, sections=step.sections, situations=step.situations
    )
    write_draft(row, content, by=by)


@carry_out.register
def _(step: EditDraft, by: User | None) -> None:
    write_draft(_row(step), step, by=by)


@carry_out.register
def _(step: PutOnAgenda, by: User | None) -> None:
    session = Session.objects.get(uid=step.session)
    actions.put_on_agenda(reorganisation=_row(step), session=session, kind=step.kind, number=step.number, by=by)


@carry_out.register
def _(step: Submit, by: User | None) -> None:
    session = Session.objects.get(uid=step.session)
    actions.submit(reorganisation=_row(step), session=session, kind=step.kind, number=step.number, by=by)


@carry_out.register
def _(step: PresentAgain, by: User | None) -> None:
    row, session = _row(step), Session.objects.get(uid=step.session)
    if not row.agenda_items.filter(session=session).exists():
        actions.put_on_agenda(reorganisation=row, session=session, kind=step.kind, number=step.number, by=by)
    actions.present_again(reorganisation=row, session=session, confirmation=step.confirmation, by=by)


@carry_out.register
def _(step: ReconveneSession, by: User | None) -> None:
    failed, again = (Session.objects.get(uid=uid) for uid in (step.session, step.to))
    actions.reconvene_session(session=failed, held_on=again.held_on, by=by)


@carry_out.register
def _(step: AmendText, by: User | None) -> None:
    actions.amend_text(reorganisation=_row(step), dated_on=step.dated_on, origin=step.origin, by=by)


@carry_out.register
def _(step: RecordOpinion, by: User | None) -> None:
    row = _row(step)
    ballots = []
    for vote in step.votes:
        fields = {field: getattr(vote, field) for field in Ballot._fields}
        ballots.append(Ballot(**fields | {"college": College(vote.college)}))
    actions.record_opinion(
        reorganisation=row,
        session=Session.objects.get(uid=step.session),
        ballots=ballots,
        qualifications=[
            Qualification(College(each.college), CollegeOutcome(each.outcome), each.qualification, each.unanimous)
            for each in step.outcomes
        ],
        text=_text(row, step.text) if step.text else None,
        remarks=step.remarks,
        deliberation_needed=step.deliberation_needed,
        fictitious=step.fictitious,
        by=by,
    )


def _text(row: Reorganisation, number: int) -> SealedText:
    try:
        return row.sealed_texts.get(number=number)
    except SealedText.DoesNotExist:
        raise NoSuchText(number) from None


@carry_out.register
def _(step: Postpone, by: User | None) -> None:
    session = Session.objects.get(uid=step.session) if step.session else None
    actions.postpone(reorganisation=_row(step), session=session, reason=step.reason, by=by)


@carry_out.register
def _(step: SendBack, by: User | None) -> None:
    actions.send_back(reorganisation=_row(step), reason=step.reason, by=by)


@carry_out.register
def _(step: Withdraw, by: User | None) -> None:
    actions.withdraw(reorganisation=_row(step), reason=step.reason, by=by)


@carry_out.register
def _(step: AddAgendaItem, by: User | None) -> None:
    actions.add_item(
        session=Session.objects.get(uid=step.session),
        uid=step.id,
        title=step.title,
        kind=step.kind,
        number=step.number,
        note=step.note,
        minutes_of=Session.objects.get(uid=step.minutes_of) if step.minutes_of else None,
        by=by,
    )


@carry_out.register
def _(step: RecordAttendance, by: User | None) -> None:
    lines = [
        actions.Line(
            uid=each.id,
            college=each.college,
            presence=each.presence,
            name=each.name,
            union=each.union,
            substitute=each.substitute,
            represented_by=each.represented_by or "",
            arrived_at=time_of(each.arrived_at),
            left_at=time_of(each.left_at),
        )
        for each in step.lines
    ]
    actions.record_attendance(session=Session.objects.get(uid=step.session), lines=lines, by=by)


@carry_out.register
def _(step: RecordDebate, by: User | None) -> None:
    items = AgendaItem.objects.select_related("session", "reorganisation").filter(session__uid=step.session)
    item = items.filter(uid=step.item).first() if step.item else items.filter(reorganisation__code=step.about).first()
    if item is None:
        raise NotOnAgenda(step.item or step.about or "")
    if step.note and step.note != item.note:
        actions.edit_item(
            item=item,
            kind=item.kind,
            number=item.number,
            note=step.note,
            title=item.title,
            minutes_of=item.minutes_of,
            by=by,
        )
    actions.record_debate(item=item, debate=step.debate, conclusion=step.conclusion, by=by)
    for each in step.statements:
        actions.add_statement(
            item=item, uid=each.id, author=each.author, text=each.text, file_name=each.file_name, by=by
        )


@carry_out.register
def _(step: Decide, by: User | None) -> None:
    actions.decide(reorganisation=_row(step), by=by, **_act(step))


@carry_out.register
def _(step: RecordAct, by: User | None) -> None:
    actions.record_act(reorganisation=_row(step), by=by, **_act(step))


def _act(step: Decide | RecordAct) -> dict[str, Any]:
    """What an act says of itself, the first as those that come beside it."""
    fields = ("kind", "dated_on", "number", "signatory", "transmitted_on", "published_on", "fictitious")
    return {field: getattr(step, field) for field in fields}


@carry_out.register
def _(step: Confirm, by: User | None) -> None:
    actions.confirm(reorganisation=_row(step), subject=step.subject, reason=step.reason, by=by)


@carry_out.register
def _(step: SetStageDate, by: User | None) -> None:
    actions.set_stage_date(stage=_stage(step), on=step.effective_on, by=by)


@carry_out.register
def _(step: ApplyStage, by: User | None) -> None:
    actions.apply_stage(stage=_stage(step), by=by)


def _stage(step: SetStageDate | ApplyStage) -> StageRecord:
    try:
        return StageRecord.objects.select_related("reorganisation").get(
            reorganisation__code=step.reorganisation, position=step.stage
        )
    except StageRecord.DoesNotExist:
        raise NoSuchStage(step.stage) from None


@carry_out.register
def _(step: ResolveByBourse, by: User | None) -> None:
    actions.resolve_transformation(
        reorganisation=_row(step),
        pending=step.pending,
        post=step.post,
        on=step.on,
        from_elsewhere=step.from_elsewhere,
        by=by,
    )


@carry_out.register
def _(step: RecordFruitlessBourse, by: User | None) -> None:
    actions.record_fruitless_bourse(
        reorganisation=_row(step),
        pending=step.pending,
        outcome=step.outcome,
        next_step=step.next,
        on=step.on,
        note=step.note,
        by=by,
    )


@carry_out.register
def _(step: ArbitrateConflict, by: User | None) -> None:
    row = _row(step)
    asked = (step.change, step.other, step.field)
    for dispute in Draft(row).disputes:
        conflict, other = dispute.conflict, dispute.other.code if dispute.other else None
        if asked == (conflict.change, other, step.field and conflict.field):
            actions.settle_conflict(
                reorganisation=row, key=dispute.key, choice=step.choice, reason=step.reason, by=by, seen=row.revision
            )
            return
    raise NoSuchConflict(step.change)


@carry_out.register
def _(step: AdjustExecution, by: User | None) -> None:
    actions.adjust_execution(
        reorganisation=_row(step), reason=step.reason, replaces=step.replaces, change=step.change, by=by
    )


@carry_out.register
def _(step: Assign, by: User | None) -> None:
    chart_actions.assign_agent(
        agent=Agent.objects.get(uid=step.agent),
        post=_post(step.post),
        kind=step.kind,
        share=step.share,
        working_time=step.working_time,
        begins_on=step.begins_on,
        ends_on=step.ends_on,
        by=by,
    )


@carry_out.register
def _(step: StateVacancy, by: User | None) -> None:
    chart_actions.state_vacancy(post=_post(step.post), since=step.since, by=by)


@carry_out.register
def _(step: CorrectUnit, by: User | None) -> None:
    unit = Unit.objects.filter(uid=step.unit).first()
    if unit is None:
        raise NotInChartYet(step.unit)
    chart_actions.correct_unit(unit=unit, fields=step.fields, reason=step.reason, by=by)


@carry_out.register
def _(step: CorrectPost, by: User | None) -> None:
    chart_actions.correct_post(post=_post(step.post), fields=step.fields, reason=step.reason, by=by)


def _post(uid: str) -> Post:
    post = Post.objects.filter(uid=uid).first()
    if post is None:
        raise NotInChartYet(uid)
    return post
