"""Fixtures of every room: one user of each role, and a client signed in as somebody."""

import gc
import os
from collections.abc import Callable

import pytest
from django.test import Client
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from accounts.models import Role, User
from tests.factories import UserFactory

# No deadline: a loaded machine is no fault of the rule. `make test THOROUGH=1` looks much further.
hypothesis_settings.register_profile(
    "quick",
    deadline=None,
    max_examples=40,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
hypothesis_settings.register_profile("thorough", hypothesis_settings.get_profile("quick"), max_examples=500)
hypothesis_settings.load_profile("thorough" if os.environ.get("THOROUGH") else "quick")


def pytest_collection_finish() -> None:
    """What is loaded by now stays to the end: looked through at every collection, it takes an eighth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


@pytest.fixture
def hr(db: None) -> User:
    return UserFactory.create(name="Hélène Roussel", roles=[Role.HR])


@pytest.fixture
def manager(db: None) -> User:
    return UserFactory.create(name="Marc Dubreuil", roles=[Role.MANAGER])


@pytest.fixture
def agent(db: None) -> User:
    return UserFactory.create(name="Aline Ferrand", roles=[Role.AGENT])


@pytest.fixture
def committee_member(db: None) -> User:
    return UserFactory.create(name="Ilyès Cordier", roles=[Role.COMMITTEE])


@pytest.fixture
def client_as() -> Callable[[User], Client]:
    """`client_as(hr).get(…)`: a fresh client signed in as this user."""

    def signed_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return signed_in
