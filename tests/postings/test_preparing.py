"""Preparation, jury, declarations; publication and its warnings; the clock; cancelling and prolonging."""

import datetime
import io
import json

import pytest
from django.core import mail
from django.core.management import CommandError, call_command

from accounts.models import Event
from accounts.permissions import NotAllowed
from orgchart.values import sha256
from postings import actions, letters
from postings.actions import clock, telling
from postings.exceptions import ImpossibleTransition, InvalidPosting, NeedsNotMet, NotEditable
from postings.fiche import Fiche, unseal
from postings.models import Notice, Posting, PostingStatus
from postings.queries.group import group_of, people_on, rule_in_words, verdict_for
from postings.queries.targets import fiche_from_chart
from postings.queries.warnings import posting_warnings
from postings.tasks import run_the_clock, send_letters_of

from .bringing import BEFORE, CLOSES, DURING, OPENS, RULE, RULE_ON, bring, person, prepare, sit

DAY = datetime.timedelta(days=1)


def test_the_fiche_begins_with_the_chart_and_is_sealed_by_its_publication(posting, hr):
    assert posting.fiche == {"title": "responsable", "unit": "Service des ports", "grade": "A 2.2", "category": "A"}
    actions.edit_posting(posting=posting, fiche=Fiche(title="Responsable", duties=("Suivre",)), by=hr)
    posting.refresh_from_db()
    bring(posting, PostingStatus.PUBLISHED)
    posting.refresh_from_db()
    assert sha256(posting.sealed_fiche.encode()) == posting.fiche_sha256
    assert unseal(posting.sealed_fiche) == Fiche(title="Responsable", duties=("Suivre",))
    with pytest.raises(NotEditable, match="scellée"):
        actions.edit_posting(posting=posting, title="Autre", by=hr)
    details = Event.objects.get(verb="publish_posting").details
    assert details["sha256"] == posting.fiche_sha256
    assert len(details["warnings"]) == 2
    assert fiche_from_chart("port-1").hours == "35/35"
    assert prepare(code="autre", fiche=Fiche(title="Autre")).fiche == {"title": "Autre"}


def test_what_is_edited_is_checked(posting, hr):
    cases = [
        ({"title": " "}, "title"),
        ({"more_posts": ["a-pourvoir"]}, "more_posts"),
        ({"opens_at": CLOSES, "closes_at": OPENS}, ""),
        ({"criteria": [("", 1)]}, "criteria"),
        ({"criteria": [("Expérience", 0)]}, "criteria"),
        ({"scope": "secrete"}, "scope"),
    ]
    for fields, field in cases:
        with pytest.raises(InvalidPosting) as told:
            actions.edit_posting(posting=posting, by=hr, **fields)
        assert told.value.field == field, fields
    edited = actions.edit_posting(posting=posting, pieces=["CV ", ""], rule=None, criteria=[("Motivation", 3)], by=hr)
    assert (edited.pieces, edited.rule, edited.criteria.get().weight) == (["CV"], None, 3)
    with pytest.raises(InvalidPosting, match="a déjà ce code"):
        prepare(code="bourse")


@pytest.mark.parametrize("user", ["manager", "agent", "committee_member"])
def test_only_hr_prepares(posting, hr, request, user):
    somebody = request.getfixturevalue(user)
    member = actions.add_jury_member(posting=posting, name="Juré", by=hr)
    agent = person("Ana Blin")
    for action in (
        lambda: prepare(by=somebody, code="autre"),
        lambda: actions.edit_posting(posting=posting, title="X", by=somebody),
        lambda: actions.record_declarations(posting=posting, by=somebody),
        lambda: actions.add_jury_member(posting=posting, name="X", by=somebody),
        lambda: actions.remove_jury_member(member=member, by=somebody),
        lambda: actions.declare_interests(member=member, by=somebody),
        lambda: actions.extend(posting=posting, closes_at=CLOSES + DAY, reason="x", by=somebody),
        lambda: actions.add_eligible(posting=posting, agent=agent, reason="x", by=somebody),
        lambda: actions.tell_eligible(posting=posting, by=somebody),
    ):
        with pytest.raises(NotAllowed):
            action()


def test_declarations_come_at_any_time_and_end_the_warnings(posting, hr):
    assert [warning[:30] for warning in posting_warnings(posting)] == [
        "La déclaration au centre de ge",
        "Une bourse réservée à un group",
    ]
    bring(posting, PostingStatus.PUBLISHED)
    day = datetime.date(2022, 2, 1)
    actions.record_declarations(
        posting=posting, dve_number="V0802", dve_published_on=day, legal_number="J-7", legal_on=day, by=hr
    )
    posting.refresh_from_db()
    assert posting_warnings(posting) == ()


def test_publishing_before_the_opinion_asks_for_a_reason_and_is_logged(posting, reorganisation, hr):
    actions.edit_posting(posting=posting, reorganisation=reorganisation, by=hr)
    posting.refresh_from_db()
    assert posting_warnings(posting)[0].startswith("Le comité n’a pas rendu son avis")
    with pytest.raises(NeedsNotMet, match="publier avant demande un motif"):
        actions.publish(posting=posting, by=hr, now=BEFORE)
    actions.publish(posting=posting, by=hr, early_reason=" Continuité du service. ", now=BEFORE)
    posting.refresh_from_db()
    event = Event.objects.get(verb="publish_posting")
    assert (event.summary, event.details["early_reason"]) == (
        "Bourse publiée avant l’avis du comité.",
        "Continuité du service.",
    )
    assert posting_warnings(posting)[0] == "Publiée avant l’avis du comité\u00a0: Continuité du service."


def test_the_jury_is_somebody_presides_once_and_is_known_before_the_examination(opened, hr, his):
    president = sit(opened, president=True)
    for given in ({"user": president}, {"name": "Autre", "president": True}, {}):
        with pytest.raises(InvalidPosting) as told:
            actions.add_jury_member(posting=opened, by=hr, **given)
        assert told.value.field == "jury"
    named = actions.add_jury_member(posting=opened, name="Sans compte", capacity="Direction", by=hr)
    assert (str(named), str(opened.jury.get(user=president))) == ("Sans compte", "Jurée")
    extra = actions.add_jury_member(posting=opened, name="De trop", by=hr)
    actions.remove_jury_member(member=extra, by=hr)
    bring(opened, PostingStatus.CLOSED)
    with pytest.raises(NeedsNotMet, match="Un membre du jury n’a pas déclaré"):
        actions.start_examination(posting=opened, by=hr)
    another = actions.add_jury_member(posting=opened, name="Autre", by=hr)
    with pytest.raises(NeedsNotMet, match="2 membres du jury n’ont pas déclaré"):
        actions.start_examination(posting=opened, by=hr)
    actions.declare_interests(member=named, declaration="Ancien collègue.", ties=[(his, "Parenté.")], by=hr)
    actions.declare_interests(member=named, declaration="Ancien collègue.", ties=[(his, "Parenté.")], by=president)
    assert named.conflicts.get().reason == "Parenté."
    member = opened.jury.get(user=president)
    actions.declare_interests(member=member, ties=[(his, "Amitié.")], by=president)
    actions.declare_interests(member=member, ties=[(his, "Amitié.")], by=president)
    assert member.conflicts.count() == 1
    other = prepare(code="autre")
    with pytest.raises(InvalidPosting, match="pas de cette bourse"):
        actions.declare_interests(
            member=actions.add_jury_member(posting=other, name="X", by=hr), ties=[(his, "")], by=hr
        )
    actions.declare_interests(member=another, by=hr)
    actions.start_examination(posting=opened, by=hr)
    with pytest.raises(NotEditable, match="ne change plus"):
        actions.remove_jury_member(member=named, by=hr)


def test_no_jury_no_examination(opened, hr):
    bring(opened, PostingStatus.CLOSED)
    with pytest.raises(NeedsNotMet, match="pas de présidence"):
        actions.start_examination(posting=opened, by=hr)


# The group


def test_the_group_is_seen_before_it_is_frozen(posting, ana, luc, zoe, hr):
    lost = person("Nils Perdu")
    found = group_of(posting)
    assert ([each.name for each in found.people], found.size) == (["Ana Blin", "Luc Roy"], 2)
    assert [each.name for each in found.doubtful] == ["Nils Perdu"]
    assert not verdict_for(posting, zoe).eligible
    assert verdict_for(posting, ana).eligible
    assert rule_in_words(posting).startswith("Poste du service des ports et intitulé chargé de mission")
    bring(posting, PostingStatus.OPEN)
    assert {each.agent_id for each in posting.eligible.all()} == {ana.uid, luc.uid}
    late = person("Tom Tard", "phare", since=RULE_ON)
    Posting.objects.filter(pk=posting.pk).update(rule=None)
    posting.refresh_from_db()
    assert "a été arrêtée le 1er\u00a0mars\u00a02022" in verdict_for(posting, late).texts[0]
    assert verdict_for(posting, ana).texts[0].endswith("Conditions remplies\u00a0: unité, intitulé.")
    assert len(people_on(RULE_ON, named=[lost.uid])) == 5


def test_without_a_rule_every_agent_may_apply(to_fill, ana, zoe):
    posting = prepare(rule=None, scope="interne", opens_at=None)
    assert group_of(posting).size == 2


def test_those_added_by_name_are_looked_at_even_when_they_hold_nothing(posting, hr):
    from msgspec.structs import replace

    from missions.actions import end_assignment
    from missions.models import Assignment
    from postings.eligibility import Addition, AnyOf, IsNamed, Not

    gone = person("Léo Parti", "port-1")
    end_assignment(assignment=Assignment.objects.get(agent=gone), ends_on=datetime.date(2021, 12, 31), by=None)
    assert group_of(posting).size == 0
    added = replace(RULE, added=(Addition(agent=gone.uid, reason="Mis à disposition."),))
    named = replace(RULE, who=AnyOf(of=(IsNamed(agents=(gone.uid,)), Not(of=Not(of=RULE.who)))))
    for rule in (added, named):
        actions.edit_posting(posting=posting, rule=rule, by=hr)
        posting.refresh_from_db()
        assert [each.name for each in group_of(posting).people] == ["Léo Parti"]


def test_later_additions_carry_a_reason_and_are_told(opened, zoe, hr):
    for reason, agent in ((" ", zoe), ("Oubli.", person("Ana Bis", "phare"))):
        if reason == " ":
            with pytest.raises(InvalidPosting, match="motif"):
                actions.add_eligible(posting=opened, agent=agent, reason=reason, by=hr)
    added = actions.add_eligible(posting=opened, agent=zoe, reason="Métier équivalent.", by=hr)
    assert (added.added_reason, added.reasons) == ("Métier équivalent.", ["Ajout nominatif\u00a0: Métier équivalent."])
    assert Event.objects.get(verb="add_eligible").details["against"]
    assert Notice.objects.filter(agent=zoe).exists()
    assert verdict_for(opened, zoe).eligible
    with pytest.raises(InvalidPosting, match="déjà dans la liste"):
        actions.add_eligible(posting=opened, agent=zoe, reason="Encore.", by=hr)
    bring(opened, PostingStatus.CLOSED)
    with pytest.raises(NotEditable):
        actions.add_eligible(posting=opened, agent=zoe, reason="Trop tard.", by=hr)


# Telling


def test_everybody_is_told_twice_over_but_once_by_each_way(
    posting, ana, luc, hr, django_capture_on_commit_callbacks, monkeypatch
):
    from missions.actions import update_agent

    account = luc.user
    account.is_active = False
    account.save()
    update_agent(agent=luc, first_name="Luc", last_name="Roy", user=None, by=None)
    with django_capture_on_commit_callbacks(execute=True):
        bring(posting, PostingStatus.OPEN)
    assert [letter.to for letter in mail.outbox] == [[ana.user.email]]
    assert "est ouverte jusqu’au 31\u00a0mars\u00a02022 à 12\u00a0h\u00a000" in mail.outbox[0].body
    assert "Mobilité, 03" in mail.outbox[0].body
    failed = Notice.objects.get(agent=luc, channel=Notice.Channel.MAIL)
    assert failed.failure == telling.NO_ADDRESS
    update_agent(agent=luc, first_name="Luc", last_name="Roy", user=account, by=None)
    with django_capture_on_commit_callbacks(execute=True):
        assert actions.tell_eligible(posting=posting, by=hr) == 0
    assert len(mail.outbox) == 1
    monkeypatch.setattr(telling, "send_mail", refuse)
    monkeypatch.setattr(telling.logger, "exception", lambda *args: None)
    Notice.objects.filter(channel=Notice.Channel.MAIL).delete()
    assert send_letters_of.enqueue(posting.uid, "ouverture").return_value == 0
    assert Notice.objects.get(agent=ana, channel=Notice.Channel.MAIL).failure == telling.NOT_SENT
    monkeypatch.undo()
    assert actions.send_letters(posting=posting, kind=Notice.Kind.OPENED) == 1
    assert len(mail.outbox) == 2


def refuse(*args):
    raise OSError


def test_a_letter_that_went_meanwhile_is_not_sent_again(opened, ana, monkeypatch):
    """Between the list and the row, another worker sent it."""
    actions.send_letters(posting=opened, kind=Notice.Kind.OPENED)
    sent = len(mail.outbox)
    everybody = telling.Agent.objects.filter(uid=ana.uid)
    monkeypatch.setattr(telling.Agent.objects, "filter", lambda **given: everybody)
    assert actions.send_letters(posting=opened, kind=Notice.Kind.OPENED) == 0
    assert len(mail.outbox) == sent


@pytest.mark.parametrize("kind", Notice.Kind)
def test_each_letter_names_the_bourse_and_nobody(posting, kind):
    posting.closes_at, posting.contact = None, ""
    found = letters.letter(posting, kind)
    assert posting.title in found.subject
    assert f"«\u00a0{posting.title}\u00a0»" in found.body


def test_a_notice_is_read_by_its_agent(opened, ana, luc):
    notice = Notice.objects.get(agent=ana, channel=Notice.Channel.IN_APP)
    assert actions.read_notice(notice=notice, by=luc.user).read_at is None
    first = actions.read_notice(notice=notice, by=ana.user).read_at
    assert first is not None
    assert actions.read_notice(notice=notice, by=ana.user).read_at == first


# The clock


def test_the_clock_opens_and_closes_at_the_minute(posting, ana, zoe, luc):
    assert actions.run_clock(now=OPENS) == []
    bring(posting, PostingStatus.PUBLISHED)
    second = datetime.timedelta(seconds=1)
    for at, done in ((OPENS - second, []), (OPENS, ["ouverte"]), (CLOSES - second, []), (CLOSES, ["close"])):
        assert [tick.done for tick in actions.run_clock(now=at)] == done
    posting.refresh_from_db()
    assert (posting.status, posting.opened_at, posting.closed_by) == (PostingStatus.CLOSED, OPENS, None)


def test_nobody_opens_or_closes_before_the_time(posting, ana, hr):
    bring(posting, PostingStatus.PUBLISHED)
    with pytest.raises(NeedsNotMet, match="La bourse ouvre le 1er\u00a0mars\u00a02022 à 8\u00a0h\u00a000"):
        actions.open_posting(posting=posting, by=hr, now=BEFORE)
    bring(posting, PostingStatus.OPEN)
    with pytest.raises(NeedsNotMet, match="est ouverte jusqu’au 31\u00a0mars"):
        actions.close_posting(posting=posting, by=hr, now=DURING)


def test_a_bourse_that_never_opened_is_not_closed_on_everybody(posting, ana, hr):
    bring(posting, PostingStatus.PUBLISHED)
    (tick,) = actions.run_clock(now=CLOSES)
    assert "prolongez-la" in tick.refusal
    assert Event.objects.filter(verb="clock_refused").exists()
    for given, field in (({"reason": " "}, "reason"), ({"closes_at": OPENS}, "closes_at")):
        with pytest.raises(InvalidPosting) as told:
            actions.extend(**{"posting": posting, "closes_at": CLOSES + DAY, "reason": "x", "by": hr} | given)
        assert told.value.field == field
    actions.extend(posting=posting, closes_at=CLOSES + DAY, reason="Panne.", by=hr, now=CLOSES)
    assert [tick.refusal for tick in actions.run_clock(now=CLOSES)] == [""]
    with pytest.raises(NotEditable):
        actions.extend(posting=prepare(code="autre"), closes_at=CLOSES, reason="x", by=hr)


def test_a_fault_holds_nobody_back_and_the_command_says_it(posting, ana, monkeypatch):
    out = io.StringIO()
    call_command("run_clock", stdout=out)
    assert "Aucune bourse" in out.getvalue()
    for code in ("deux", "trois"):
        bring(prepare(code=code), PostingStatus.PUBLISHED)
    monkeypatch.setattr(clock, "open_posting", lambda **given: refuse())
    monkeypatch.setattr(clock.logger, "exception", lambda *args: None)
    assert [tick.refusal for tick in actions.run_clock(now=OPENS)] == [clock.FAULT] * 2
    with pytest.raises(CommandError, match="2 bourses n’ont pas avancé"):
        call_command("run_clock", stdout=out)
    monkeypatch.undo()
    with pytest.raises(CommandError):
        call_command("run_clock", stdout=out)
    Posting.objects.filter(code="trois").update(status=PostingStatus.PREPARATION)
    with pytest.raises(CommandError, match="Une bourse n’a pas avancé"):
        call_command("run_clock", stdout=out)
    Posting.objects.filter(code="deux").update(closes_at=datetime.datetime(2999, 1, 1, tzinfo=datetime.UTC))
    assert run_the_clock.enqueue().return_value == ["deux\u00a0: ouverte"]


# Cancelling


def test_a_cancellation_has_a_reason_and_is_told(opened, hers, ana, hr):
    with pytest.raises(InvalidPosting, match="motif"):
        actions.cancel_posting(posting=opened, reason="", by=hr)
    actions.cancel_posting(posting=opened, reason="Poste repris.", by=hr)
    assert Notice.objects.filter(kind=Notice.Kind.CANCELLED).get().agent == ana
    assert opened.__class__.objects.get(pk=opened.pk).purge_on is not None
    with pytest.raises(ImpossibleTransition):
        actions.cancel_posting(posting=opened, reason="Encore.", by=hr)
    unseen = actions.cancel_posting(posting=prepare(code="autre"), reason="Erreur.", by=hr)
    assert unseen.status == PostingStatus.CANCELLED
    assert json.dumps(unseen.figures) == "{}"
    assert Posting.objects.public().count() == 2
    assert Posting.objects.unfinished().count() == 0
    assert Posting.objects.about("a-pourvoir").count() == 2
