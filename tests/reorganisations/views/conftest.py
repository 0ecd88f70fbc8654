"""A reorganisation whose steps are walked through by their forms."""

from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from accounts.models import User
from reorganisations.models import Reorganisation

from .page import Workspace
from .test_follow_up import address


class Steps:
    """Forms of one reorganisation, sent as the browser sends them."""

    def __init__(self, client: Client, reorganisation: Reorganisation) -> None:
        self.client, self.reorganisation = client, reorganisation

    def get(self, name: str, *args: str) -> BeautifulSoup:
        response = self.client.get(address(name, *args))
        assert response.status_code == 200, response.headers.get("Location")
        return BeautifulSoup(response.content, "html.parser")

    def post(self, name: str, *args: str, **data: Any) -> tuple[int, BeautifulSoup]:
        response = self.client.post(address(name, *args), data)
        self.reorganisation.refresh_from_db()
        return response.status_code, BeautifulSoup(response.content, "html.parser")

    @property
    def status(self) -> str:
        self.reorganisation.refresh_from_db()
        return self.reorganisation.status


@pytest.fixture
def steps(client_as: Callable[[User], Client], hr: User, reorganisation: Reorganisation) -> Steps:
    return Steps(client_as(hr), reorganisation)


@pytest.fixture
def workspace(client_as: Callable[[User], Client], hr: User, reorganisation: Reorganisation) -> Workspace:
    return Workspace(client_as(hr), reorganisation)
