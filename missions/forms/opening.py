"""The opening state: units and posts as they are observed, one after the other or as a table."""

from typing import Any

from django import forms

from orgchart import french
from orgchart.nomenclature import Form, Nomenclature
from orgchart.records import ManagementLevel
from orgchart.structure import Structure
from orgchart.values import TitleCode, UnitId

from ..queries import folded
from .fields import DayField
from .posts import level_choices


class OpeningUnitForm(forms.Form):
    label = forms.CharField(label="Libellé", max_length=200)
    kind = forms.ChoiceField(label="Type d’unité")
    parent = forms.ChoiceField(label="Rattachée à", required=False)
    acronym = forms.CharField(label="Sigle", max_length=40, required=False)

    def __init__(self, data: Any = None, *, draft: Structure, unit: str = "") -> None:
        super().__init__(data, prefix="unite", initial={"parent": unit})
        kinds = draft.nomenclature.kinds
        set_choices(self, "kind", [("", "Choisir…"), *((kind.code, french.upper_first(kind.label)) for kind in kinds)])
        set_choices(self, "parent", [("", "aucune : unité de tête"), *unit_choices(draft)])

    def values(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {name: given[name] for name in ("label", "kind", "acronym")} | {"parent": given["parent"] or None}


class OpeningPostsForm(forms.Form):
    """A title typed in any of its forms is recognised; another text is kept as the label to print."""

    unit = forms.ChoiceField(label="Unité")
    title = forms.CharField(
        label="Intitulé",
        max_length=200,
        help_text="Au singulier, tel qu’il s’imprime : « chargée de mission ».",
        widget=forms.TextInput({"list": "intitules"}),
    )
    number = forms.IntegerField(label="Nombre de postes", min_value=1, max_value=200, initial=1)
    grade = forms.ChoiceField(label="Cotation", required=False)
    level = forms.ChoiceField(label="Niveau d’encadrement", required=False, choices=level_choices)
    site = forms.ChoiceField(label="Site", required=False)
    worked_hours = forms.DecimalField(
        label="Durée",
        required=False,
        localize=True,
        min_value=0,
        max_value=35,
        max_digits=6,
        decimal_places=4,
        help_text="Sur 35 heures ; vide : non renseignée.",
    )
    leads = forms.BooleanField(label="Ce poste dirige l’unité", required=False)

    def __init__(self, data: Any = None, *, draft: Structure, unit: str = "") -> None:
        super().__init__(data, prefix="postes", initial={"unit": unit})
        self.words = draft.nomenclature
        self.fields["worked_hours"].unit = "heures"  # type: ignore[attr-defined]
        set_choices(self, "unit", [("", "Choisir…"), *unit_choices(draft)])
        grades = [(grade.code, grade.code) for grade in sorted(self.words.grades, key=lambda grade: grade.rank)]
        set_choices(self, "grade", [("", "non renseignée"), *grades])
        set_choices(self, "site", [("", "non renseigné"), *((site.code, site.label) for site in self.words.sites)])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("leads") and given.get("number", 1) > 1:
            self.add_error("leads", "Un seul poste dirige l’unité : ajoutez-le à part.")
        if given.get("worked_hours") == 0:
            self.add_error("worked_hours", "Donnez une durée supérieure à 0, ou rien.")
        return given

    def values(self) -> dict[str, Any]:
        given = self.cleaned_data
        title, form = title_called(given["title"], self.words)
        return {
            "unit": given["unit"],
            "number": given["number"],
            "title": title,
            "form": form,
            "label": "" if title else given["title"],
            "grade": given["grade"] or None,
            "level": ManagementLevel(given["level"]) if given["level"] else None,
            "site": given["site"] or None,
            "worked_hours": given["worked_hours"],
            "leads": given["leads"],
        }


class ImportForm(forms.Form):
    """Pasted cells or a file, one of the two."""

    table = forms.CharField(
        label="Tableau collé",
        required=False,
        strip=False,
        widget=forms.Textarea({"rows": 10, "spellcheck": "false"}),
        help_text="Les cellules copiées d’un tableur, en-têtes comprises, ou du CSV.",
    )
    file = forms.FileField(label="Ou un fichier", required=False, help_text="XLSX, ODS ou CSV.", allow_empty_file=True)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        pasted, file = bool(given.get("table", "").strip()), bool(given.get("file"))
        if not pasted and not file:
            self.add_error("table", "Collez un tableau, ou choisissez un fichier.")
        if pasted and file:
            self.add_error("file", "Choisissez l’un ou l’autre : le tableau collé ou le fichier.")
        return given


class SealForm(forms.Form):
    effective_on = DayField(
        label="Date du constat",
        required=False,
        help_text="Le jour où l’organigramme a été constaté. Vide : aujourd’hui.",
    )
    note = forms.CharField(
        label="Remarque",
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
        help_text="D’où viennent ces informations : un document, un entretien…",
    )


def title_called(text: str, words: Nomenclature) -> tuple[TitleCode | None, Form]:
    """The reference title that has this text as one of its forms, and which; the masculine one where two are alike."""
    wanted = folded(text)
    for title in words.titles:
        for form in Form:
            if wanted in (folded(title.singular(form)), folded(title.plural(form))):
                return title.code, form
    return None, Form.MASCULINE


def unit_choices(draft: Structure) -> list[tuple[str, str]]:
    levels: dict[UnitId | None, int] = {None: -1}
    found = []
    for unit in draft.subtree():
        levels[unit.id] = levels.get(unit.parent, -1) + 1
        found.append((str(unit.id), f"{french.NBSP * 4 * levels[unit.id]}{unit.label}"))
    return found


def set_choices(form: forms.Form, name: str, choices: list[tuple[str, str]]) -> None:
    form.fields[name].choices = choices  # type: ignore[attr-defined]
