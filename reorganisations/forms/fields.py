"""Form fields for the facts of a chart: units, posts, hours, shares, lines of text. Each cleans to the value itself."""

from collections.abc import Iterable, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms

from orgchart.values import Hours, Share, UnitId

from .offers import DASH


class LinesField(forms.CharField):
    """A text, one item a line → a tuple of the items."""

    widget = forms.Textarea(attrs={"rows": 4})

    def clean(self, value: Any) -> tuple[str, ...]:
        text = super().clean(value)
        return tuple(line.strip() for line in text.splitlines() if line.strip())

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list | tuple) else value


class SeveralField(forms.MultipleChoiceField):
    """Some of a list, each with its box → a tuple in the order of the list."""

    widget = forms.CheckboxSelectMultiple

    def clean(self, value: Any) -> tuple[str, ...]:
        return tuple(super().clean(value))


class HoursWidget(forms.MultiWidget):
    template_name = "reorganisations/hours_widget.html"

    def __init__(self) -> None:
        small = {"inputmode": "decimal", "size": 6, "class": "input-short"}
        super().__init__(
            widgets={
                "worked": forms.TextInput(attrs=small | {"aria-label": "Heures par semaine"}),
                "reference": forms.TextInput(attrs=small | {"aria-label": "Durée de référence, en heures"}),
            }
        )

    def decompress(self, value: Hours | None) -> list[str]:
        return [french(value.worked), french(value.reference)] if value else ["", "35"]


class HoursField(forms.MultiValueField):
    """Weekly hours over the reference (17,5 / 35) → Hours, or None when left empty."""

    widget = HoursWidget

    def __init__(self, **kwargs: Any) -> None:
        fields = (forms.CharField(required=False), forms.CharField(required=False))
        super().__init__(fields=fields, require_all_fields=False, **kwargs)

    def compress(self, data_list: Sequence[str]) -> Hours | None:
        worked, reference = [*data_list, "", ""][:2]
        if not worked:
            return None
        try:
            return Hours(worked=decimal(worked), reference=decimal(reference or "35"))
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error


class SharesWidget(forms.MultiWidget):
    rows = 4

    def __init__(self, choices: Iterable[tuple[str, str]] = ()) -> None:
        self.units = list(choices)
        widgets: dict[str, forms.Widget | type[forms.Widget]] = {}
        for number in range(1, self.rows + 1):
            widgets[f"unit{number}"] = forms.Select(
                choices=[("", DASH), *self.units], attrs={"aria-label": f"Unité {number}"}
            )
            widgets[f"percent{number}"] = forms.TextInput(
                attrs={"aria-label": f"Part {number}, en %", "inputmode": "decimal", "size": 6, "class": "input-short"}
            )
        super().__init__(widgets=widgets)

    def decompress(self, value: tuple[Share, ...] | None) -> list[str]:
        flat = [text for share in value or () for text in (str(share.unit), french(share.percent))]
        return flat + [""] * (2 * self.rows - len(flat))


class SharesField(forms.MultiValueField):
    """Units and their percentages → a tuple of Share; empty rows are left out."""

    def __init__(self, *, choices: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        fields = tuple(forms.CharField(required=False) for _ in range(2 * SharesWidget.rows))
        super().__init__(fields=fields, require_all_fields=False, widget=SharesWidget(choices), **kwargs)

    def compress(self, data_list: Sequence[str]) -> tuple[Share, ...]:
        shares = []
        for unit, percent in zip(data_list[::2], data_list[1::2], strict=True):
            if not unit and not percent:
                continue
            if not unit or not percent:
                raise forms.ValidationError("Chaque part demande une unité et un pourcentage.")
            try:
                shares.append(Share(unit=UnitId(unit), percent=decimal(percent)))
            except ValueError as error:
                raise forms.ValidationError(str(error)) from error
        return tuple(shares)


def decimal(text: str) -> Decimal:
    """A number as it is typed in French. Raises ValueError, in words, when it is not one."""
    try:
        number = Decimal(text.strip().replace("\u202f", "").replace("\u00a0", "").replace(",", "."))
    except InvalidOperation as error:
        raise ValueError(f"« {text} » n’est pas un nombre. Écrivez par exemple 17,5.") from error
    if not number.is_finite():
        raise ValueError(f"« {text} » n’est pas un nombre. Écrivez par exemple 17,5.")
    return number


def french(number: Decimal) -> str:
    return str(number).replace(".", ",")
