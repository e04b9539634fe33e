"""Alerts that clocks raised, and the heartbeat of the scan that raises them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.intake.models import Case
from deadlines.clocks.models import Clock


class ScanRun(models.Model):
    """One run of the scan: proof that the court's clock is running."""

    as_of = models.DateField(help_text=_("扫描所依的日期"))
    covers_from = models.DateField(help_text=_("补扫的第一日；平时与扫描日相同"))
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    seen = models.PositiveIntegerField(default=0, help_text=_("检查的期限数"))
    raised = models.JSONField(default=dict, help_text=_("各级提醒数"))
    raised_total = models.PositiveIntegerField(default=0)
    already = models.PositiveIntegerField(default=0, help_text=_("此前已经提醒过的条数"))
    resumed = models.PositiveIntegerField(default=0, help_text=_("到期恢复计算的期限数"))
    failed = models.PositiveIntegerField(default=0, help_text=_("未能重新推算的期限数"))
    failures = models.JSONField(default=list)
    trigger = models.CharField(max_length=12, help_text=_("daily 每日，catch_up 补扫，command 命令"))

    class Meta:
        indexes = [models.Index(fields=["-as_of", "-id"], name="scan_latest")]

    def __str__(self) -> str:
        return f"{self.as_of}"


class Alert(models.Model):
    """A threshold that a clock reached; once for each clock, threshold and due date."""

    clock = models.ForeignKey(Clock, on_delete=models.PROTECT, related_name="alerts")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="alerts", db_index=False)
    threshold = models.CharField(max_length=40, help_text=_("阈值规则编号"))
    level = models.CharField(max_length=10)
    due_on = models.DateField(help_text=_("提醒所依的届满日；停止计算的为停止之日"))
    occurrence = models.PositiveSmallIntegerField(default=1, help_text=_("重复提醒的第几次"))
    raised_on = models.DateField()
    days_left = models.IntegerField(null=True, blank=True)
    run = models.ForeignKey(ScanRun, on_delete=models.PROTECT, related_name="alerts")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["clock", "threshold", "due_on", "occurrence"], name="alert_once"),
        ]
        indexes = [
            models.Index(fields=["run", "level"], name="alert_of_run"),
            models.Index(fields=["case", "-id"], name="alert_of_case"),
            models.Index(fields=["clock", "-id"], condition=Q(level="overdue"), name="alert_overdue"),
        ]

    def __str__(self) -> str:
        return f"{self.threshold} {self.due_on}"


class ClockTally(models.Model):
    """How many clocks are live, as changes of that number; their sum is the number.

    Triggers on the clocks write one row a statement, so that nobody waits for anybody; each scan folds them into one.
    To count three million rows anew would take seconds, most of all right after a scan has moved many of them.
    """

    live = models.IntegerField(help_text=_("在计算和停止计算的期限数的增减"))

    def __str__(self) -> str:
        return f"{self.live:+d}"


class MissedRun(models.Model):
    """A day whose scan did not come in time, told to trial management and the administrator once."""

    day = models.DateField(unique=True, help_text=_("没有按时扫描之日"))
    noticed_at = models.DateTimeField()
    made_up_at = models.DateTimeField(null=True, blank=True, help_text=_("补扫完成的时刻"))

    def __str__(self) -> str:
        return str(self.day)
