"""What the database itself refuses, and how records name themselves."""

import pytest
from django.db import IntegrityError, transaction

from reorganisations import actions
from reorganisations.ids import mint_id
from reorganisations.models import (
    ChangeRecord,
    CommitteeMember,
    CommitteeRules,
    Decision,
    DraftEdit,
    ExecutionAdjustment,
    Opinion,
    Outcome,
    Reorganisation,
    Session,
    Situation,
    StageRecord,
    Status,
    TransformationResolution,
    Vote,
)
from reorganisations.queries import draft, last_opinion, standing_decision

from .conftest import CREATE_POST


def test_identifiers_are_unique_and_safe_in_an_address():
    minted = {mint_id("post") for _ in range(200)}
    assert len(minted) == 200
    assert all(uid.startswith("post-") and uid.replace("-", "").isalnum() for uid in minted)


@pytest.fixture
def decided(bring):
    return bring(Status.DECIDED)


REFUSED = {
    "status unknown": lambda r: Reorganisation.objects.filter(pk=r.pk).update(status="ailleurs"),
    "withdrawn without a date": lambda r: Reorganisation.objects.filter(pk=r.pk).update(status=Status.WITHDRAWN),
    "code taken": lambda r: Reorganisation.objects.create(
        code=r.code, title="x", unit_uid="x", base_version=r.base_version
    ),
    "position taken": lambda r: ChangeRecord.objects.create(reorganisation=r, uid="x", position=0, payload={}),
    "change twice": lambda r: ChangeRecord.objects.create(reorganisation=r, uid=CREATE_POST.id, position=9, payload={}),
    "revision twice": lambda r: DraftEdit.objects.create(reorganisation=r, revision=1, kind="ajout", subject="x"),
    "section twice": lambda r: r.sections.create(key=r.sections.all()[0].key, title="x", position=99),
    "situation that says nothing": lambda r: Situation.objects.create(reorganisation=r, agent_uid="x"),
    "negative votes": lambda r: Vote.objects.update(against=-1),
    "outcome not qualified": lambda r: last_opinion(r).colleges.update(outcome=Outcome.UNFAVOURABLE),
    "member without a name": lambda r: CommitteeMember.objects.create(
        committee=last_opinion(r).agenda_item.session.committee, college="personnel"
    ),
    "more present than seats": lambda r: Session.objects.update(staff_seats=1, staff_present=2),
    "the same act standing twice": lambda r: Decision.objects.create(
        reorganisation=r, **r.decisions.values("kind", "number", "dated_on").get()
    ),
    "kind of act unknown": lambda r: r.decisions.update(kind="circulaire"),
    "stage applied without a version": lambda r: StageRecord.objects.update(applied_at="2022-01-01T00:00:00Z"),
    "adjustment without a reason": lambda r: ExecutionAdjustment.objects.create(reorganisation=r, payload={"id": "x"}),
    "adjustment of nothing": lambda r: ExecutionAdjustment.objects.create(reorganisation=r, reason="x"),
    "rules that end before they begin": lambda r: CommitteeRules.objects.create(
        **(RULES | {"begins_on": "2022-01-01", "ends_on": "2021-01-01"})
    ),
}
RULES = {
    "code": "x",
    "label": "Règles",
    "convocation_days": 15,
    "urgent_convocation_days": 8,
    "documents_days": 8,
    "quorum_percent": 50,
    "new_convocation_days": 8,
    "new_examination_after_days": 8,
    "new_examination_before_days": 30,
    "minutes_days": 15,
    "follow_up_months": 2,
}


@pytest.mark.parametrize("write", REFUSED.values(), ids=REFUSED)
def test_the_database_refuses(decided, write):
    with pytest.raises(IntegrityError), transaction.atomic():
        write(decided)


def test_records_name_themselves(decided, hr):
    item = draft(decided).agenda_item
    situation = Situation(reorganisation=decided, agent_uid="ana")
    opinion = last_opinion(decided)
    for record, words in (
        (decided, "Réorganisation d’essai"),
        (item.session, "Comité technique, 1er\u00a0décembre\u00a02021"),
        (item.session.committee, "Comité technique"),
        (item, "Réorganisation d’essai – Pour avis"),
        (decided.change_records.get(), CREATE_POST.id),
        (decided.edits.first(), decided.edits.first().summary),
        (decided.sections.first(), "Contexte"),
        (situation, "ana"),
        (decided.sealed_texts.get(), "Texte soumis n°\u00a01"),
        (opinion, f"Avis sur {item}"),
        (opinion.colleges.get(), "Représentants du personnel\u00a0: Avis favorable"),
        (opinion.votes.first(), "CFDT"),
        (standing_decision(decided), "Arrêté portant organisation des services 2021-7"),
        (decided.stages.get(), "Étape 1"),
        (ExecutionAdjustment(reason="Motif"), "Motif"),
        (TransformationResolution(pending="a", post_uid="b"), "a\u00a0: b"),
        (CommitteeRules(**RULES), "Règles"),
    ):
        assert str(record) == words
    assert Opinion.objects.get() == opinion
    actions.send_back(reorganisation=decided, by=hr)
    assert standing_decision(decided) is None
