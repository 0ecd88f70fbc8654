"""The style guide: every component in every state, for those who build pages. Only in DEBUG."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.menu import Menu, MenuLink


class PostForm(forms.Form):
    title = forms.CharField(label="Intitulé", help_text="Tel qu’il sera imprimé dans le rapport.")
    grade = forms.ChoiceField(
        label="Cotation",
        choices=[("", "Choisir…"), ("a22", "A 2.2"), ("a3", "A 3")],
        help_text="Niveau du poste dans la grille de l’employeur.",
    )
    hours = forms.DecimalField(label="Durée", required=False, min_value=0)
    since = forms.DateField(label="À compter du", widget=forms.DateInput(attrs={"type": "date"}))
    occupation = forms.ChoiceField(
        label="Occupation",
        choices=[("held", "Occupé"), ("vacant", "Vacant"), ("unknown", "Non renseigné")],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(label="Motif", widget=forms.Textarea)
    deduced = forms.BooleanField(label="Information déduite", required=False, help_text="Le motif dit de quoi.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["hours"].unit = "heures"  # type: ignore[attr-defined]


class FilterForm(forms.Form):
    unit = forms.ChoiceField(label="Unité", required=False, choices=[("", "Toutes")])
    grade = forms.ChoiceField(label="Cotation", required=False, choices=[("", "Toutes"), ("a3", "A 3")])
    words = forms.CharField(label="Intitulé contenant", required=False)


MENU = Menu(
    main=[
        MenuLink(label="Organigramme", url="#organigramme", current=True),
        MenuLink(label="Postes", url="#postes", current=False),
        MenuLink(label="Réorganisations", url="#reorganisations", current=False),
        MenuLink(label="Historique", url="#historique", current=False),
    ],
    administration=[
        MenuLink(label="Comptes et rôles", url="#comptes", current=False),
        MenuLink(label="Cotations", url="#cotations", current=False),
    ],
    search="/style-guide/",
)
STATES = [
    ("created", "créée"),
    ("moved", "transféré"),
    ("transformed", "transformé"),
    ("closed", "supprimée"),
    ("planned", "prévue"),
    ("unchanged", "inchangée"),
]
STEPS = [
    ("Projet", "done", ""),
    ("Soumis", "done", "le 13 septembre 2021"),
    ("Avis rendu", "current", "le 4 octobre 2021"),
    ("Décidé", "next", ""),
    ("En vigueur", "next", ""),
]
EVENTS = [
    {"date": "mars 2020", "note": "organigramme non connu", "state": "unknown", "url": ""},
    {"date": "6 juillet 2020", "note": "cellule éditoriale", "state": "version", "url": "#versions"},
    {"date": "1er janvier 2022", "note": "en vigueur", "state": "current", "url": "#versions"},
    {"date": "1er mars 2027", "note": "prévue", "state": "planned", "url": "#versions"},
]
PROBLEMS = [
    {
        "level": "blocking",
        "title": "Situation d’un agent à préciser",
        "words": "Le titulaire du poste transféré n’a pas de situation.",
        "url": "#problemes",
    },
    {
        "level": "warning",
        "title": "Effectif annoncé",
        "words": "9 + 6 + 1 = 16, le rapport en compte 17\u00a0: un poste n’est pas expliqué.",
        "url": "",
    },
    {"level": "fine", "title": "Totaux rapprochés", "words": "4 + 6 + 7 = 17", "url": ""},
]
POSTS = [
    ("Directrice", "Cellule de direction", "A 1.3", "1"),
    ("Conseillères techniques", "Cellule de direction", "A 2.2", "2"),
    ("Cadre administratif et financier", "Cellule de direction", "A 3", "1"),
    ("Responsable de secteur", "Secteur Information sur les métiers et les formations", "A 2.2", "1"),
]
TOTALS = [
    ("A 1.3", "1", "1", "0"),
    ("A 2.2", "2", "4", "+2"),
    ("A 3", "11", "10", "−1"),
    ("A 4", "2", "2", "0"),
]


@login_not_required
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    if not settings.DEBUG:
        raise Http404
    if "message" in request.GET:
        messages.success(request, "Ajustement ajouté. Enregistré à 14 h 32.")
        messages.error(request, "Le poste a déjà été transféré par une autre personne.")
    return render(
        request,
        "style_guide.html",
        {
            "site_menu": MENU,
            "crumbs": [("Région Hauts-de-France", "#"), ("Pôle Éducation Lycées", "#")],
            "facts": ["17 postes", "3 unités", "1 poste vacant", "pilotée par la directrice"],
            "views": [("Dessin", "#", True), ("Liste", "#", False), ("Tableau", "#", False)],
            "tabs": [("Ce qui change", "#", True), ("Organisation", "#", False), ("Rapport", "#", False)],
            "states": STATES,
            "steps": STEPS,
            "events": EVENTS,
            "problems": PROBLEMS,
            "posts": POSTS,
            "totals": TOTALS,
            "sort": "title",
            "page": Paginator(range(120), 25).page(2),
            "filters": FilterForm(auto_id="filter_%s"),
            "form": PostForm(initial={"title": "Chargé de mission", "occupation": "unknown"}),
            "faulty": PostForm({"title": "", "grade": "a3", "hours": "-4", "since": "demain"}, auto_id="faulty_%s"),
        },
    )
