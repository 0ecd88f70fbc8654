"""« Mon compte »: who I am here, and my password."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ..models import Role
from ..requests import SignedInRequest


@require_safe
def me(request: SignedInRequest) -> HttpResponse:
    held = [role.label for role in Role if request.user.has_role(role)]
    return render(request, "accounts/me.html", {"roles": held})
