"""The demonstration accounts take their place in the fictitious case, once."""

import pytest
from django.core.management import CommandError, call_command

from accounts.models import Event, User
from missions.models import Agent
from reorganisations.models import Committee


@pytest.fixture
def demo(db, settings, capsys):
    settings.DEMO = True
    call_command("create_demo_accounts")
    return lambda: call_command("link_demo_accounts")


def test_each_account_has_its_place(demo):
    call_command("load_reference")
    call_command("import_case", "fixtures/proch_orientation.yaml")
    call_command("import_case", "fixtures/suite_fictive.yaml")
    demo()
    accounts = {user.email: user for user in User.objects.all()}
    assert Agent.objects.get(user=accounts["agent@exemple.fr"]).uid == "karima-pretexte"
    assert Agent.objects.get(user=accounts["encadrement@exemple.fr"]).uid == "ada-exemple"
    manager = accounts["encadrement@exemple.fr"]
    assert [perimeter.unit_id for perimeter in manager.perimeters.all()] == ["mission-proch-orientation"]
    seats = Committee.objects.filter(members__user=accounts["instance@exemple.fr"])
    assert seats.count() == Committee.objects.count() > 0
    lines = Event.objects.count()
    demo()
    assert Event.objects.count() == lines


def test_the_case_comes_first(demo):
    with pytest.raises(CommandError, match="import_case"):
        demo()


def test_only_in_a_demonstration(demo, settings):
    settings.DEMO = settings.DEBUG = False
    with pytest.raises(CommandError, match="DEMO=1"):
        demo()
