"""Preservation: applications, measures by object, renewals, reminders with receipt, lapses."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cases.intake.models import Case, Party
from cases.preservation.querysets import ApplicationQuerySet, MeasureQuerySet

USER = settings.AUTH_USER_MODEL


class PreservationKind(models.TextChoices):
    """At which time preservation is asked for."""

    PRE_SUIT = "pre_suit", _("诉前保全")
    IN_SUIT = "in_suit", _("诉讼保全")
    ENFORCEMENT = "enforcement", _("执行前保全")


class SecurityKind(models.TextChoices):
    """What the applicant puts up (财产保全规定 5 to 9)."""

    NONE = "none", _("不需要担保")
    CASH = "cash", _("现金")
    INSURANCE = "insurance", _("保险保函")
    GUARANTEE = "guarantee", _("保证")
    PROPERTY = "property", _("财产担保")


class ApplicationState(models.TextChoices):
    """Where an application stands."""

    ASKED = "asked", _("待裁定")
    GRANTED = "granted", _("裁定保全")
    REFUSED = "refused", _("裁定驳回")
    WITHDRAWN = "withdrawn", _("已撤回")


class PreservationApplication(models.Model):
    """An application for preservation of property."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="preservation_applications")
    kind = models.CharField(max_length=12, choices=PreservationKind.choices)
    applicant = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    respondent = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    amount = models.DecimalField(max_digits=16, decimal_places=2, help_text=_("申请保全的数额（元）"))
    urgent = models.BooleanField(default=False)
    grounds = models.CharField(max_length=500)
    security = models.CharField(max_length=12, choices=SecurityKind.choices)
    security_amount = models.DecimalField(max_digits=16, decimal_places=2, null=True, blank=True)
    received_at = models.DateTimeField(help_text=_("收到申请的时刻"))
    decide_by = models.DateTimeField(null=True, blank=True, help_text=_("裁定期限届满的时刻，由期限推算"))
    state = models.CharField(max_length=10, choices=ApplicationState.choices, default=ApplicationState.ASKED)
    ruling_number = models.CharField(max_length=80, blank=True)
    ruled_at = models.DateTimeField(null=True, blank=True)
    ruling_reason = models.CharField(max_length=500, blank=True)
    ruled_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    sue_by = models.DateField(null=True, blank=True, help_text=_("诉前保全后起诉或者申请仲裁的最后一日"))
    sued_on = models.DateField(null=True, blank=True)
    sued_number = models.CharField(max_length=80, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(name="preservation_amount_positive", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="preservation_ruled_coherent",
                condition=Q(state="asked", ruled_at__isnull=True)
                | (~Q(state="asked") & Q(ruled_at__gte=F("received_at"))),
                violation_error_message=_("裁定时刻不得早于收到申请的时刻"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.get_kind_display()}"

    @property
    def late(self) -> bool:
        """Was it ruled on after the period?"""
        return self.ruled_at is not None and self.decide_by is not None and self.ruled_at > self.decide_by


class ObjectKind(models.TextChoices):
    """What a measure lies on."""

    DEPOSIT = "deposit", _("银行存款")
    MOVABLE = "movable", _("动产")
    IMMOVABLE = "immovable", _("不动产")
    RIGHTS = "rights", _("其他财产权")
    SHIP = "ship", _("船舶")
    CARGO = "cargo", _("船载货物")


class PeriodUnit(models.TextChoices):
    """In what a ruling orders the length of a measure."""

    DAY = "day", _("日")
    MONTH = "month", _("个月")
    YEAR = "year", _("年")


class MeasureState(models.TextChoices):
    """Where a measure stands."""

    ACTIVE = "active", _("有效")
    LIFTED = "lifted", _("已解除")
    LAPSED = "lapsed", _("已失效")


class Measure(models.Model):
    """One measure on one object. Renewals move its expiry on; the rows of renewals keep what was before."""

    application = models.ForeignKey(PreservationApplication, on_delete=models.PROTECT, related_name="measures")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="measures")
    object_kind = models.CharField(max_length=12, choices=ObjectKind.choices)
    thing = models.CharField(max_length=300, help_text=_("保全的财产"))
    holder = models.CharField(max_length=200, help_text=_("协助执行单位"))
    value = models.DecimalField(max_digits=16, decimal_places=2)
    rank = models.PositiveSmallIntegerField(default=1, help_text=_("查封顺位，1 为首封"))
    notice_number = models.CharField(max_length=80, help_text=_("协助执行通知书文号"))
    taken_on = models.DateField()
    runs_from = models.DateField(help_text=_("本次期限起算之日：采取或者最近一次续行之日"))
    expires_on = models.DateField(null=True, blank=True, help_text=_("期限届满日，由期限推算"))
    ordered_amount = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text=_("裁定所定的较短期限；空为法定最长期限")
    )
    ordered_unit = models.CharField(max_length=5, choices=PeriodUnit.choices, blank=True)
    state = models.CharField(max_length=8, choices=MeasureState.choices, default=MeasureState.ACTIVE)
    ended_on = models.DateField(null=True, blank=True)
    end_document = models.CharField(max_length=80, blank=True)
    end_reason = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = MeasureQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(name="measure_value_positive", condition=Q(value__gt=0)),
            models.CheckConstraint(
                name="measure_ordered_whole",
                condition=Q(ordered_amount__isnull=True, ordered_unit="")
                | (Q(ordered_amount__gt=0) & ~Q(ordered_unit="")),
                violation_error_message=_("裁定的期限须有长度和单位"),
            ),
            models.CheckConstraint(
                name="measure_ended_coherent",
                condition=Q(state="active", ended_on__isnull=True)
                | (~Q(state="active") & Q(ended_on__gte=F("taken_on"))),
                violation_error_message=_("已结束的措施须有结束日，且不早于采取之日"),
            ),
        ]
        indexes = [
            models.Index(fields=["expires_on", "id"], condition=Q(state="active"), name="measure_by_expiry"),
            models.Index(fields=["case", "state"], name="measure_of_case"),
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.thing}"


class Renewal(models.Model):
    """A renewal done in time."""

    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="renewals")
    asked_on = models.DateField()
    late = models.BooleanField(help_text=_("届满七日内才申请"))
    renewed_on = models.DateField()
    ordered_amount = models.PositiveSmallIntegerField(null=True, blank=True)
    ordered_unit = models.CharField(max_length=5, choices=PeriodUnit.choices, blank=True)
    expired_before = models.DateField(help_text=_("续行前的届满日"))
    document = models.CharField(max_length=80)
    entered_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["renewed_on", "id"]
        constraints = [
            models.CheckConstraint(
                name="renewal_before_expiry",
                condition=Q(renewed_on__lte=F("expired_before")) & Q(asked_on__lte=F("renewed_on")),
                violation_error_message=_("续行须在届满前办理"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.measure} {self.renewed_on}"


class ReminderTo(models.TextChoices):
    """Whom a reminder warns."""

    COURT = "court", _("本院")
    APPLICANT = "applicant", _("申请人")


class Reminder(models.Model):
    """A warning that a measure is about to expire, with its receipt; once for each rung, expiry and addressee."""

    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="reminders")
    to = models.CharField(max_length=10, choices=ReminderTo.choices)
    days = models.PositiveSmallIntegerField(help_text=_("阶梯：届满前多少日"))
    expires_on = models.DateField()
    raised_on = models.DateField()
    sent_on = models.DateField(null=True, blank=True)
    how = models.CharField(max_length=100, blank=True)
    received_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["raised_on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["measure", "to", "days", "expires_on"], name="reminder_once"),
            models.CheckConstraint(
                name="reminder_receipt_after_sending",
                condition=Q(received_on__isnull=True) | Q(sent_on__isnull=False, received_on__gte=F("sent_on")),
                violation_error_message=_("签收日不得早于发出日"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure} {self.days}"


class Lapse(models.Model):
    """A measure that ran out without renewal or lifting: an incident that somebody must explain."""

    measure = models.OneToOneField(Measure, on_delete=models.PROTECT, related_name="lapse")
    lapsed_on = models.DateField(help_text=_("届满日"))
    found_on = models.DateField()
    reminders_sent = models.PositiveSmallIntegerField(help_text=_("届满前发出的提醒数"))
    answer_by = models.DateField(help_text=_("说明的最后一日"))
    explanation = models.CharField(max_length=1000, blank=True)
    explained_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    explained_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-lapsed_on", "-id"]

    def __str__(self) -> str:
        return f"{self.measure} {self.lapsed_on}"
