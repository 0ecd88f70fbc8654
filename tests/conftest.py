"""Fixtures of every room: one user of each role, and a client signed in as somebody."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import Role, User
from tests.factories import UserFactory


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
