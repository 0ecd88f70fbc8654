"""Every address: sign-in and accounts here and in accounts/, the rest in the rooms."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("compte/", include("accounts.sign_in_urls")),
    path("", include("accounts.urls")),
    path("", include("missions.urls")),
    path("", include("reorganisations.urls")),
    path("administration/", admin.site.urls),
]
