"""Objects with sensible defaults. Each room adds its own; states reached by actions are reached by actions."""

from typing import Any

import factory

from accounts.models import Role, RoleGrant, User

PASSWORD = "correct-horse-battery"


class UserFactory(factory.django.DjangoModelFactory[User]):
    """`UserFactory(roles=[Role.HR])`; the password of everybody is `PASSWORD`."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    name = factory.Sequence(lambda n: f"Personne {n}")
    email = factory.Sequence(lambda n: f"personne{n}@exemple.fr")
    password = factory.django.Password(PASSWORD)

    @factory.post_generation
    def roles(self: User, create: bool, extracted: list[Role] | None, **kwargs: Any) -> None:
        if create:
            RoleGrant.objects.bulk_create(RoleGrant(user=self, role=role) for role in extracted or [])
