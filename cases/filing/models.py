"""What lies on the filing counter: drafts of the form, the filing as a record, papers, fee, notice, refusal."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from cases.filing.querysets import DraftQuerySet, FilingQuerySet
from cases.intake.catalogue import case_types, label
from cases.intake.models import Case
from courtcms.courts.models import Court, Division


class FilingState(models.TextChoices):
    """How a filing stands. Registration ends in a case, refusal in a ruling."""

    OPEN = "open", _("待决定")
    REFUSING = "refusing", _("不予受理审批中")
    REGISTERED = "registered", _("已登记")
    REFUSED = "refused", _("不予受理")
    RETURNED = "returned", _("已退回诉状")


class Filing(models.Model):
    """A filing of which the court must account: a notice was given, a ruling was asked for, or a case came of it."""

    court = models.ForeignKey(Court, on_delete=models.PROTECT, related_name="+")
    division = models.ForeignKey(Division, null=True, on_delete=models.PROTECT, related_name="+", help_text=_("立案庭"))
    clerk = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    type_code = models.CharField(max_length=4, help_text=_("案件类型代码（四位）"))
    procedure = models.CharField(max_length=40, blank=True, help_text=_("适用程序"))
    cause = models.CharField(max_length=100, blank=True, help_text=_("案由"))
    title = models.CharField(max_length=300, help_text=_("当事人，供辨认"))
    parties = models.JSONField(default=list, help_text=_("当事人的诉讼地位与名称，不含证件号码"))
    received_on = models.DateField(help_text=_("收到诉状日"))
    state = models.CharField(max_length=12, choices=FilingState.choices, default=FilingState.OPEN)
    case = models.OneToOneField(Case, null=True, on_delete=models.PROTECT, related_name="filing")
    opened_at = models.DateTimeField()
    ended_on = models.DateField(null=True, help_text=_("登记、裁定或者退回之日"))

    objects = FilingQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="filing_registered_has_case",
                condition=Q(state="registered", case__isnull=False) | (~Q(state="registered") & Q(case__isnull=True)),
                violation_error_message=_("已登记的收件须有案件，其他的不得有"),
            ),
            models.CheckConstraint(
                name="filing_ended_coherent",
                condition=Q(state__in=["open", "refusing"], ended_on__isnull=True)
                | (~Q(state__in=["open", "refusing"]) & Q(ended_on__isnull=False)),
                violation_error_message=_("办结的收件须有办结日"),
            ),
        ]
        indexes = [models.Index(fields=["clerk", "-id"], name="filing_of_clerk")]

    def __str__(self) -> str:
        return f"{self.receipt} {self.title}"

    @property
    def receipt(self) -> str:
        """Number of the receipt: year and running number, without meaning for the case number."""
        return f"收{self.received_on.year}-{self.pk:06d}"  # not translated: as it stands on the paper

    @property
    def type_label(self) -> str:
        """Name of the case type in the language in force."""
        return label(case_types()[self.type_code], get_language() or "")


class FilingDraft(models.Model):
    """What a clerk typed into the form and has not handed in. Deleted when the case is registered or the draft dropped.

    Numbers of documents stand in `numbers_encrypted` alone (one token for all of them, under the keys of the register).
    """

    clerk = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    filing = models.OneToOneField(Filing, null=True, on_delete=models.PROTECT, related_name="draft")
    type_code = models.CharField(max_length=4, blank=True)
    title = models.CharField(max_length=300, blank=True, help_text=_("当事人与案由，供辨认"))
    received_on = models.DateField(null=True, blank=True)
    content = models.JSONField(help_text=_("表单各栏原样，不含证件号码"))
    numbers_encrypted = models.TextField(blank=True, help_text=_("证件号码，加密"))
    version = models.PositiveIntegerField(default=1, help_text=_("每保存一次加一，供发现两处同时修改"))
    made_at = models.DateTimeField()
    saved_at = models.DateTimeField()

    objects = DraftQuerySet.as_manager()

    class Meta:
        ordering = ["-saved_at", "-id"]
        indexes = [models.Index(fields=["clerk", "-saved_at"], name="draft_of_clerk")]

    def __str__(self) -> str:
        return self.title or f"{self.pk}"

    @property
    def type_label(self) -> str:
        """Name of the case type in the language in force; empty before one is chosen."""
        case_type = case_types().get(self.type_code)
        return label(case_type, get_language() or "") if case_type else ""


class FilingPaper(models.Model):
    """One paper of the checklist of a filing: handed in, or still missing."""

    filing = models.ForeignKey(Filing, on_delete=models.PROTECT, related_name="papers")
    key = models.CharField(max_length=40, help_text=_("材料清单中的键"))
    received = models.BooleanField(default=False)
    copies = models.PositiveSmallIntegerField(null=True, help_text=_("份数或者页数"))
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["filing", "key"], name="filing_paper_once")]

    def __str__(self) -> str:
        return self.key


class FilingNotice(models.Model):
    """The one written notice of everything that must be supplemented (登记立案规定 7)."""

    filing = models.OneToOneField(Filing, on_delete=models.PROTECT, related_name="notice")
    items = models.JSONField(help_text=_("须补正的材料的键"))
    text = models.TextField(blank=True, help_text=_("诉状内容须补正之处"))
    given_on = models.DateField(help_text=_("告知之日"))
    due_on = models.DateField(help_text=_("指定的补正期限"))
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    supplied_on = models.DateField(null=True, help_text=_("收到补正材料之日，立案期限自此重新起算"))

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="filing_notice_dates",
                condition=Q(due_on__gte=F("given_on"))
                & (Q(supplied_on__isnull=True) | Q(supplied_on__gte=F("given_on"))),
                violation_error_message=_("补正期限和补正日不得早于告知之日"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.filing} {self.given_on}"


class Relief(models.TextChoices):
    """Judicial relief of the fee (诉讼费用交纳办法 44-51)."""

    NONE = "none", _("不申请")
    EXEMPT = "exempt", _("免交")
    REDUCED = "reduced", _("减交")
    DEFERRED = "deferred", _("缓交")


class CaseFee(models.Model):
    """The fee of a case as computed on filing, with the working, and the relief that was granted."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="fee")
    tariff = models.CharField(max_length=40, help_text=_("收费标准的键"))
    base = models.DecimalField(
        max_digits=16, decimal_places=2, null=True, help_text=_("计费金额（元），上诉为不服部分")
    )
    amount = models.DecimalField(max_digits=14, decimal_places=2, help_text=_("应交数额（元），已按程序减半"))
    working = models.JSONField(default=list, help_text=_("计算过程，模板与数值"))
    article = models.CharField(max_length=100)
    halved_by = models.CharField(max_length=20, blank=True, help_text=_("减半的缘由的键，只减一次"))
    confidence = models.CharField(max_length=10, default="verified", help_text=_("依据的可靠程度"))
    prepaid = models.BooleanField(default=True, help_text=_("须预交；执行、破产申请费不预交"))
    notice_on = models.DateField(null=True, help_text=_("通知交费之日"))
    due_on = models.DateField(null=True, help_text=_("交费期限"))
    relief = models.CharField(max_length=10, choices=Relief.choices, default=Relief.NONE)
    relief_ground = models.CharField(max_length=40, blank=True, help_text=_("司法救助情形的键"))
    relief_percent = models.PositiveSmallIntegerField(null=True, help_text=_("减交的百分比，不低于 30"))
    relief_note = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="fee_not_negative", condition=Q(amount__gte=0), violation_error_message=_("诉讼费不能为负")
            ),
            models.CheckConstraint(
                name="fee_relief_has_ground",
                condition=Q(relief="none") | ~Q(relief_ground=""),
                violation_error_message=_("司法救助须写明情形"),
            ),
            models.CheckConstraint(
                name="fee_reduced_by_thirty",
                condition=(Q(relief="reduced") & Q(relief_percent__gte=30) & Q(relief_percent__lte=99))
                | (~Q(relief="reduced") & Q(relief_percent__isnull=True)),
                violation_error_message=_("减交比例不低于 30%"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.amount}"


class FilingRefusal(models.Model):
    """A ruling that a filing is not accepted (不予受理、不予立案), asked for by the clerk, approved by the chief."""

    filing = models.OneToOneField(Filing, on_delete=models.PROTECT, related_name="refusal")
    kind = models.CharField(max_length=30, help_text=_("裁定种类的键"))
    ground = models.CharField(max_length=40, help_text=_("不予受理的情形的键"))
    reason = models.TextField(help_text=_("事实与理由"))
    asked_on = models.DateField()
    approved_on = models.DateField(null=True)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=40, blank=True, help_text=_("裁定的案号；该种裁定不编号的空着"))
    late = models.BooleanField(default=False, help_text=_("超过立案期限才批准"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["number"], condition=~Q(number=""), name="refusal_number_once"),
            models.CheckConstraint(
                name="refusal_number_after_approval",
                condition=Q(approved_on__isnull=False) | Q(number=""),
                violation_error_message=_("未经批准的裁定没有案号"),
            ),
        ]

    def __str__(self) -> str:
        return self.number or f"{self.filing}"
