"""Every address: sign-in and accounts here and in accounts/, the rest in the rooms."""

from django.contrib import admin
from django.urls import include, path

from . import pages, style_guide

urlpatterns = [
    path("compte/", include("accounts.sign_in_urls")),
    path("", include("accounts.urls")),
    path("", include("missions.urls")),
    path("", include("reorganisations.urls")),
    path("", include("postings.urls")),
    path("accessibilite/", pages.accessibility, name="accessibility"),
    path("style-guide/", style_guide.show, name="style_guide"),
    path("administration/", admin.site.urls),
]
