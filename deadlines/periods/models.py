"""The day on which a judgment took effect, as computed from the events of the case."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.intake.models import Case


class EffectWhy(models.TextChoices):
    """Why a judgment is final."""

    APPEAL_EXPIRED = "appeal_expired", _("上诉期届满，无人上诉、抗诉")
    SECOND_INSTANCE = "second_instance", _("终审裁判已送达或者宣告")


class EffectDate(models.Model):
    """One computed effect date of a case. Withdrawn when an appeal or protest made in time comes to light."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="effect_dates")
    effective_on = models.DateField()
    why = models.CharField(max_length=20, choices=EffectWhy.choices)
    computed_on = models.DateField()
    withdrawn_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(withdrawn_on__isnull=True), name="effect_one_a_case")
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.effective_on}"
