"""A signed document to keep."""

from django import forms

from ..actions import AttachmentKind
from ..actions.attaching import FORMATS


class AttachmentForm(forms.Form):
    kind = forms.ChoiceField(label="Nature", choices=AttachmentKind.choices)
    file = forms.FileField(
        label="Fichier",
        max_length=200,
        allow_empty_file=True,
        help_text="PDF, PNG ou JPEG, 20\u00a0Mo au plus.",
        widget=forms.ClearableFileInput(attrs={"accept": ",".join(kind.media_type for kind in FORMATS)}),
    )
