"""Three hundred posts more ask for nothing more: the chart of these tests is a large one."""

from collections.abc import Callable

import pytest
from django.test import Client
from msgspec.structs import replace
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from missions.models import Version
from orgchart.values import PostId
from reorganisations.models import Reorganisation, Status
from tests.factories import open_small_chart, small_structure

from .test_follow_up import QUERIES, address


@pytest.fixture
def chart(db: None) -> Version:
    small = small_structure()
    more = [replace(small.post_by_id[PostId("port-2")], id=PostId(f"de-plus-{n}"), position=n) for n in range(300)]
    return open_small_chart(structure=replace(small, posts=(*small.posts, *more)))


@pytest.mark.parametrize("status", [Status.DRAFT, Status.SUBMITTED, Status.IN_FORCE])
def test_as_many_queries(
    client_as: Callable[[User], Client],
    hr: User,
    bring: Callable[..., Reorganisation],
    django_assert_num_queries: DjangoAssertNumQueries,
    status: Status,
) -> None:
    bring(status)
    client = client_as(hr)
    client.get(address())
    with django_assert_num_queries(QUERIES[status]):
        client.get(address())
