"""Appraisal and valuation: institutions, entrustments, what was handed over, asked, chased and objected."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from cases.appraisal.querysets import EntrustmentQuerySet, InstitutionQuerySet
from cases.appraisal.rules import kinds
from cases.intake.models import Case, Party
from courtcms.courts.models import Court
from courtcms.files.models import StoredFile

USER = settings.AUTH_USER_MODEL


class Institution(models.Model):
    """An institution of the court's register."""

    court = models.ForeignKey(Court, on_delete=models.PROTECT, related_name="appraisal_institutions")
    name = models.CharField(max_length=200)
    licence_number = models.CharField(max_length=60, help_text=_("许可证或者备案号"))
    licensed_from = models.DateField()
    licensed_until = models.DateField()
    kinds = ArrayField(models.CharField(max_length=30), help_text=_("可以承担的鉴定种类"))
    contact = models.CharField(max_length=60, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    address = models.CharField(max_length=300, blank=True)
    suspended_on = models.DateField(null=True, blank=True)
    suspension_reason = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = InstitutionQuerySet.as_manager()

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["court", "licence_number"],
                name="institution_once",
                violation_error_message=_("该许可证号已经登记"),
            ),
            models.CheckConstraint(
                name="institution_licence_forward",
                condition=Q(licensed_until__gte=F("licensed_from")),
                violation_error_message=_("许可截止日不得早于起始日"),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def kind_names(self) -> list[str]:
        """What it may do, in the language in force."""
        return [kinds()[key].name(get_language() or "") for key in self.kinds if key in kinds()]

    def licensed(self, day: date) -> bool:
        """Is its licence in force on a day?"""
        return self.licensed_from <= day <= self.licensed_until


class ChoiceMode(models.TextChoices):
    """How the institution was chosen (民事诉讼法 79)."""

    AGREEMENT = "agreement", _("当事人协商")
    RANDOM = "random", _("随机选择")
    APPOINTED = "appointed", _("法院指定")


class EntrustmentState(models.TextChoices):
    """Where an entrustment stands."""

    DECIDED = "decided", _("待选机构")
    CHOSEN = "chosen", _("待委托")
    ENTRUSTED = "entrusted", _("鉴定中")
    REPORTED = "reported", _("已出具意见")
    WITHDRAWN = "withdrawn", _("已撤回")
    TERMINATED = "terminated", _("已终结")


LIVE_STATES = (EntrustmentState.DECIDED, EntrustmentState.CHOSEN, EntrustmentState.ENTRUSTED)


class Entrustment(models.Model):
    """One appraisal of one case, from the decision to the report."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="entrustments")
    kind = models.CharField(max_length=30, help_text=_("鉴定种类，见 appraisal/data/kinds.tsv"))
    matters = models.TextField(help_text=_("鉴定事项、范围"))
    purpose = models.CharField(max_length=300, help_text=_("鉴定目的"))
    decided_on = models.DateField(help_text=_("决定鉴定之日"))
    decided_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    repeats = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="repeated_by",
        help_text=_("重新鉴定的，原鉴定"),
    )  # fmt: skip
    state = models.CharField(max_length=12, choices=EntrustmentState.choices, default=EntrustmentState.DECIDED)
    institution = models.ForeignKey(
        Institution, null=True, blank=True, on_delete=models.PROTECT, related_name="entrustments"
    )
    mode = models.CharField(max_length=12, choices=ChoiceMode.choices, blank=True)
    choice_reason = models.CharField(max_length=300, blank=True)
    seed = models.CharField(max_length=64, blank=True, help_text=_("随机选择的种子"))
    candidates = models.JSONField(default=list, help_text=_("随机选择时的候选机构：id 与名称"))
    chosen_on = models.DateField(null=True, blank=True)
    letter_number = models.CharField(max_length=80, blank=True, help_text=_("委托书文号"))
    entrusted_on = models.DateField(null=True, blank=True, help_text=_("委托书发出之日"))
    started_on = models.DateField(null=True, blank=True, help_text=_("鉴定期限起算事由之日"))
    due_on = models.DateField(null=True, blank=True, help_text=_("鉴定期限届满日，由期限推算"))
    standard = models.CharField(
        max_length=30, blank=True, help_text=_("期限的性质：statutory、normative、suggested 等")
    )
    effect = models.CharField(max_length=20, blank=True, help_text=_("对审限的影响：stopped、counts、expired、none"))
    fee = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    fee_payer = models.CharField(max_length=200, blank=True)
    fee_advance = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    fee_paid_on = models.DateField(null=True, blank=True)
    report_number = models.CharField(max_length=80, blank=True)
    report = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    ended_on = models.DateField(null=True, blank=True, help_text=_("收到意见、撤回或者终结之日"))
    end_reason = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = EntrustmentQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="entrustment_coherent",
                condition=Q(state__in=["decided", "withdrawn", "terminated"])
                | Q(state="chosen", institution__isnull=False)
                | Q(state__in=["entrusted", "reported"], institution__isnull=False, entrusted_on__isnull=False),
                violation_error_message=_("已委托的须有机构和委托日"),
            ),
            models.CheckConstraint(
                name="entrustment_ended_coherent",
                condition=Q(state__in=["decided", "chosen", "entrusted"], ended_on__isnull=True)
                | Q(state__in=["reported", "withdrawn", "terminated"], ended_on__gte=F("decided_on")),
                violation_error_message=_("已结束的须有结束日，且不早于决定日"),
            ),
        ]
        indexes = [
            models.Index(fields=["due_on", "id"], condition=Q(state="entrusted"), name="entrustment_by_due"),
            models.Index(fields=["institution", "state"], name="entrustment_of_institution"),
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.kind_name}"

    @property
    def kind_name(self) -> str:
        """Name of the kind in the language in force."""
        kind = kinds().get(self.kind)
        return kind.name(get_language() or "") if kind else self.kind

    @property
    def live(self) -> bool:
        """Is it still going on?"""
        return self.state in LIVE_STATES


class InstitutionRecusal(models.Model):
    """An institution or its appraiser that may not act in this appraisal (民事诉讼法 47)."""

    entrustment = models.ForeignKey(Entrustment, on_delete=models.PROTECT, related_name="recusals")
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300)
    decided_on = models.DateField()
    decided_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["entrustment", "institution"], name="institution_recused_once")]

    def __str__(self) -> str:
        return f"{self.institution} {self.decided_on}"


class Material(models.Model):
    """One thing handed over to the institution."""

    entrustment = models.ForeignKey(Entrustment, on_delete=models.PROTECT, related_name="materials")
    name = models.CharField(max_length=200)
    handed_on = models.DateField()

    class Meta:
        ordering = ["handed_on", "id"]

    def __str__(self) -> str:
        return self.name


class RequestKind(models.TextChoices):
    """What an institution may ask for."""

    SUPPLEMENT = "supplement", _("补充材料")
    EXTENSION = "extension", _("延长期限")


class RequestState(models.TextChoices):
    """Where a request of an institution stands."""

    ASKED = "asked", _("待决定")
    GRANTED = "granted", _("准许")
    REFUSED = "refused", _("不准许")
    SUPPLIED = "supplied", _("已补充")


class InstitutionRequest(models.Model):
    """A request of the institution; more time or more material, decided by the judge."""

    entrustment = models.ForeignKey(Entrustment, on_delete=models.PROTECT, related_name="requests")
    kind = models.CharField(max_length=12, choices=RequestKind.choices)
    asked_on = models.DateField()
    text = models.CharField(max_length=500)
    document = models.CharField(max_length=120, help_text=_("来函文号"))
    amount = models.PositiveSmallIntegerField(null=True, blank=True)
    unit = models.CharField(max_length=12, blank=True)
    state = models.CharField(max_length=10, choices=RequestState.choices, default=RequestState.ASKED)
    decided_on = models.DateField(null=True, blank=True)
    decided_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300, blank=True)
    supplied_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["asked_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["entrustment", "kind"], condition=Q(state="asked"), name="request_one_waiting"
            ),
            models.CheckConstraint(
                name="request_decided_coherent",
                condition=Q(state="asked", decided_on__isnull=True)
                | (~Q(state="asked") & Q(decided_on__gte=F("asked_on"))),
                violation_error_message=_("决定日不得早于来函日"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.asked_on}"


class ChaseLetter(models.Model):
    """A letter that the chase ladder owes the institution; once for each rung and due day."""

    entrustment = models.ForeignKey(Entrustment, on_delete=models.PROTECT, related_name="chases")
    step = models.CharField(max_length=20)
    due_on = models.DateField()
    raised_on = models.DateField()
    sent_on = models.DateField(null=True, blank=True)
    sent_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    how = models.CharField(max_length=100, blank=True)
    received_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["raised_on", "id"]
        constraints = [models.UniqueConstraint(fields=["entrustment", "step", "due_on"], name="chase_once")]

    def __str__(self) -> str:
        return f"{self.step} {self.due_on}"


class ObjectionOutcome(models.TextChoices):
    """What became of an objection to a report (证据规定 37 to 40)."""

    WAITING = "waiting", _("待答复")
    EXPLAINED = "explained", _("机构已答复")
    REJECTED = "rejected", _("异议不成立")
    SUPPLEMENTED = "supplemented", _("补充鉴定")
    REPEATED = "repeated", _("准许重新鉴定")


class Objection(models.Model):
    """A party's objection to a report."""

    entrustment = models.ForeignKey(Entrustment, on_delete=models.PROTECT, related_name="objections")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    raised_on = models.DateField()
    text = models.CharField(max_length=1000)
    outcome = models.CharField(max_length=14, choices=ObjectionOutcome.choices, default=ObjectionOutcome.WAITING)
    reply = models.CharField(max_length=1000, blank=True)
    replied_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["raised_on", "id"]

    def __str__(self) -> str:
        return f"{self.party} {self.raised_on}"
