"""`create_demo_accounts` and `purge`."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.actions import set_roles
from accounts.management.commands.create_demo_accounts import PASSWORD
from accounts.models import Event, Role, User


def run(name):
    out = StringIO()
    call_command(name, stdout=out)
    return out.getvalue()


def test_demo_accounts_are_refused_where_something_is_at_stake(db, settings):
    settings.DEBUG = settings.DEMO = False
    with pytest.raises(CommandError, match="DEMO=1"):
        run("create_demo_accounts")
    assert not User.objects.exists()


def test_demo_accounts_can_be_made_again(db, settings):
    settings.DEMO = True
    first = run("create_demo_accounts")
    assert PASSWORD in first
    assert {user.email: user.roles for user in User.objects.all()} == {
        "rh@exemple.fr": {Role.HR},
        "encadrement@exemple.fr": {Role.MANAGER},
        "agent@exemple.fr": {Role.AGENT},
        "instance@exemple.fr": {Role.COMMITTEE},
    }
    agent = User.objects.get(email="agent@exemple.fr")
    agent.set_password("changé pendant la démonstration")
    agent.save()
    set_roles(user=agent, roles=[], by=None)
    assert run("create_demo_accounts") == first
    again = User.objects.get(email="agent@exemple.fr")
    assert again.check_password(PASSWORD)
    assert again.roles == {Role.AGENT}


def test_the_purge_says_what_was_forgotten(hr):
    Event(verb="x", target_type="x", target_uid="x", summary="x", at=timezone.now() - timedelta(days=400)).save()
    assert "Journal (au-delà d’un an)\u00a0: 1\n" in run("purge")
    assert not Event.objects.exists()
