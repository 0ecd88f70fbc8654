"""What an agent writes to apply. Nothing is required to save a draft; the bourse says what is needed to submit it."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile

from orgchart import french

from ..models import Application
from ..pieces import EXTENSIONS, LARGEST, MOST


class Pieces(forms.ClearableFileInput):
    allow_multiple_selected = True


class PiecesField(forms.FileField):
    """Several files, each judged by the action that keeps it."""

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[bytes]]:
        given: Sequence[Any] = data if isinstance(data, list | tuple) else [data]
        return [each for each in given if each]


class ApplicationForm(forms.Form):
    letter = forms.CharField(
        label="Lettre de motivation",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text="Ce qui vous intéresse dans ce poste, ce que vous y apporteriez.",
    )
    pieces = PiecesField(
        label="Ajouter des fichiers",
        required=False,
        widget=Pieces(attrs={"accept": ",".join((*EXTENSIONS, *(e for each in EXTENSIONS.values() for e in each)))}),
        help_text=(
            f"PDF, PNG ou JPEG, {LARGEST // 1024 // 1024}\u00a0Mo au plus chacun, {MOST}\u00a0fichiers au plus. "
            "Un PDF ne contient ni programme ni fichier joint."
        ),
    )
    gender = forms.ChoiceField(
        label="Sexe",
        required=False,
        choices=[("", "Ne pas le dire"), *Application.Gender.choices],
        widget=forms.RadioSelect,
        help_text=(
            "Compté sans nom dans les statistiques d’égalité professionnelle entre les femmes et les hommes. Sans "
            "effet sur l’examen de votre candidature."
        ),
    )
    wish = forms.TypedChoiceField(label="Rang de ce vœu", required=False, coerce=int, empty_value=None)

    def __init__(self, *args: Any, wishes: int, address: str, **given: Any) -> None:
        """`wishes`: how many applications the agent has, this one included; the rank is asked from two on.

        `address`: where the files go as soon as they are chosen.
        """
        super().__init__(*args, **given)
        swap = {"hx-target": "#pieces", "hx-select": "#pieces", "hx-swap": "outerHTML"}
        self.fields["pieces"].widget.attrs |= {"hx-post": address, "hx-trigger": "change", **swap}
        # The letter is asked for in the end: « facultatif » would deceive.
        cast("Any", self.fields["letter"]).due = "pour déposer"
        if wishes < 2:
            del self.fields["wish"]
            return
        field = cast("forms.TypedChoiceField", self.fields["wish"])
        field.choices = [
            (rank, f"{rank}{'er' if rank == 1 else 'e'} vœu sur {wishes}") for rank in range(1, wishes + 1)
        ]
        total = french.count(wishes, "candidature")
        field.help_text = f"Vous avez {total} en cours, celle-ci comprise. Le premier vœu est celui que vous préférez."

    def rank(self) -> int:
        """0 when it is not asked."""
        found: int = self.cleaned_data.get("wish") or 0
        return found
