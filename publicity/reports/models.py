"""Reports that a published page shows too much: from visitors, or found by the court's own checks."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from publicity.judgments.models import Publication
from publicity.portal.models import InboxKind
from publicity.reports.querysets import ReportQuerySet

USER = settings.AUTH_USER_MODEL


class Source(models.TextChoices):
    """Who noticed it."""

    VISITOR = "visitor", _("公众反映")
    RECHECK = "recheck", _("复查发现")
    SURFACE = "surface", _("公开面核对")


class Outcome(models.TextChoices):
    """What came of it."""

    UNFOUNDED = "unfounded", _("不成立，维持公布")
    CORRECTED = "corrected", _("成立，撤回修正后重新公布")
    WITHDRAWN = "withdrawn", _("成立，撤回")
    NOT_OURS = "not_ours", _("不属于裁判文书公开，已转有关部门")


class Report(models.Model):
    """One report with its 24 hours and its answer. Private: nothing of it is ever shown to the public."""

    receipt = models.CharField(max_length=20, unique=True, help_text=_("回执编号"))
    source = models.CharField(max_length=8, choices=Source.choices, default=Source.VISITOR)
    public_id = models.CharField(max_length=20)
    publication = models.ForeignKey(
        Publication, null=True, blank=True, on_delete=models.PROTECT, related_name="reports", help_text=_("所指的文书")
    )
    kind = models.CharField(max_length=10, choices=InboxKind.choices)
    passage = models.CharField(max_length=1000)
    contact = models.CharField(max_length=100, blank=True)
    received_at = models.DateTimeField()
    due_at = models.DateTimeField(help_text=_("24 小时内答复"))
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    answer = models.TextField(blank=True, help_text=_("处理经过与答复"))
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    reminded_at = models.DateTimeField(null=True, blank=True, help_text=_("超过 24 小时的提醒"))

    objects = ReportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="report_answer_whole",
                condition=Q(outcome="", answered_at__isnull=True)
                | (~Q(outcome="") & ~Q(answer="") & Q(answered_at__isnull=False, answered_by__isnull=False)),
                violation_error_message=_("答复须有结论、说明、答复人和时间"),
            )
        ]
        indexes = [models.Index(fields=["answered_at", "due_at", "id"], name="report_open_due")]

    def __str__(self) -> str:
        return self.receipt

    @property
    def is_open(self) -> bool:
        return self.answered_at is None
