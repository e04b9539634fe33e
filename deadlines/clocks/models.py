"""Clocks of cases, and the ledger of what lengthens, stops or restarts them."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from cases.intake.models import Case
from deadlines.clocks.querysets import ClockQuerySet
from deadlines.rulebook.models import TargetVersion


class ClockStatus(models.TextChoices):
    """What a clock does now."""

    RUNNING = "running", _("计算中")
    PAUSED = "paused", _("停止计算")
    STOPPED = "stopped", _("已终止")
    CONVERTED = "converted", _("已转换")


class ClockRole(models.TextChoices):
    """What a clock is for on the case page."""

    TRIAL = "trial", _("审限")
    PUBLICATION = "publication", _("文书公开")
    SERVICE = "service", _("送达与答辩")
    PRESERVATION = "preservation", _("保全")
    APPRAISAL = "appraisal", _("鉴定")
    OTHER = "other", _("其他期限")


class Clock(models.Model):
    """One limit of one case. The dates are computed from the start and the ledger and are never typed over."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="clocks")
    limit_id = models.CharField(max_length=60, help_text=_("规则编号"))
    pack_version = models.CharField(max_length=20, help_text=_("推算时规则的版本"))
    group = models.CharField(max_length=20, help_text=_("规则类别：limit、service、publication 等"))
    category = models.CharField(max_length=20, blank=True, help_text=_("规则所属案件大类"))
    role = models.CharField(max_length=20, choices=ClockRole.choices)
    subject = models.CharField(
        max_length=60, blank=True, help_text=_("一案可有几个的事项，如 measure:12；空为案件本身")
    )
    target = models.ForeignKey(
        TargetVersion, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        help_text=_("起算时适用的本院目标期限；此后不再更换"),
    )  # fmt: skip
    ordered_amount = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text=_("裁判文书所定的较短期限；空为规则所定的期限")
    )
    ordered_unit = models.CharField(max_length=12, blank=True)
    started_on = models.DateField(help_text=_("起算事由发生之日，当日不计"))
    started_at = models.DateTimeField(null=True, blank=True, help_text=_("按小时计算的期间的起算时刻"))
    start_event = models.CharField(max_length=60, help_text=_("起算事由"))
    filed_on = models.DateField(help_text=_("决定适用新旧规定的日期"))
    status = models.CharField(max_length=10, choices=ClockStatus.choices, default=ClockStatus.RUNNING)
    in_custody = models.BooleanField(default=False, help_text=_("有人在押，末日不顺延"))
    due_on = models.DateField(null=True, blank=True, help_text=_("法定届满日；停止计算而未定恢复时为空"))
    due_at = models.DateTimeField(null=True, blank=True, help_text=_("按小时计算的期间的届满时刻"))
    unrolled_on = models.DateField(null=True, blank=True, help_text=_("未顺延的届满日"))
    internal_due_on = models.DateField(null=True, blank=True, help_text=_("内部期限"))
    request_by = models.DateField(null=True, blank=True, help_text=_("申请延长的最后一日"))
    decide_by = models.DateField(null=True, blank=True, help_text=_("决定延长的最后一日"))
    provisional = models.BooleanField(default=False, help_text=_("依赖尚未公布的放假安排"))
    counted_days = models.PositiveIntegerField(null=True, blank=True, help_text=_("期限的总天数，不含扣除"))
    remaining_days = models.IntegerField(null=True, blank=True, help_text=_("停止计算时的余日"))
    paused_from = models.DateField(null=True, blank=True)
    resumes_on = models.DateField(null=True, blank=True, help_text=_("已知的恢复计算之日"))
    near_on = models.DateField(null=True, blank=True, help_text=_("自该日起为临近"))
    urgent_on = models.DateField(null=True, blank=True, help_text=_("自该日起为紧迫"))
    next_threshold_on = models.DateField(null=True, blank=True, help_text=_("下一次可能触发提醒的日期"))
    stopped_on = models.DateField(null=True, blank=True)
    stop_reason = models.CharField(max_length=200, blank=True)
    derivation = models.JSONField(default=list, help_text=_("推算步骤"))
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ClockQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "limit_id", "subject"],
                condition=Q(status__in=["running", "paused"]),
                name="clock_one_running",
                violation_error_message=_("同一案件的同一期限只能有一个在计算"),
            ),
            models.CheckConstraint(
                name="clock_stopped_coherent",
                condition=Q(status__in=["stopped", "converted"], stopped_on__isnull=False)
                | Q(status__in=["running", "paused"], stopped_on__isnull=True),
                violation_error_message=_("已终止的期限须有终止日，在计算的期限不得有终止日"),
            ),
        ]
        indexes = [
            models.Index(
                fields=["subject"], condition=Q(status__in=["running", "paused"]) & ~Q(subject=""), name="clock_subject"
            ),
            models.Index(fields=["next_threshold_on"], condition=Q(status="running"), name="clock_next_threshold"),
            models.Index(
                fields=["role", "due_on", "id"], condition=Q(status__in=["running", "paused"]), name="clock_by_role_due"
            ),
            models.Index(fields=["paused_from"], condition=Q(status="paused"), name="clock_paused"),
            models.Index(
                fields=["case"],
                include=["due_on", "urgent_on", "near_on", "status"],
                condition=Q(status__in=["running", "paused"], role="trial"),
                name="clock_trial_of_case",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.limit_id}"


class _DateRange(Func):
    function = "daterange"
    output_field = DateRangeField()


class ClockInterval(models.Model):
    """Time that does not count, half open; one row a ground. A wrong row is voided with a reason, never erased."""

    clock = models.ForeignKey(Clock, on_delete=models.PROTECT, related_name="intervals")
    ground = models.CharField(max_length=60, help_text=_("扣除或者中止事由的规则编号"))
    starts_on = models.DateField(help_text=_("停止计算之日"))
    ends_on = models.DateField(null=True, blank=True, help_text=_("恢复计算之日，当日计入"))
    document = models.CharField(max_length=200, help_text=_("据以停止计算的文书或者材料"))
    end_document = models.CharField(max_length=200, blank=True, help_text=_("据以恢复计算的文书或者材料"))
    approved_by = models.CharField(max_length=100, blank=True, help_text=_("核准人"))
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    voided_on = models.DateField(null=True, blank=True)
    void_reason = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["starts_on", "id"]
        constraints = [
            models.CheckConstraint(
                name="interval_forward",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gt=F("starts_on")),
                violation_error_message=_("恢复计算之日须晚于停止计算之日"),
            ),
            ExclusionConstraint(
                name="interval_no_overlap",
                expressions=[
                    ("clock", RangeOperators.EQUAL),
                    ("ground", RangeOperators.EQUAL),
                    (
                        _DateRange("starts_on", "ends_on", RangeBoundary(inclusive_lower=True, inclusive_upper=False)),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(voided_on__isnull=True),
                violation_error_message=_("同一事由的期间不得重叠"),
            ),
        ]
        indexes = [
            models.Index(
                fields=["starts_on"], condition=Q(ends_on__isnull=True, voided_on__isnull=True), name="interval_open"
            )
        ]

    def __str__(self) -> str:
        return f"{self.ground} {self.starts_on}..{self.ends_on or ''}"


class ExtensionStatus(models.TextChoices):
    """Where a request for extension stands."""

    ASKED = "asked", _("已申请")
    APPROVED = "approved", _("已批准")
    REFUSED = "refused", _("不批准")


class ClockExtension(models.Model):
    """An extension asked for, and what became of it; only an approved one lengthens the limit."""

    clock = models.ForeignKey(Clock, on_delete=models.PROTECT, related_name="extensions")
    amount = models.PositiveSmallIntegerField()
    unit = models.CharField(max_length=12)
    status = models.CharField(max_length=10, choices=ExtensionStatus.choices)
    asked_on = models.DateField()
    decided_on = models.DateField(null=True, blank=True)
    approver = models.CharField(max_length=20, help_text=_("依法有权批准者：court_president、next_higher_court 等"))
    approved_by = models.CharField(max_length=100, blank=True, help_text=_("批准人"))
    document = models.CharField(max_length=200, help_text=_("审批表或者批复的文号"))
    reason = models.CharField(max_length=300)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["asked_on", "id"]
        constraints = [
            models.CheckConstraint(
                name="extension_decided_coherent",
                condition=Q(status="asked", decided_on__isnull=True)
                | (~Q(status="asked") & Q(decided_on__gte=F("asked_on"))),
                violation_error_message=_("已决定的延长须有决定日，且不早于申请日"),
            ),
            models.CheckConstraint(name="extension_positive", condition=Q(amount__gt=0)),
        ]
        indexes = [models.Index(fields=["clock"], condition=Q(status="asked"), name="extension_pending")]

    def __str__(self) -> str:
        return f"{self.amount} {self.unit} {self.status}"


class ClockRestart(models.Model):
    """The limit started again: supplementary investigation, change of court, remand, criminal change of procedure."""

    clock = models.ForeignKey(Clock, on_delete=models.PROTECT, related_name="restarts")
    restarts_on = models.DateField(help_text=_("重新计算的起算事由之日，次日起算"))
    conversion = models.CharField(max_length=60, help_text=_("重新计算的规则编号"))
    document = models.CharField(max_length=200)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["restarts_on", "id"]
        constraints = [models.UniqueConstraint(fields=["clock", "restarts_on"], name="restart_once_a_day")]

    def __str__(self) -> str:
        return f"{self.conversion} {self.restarts_on}"
