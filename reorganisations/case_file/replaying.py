"""The steps of a case file, in their order: what is there already is left, the rest is carried out."""

from collections.abc import Iterator, Sequence

from accounts.models import User
from accounts.permissions import NotAllowed
from missions import actions as chart_actions
from orgchart.changes import ImpossibleChange

from ..exceptions import Refused
from .carrying_out import carry_out
from .drafts import first_refused, refused_in
from .outcome import Outcome, told
from .presence import already
from .problems import BadCaseFile, Path
from .reading import Read
from .steps import AnyStep, EditDraft, OpenReorganisation, Submit

# What the actions refuse with a sentence for the user: anything else is a fault of the application.
REFUSALS: tuple[type[Exception], ...] = (
    Refused,
    ImpossibleChange,
    NotAllowed,
    chart_actions.AgentOverfilled,
    chart_actions.BrokenTree,
    chart_actions.ChartAlreadyOpened,
    chart_actions.ChartHasMoved,
    chart_actions.ChartNotOpened,
    chart_actions.InvalidAgent,
    chart_actions.InvalidAssignment,
    chart_actions.InvalidCorrection,
    chart_actions.InvalidMilestone,
    chart_actions.InvalidReference,
    chart_actions.NoLongerInForce,
    chart_actions.NotChronological,
    chart_actions.NotCorrectable,
    chart_actions.NothingToCorrect,
    chart_actions.NothingToOpen,
    chart_actions.PostGone,
    chart_actions.PostHeld,
    chart_actions.PostOverfilled,
    chart_actions.ReasonMissing,
    chart_actions.UnknownReference,
)


def replay(read: Read, *, by: User | None) -> Iterator[Outcome]:
    """Carry the steps out in their order. Those of a reorganisation up to the last that is there already are left.

    Raises BadCaseFile at the first that is refused.
    """
    steps = read.case.steps
    begun: set[str] = set()
    reached: dict[str, int] = {}
    for rank, step in enumerate(steps):
        if (code := code_of(step)) and not isinstance(step, EditDraft) and already(step):
            reached[code] = rank
    for rank, step in enumerate(steps):
        path = ("steps", rank)
        code = code_of(step)
        if isinstance(step, EditDraft):
            # A draft that was edited since is never taken back to what the file says.
            earlier = any(code_of(each) == code for each in steps[:rank])
            there = already(step) or (earlier and code not in begun)
        elif code:
            there = rank <= reached.get(code, -1)
        else:
            there = already(step)
        if not there:
            try:
                carry_out(step, by)
            except REFUSALS as refusal:
                raise BadCaseFile([read.lines.problem(place_of(steps, rank), str(refusal))]) from refusal
            begun.add(code)
        warnings = refused_in(code) if not there and isinstance(step, EditDraft | OpenReorganisation) else ()
        yield Outcome(path, told(step), not there, warnings)


def place_of(steps: Sequence[AnyStep], rank: int) -> Path:
    """Where the file says what the step at `rank` is refused for: the change that cannot be made, of a draft that is
    submitted with one; else the step."""
    step = steps[rank]
    wanted = first_refused(step.reorganisation) if isinstance(step, Submit) else None
    for earlier in range(rank - 1, -1, -1) if wanted else ():
        written = steps[earlier]
        if isinstance(written, EditDraft | OpenReorganisation) and code_of(written) == code_of(step):
            for place, change in enumerate(written.changes or ()):
                if change.id == wanted:
                    return ("steps", earlier, "changes", place)
    return ("steps", rank)


def code_of(step: AnyStep) -> str:
    """The reorganisation that the step is about, or nothing."""
    return step.code if isinstance(step, OpenReorganisation) else getattr(step, "reorganisation", "")
