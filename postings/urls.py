from django.urls import path

from .views.listing import postings
from .views.posting import posting

app_name = "postings"

urlpatterns = [
    path("bourses/", postings, name="list"),
    path("bourses/<slug:code>/", posting, name="posting"),
]
