"""The items of an agenda, and what is written of each for the minutes."""

from typing import Any

from django import forms

from orgchart.french import date

from ..models import AgendaItem, Reorganisation, Session
from ..status import Status
from .attachment import file_field
from .narrative import MARKDOWN_HELP


def number_field() -> forms.IntegerField:
    return forms.IntegerField(label="Numéro", required=False, min_value=1, max_value=999)


class InscribeForm(forms.Form):
    """A reorganisation that is not on the agenda yet."""

    reorganisation = forms.ModelChoiceField(
        label="Réorganisation", queryset=Reorganisation.objects.none(), empty_label="Choisir…"
    )
    kind = forms.ChoiceField(label="Nature du point", choices=AgendaItem.Kind.choices)
    number = number_field()

    def __init__(self, *args: Any, session: Session, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        inscribed = session.agenda_items.filter(reorganisation__isnull=False).values("reorganisation")
        proposed = Reorganisation.objects.filter(status__in=[Status.DRAFT, Status.SUBMITTED, Status.POSTPONED])
        self.fields["reorganisation"].queryset = proposed.exclude(pk__in=inscribed)  # type: ignore[attr-defined]


class ItemForm(forms.Form):
    """Of a reorganisation: nature, number and note; its title is its own."""

    kind = forms.ChoiceField(label="Nature du point", choices=AgendaItem.Kind.choices)
    number = number_field()
    note = forms.CharField(
        label="Note",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Imprimée sous l’ordre du jour de la convocation.",
    )


class MatterForm(ItemForm):
    """Another matter. Without a title, the approval of minutes is called by the day of their session."""

    title = forms.CharField(
        label="Intitulé",
        max_length=300,
        required=False,
        help_text="Laissé vide, un point qui approuve un procès-verbal prend l’intitulé d’usage.",
    )
    minutes_of = forms.ModelChoiceField(
        label="Procès-verbal à approuver",
        queryset=Session.objects.none(),
        required=False,
        empty_label="Aucun",
        help_text="Si le point est l’approbation du procès-verbal d’une séance antérieure.",
    )
    field_order = ("title", "minutes_of", "kind", "number", "note")

    def __init__(self, *args: Any, earlier: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["minutes_of"].queryset = earlier  # type: ignore[attr-defined]  # a model choice
        self.fields["minutes_of"].label_from_instance = lambda each: f"Séance du {date(each.held_on)}"  # type: ignore[attr-defined]  # the same

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("title") and not self.errors:
            if cleaned.get("minutes_of"):
                cleaned["title"] = approval_title(cleaned["minutes_of"])
            else:
                self.add_error("title", "Donnez l’intitulé du point.")
        return cleaned


def approval_title(session: Session) -> str:
    return f"Approbation du procès-verbal de la séance du {date(session.held_on)}"


class DebateForm(forms.Form):
    debate = forms.CharField(
        label="Débats", required=False, widget=forms.Textarea(attrs={"rows": 12}), help_text=MARKDOWN_HELP
    )
    conclusion = forms.CharField(
        label="Conclusion",
        max_length=300,
        required=False,
        help_text="Par exemple\u00a0: «\u00a0Le comité prend acte.\u00a0», «\u00a0Approuvé à l’unanimité.\u00a0».",
    )


class ApprovalForm(DebateForm):
    """Of an item that approves earlier minutes."""

    minutes_approved = forms.BooleanField(label="Le procès-verbal est approuvé à cette séance", required=False)


class StatementForm(forms.Form):
    author = forms.CharField(label="Auteur", max_length=150, help_text="L’organisation syndicale, le plus souvent.")
    text = forms.CharField(
        label="Texte", required=False, widget=forms.Textarea(attrs={"rows": 8}), help_text=MARKDOWN_HELP
    )
    file = file_field(required=False)
