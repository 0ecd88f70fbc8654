"""What the forms that edit a draft share: the revision that the person was looking at."""

from django import forms
from django.http import QueryDict


class DraftForm(forms.Form):
    """`seen` goes to the action, which refuses what would overwrite an edit made meanwhile."""

    seen = forms.IntegerField(widget=forms.HiddenInput)

    def revision(self) -> int:
        return int(self.cleaned_data["seen"])

    def look_again(self, revision: int) -> None:
        """After a refusal: what was typed comes back; sent again, it goes over the draft as the message tells it."""
        if isinstance(self.data, QueryDict):
            typed = self.data.copy()
            typed["seen"] = str(revision)
            self.data = typed
