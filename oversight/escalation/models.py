"""Escalations, their trace, and the versions of the ladder."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.intake.models import Case
from courtcms.core.texts import rendered
from deadlines.changes.models import ChangeRequest
from deadlines.clocks.models import Clock
from deadlines.scan.models import Alert
from oversight.escalation.querysets import EscalationQuerySet


class LadderVersion(models.Model):
    """A version of the ladder; the latest one in force on a day is followed."""

    version = models.CharField(max_length=20, unique=True)
    valid_from = models.DateField(help_text=_("自该日起施行"))
    content = models.JSONField(help_text=_("阶梯数据，格式见 escalation/data/ladder.yaml"))
    loaded_at = models.DateTimeField()

    class Meta:
        ordering = ["-valid_from", "-id"]

    def __str__(self) -> str:
        return self.version


class EscalationState(models.TextChoices):
    """Who owes what."""

    OPEN = "open", _("待答复")
    AWAITING = "awaiting", _("待承办报告")
    PLANNED = "planned", _("按计划办理")
    CLOSED = "closed", _("已结")


class EscalationCause(models.TextChoices):
    """What it rests on: a due day, a clock that has stood still for long, or an extension asked for too late."""

    DUE = "due", _("届满日")
    STOP = "stop", _("停止计算")
    LATE = "late", _("逾期申请")


class Escalation(models.Model):
    """One clock in trouble and the person who answers for it now.

    One live escalation a clock for its dates, and beside it one for each extension that was asked for too late.
    """

    clock = models.ForeignKey(Clock, on_delete=models.PROTECT, related_name="escalations")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="escalations")
    alert = models.ForeignKey(
        Alert, null=True, blank=True, on_delete=models.PROTECT, related_name="escalations", help_text=_("最近的提醒")
    )
    change = models.ForeignKey(
        ChangeRequest, null=True, blank=True, on_delete=models.PROTECT, related_name="escalations",
        help_text=_("逾期提出的变更申请"),
    )  # fmt: skip
    cause = models.CharField(max_length=5, choices=EscalationCause.choices)
    cause_on = models.DateField(help_text=_("所依的届满日；停止计算的为停止之日，逾期申请的为最迟申请日"))
    level = models.CharField(max_length=10)
    threshold = models.CharField(max_length=40)
    single = models.BooleanField(default=False, help_text=_("须逐件答复"))
    ladder = models.CharField(max_length=20, help_text=_("阶梯版本"))
    position = models.PositiveSmallIntegerField(help_text=_("所在阶，自下而上"))
    holder = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="escalations_held")
    state = models.CharField(max_length=10, choices=EscalationState.choices, default=EscalationState.OPEN)
    due_on = models.DateField(help_text=_("答复、报告或者计划的最后一日"))
    opened_on = models.DateField()
    reached_on = models.DateField(help_text=_("到达本阶之日"))
    reminded_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    close_text = models.CharField(max_length=200, blank=True, help_text=_("结束原因（msgid）"))
    close_params = models.JSONField(default=dict, blank=True)

    objects = EscalationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["clock"], condition=~Q(state="closed") & ~Q(cause="late"), name="escalation_one_live",
                violation_error_message=_("同一期限只能有一件在办的督办"),
            ),
            models.UniqueConstraint(
                fields=["change"], condition=~Q(state="closed"), name="escalation_one_late",
                violation_error_message=_("同一申请只能有一件在办的督办"),
            ),
            models.CheckConstraint(
                name="escalation_cause_coherent",
                condition=Q(cause="late", change__isnull=False, alert__isnull=True)
                | ~Q(cause="late") & Q(change__isnull=True, alert__isnull=False),
                violation_error_message=_("逾期申请的督办须有申请，其他督办须有提醒"),
            ),
            models.CheckConstraint(
                name="escalation_closed_coherent",
                condition=Q(state="closed", closed_on__isnull=False) & ~Q(close_text="")
                | ~Q(state="closed") & Q(closed_on__isnull=True, close_text=""),
                violation_error_message=_("已结的督办须有结束之日和原因"),
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["holder", "due_on", "id"], condition=Q(state="open"), name="escalation_inbox"),
            models.Index(
                fields=["holder", "due_on", "id"],
                condition=Q(state__in=["awaiting", "planned"]),
                name="escalation_answered",
            ),
            models.Index(fields=["holder", "-id"], condition=Q(state="closed"), name="escalation_closed"),
            models.Index(fields=["due_on", "id"], condition=~Q(state="closed"), name="escalation_due"),
            models.Index(fields=["case", "-id"], name="escalation_of_case"),
        ]

    def __str__(self) -> str:
        return f"{self.clock} {self.level}"

    @property
    def close_reason(self) -> str:
        """Why it ended, in the language in force."""
        return rendered(self.close_text, self.close_params)


class ActKind(models.TextChoices):
    """What a line of the trace is."""

    OPENED = "opened", _("发出")
    RAISED = "raised", _("升级")
    CLIMBED = "climbed", _("上送")
    REMINDED = "reminded", _("提醒")
    RESEATED = "reseated", _("更换答复人")
    MEASURE = "measure", _("监督措施")
    NOTE = "note", _("意见")
    EXPLAINED = "explained", _("说明")
    ANSWER = "answer", _("报告")
    CLOSED = "closed", _("结束")


class EscalationAct(models.Model):
    """One line of the trace: what a person did with which basis, or what happened by rule. Never changed."""

    escalation = models.ForeignKey(Escalation, on_delete=models.PROTECT, related_name="acts")
    kind = models.CharField(max_length=10, choices=ActKind.choices)
    position = models.PositiveSmallIntegerField()
    measure = models.CharField(max_length=4, blank=True, help_text=_("监督措施 S1 至 S10"))
    basis = models.CharField(max_length=300, blank=True, help_text=_("依据"))
    text = models.TextField(blank=True, help_text=_("要求、意见或者报告；自动记录的为原句（msgid）"))
    params = models.JSONField(default=dict, blank=True)
    until = models.DateField(null=True, blank=True, help_text=_("要求或者答应的日期"))
    answers = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="answered_by")
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("空为按规则自动"),
    )
    capacity = models.CharField(max_length=200, blank=True)
    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        help_text=_("此后的答复人；与行为人不同时行为人为代理"),
    )  # fmt: skip
    from_holder = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("上送前的答复人"),
    )
    on = models.DateField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="escalation_measure_has_basis",
                condition=~Q(kind__in=["measure", "note"]) | ~Q(basis="") & Q(actor__isnull=False),
                violation_error_message=_("监督行为须有依据和行为人"),
            )
        ]
        indexes = [
            models.Index(fields=["escalation", "id"], name="escalation_trace"),
            models.Index(
                fields=["from_holder", "escalation"], condition=Q(kind="climbed"), name="escalation_climbed_from"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.escalation_id} {self.kind}"

    @property
    def shown_text(self) -> str:
        """What was written, or the automatic sentence in the language in force."""
        return self.text if self.actor_id is not None else rendered(self.text, self.params)
