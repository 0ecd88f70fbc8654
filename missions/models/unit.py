"""Units in force, as a tree. What a unit is made of is the structure's `Unit`, column for field."""

from django.db import models
from django.urls import reverse
from mptt.managers import TreeManager
from mptt.models import MPTTModel, TreeForeignKey
from mptt.querysets import TreeQuerySet
from simple_history.models import HistoricalRecords

from accounts.models.user import new_uid


class UnitQuerySet(TreeQuerySet):  # type: ignore[misc]  # published without types
    def in_force(self) -> "UnitQuerySet":
        found: UnitQuerySet = self.filter(gone_on__isnull=True)
        return found

    def gone(self) -> "UnitQuerySet":
        found: UnitQuerySet = self.filter(gone_on__isnull=False)
        return found

    def below(self, unit: "Unit") -> "UnitQuerySet":
        """The unit itself and all that hangs from it."""
        found: UnitQuerySet = self.in_force().filter(tree_id=unit.tree_id, lft__gte=unit.lft, rght__lte=unit.rght)
        return found

    def above(self, unit: "Unit") -> "UnitQuerySet":
        """From the root down to the unit itself."""
        found: UnitQuerySet = self.in_force().filter(tree_id=unit.tree_id, lft__lte=unit.lft, rght__gte=unit.rght)
        return found


class Unit(MPTTModel):  # type: ignore[misc]  # published without types
    """A node of the chart. A closed unit stays as a row (`gone_on`), out of the tree, for what still points to it.

    The numbers of the tree (`lft`, `rght`, `tree_id`, `level`) follow the parents and positions: `write_structure`
    alone sets them. There is no `order_insertion_by`: a spelling correction would move nodes.
    """

    uid = models.CharField("identifiant", max_length=64, unique=True, default=new_uid)
    parent = TreeForeignKey(
        "self", verbose_name="rattachée à", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    kind = models.ForeignKey(
        "missions.UnitKind", verbose_name="type", to_field="code", on_delete=models.PROTECT, related_name="+"
    )
    label = models.CharField("libellé", max_length=200)
    acronym = models.CharField("sigle", max_length=40, blank=True)
    aliases = models.JSONField("autres appellations", default=list, blank=True)
    sites = models.JSONField("sites", default=list, blank=True)
    purposes = models.JSONField("missions de l’unité", default=list, blank=True)
    position = models.PositiveIntegerField("rang", default=0)
    lead = models.ForeignKey(
        "missions.Post",
        verbose_name="dirigée par",
        to_field="uid",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    links = models.JSONField("liens fonctionnels", default=list, blank=True)
    origins = models.JSONField("issue de", default=list, blank=True)
    partial = models.BooleanField("connue en partie", default=False)
    provisional = models.BooleanField("libellé provisoire", default=False)
    deduced = models.JSONField("déduit", default=list, blank=True)
    gone_on = models.DateField("fermée le", null=True, blank=True)

    history = HistoricalRecords(
        excluded_fields=["lft", "rght", "tree_id", "level"], history_change_reason_field=models.TextField(null=True)
    )
    objects = TreeManager.from_queryset(UnitQuerySet)()

    class Meta:
        verbose_name = "unité"
        verbose_name_plural = "unités"
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(label=""),
                name="unit_has_a_label",
                violation_error_message="Une unité a un libellé.",
            ),
            models.CheckConstraint(
                condition=models.Q(gone_on__isnull=True) | models.Q(parent__isnull=True),
                name="gone_unit_out_of_the_tree",
                violation_error_message="Une unité fermée n’est plus rattachée.",
            ),
            models.CheckConstraint(
                condition=models.Q(parent__isnull=True) | ~models.Q(parent=models.F("id")),
                name="unit_not_its_own_parent",
                violation_error_message="Une unité ne peut pas être rattachée à elle-même.",
            ),
            models.CheckConstraint(
                condition=models.Q(lft__lt=models.F("rght")),
                name="unit_tree_numbers_ordered",
                violation_error_message="L’arbre des unités est incohérent.",
            ),
        ]

    def __str__(self) -> str:
        return self.label

    def get_absolute_url(self) -> str:
        return reverse("missions:unit", args=[self.uid])
