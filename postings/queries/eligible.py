"""The frozen list of a bourse, with when each person was told and how; and those who may be added to it."""

import datetime
from typing import NamedTuple

from django.core.paginator import Page, Paginator

from missions.models import Agent
from missions.queries import folded
from missions.queries.agents import AgentChoice, agents_called

from ..models import EligiblePerson, Notice, Posting

PER_PAGE = 25


class Telling(NamedTuple):
    channel: str
    at: datetime.datetime
    failure: str
    read_at: datetime.datetime | None


class EligibleLine(NamedTuple):
    person: EligiblePerson
    name: str
    tellings: tuple[Telling, ...]


class Told(NamedTuple):
    """Letters of the opening: `waiting`, not sent nor tried yet."""

    eligible: int
    in_app: int
    sent: int
    failed: int

    @property
    def waiting(self) -> int:
        return max(0, self.in_app - self.sent - self.failed)

    @property
    def tried(self) -> int:
        return self.sent + self.failed


def eligible_page(posting: Posting, text: str, number: str | None) -> tuple[Page[EligiblePerson], list[EligibleLine]]:
    """One page of the list, by name; `text`: a part of the name. Three queries, four when searched."""
    rows = posting.eligible.select_related("agent", "added_by").order_by(
        "agent__last_name", "agent__first_name", "agent__uid"
    )
    if wanted := folded(text):
        names = posting.eligible.values_list("pk", "agent__first_name", "agent__last_name")
        rows = rows.filter(pk__in=[pk for pk, first, last in names if wanted in folded(f"{first} {last}")])
    page = Paginator(rows, PER_PAGE).get_page(number)
    people = list(page.object_list)
    notices = Notice.objects.filter(
        posting=posting, kind=Notice.Kind.OPENED, agent__uid__in=[person.agent_id for person in people]
    )
    told: dict[str, list[Telling]] = {}
    for each in notices.order_by("channel"):
        told.setdefault(str(each.agent_id), []).append(
            Telling(each.get_channel_display(), each.at, each.failure, each.read_at)
        )
    return page, [
        EligibleLine(person, str(person.agent), tuple(told.get(str(person.agent_id), ()))) for person in people
    ]


def told_of(posting: Posting) -> Told:
    """Two queries."""
    rows = list(posting.notices.filter(kind=Notice.Kind.OPENED).values_list("channel", "failure"))
    letters = [failure for channel, failure in rows if channel == Notice.Channel.MAIL]
    return Told(
        eligible=posting.eligible.count(),
        in_app=len(rows) - len(letters),
        sent=sum(1 for failure in letters if not failure),
        failed=sum(1 for failure in letters if failure),
    )


def may_be_added(posting: Posting, text: str) -> list[AgentChoice]:
    """Agents called so who are not in the list. Three queries."""
    found = agents_called(text)
    wanted = [each.uid for each in found]
    inside = set(posting.eligible.filter(agent__uid__in=wanted).values_list("agent__uid", flat=True))
    return [each for each in found if each.uid not in inside]


def agent_called(uid: str) -> Agent | None:
    found: Agent | None = Agent.objects.filter(uid=uid).first()
    return found
