"""The human resources at their pages."""

import pytest


@pytest.fixture
def as_hr(client_as, hr):
    return client_as(hr)


@pytest.fixture
def bring_reorganisation(bring):
    """The one of the room below; tests import that of bourses under the same name."""
    return bring
