"""The docket: what happened in a case, entry by entry. Nothing is erased; a counter-entry takes one back."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.intake.models import Case


class DocketEntry(models.Model):
    """One line of the progress log."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="docket")
    kind = models.CharField(max_length=40, help_text=_("进展类型，见 docket/data/kinds.tsv"))
    happened_on = models.DateField()
    happened_at = models.TimeField(null=True, blank=True)
    place = models.CharField(max_length=60, blank=True)
    note = models.TextField(blank=True)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    capacity = models.CharField(max_length=200)
    entered_at = models.DateTimeField()
    undoes = models.OneToOneField("self", null=True, blank=True, on_delete=models.PROTECT, related_name="undone_by")

    class Meta:
        indexes = [models.Index(fields=["case", "-happened_on", "-id"], name="docket_of_case")]

    def __str__(self) -> str:
        return f"{self.case} {self.kind} {self.happened_on}"
