"""The person who signs in: an e-mail address, a name, roles."""

import secrets
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from .role import Role


def new_uid() -> str:
    """An opaque identifier for addresses and the trail, never a database key."""
    return secrets.token_hex(8)


class UserAccounts(BaseUserManager["User"]):
    """Creates users the way Django's own commands expect; pages go through `accounts.actions`."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=(username or "").lower())


class User(AbstractBaseUser, PermissionsMixin):
    """Signs in with `email`. Being a user says nothing about being an agent: missions links the two."""

    uid = models.CharField("identifiant", max_length=32, unique=True, default=new_uid, editable=False)
    email = models.EmailField(
        "adresse électronique", unique=True, error_messages={"unique": "Un compte a déjà cette adresse."}
    )
    name = models.CharField("nom complet", max_length=150)
    is_active = models.BooleanField(
        "compte actif", default=True, help_text="Un compte désactivé ne peut plus se connecter."
    )
    is_staff = models.BooleanField("administration technique", default=False)
    date_joined = models.DateTimeField("créé le", default=timezone.now, editable=False)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects = UserAccounts()

    class Meta:
        verbose_name = "compte"
        verbose_name_plural = "comptes"
        ordering = ["name", "email"]
        # Two spellings of one address are one address.
        constraints = [models.CheckConstraint(condition=models.Q(email=Lower("email")), name="email_in_lower_case")]

    def __str__(self) -> str:
        return self.name or self.email

    def get_absolute_url(self) -> str:
        return reverse("accounts:user", args=[self.uid])

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name.split()[0] if self.name else self.email

    @property
    def initials(self) -> str:
        """Two letters at most, for the avatar: « Claire Vasseur-Petit » gives CV."""
        words = self.name.split() or [self.email]
        letters = words[0][0] if len(words) == 1 else words[0][0] + words[-1][0]
        return letters.upper()

    @cached_property
    def roles(self) -> frozenset[Role]:
        """The roles held, read once for each user object, that is once a request."""
        return frozenset(Role(grant.role) for grant in self.role_grants.all())

    def has_role(self, *roles: Role) -> bool:
        """True when the user holds one of `roles` at least. A deactivated account holds none."""
        return self.is_active and not self.roles.isdisjoint(roles)
