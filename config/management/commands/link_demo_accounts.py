"""Gives the demonstration accounts their place in the fictitious continuation: a post, a perimeter, seats, a bourse
that is open today.

In config because no room knows both committees and agents' accounts without knowing the rooms above it.
"""

import datetime
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from missions.actions import set_perimeters, update_agent
from missions.models import Agent, Unit
from postings import actions
from postings.models import Posting, PostingStatus
from reorganisations.actions import add_member
from reorganisations.models import College, Committee

AGENTS = {"encadrement@exemple.fr": "ada-exemple", "agent@exemple.fr": "jules-figurant"}
PERIMETERS = {"encadrement@exemple.fr": "mission-proch-orientation"}
COMMITTEE_MEMBER = "instance@exemple.fr"
JURY_PRESIDENT = "encadrement@exemple.fr"
BOURSE = "fictif-referent-departemental"
OPEN_FOR = datetime.timedelta(days=30)
CLOSES = datetime.time(17)


class Command(BaseCommand):
    help = "Links the demonstration accounts to the fictitious case (DEBUG or DEMO only). Can be run again."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        if not (settings.DEBUG or settings.DEMO):
            raise CommandError("Demonstration accounts exist with DEBUG=1 or DEMO=1 only.")
        try:
            self.link()
        except (User.DoesNotExist, Agent.DoesNotExist, Unit.DoesNotExist, Posting.DoesNotExist) as missing:
            raise CommandError(
                "Run create_demo_accounts, import_case fixtures/suite_fictive.yaml and import_bourse "
                "fixtures/bourse_fictive.yaml first."
            ) from missing

    def link(self) -> None:
        for email, uid in AGENTS.items():
            agent, user = Agent.objects.get(uid=uid), User.objects.get(email=email)
            if agent.user != user:
                update_agent(agent=agent, first_name=agent.first_name, last_name=agent.last_name, user=user, by=None)
        for email, uid in PERIMETERS.items():
            user, unit = User.objects.get(email=email), Unit.objects.get(uid=uid)
            if not user.perimeters.filter(unit=unit).exists():
                set_perimeters(user=user, units=[unit], by=None)
        member = User.objects.get(email=COMMITTEE_MEMBER)
        for committee in Committee.objects.exclude(members__user=member):
            add_member(committee=committee, college=College.STAFF, user=member, fictitious=True, by=None)
        self.open_bourse()

    def open_bourse(self) -> None:
        """Open from the day the demonstration is first started; started again later, it stays open for as long."""
        posting, today = Posting.objects.get(code=BOURSE), timezone.localdate()
        closes_at = timezone.make_aware(datetime.datetime.combine(today + OPEN_FOR, CLOSES))
        if posting.status == PostingStatus.PREPARATION:
            user = User.objects.get(email=JURY_PRESIDENT)
            actions.add_jury_member(
                posting=posting, user=user, capacity="Encadrement (fictif)", president=True, by=None
            )
            posting = actions.edit_posting(posting=posting, opens_at=timezone.now(), closes_at=closes_at, by=None)
            actions.publish(posting=posting, by=None)
            actions.open_posting(posting=posting, by=None)
        elif posting.status == PostingStatus.OPEN and posting.closes_at and posting.closes_at < closes_at:
            actions.extend(posting=posting, closes_at=closes_at, reason="Démonstration relancée.", by=None)
