"""The demonstration accounts take their place in the fictitious case, once."""

import datetime

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.models import Event, User
from missions.models import Agent
from postings.models import Posting, PostingStatus
from postings.queries.group import verdict_for
from reorganisations.models import Committee


@pytest.fixture
def demo(db, settings, capsys):
    settings.DEMO = True
    call_command("create_demo_accounts")
    return lambda: call_command("link_demo_accounts")


@pytest.fixture
def loaded(demo):
    call_command("load_reference")
    call_command("import_case", "fixtures/proch_orientation.yaml")
    call_command("import_case", "fixtures/suite_fictive.yaml")
    call_command("import_bourse", "fixtures/bourse_fictive.yaml")
    call_command("import_case", "fixtures/suite_fictive_2023.yaml")
    demo()


def test_each_account_has_its_place(loaded, demo):
    accounts = {user.email: user for user in User.objects.all()}
    assert Agent.objects.get(user=accounts["agent@exemple.fr"]).uid == "jules-figurant"
    assert Agent.objects.get(user=accounts["encadrement@exemple.fr"]).uid == "ada-exemple"
    manager = accounts["encadrement@exemple.fr"]
    assert [perimeter.unit_id for perimeter in manager.perimeters.all()] == ["mission-proch-orientation"]
    seats = Committee.objects.filter(members__user=accounts["instance@exemple.fr"])
    assert seats.count() == Committee.objects.count() > 0
    lines = Event.objects.count()
    demo()
    assert Event.objects.count() == lines


def test_a_bourse_is_open_to_the_agent_and_stays_so(loaded, demo):
    posting = Posting.objects.get(code="fictif-referent-departemental")
    agent = Agent.objects.get(uid="jules-figurant")
    assert posting.status == PostingStatus.OPEN
    assert verdict_for(posting, agent).eligible
    assert not posting.eligible.filter(agent__uid__in=["nino-silhouette", "ada-exemple"]).exists()
    assert posting.jury.get().user.email == "encadrement@exemple.fr"
    Posting.objects.update(closes_at=timezone.now() + datetime.timedelta(days=2), opens_at=posting.opens_at)
    demo()
    posting.refresh_from_db()
    assert posting.closes_at > timezone.now() + datetime.timedelta(days=29)


def test_the_case_comes_first(demo):
    with pytest.raises(CommandError, match="import_case"):
        demo()


def test_only_in_a_demonstration(demo, settings):
    settings.DEMO = settings.DEBUG = False
    with pytest.raises(CommandError, match="DEMO=1"):
        demo()
