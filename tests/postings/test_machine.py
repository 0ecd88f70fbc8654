"""A state machine over bourses, applications and assignments: what may never be reached is not."""

import datetime

from django.db import transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from accounts.permissions import NotAllowed
from missions.actions import assign_agent
from missions.actions.capacity import AgentOverfilled, PostOverfilled
from missions.models import Assignment, AssignmentKind, Post
from missions.queries import structure_in_force
from postings import actions
from postings.exceptions import Refused
from postings.models import Application, ApplicationOutcome, PostingStatus
from tests.factories import apply_changes

from .bringing import CLOSES, DURING, EFFECTIVE, NEW_POST, OPENS, bring, decide, person, prepare, sit

MOMENTS = st.sampled_from([OPENS, DURING, CLOSES])
WHO = st.integers(0, 3)


class Bourse(RuleBasedStateMachine):
    """Two bourses, four agents of whom two are eligible; anything may be tried at any time."""

    @initialize()
    def begin(self):
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()
        apply_changes(NEW_POST, on=datetime.date(2021, 10, 8))
        self.agents = [
            person("Ana Blin", "port-1"),
            person("Luc Roy", "port-2"),
            person("Zoé Petit", "budget"),
            person("Nadia Neuve"),
        ]
        self.total = structure_in_force().headcounts["direction"]
        self.postings = [bring(prepare(code=code), PostingStatus.OPEN) for code in ("une", "deux")]
        for posting in self.postings:
            sit(posting, president=True)

    def teardown(self):
        if hasattr(self, "savepoint"):
            transaction.set_rollback(True)
            self.savepoint.__exit__(None, None, None)

    def attempt(self, action, **given):
        """In its own savepoint: a refusal writes nothing."""
        try:
            with transaction.atomic():
                return action(**given)
        except (Refused, NotAllowed, PostOverfilled, AgentOverfilled):
            return None

    def applications(self, which):
        self.postings[which].refresh_from_db()
        return list(
            Application.objects.filter(posting=self.postings[which]).select_related("agent__user").order_by("pk")
        )

    @rule(which=st.integers(0, 1), who=WHO, now=MOMENTS)
    def apply(self, which, who, now):
        agent, posting = self.agents[who], self.postings[which]
        draft = self.attempt(actions.save_application, posting=posting, agent=agent, letter="Oui.", by=agent.user)
        if draft is not None:
            self.attempt(actions.submit_application, application=draft, by=agent.user, now=now)

    @rule(which=st.integers(0, 1), who=WHO)
    def withdraw(self, which, who):
        for each in self.applications(which):
            if each.agent == self.agents[who]:
                self.attempt(actions.withdraw, application=each, by=each.agent.user)

    @rule(which=st.integers(0, 1))
    def go_on(self, which):
        posting = self.postings[which]
        posting.refresh_from_db()
        self.attempt(actions.close_posting, posting=posting, by=None, now=CLOSES)
        self.attempt(actions.start_examination, posting=posting, by=None)

    @rule(which=st.integers(0, 1), who=WHO, admissible=st.booleans())
    def examine(self, which, who, admissible):
        for each in self.applications(which):
            if each.agent != self.agents[who]:
                continue
            if not admissible:
                self.attempt(actions.refuse_admission, application=each, reason="Incomplète.", by=None)
                continue
            self.attempt(actions.admit, application=each, by=None)
            for member in each.posting.jury.all():
                scores = {criterion.uid: (3, "") for criterion in each.posting.criteria.all()}
                self.attempt(actions.assess, application=each, by=member.user, scores=scores)
                self.attempt(actions.submit_assessment, application=each, by=member.user)
            self.attempt(actions.rank, application=each, by=None, position=who + 1)

    @rule(which=st.integers(0, 1), who=WHO)
    def decide(self, which, who):
        """The last application of that agent, whatever its state: nobody at all where there is none."""
        chosen = [each for each in self.applications(which) if each.agent == self.agents[who]][-1:]
        self.attempt(lambda: decide(self.postings[which], *chosen))

    @rule(who=WHO, post=st.sampled_from(["a-pourvoir", "phare", "port-1"]))
    def assign(self, who, post):
        row = Post.objects.get(uid=post)
        self.attempt(assign_agent, agent=self.agents[who], post=row, begins_on=EFFECTIVE, by=None)

    @invariant()
    def nothing_forbidden_is_reached(self):
        if not hasattr(self, "postings"):
            return
        for post in Post.objects.in_force():
            rows = list(Assignment.objects.exclude(kind=AssignmentKind.INTERIM).filter(post=post))
            for day in {row.begins_on for row in rows}:
                held = [row for row in rows if row.begins_on <= day and (row.ends_on is None or day <= row.ends_on)]
                assert sum(row.share for row in held) <= 100
        retained = ApplicationOutcome.objects.filter(retained=True)
        assert not retained.exclude(application__status="retenue").exists()
        assert not Application.objects.filter(status="retenue", withdrawn_at__isnull=False).exists()
        for posting in self.postings:
            names = set(posting.eligible.values_list("agent__uid", flat=True))
            applied = Application.objects.filter(posting=posting).exclude(status="brouillon")
            assert {each.agent_id for each in applied} <= names
            assert all(each.submitted_at < CLOSES for each in applied)
            assert applied.filter(status="retenue").count() <= posting.places
        assert structure_in_force().headcounts["direction"] == self.total


STEPS = 12


def test_no_forbidden_state_is_reached(chart):
    """Each run works in a savepoint of the test's transaction."""
    found = settings(max_examples=max(5, settings().max_examples // 5), stateful_step_count=STEPS)
    run_state_machine_as_test(Bourse, settings=found)
