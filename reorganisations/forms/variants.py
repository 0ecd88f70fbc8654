"""What is asked before a draft is copied."""

from django import forms


class DuplicateForm(forms.Form):
    label = forms.CharField(
        label="Nom de la variante",
        max_length=80,
        help_text="Ce qui la distingue\u00a0: «\u00a0Avec un seul secteur\u00a0», «\u00a0Scénario B\u00a0»…",
    )
