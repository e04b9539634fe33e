"""The court's own targets: lengths that the court sets for itself where the law leaves room."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courtcms.approvals.models import ApprovalRequest
from deadlines.rulebook.rules import Amount


class TargetState(models.TextChoices):
    """Where a proposed target stands."""

    ASKED = "asked", _("审批中")
    IN_FORCE = "in_force", _("已批准")
    DROPPED = "dropped", _("未获批准")


class TargetVersion(models.Model):
    """One version of a court target. It holds for cases filed on or after `effective_from`, until the next one."""

    limit_id = models.CharField(max_length=60, help_text=_("规则编号"))
    amount = models.PositiveSmallIntegerField()
    unit = models.CharField(max_length=12)
    effective_from = models.DateField(help_text=_("适用于该日及以后立案的案件"))
    reason = models.TextField()
    state = models.CharField(max_length=10, choices=TargetState.choices, default=TargetState.ASKED)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_on = models.DateField()
    approval = models.OneToOneField(
        ApprovalRequest, null=True, blank=True, on_delete=models.PROTECT, related_name="target_version"
    )
    approved_by = models.CharField(max_length=200, blank=True)
    approved_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["limit_id", "-effective_from"]
        constraints = [
            models.CheckConstraint(name="target_positive", condition=Q(amount__gt=0)),
            models.UniqueConstraint(
                fields=["limit_id", "effective_from"], condition=Q(state="in_force"), name="target_one_a_day"
            ),
            models.UniqueConstraint(fields=["limit_id"], condition=Q(state="asked"), name="target_one_asked"),
            models.CheckConstraint(
                name="target_approved_coherent",
                condition=Q(state="in_force", approved_on__isnull=False)
                | (~Q(state="in_force") & Q(approved_on__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.limit_id} {self.amount} {self.unit} {self.effective_from}"

    @property
    def length(self) -> Amount:
        """The length as the calculator takes it."""
        return Amount(self.amount, self.unit)
