"""A signed document to keep."""

from django import forms

from ..actions import AttachmentKind
from ..actions.attaching import FORMATS
from ..models import SessionFile


def file_field(*, required: bool = True) -> forms.FileField:
    return forms.FileField(
        label="Fichier",
        max_length=200,
        required=required,
        allow_empty_file=True,
        help_text="PDF, PNG ou JPEG, 20\u00a0Mo au plus.",
        widget=forms.ClearableFileInput(attrs={"accept": ",".join(kind.media_type for kind in FORMATS)}),
    )


class AttachmentForm(forms.Form):
    kind = forms.ChoiceField(label="Nature", choices=AttachmentKind.choices)
    file = file_field()


class SessionFileForm(forms.Form):
    """A file of a session as a whole; statements are joined to their item."""

    kind = forms.ChoiceField(
        label="Nature", choices=[choice for choice in SessionFile.choices if choice[0] != SessionFile.STATEMENT]
    )
    file = file_field()
