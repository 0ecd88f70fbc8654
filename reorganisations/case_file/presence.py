"""Whether what a step of a case file records is in the database, even if things went further since."""

from functools import singledispatch

from django.db.models import Q

from accounts.models import Event
from missions.models import Assignment, Correction, Post

from ..models import (
    AgendaItem,
    Attendance,
    Confirmation,
    ConflictChoice,
    FruitlessBourse,
    Opinion,
    Reorganisation,
    SealedText,
    Session,
    Status,
)
from .drafts import same_draft
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


@singledispatch
def already(step: Step) -> bool:
    raise TypeError(f"{type(step).__name__} has no test.")


@already.register
def _(step: OpenReorganisation) -> bool:
    return Reorganisation.objects.filter(code=step.code).exists()


@already.register
def _(step: EditDraft) -> bool:
    row = Reorganisation.objects.filter(code=step.reorganisation).first()
    return row is not None and same_draft(row, step)


@already.register
def _(step: Submit | PresentAgain) -> bool:
    texts = SealedText.objects.filter(reorganisation__code=step.reorganisation)
    return texts.filter(reorganisation__agenda_items__session__uid=step.session).exists()


@already.register
def _(step: ReconveneSession) -> bool:
    return Session.objects.filter(uid=step.to, in_place_of__uid=step.session).exists()


@already.register
def _(step: PutOnAgenda) -> bool:
    items = AgendaItem.objects.filter(reorganisation__code=step.reorganisation)
    return items.filter(session__uid=step.session).exists()


@already.register
def _(step: AddAgendaItem) -> bool:
    return AgendaItem.objects.filter(uid=step.id).exists()


@already.register
def _(step: RecordAttendance) -> bool:
    return Attendance.objects.filter(session__uid=step.session).exists()


@already.register
def _(step: RecordDebate) -> bool:
    items = AgendaItem.objects.filter(session__uid=step.session)
    of_step = items.filter(uid=step.item) if step.item else items.filter(reorganisation__code=step.about)
    said = ~Q(debate="") | ~Q(conclusion="") | Q(statements__isnull=False)
    # The note of another matter comes with the item itself.
    return of_step.filter(said if step.item else said | ~Q(note="")).exists()


@already.register
def _(step: AmendText) -> bool:
    texts = SealedText.objects.filter(reorganisation__code=step.reorganisation)
    return texts.filter(kind=SealedText.Kind.AMENDED, dated_on=step.dated_on, origin=step.origin).exists()


@already.register
def _(step: RecordOpinion) -> bool:
    opinions = Opinion.objects.filter(agenda_item__reorganisation__code=step.reorganisation)
    return opinions.filter(agenda_item__session__uid=step.session).exists()


@already.register
def _(step: Postpone | SendBack | Withdraw) -> bool:
    row = Reorganisation.objects.filter(code=step.reorganisation).first()
    if row is None:
        return False
    verb, status = {
        Postpone: ("postpone", Status.POSTPONED),
        SendBack: ("send_back", None),
        Withdraw: ("withdraw", Status.WITHDRAWN),
    }[type(step)]
    return row.status == status or Event.objects.filter(verb=verb, target_uid=row.uid).exists()


@already.register
def _(step: Confirm) -> bool:
    confirmed = Confirmation.objects.filter(reorganisation__code=step.reorganisation, subject=step.subject)
    return confirmed.filter(reason=step.reason).exists()


@already.register
def _(step: Decide | RecordAct) -> bool:
    decisions = Reorganisation.objects.filter(code=step.reorganisation)
    return decisions.filter(decisions__number=step.number, decisions__dated_on=step.dated_on).exists()


@already.register
def _(step: SetStageDate) -> bool:
    stages = Reorganisation.objects.filter(code=step.reorganisation, stages__position=step.stage)
    return stages.filter(stages__position=step.stage, stages__effective_on=step.effective_on).exists()


@already.register
def _(step: ApplyStage) -> bool:
    stages = Reorganisation.objects.filter(code=step.reorganisation)
    return stages.filter(stages__position=step.stage, stages__applied_at__isnull=False).exists()


@already.register
def _(step: ResolveByBourse) -> bool:
    return Reorganisation.objects.filter(code=step.reorganisation, resolutions__pending=step.pending).exists()


@already.register
def _(step: RecordFruitlessBourse) -> bool:
    bourses = FruitlessBourse.objects.filter(reorganisation__code=step.reorganisation, pending=step.pending)
    return bourses.filter(on=step.on, outcome=step.outcome, next=step.next).exists()


@already.register
def _(step: ArbitrateConflict) -> bool:
    choices = ConflictChoice.objects.filter(reorganisation__code=step.reorganisation, change_uid=step.change)
    if step.other:
        choices = choices.filter(other__code=step.other)
    if step.field:
        choices = choices.filter(field=step.field)
    return choices.filter(choice=step.choice, reason=step.reason).exists()


@already.register
def _(step: AdjustExecution) -> bool:
    found = Reorganisation.objects.filter(code=step.reorganisation)
    return found.filter(
        execution_adjustments__change_uid=step.replaces, execution_adjustments__reason=step.reason
    ).exists()


@already.register
def _(step: Assign) -> bool:
    # The history remembers one that was ended, changed or cancelled since.
    history = Assignment.history.filter(agent__uid=step.agent, post_id=step.post, begins_on=step.begins_on)
    return bool(history.exists())


@already.register
def _(step: StateVacancy) -> bool:
    return bool(Post.history.filter(uid=step.post, stated_vacant_since=step.since).exists())


@already.register
def _(step: CorrectUnit | CorrectPost) -> bool:
    target = step.unit if isinstance(step, CorrectUnit) else step.post
    done = Correction.objects.filter(target_uid=target, reason=step.reason).values_list("field", flat=True)
    return set(step.fields) <= set(done)
