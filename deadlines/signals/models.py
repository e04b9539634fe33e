"""Signals of hidden overdue (隐性超审限): what a detector found in a ledger, the question to the judge, the answer."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from cases.intake.models import Case
from deadlines.clocks.models import Clock


class SignalQuerySet(QuerySet["Signal"]):
    """Signals by reader."""

    def visible_to(self, user: Any) -> SignalQuerySet:
        """Signals of the cases within the person's posts."""
        return self.filter(case__in=Case.objects.visible_to(user))

    def unsettled(self) -> SignalQuerySet:
        """Signals that still want an answer or a look at it."""
        return self.exclude(state=SignalState.SETTLED)


class SignalState(models.TextChoices):
    """Where the question stands."""

    ASKED = "asked", _("待说明")
    REFERRED = "referred", _("逾期未说明")
    ANSWERED = "answered", _("已说明")
    SETTLED = "settled", _("已了结")


class Signal(models.Model):
    """One finding on one clock. It accuses nobody: it asks, and keeps the answer."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="signals")
    clock = models.ForeignKey(Clock, on_delete=models.PROTECT, related_name="signals")
    detector = models.CharField(max_length=40, help_text=_("检查规则编号"))
    subject = models.CharField(max_length=80, help_text=_("所指的事由或者期间，同一所指只问一次"))
    evidence = models.JSONField(default=list, help_text=_("发现时的依据，逐项列出"))
    found_on = models.DateField()
    judge = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="signals_asked",
        help_text=_("被问的承办法官"),
    )  # fmt: skip
    state = models.CharField(max_length=10, choices=SignalState.choices, default=SignalState.ASKED)
    due_on = models.DateField(help_text=_("说明的最后一日"))
    referred_on = models.DateField(null=True, blank=True, help_text=_("转审管办和庭长之日"))
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_on = models.DateField(null=True, blank=True)
    review = models.TextField(blank=True, help_text=_("审阅意见"))
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reviewed_on = models.DateField(null=True, blank=True)

    objects = SignalQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["clock", "detector", "subject"], name="signal_once"),
            models.CheckConstraint(
                name="signal_answered_coherent",
                condition=~Q(state="answered") | (Q(answered_on__isnull=False) & ~Q(answer="")),
                violation_error_message=_("已说明的须有说明和日期"),
            ),
        ]
        indexes = [
            models.Index(fields=["due_on", "id"], condition=Q(state="asked"), name="signal_owed"),
            models.Index(fields=["state", "-id"], name="signal_of_state"),
            models.Index(fields=["detector", "state"], name="signal_of_detector"),
        ]

    def __str__(self) -> str:
        return f"{self.detector} {self.subject}"
