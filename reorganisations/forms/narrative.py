"""The written parts of the report."""

from django import forms

from .draft import DraftForm

MARKDOWN_HELP = (
    "Une ligne vide sépare les paragraphes ; « - » commence une liste ; **gras**, *italique*, ## intertitre."
)


class SectionForm(DraftForm):
    title = forms.CharField(label="Titre", max_length=200)
    markdown = forms.CharField(
        label="Texte", required=False, widget=forms.Textarea(attrs={"rows": 14}), help_text=MARKDOWN_HELP
    )
    included = forms.BooleanField(label="Figure dans le rapport", required=False)


class NewSectionForm(DraftForm):
    title = forms.CharField(label="Titre de la nouvelle section", max_length=200)
    change_uid = forms.ChoiceField(
        label="Ajustement expliqué",
        required=False,
        help_text="L’explication suit alors l’ajustement dans le rapport ; sinon la section se place à la fin.",
    )

    def __init__(self, *args: object, changes: list[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # handed over as they come
        self.fields["change_uid"].choices = [("", "Aucun"), *changes]  # type: ignore[attr-defined]  # a choice field
