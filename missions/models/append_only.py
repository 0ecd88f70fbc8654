"""Rows that are added and never changed: versions, corrections, documents.

Python refuses here; on PostgreSQL the application's role is not even granted UPDATE and DELETE
(docs/postgresql-roles.md).
"""

from typing import Any, NoReturn

from django.db import models


class NeverRewritten(Exception):
    def __init__(self, what: str) -> None:
        super().__init__(f"Ce qui est scellé ne se modifie pas et ne se supprime pas ({what}).")


class AppendOnlyQuerySet[T: models.Model](models.QuerySet[T]):
    def update(self, **kwargs: Any) -> NoReturn:
        raise NeverRewritten(str(self.model._meta.verbose_name))

    def delete(self) -> NoReturn:
        raise NeverRewritten(str(self.model._meta.verbose_name))

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise NeverRewritten(str(self.model._meta.verbose_name))


class AppendOnly(models.Model):
    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Raises NeverRewritten when the row exists already."""
        if not self._state.adding:
            raise NeverRewritten(str(self._meta.verbose_name))
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise NeverRewritten(str(self._meta.verbose_name))
