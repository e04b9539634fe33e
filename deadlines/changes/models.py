"""Applications to change a limit, the letters to and from other courts, and what the parties are told."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cases.intake.models import Case, Party
from courtcms.approvals.models import ApprovalRequest
from courtcms.courts.models import Court
from courtcms.files.models import StoredFile
from deadlines.changes import rules
from deadlines.clocks.models import Clock, ClockExtension, ClockInterval

USER = settings.AUTH_USER_MODEL


class ChangeKind(models.TextChoices):
    """What is asked for."""

    EXTENSION = "extension", _("延长")
    DEDUCTION = "deduction", _("扣除")
    SUSPENSION = "suspension", _("中止")
    ADJOURNMENT = "adjournment", _("延期开庭")
    RESUMPTION = "resumption", _("恢复计算")
    CONVERSION = "conversion", _("程序转换、重新计算")


class ChangeState(models.TextChoices):
    """Where an application stands; the transitions are in `changes.rules`."""

    ASKED = rules.ASKED, _("已申请")
    CHIEF_OK = rules.CHIEF_OK, _("庭长已同意")
    SENT_UP = rules.SENT_UP, _("已层报上级法院")
    DECIDED = rules.DECIDED, _("已批准")
    RETURNED = rules.RETURNED, _("退回补正")
    REJECTED = rules.REJECTED, _("不批准")
    WITHDRAWN = rules.WITHDRAWN, _("已撤回")


class ChangeRequest(models.Model):
    """One application to change one clock. Only a decided one has changed the ledger."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="change_requests")
    clock = models.ForeignKey(Clock, on_delete=models.PROTECT, related_name="changes")
    kind = models.CharField(max_length=12, choices=ChangeKind.choices)
    ground = models.CharField(max_length=60, help_text=_("规则库中的事由编号"))
    starts_on = models.DateField(null=True, blank=True, help_text=_("停止计算、转换之日"))
    ends_on = models.DateField(null=True, blank=True, help_text=_("恢复计算之日"))
    amount = models.PositiveSmallIntegerField(null=True, blank=True)
    unit = models.CharField(max_length=12, blank=True)
    reason = models.TextField()
    document = models.CharField(max_length=200, help_text=_("所附文书或者材料"))
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    approver = models.CharField(max_length=20, help_text=_("依法有权批准者：court_president、next_higher_court 等"))
    asked_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    asked_on = models.DateField()
    asked_late = models.BooleanField(default=False, help_text=_("晚于法定申请时间"))
    request_by = models.DateField(null=True, blank=True, help_text=_("申请时的最迟申请日"))
    decide_by = models.DateField(null=True, blank=True, help_text=_("申请时的最迟决定日"))
    due_before = models.DateField(null=True, blank=True, help_text=_("变更前的届满日"))
    due_after = models.DateField(null=True, blank=True, help_text=_("变更后的届满日"))
    state = models.CharField(max_length=10, choices=ChangeState.choices, default=ChangeState.ASKED)
    approval = models.OneToOneField(
        ApprovalRequest, null=True, blank=True, on_delete=models.PROTECT, related_name="change"
    )
    decided_on = models.DateField(null=True, blank=True)
    decided_late = models.BooleanField(default=False, help_text=_("晚于法定决定时间"))
    decided_by = models.CharField(max_length=200, blank=True)
    answer = models.CharField(max_length=300, blank=True, help_text=_("不批准、退回的理由或者批复文号"))
    interval = models.ForeignKey(ClockInterval, null=True, blank=True, on_delete=models.PROTECT, related_name="changes")
    extension = models.ForeignKey(ClockExtension, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    new_clock = models.ForeignKey(Clock, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="change_forward",
                condition=Q(starts_on__isnull=True) | Q(ends_on__isnull=True) | Q(ends_on__gt=F("starts_on")),
                violation_error_message=_("恢复计算之日须晚于停止计算之日"),
            ),
            models.CheckConstraint(
                name="change_decided_coherent",
                condition=Q(state__in=["decided", "rejected"], decided_on__isnull=False)
                | Q(state__in=["asked", "chief_ok", "sent_up", "returned", "withdrawn"], decided_on__isnull=True),
                violation_error_message=_("已决定的申请须有决定日"),
            ),
            models.UniqueConstraint(
                fields=["clock", "kind"],
                condition=Q(state__in=["asked", "chief_ok", "sent_up", "returned"]),
                name="change_one_open",
                violation_error_message=_("同一期限的同类申请正在办理"),
            ),
        ]
        indexes = [
            models.Index(fields=["asked_by", "ground", "-asked_on"], name="change_of_judge"),
            models.Index(fields=["state", "-id"], name="change_by_state"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.ground} {self.state}"


class LetterOutcome(models.TextChoices):
    """What another court, or this one, answered."""

    APPROVED = "approved", _("批准")
    REFUSED = "refused", _("不批准")
    RETURNED = "returned", _("退回补正")


class HigherLetter(models.Model):
    """A request that went up (层报): numbered, sent, received there, answered."""

    change = models.ForeignKey(ChangeRequest, on_delete=models.PROTECT, related_name="letters")
    court = models.ForeignKey(Court, on_delete=models.PROTECT, related_name="+", help_text=_("报送法院"))
    year = models.PositiveSmallIntegerField()
    sequence = models.PositiveIntegerField()
    to_court = models.ForeignKey(Court, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    to_name = models.CharField(max_length=100)
    drafted_on = models.DateField()
    sent_on = models.DateField(null=True, blank=True)
    receipt_on = models.DateField(null=True, blank=True, help_text=_("上级法院收到之日"))
    receipt = models.CharField(max_length=100, blank=True, help_text=_("回执编号或者签收人"))
    outcome = models.CharField(max_length=10, choices=LetterOutcome.choices, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    decision_number = models.CharField(max_length=100, blank=True)
    amount = models.PositiveSmallIntegerField(null=True, blank=True)
    unit = models.CharField(max_length=12, blank=True)
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["court", "year", "sequence"], name="higher_letter_number"),
            models.CheckConstraint(
                name="higher_letter_in_order",
                condition=(Q(receipt_on__isnull=True) | Q(sent_on__isnull=False, receipt_on__gte=F("sent_on")))
                & (Q(decided_on__isnull=True) | Q(receipt_on__isnull=False, decided_on__gte=F("receipt_on"))),
                violation_error_message=_("报送、签收、批复的日期须依次不早于前者"),
            ),
            models.CheckConstraint(
                name="higher_letter_answer_coherent",
                condition=Q(outcome="", decided_on__isnull=True) | (~Q(outcome="") & Q(decided_on__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """（2026）津02审限报3号."""
        return f"（{self.year}）{self.court.code}审限报{self.sequence}号"  # not translated: a document number


class LowerState(models.TextChoices):
    """Where a request of a basic court stands here."""

    RECEIVED = "received", _("已收到")
    ASKED = "asked", _("审批中")
    DECIDED = "decided", _("已批复")


class LowerRequest(models.Model):
    """A basic court asks this court, as its higher court, to extend a limit there."""

    court = models.ForeignKey(Court, on_delete=models.PROTECT, related_name="+", help_text=_("报请法院"))
    letter_number = models.CharField(max_length=100)
    case_number = models.CharField(max_length=80)
    case_title = models.CharField(max_length=300)
    limit_id = models.CharField(max_length=60)
    filed_on = models.DateField()
    due_on = models.DateField(help_text=_("现届满日"))
    amount = models.PositiveSmallIntegerField()
    unit = models.CharField(max_length=12)
    reason = models.TextField()
    received_on = models.DateField()
    asked_late = models.BooleanField(default=False)
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    entered_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=LowerState.choices, default=LowerState.RECEIVED)
    approval = models.OneToOneField(
        ApprovalRequest, null=True, blank=True, on_delete=models.PROTECT, related_name="lower_request"
    )
    outcome = models.CharField(max_length=10, choices=LetterOutcome.choices, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    decided_by = models.CharField(max_length=200, blank=True)
    answer = models.CharField(max_length=300, blank=True)
    new_due_on = models.DateField(null=True, blank=True)
    decision_year = models.PositiveSmallIntegerField(null=True, blank=True)
    decision_sequence = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["court", "letter_number"], name="lower_request_letter_once"),
            models.UniqueConstraint(
                fields=["decision_year", "decision_sequence"], name="lower_request_decision_number"
            ),
            models.CheckConstraint(
                name="lower_request_decided_coherent",
                condition=Q(state="decided", decided_on__isnull=False, decision_sequence__isnull=False)
                | (~Q(state="decided") & Q(decided_on__isnull=True, outcome="")),
            ),
            models.CheckConstraint(name="lower_request_days", condition=Q(due_on__gt=F("filed_on"))),
        ]

    def __str__(self) -> str:
        return f"{self.court} {self.letter_number}"


class PartyNotice(models.Model):
    """What one party is told of a decided change, in the words of that day, and whether the party objected."""

    change = models.ForeignKey(ChangeRequest, on_delete=models.PROTECT, related_name="party_notices")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    issued_on = models.DateField()
    lines = models.JSONField(default=list, help_text=_("告知内容：原句和参数，每句一项"))
    objected_on = models.DateField(null=True, blank=True)
    objection = models.TextField(blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["change", "party"], name="party_notice_once"),
            models.CheckConstraint(
                name="party_notice_objection_coherent",
                condition=Q(objected_on__isnull=True, objection="") | Q(objected_on__gte=F("issued_on")),
                violation_error_message=_("异议不得早于告知"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.change_id} {self.party_id}"
