"""« Comptes et rôles »: HR opens accounts, grants and withdraws roles."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from .. import actions
from ..forms import NewUserForm, RolesForm, refuse
from ..models import Role, User
from ..permissions import check_can_manage_accounts
from ..queries import accounts_listed
from ..requests import SignedInRequest


@require_safe
def users(request: SignedInRequest) -> HttpResponse:
    check_can_manage_accounts(request.user)
    rows = [
        {"account": account, "roles": [role.label for role in Role if role in account.roles]}
        for account in accounts_listed()
    ]
    return render(request, "accounts/users.html", {"rows": rows})


@require_http_methods(["GET", "POST"])
def create_user(request: SignedInRequest) -> HttpResponse:
    check_can_manage_accounts(request.user)
    form = NewUserForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            user = actions.create_user(**form.cleaned_data, by=request.user)
        except actions.EmailTaken as fact:
            refuse(form, fact)
        else:
            messages.success(request, f"Le compte de {user} est ouvert.")
            return redirect("accounts:users")
    return render(request, "accounts/user_new.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def show_user(request: SignedInRequest, uid: str) -> HttpResponse:
    check_can_manage_accounts(request.user)
    account = get_object_or_404(User, uid=uid)
    form = RolesForm(request.POST if request.method == "POST" else None, initial={"roles": list(account.roles)})
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_roles(user=account, roles=form.cleaned_data["roles"], by=request.user)
        except actions.LastHR as fact:
            refuse(form, fact)
        else:
            messages.success(request, f"Les rôles de {account} sont enregistrés.")
            return redirect("accounts:users")
    return _account_page(request, account, form)


@require_POST
def set_active(request: SignedInRequest, uid: str) -> HttpResponse:
    """Closes the door to an account, or opens it again."""
    check_can_manage_accounts(request.user)
    account = get_object_or_404(User, uid=uid)
    try:
        if account.is_active:
            actions.deactivate_user(user=account, by=request.user)
            messages.success(request, f"Le compte de {account} est désactivé.")
        else:
            actions.activate_user(user=account, by=request.user)
            messages.success(request, f"Le compte de {account} est réactivé.")
    except actions.LastHR as fact:
        form = RolesForm({"roles": list(account.roles)})
        refuse(form, fact)
        return _account_page(request, account, form)
    return redirect("accounts:users")


def _account_page(request: SignedInRequest, account: User, form: RolesForm) -> HttpResponse:
    return render(
        request,
        "accounts/user.html",
        {"account": account, "form": form},
        status=422 if form.errors else 200,
    )
