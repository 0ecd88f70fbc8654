"""What a kept file belongs to, as it is written: a model's label and the thing's identifier."""

from django.db import models


def owner_key(owner: models.Model) -> tuple[str, str]:
    uid = getattr(owner, "uid", None) or owner.pk
    return owner._meta.label_lower, str(uid)
