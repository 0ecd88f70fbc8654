"""Addresses of posts, assignments, agents, reference data, search and the opening state."""

from django.urls import path

from .views import agents, assignments, opening, post, posts, reference, search, settings

urlpatterns = [
    path("postes/", posts.list_posts, name="posts"),
    path("postes.<str:kind>", posts.export_posts, name="posts_export"),
    path("postes/<str:uid>/", post.show_post, name="post"),
    path("postes/<str:uid>/corriger/", post.correct_post, name="correct_post"),
    path("postes/<str:uid>/affecter/", assignments.assign, name="assign"),
    path("postes/<str:uid>/vacance/", assignments.vacancy, name="vacancy"),
    path("affectations/<str:uid>/", assignments.change, name="assignment"),
    path("affectations/<str:uid>/fin/", assignments.end, name="end_assignment"),
    path("affectations/<str:uid>/annuler/", assignments.cancel, name="cancel_assignment"),
    path("agents/", agents.list_agents, name="agents"),
    path("agents/nouveau/", agents.create_agent, name="create_agent"),
    path("agents/<str:uid>/", agents.show_agent, name="agent"),
    path("agents/<str:uid>/modifier/", agents.edit_agent, name="edit_agent"),
    path("etat-initial/", opening.show_opening, name="opening"),
    path("etat-initial/unites/<str:uid>/retirer/", opening.remove_unit, name="opening_remove_unit"),
    path("etat-initial/effacer/", opening.discard, name="opening_discard"),
    path("etat-initial/importer/", opening.import_table, name="opening_import"),
    path("etat-initial/modele.csv", opening.model_table, name="opening_model"),
    path("etat-initial/sceller/", opening.seal, name="opening_seal"),
    path("employeur/", settings.edit_employer, name="employer"),
    path("perimetres/", settings.list_perimeters, name="perimeters"),
    path("perimetres/<str:uid>/", settings.edit_perimeter, name="perimeter"),
    path("recherche/", search.search, name="search"),
]
for _what, _words in (
    ("kinds", "types-d-unite"),
    ("grades", "cotations"),
    ("titles", "intitules"),
    ("sites", "sites"),
):
    urlpatterns += [
        path(f"reference/{_words}/", reference.list_reference, {"what": _what}, name=_what),
        path(f"reference/{_words}/ajouter/", reference.add_reference, {"what": _what}, name=f"add_{_what}"),
        path(f"reference/{_words}/<int:key>/", reference.edit_reference, {"what": _what}, name=f"edit_{_what}"),
        path(
            f"reference/{_words}/<int:key>/supprimer/",
            reference.delete_reference,
            {"what": _what},
            name=f"delete_{_what}",
        ),
    ]
