"""The request as views see it: LoginRequiredMiddleware lets nobody else through."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from .models import User


class SignedInRequest(HttpRequest):
    """For annotations only: `request.user` is one of ours."""

    user: User
    htmx: HtmxDetails
