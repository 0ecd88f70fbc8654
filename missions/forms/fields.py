"""Fields as French forms want them: dates typed or picked, percentages with a comma."""

import datetime
from typing import Any

from django import forms


class DayField(forms.DateField):
    def __init__(self, **kwargs: Any) -> None:
        # The browser's own picker sends 2021-10-04; a person without one types 04/10/2021.
        widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
        super().__init__(widget=widget, input_formats=["%Y-%m-%d", "%d/%m/%Y", "%d/%m/%y"], **kwargs)


class PercentField(forms.DecimalField):
    unit = "%"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_digits=5, decimal_places=2, min_value=0, max_value=100, localize=True, **kwargs)
        self.widget.attrs |= {"inputmode": "decimal", "size": 6}


def ends_too_early(begins_on: datetime.date | None, ends_on: datetime.date | None) -> bool:
    return begins_on is not None and ends_on is not None and ends_on < begins_on
