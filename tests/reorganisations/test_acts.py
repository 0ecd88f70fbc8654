"""Several acts on one text, what is flagged and confirmed, and how a case file keeps them."""

import datetime
from collections.abc import Callable

import pytest

from accounts.models import Event, User
from accounts.permissions import NotAllowed
from reorganisations import actions, queries
from reorganisations.case_file.retracing import reorganisation_steps
from reorganisations.exceptions import ImpossibleTransition
from reorganisations.models import Confirmation, Decision, Reorganisation, Status
from reorganisations.queries.acts import standing_acts, undeliberated
from reorganisations.queries.follow_up import FollowUp
from reorganisations.queries.reading import figures
from tests.reorganisations.conftest import CREATE_CELL, CREATE_POST

ON = datetime.date(2021, 12, 12)


@pytest.fixture
def decided(bring: Callable[..., Reorganisation]) -> Reorganisation:
    return bring(Status.DECIDED, CREATE_POST)


def deliberate(reorganisation: Reorganisation, by: User | None, **fields: object) -> Decision:
    given = {"kind": "deliberation", "number": "D-1", "dated_on": ON} | fields
    return actions.record_act(reorganisation=reorganisation, by=by, **given)  # type: ignore[arg-type]


def flag(reorganisation: Reorganisation):
    counted = figures(queries.draft(reorganisation))
    return undeliberated(reorganisation, counted, standing_acts(reorganisation))


def test_a_deliberation_stands_beside_the_order(decided: Reorganisation, hr: User):
    deliberation = deliberate(decided, hr, signatory="Le président")
    assert [act.kind for act in standing_acts(decided)] == ["arrete", "deliberation"]
    assert queries.standing_decision(decided) is not None
    assert deliberation.before_opinion is False
    assert FollowUp(decided).decision == standing_acts(decided)[0]
    assert decided.stages.count() == 1
    assert Event.objects.filter(verb="record_act").count() == 1


def test_one_dated_before_the_opinion_is_flagged(decided: Reorganisation, hr: User):
    assert deliberate(decided, hr, dated_on=datetime.date(2021, 11, 1)).before_opinion is True


def test_the_same_act_is_not_recorded_twice(decided: Reorganisation, hr: User):
    deliberate(decided, hr)
    with pytest.raises(actions.SameAct):
        deliberate(decided, hr)


@pytest.mark.parametrize("status", [Status.DRAFT, Status.SUBMITTED, Status.OPINION_GIVEN])
def test_nothing_stands_beside_what_is_not_decided(bring: Callable[..., Reorganisation], hr: User, status: Status):
    row = bring(status)
    with pytest.raises(ImpossibleTransition):
        deliberate(row, hr)
    with pytest.raises(ImpossibleTransition):
        actions.confirm(reorganisation=row, subject="sans-deliberation", reason="Parce que.", by=hr)


@pytest.mark.parametrize("role", ["manager", "agent", "committee_member"])
def test_only_the_human_resources_record_and_confirm(
    decided: Reorganisation, role: str, request: pytest.FixtureRequest
):
    user = request.getfixturevalue(role)
    with pytest.raises(NotAllowed):
        deliberate(decided, user)
    with pytest.raises(NotAllowed):
        actions.confirm(reorganisation=decided, subject="sans-deliberation", reason="Parce que.", by=user)


def test_a_post_created_without_a_deliberation_is_flagged_until_one_stands(decided: Reorganisation, hr: User):
    flagged = flag(decided)
    assert flagged is not None
    assert flagged.words == "1\u00a0emploi créé par le texte, aucune délibération parmi les actes enregistrés."
    actions.confirm(reorganisation=decided, subject="sans-deliberation", reason=" Délégation de 2020. ", by=hr)
    said = flag(decided)
    assert said is not None
    assert said.reason == "Délégation de 2020."
    actions.confirm(reorganisation=decided, subject="sans-deliberation", reason="Autre raison.", by=hr)
    assert Confirmation.objects.get().reason == "Autre raison."
    deliberate(decided, hr)
    assert flag(decided) is None


def test_a_confirmation_has_a_reason(decided: Reorganisation, hr: User):
    with pytest.raises(actions.ReasonMissing):
        actions.confirm(reorganisation=decided, subject="sans-deliberation", reason="  ", by=hr)


def test_nothing_is_flagged_without_a_post_created(bring: Callable[..., Reorganisation]):
    assert flag(bring(Status.DECIDED, CREATE_CELL)) is None


def test_nothing_is_flagged_before_the_decision(bring: Callable[..., Reorganisation]):
    assert flag(bring(Status.SUBMITTED, CREATE_POST)) is None


def test_sending_back_sets_all_the_acts_aside(decided: Reorganisation, hr: User):
    deliberate(decided, hr)
    actions.confirm(reorganisation=decided, subject="sans-deliberation", reason="Parce que.", by=hr)
    actions.send_back(reorganisation=decided, by=hr)
    assert standing_acts(decided) == ()
    assert not Confirmation.objects.exists()
    steps = [type(trace.step).__name__ for trace in reorganisation_steps(decided, nominative=False)]
    assert steps[-3:] == ["Decide", "RecordAct", "SendBack"]


def test_a_case_file_tells_the_acts_and_what_was_confirmed(decided: Reorganisation, hr: User):
    deliberate(decided, hr)
    actions.confirm(reorganisation=decided, subject="sans-deliberation", reason="Parce que.", by=hr)
    told = sorted(reorganisation_steps(decided, nominative=False), key=lambda trace: trace.key)
    assert [type(trace.step).__name__ for trace in told][-3:] == ["Decide", "RecordAct", "Confirm"]
