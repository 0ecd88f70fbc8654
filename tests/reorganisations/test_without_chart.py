"""Before the chart is opened, nothing can be prepared."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from reorganisations import actions
from reorganisations.exceptions import NoChartInForce


def test_a_reorganisation_needs_a_chart(hr):
    with pytest.raises(NoChartInForce):
        actions.create_reorganisation(code="essai", title="Essai", unit="direction", by=hr)


def test_the_list_leads_to_the_opening_state_instead(client_as, hr):
    page = BeautifulSoup(client_as(hr).get(reverse("reorganisations:list")).content, "html.parser")
    assert not page.select_one(f"a[href='{reverse('reorganisations:create')}']")
    assert page.select_one(f"a[href='{reverse('missions:opening')}']")
