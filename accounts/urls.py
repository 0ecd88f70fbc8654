from django.urls import path

from . import views

app_name = "accounts"
urlpatterns = [
    path("accueil/", views.landing, name="landing"),
    path("mon-compte/", views.me, name="me"),
    path("comptes/", views.users, name="users"),
    path("comptes/nouveau/", views.create_user, name="create_user"),
    path("comptes/<str:uid>/", views.show_user, name="user"),
    path("comptes/<str:uid>/acces/", views.set_active, name="set_active"),
    path("journal/", views.show_trail, name="trail"),
]
