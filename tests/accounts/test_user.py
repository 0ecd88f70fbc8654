"""A user signs in by address, has initials, and knows its roles in one query."""

import pytest
from django.db import IntegrityError, transaction

from accounts.models import Role, RoleGrant, User
from tests.factories import UserFactory


@pytest.mark.parametrize(
    ("name", "initials"),
    [("Claire Vasseur-Petit", "CV"), ("Anne Le Goff", "AG"), ("Zoé", "Z"), ("", "Q")],
)
def test_initials(name, initials):
    assert User(name=name, email="quelquun@exemple.fr").initials == initials


def test_roles_are_read_once(db, django_assert_num_queries):
    user = UserFactory.create(roles=[Role.HR, Role.AGENT])
    with django_assert_num_queries(1):
        assert user.has_role(Role.HR)
        assert user.has_role(Role.MANAGER, Role.AGENT)
        assert not user.has_role(Role.COMMITTEE)
        assert user.roles == {Role.HR, Role.AGENT}


def test_a_deactivated_account_holds_no_role(db):
    assert not UserFactory.create(roles=[Role.HR], is_active=False).has_role(Role.HR)


def test_one_account_per_address_whatever_the_case(db):
    User.objects.create_user("Une.Adresse@Exemple.FR", name="Une")
    assert User.objects.get_by_natural_key("UNE.adresse@exemple.fr").name == "Une"
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create_user("une.adresse@exemple.fr", name="Autre")
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create(email="MAJUSCULES@exemple.fr", name="Autre")


def test_a_role_is_held_once_and_is_a_known_one(hr):
    with pytest.raises(IntegrityError), transaction.atomic():
        RoleGrant.objects.create(user=hr, role=Role.HR)
    with pytest.raises(IntegrityError), transaction.atomic():
        RoleGrant.objects.create(user=hr, role="roi")


def test_the_first_account_is_made_from_the_command_line(db):
    user = User.objects.create_superuser("technique@exemple.fr", "x", name="Équipe technique")
    assert user.is_staff
    assert user.is_superuser
    assert str(user) == user.get_full_name() == "Équipe technique"
    assert user.get_short_name() == "Équipe"
    assert str(User(email="a@exemple.fr")) == User(email="a@exemple.fr").get_short_name() == "a@exemple.fr"
