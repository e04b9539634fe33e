"""The case file: case, parties, representatives, bench, recusals, links, import jobs."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from cases.intake.catalogue import CaseType, case_types, causes, closing_methods, label, party_roles, procedures
from cases.intake.querysets import CaseQuerySet
from courtcms.courts.models import Court, Division


class CaseStatus(models.TextChoices):
    """Where a case stands as a whole; its stage within proceedings is in the docket."""

    OPEN = "open", _("在办")
    CLOSED = "closed", _("已结")
    CANCELLED = "cancelled", _("销案")


class Secrecy(models.TextChoices):
    """Level of secrecy (保守国家秘密法 art. 14). A case above `none` is seen by its bench and leaders only."""

    NONE = "none", _("非密")
    SECRET = "secret", _("秘密")
    CONFIDENTIAL = "confidential", _("机密")
    TOP_SECRET = "top_secret", _("绝密")


class Case(models.Model):
    """One case of this court (or of a lower court, where this court must know it)."""

    court = models.ForeignKey(Court, on_delete=models.PROTECT, related_name="cases")
    year = models.PositiveSmallIntegerField(help_text=_("收案年度"))
    type_code = models.CharField(max_length=4, help_text=_("案件类型代码（四位）"))
    type_mark = models.CharField(max_length=6, help_text=_("类型代字，如 民终"))
    sequence = models.PositiveIntegerField(help_text=_("案件编号"))
    number = models.CharField(max_length=40, help_text=_("案号"))
    category = models.CharField(max_length=20, help_text=_("案件大类：civil、criminal、administrative、enforcement 等"))
    procedure = models.CharField(max_length=40, help_text=_("适用程序，如 ordinary、simplified、appeal"))
    cause_code = models.CharField(max_length=20, help_text=_("案由代码"))
    cause = models.CharField(max_length=100, help_text=_("案由"))
    title = models.CharField(max_length=300, help_text=_("当事人简称，如 甲诉乙"))
    division = models.ForeignKey(Division, on_delete=models.PROTECT, related_name="cases")
    judge = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="cases_as_judge",
        help_text=_("承办法官"),
    )  # fmt: skip
    filed_on = models.DateField(help_text=_("立案日"))
    closed_on = models.DateField(null=True, blank=True, help_text=_("结案日"))
    closing_method = models.CharField(max_length=40, blank=True, help_text=_("结案方式"))
    status = models.CharField(max_length=10, choices=CaseStatus.choices, default=CaseStatus.OPEN)
    stage = models.CharField(max_length=40, default="filed", help_text=_("当前阶段"))
    secrecy = models.CharField(max_length=12, choices=Secrecy.choices, default=Secrecy.NONE)
    in_custody = models.BooleanField(default=False, help_text=_("有被告人或者罪犯在押"))
    amount = models.DecimalField(max_digits=16, decimal_places=2, null=True, blank=True, help_text=_("标的额（元）"))
    lower_number = models.CharField(max_length=80, blank=True, help_text=_("原审案号"))
    received_on = models.DateField(null=True, blank=True, help_text=_("收到诉状日"))
    claims = models.TextField(blank=True, help_text=_("诉讼请求"))
    duplicate_note = models.CharField(max_length=300, blank=True, help_text=_("与疑似重复案件核对的结论"))
    custody_changed_on = models.DateField(null=True, blank=True, help_text=_("最近一次羁押或者解除羁押的日期"))
    search_text = models.TextField(blank=True, help_text=_("案号、案由、当事人及其拼音，供查找"))
    search_grams = ArrayField(models.CharField(max_length=2), default=list, help_text=_("查找文本的二字组"))
    created_at = models.DateTimeField(auto_now_add=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["court", "year", "type_mark", "sequence"],
                name="case_number_once",
                violation_error_message=_("该案号已经使用"),
            ),  # fmt: skip
            models.CheckConstraint(
                name="case_closed_coherent",
                condition=Q(status="closed", closed_on__isnull=False)
                | (~Q(status="closed") & Q(closed_on__isnull=True)),
                violation_error_message=_("已结案件须有结案日，未结案件不得有结案日"),
            ),
            models.CheckConstraint(
                name="case_closed_after_filed",
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("filed_on")),
                violation_error_message=_("结案日不得早于立案日"),
            ),
        ]
        indexes = [
            models.Index(fields=["judge", "-id"], condition=Q(status="open"), name="case_open_of_judge"),
            models.Index(fields=["division", "-id"], condition=Q(status="open"), name="case_open_of_division"),
            models.Index(fields=["court", "-filed_on", "-id"], name="case_of_court_by_day"),
            models.Index(fields=["-filed_on", "-id"], name="case_by_day"),
            models.Index(fields=["status", "-filed_on", "-id"], name="case_by_status"),
            models.Index(fields=["type_code", "-filed_on", "-id"], name="case_by_type"),
            models.Index(fields=["division", "-filed_on", "-id"], name="case_of_division_by_day"),
            models.Index(fields=["judge", "-filed_on", "-id"], name="case_of_judge_by_day"),
            GinIndex(fields=["search_grams"], name="case_search", fastupdate=False),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def case_type(self) -> CaseType:
        """The leaf case type of the dictionary."""
        return case_types()[self.type_code]

    @property
    def instance(self) -> str:
        """Instance key of the type: first, second, retrial, enforcement …"""
        return self.case_type.instance

    @property
    def type_label(self) -> str:
        """Name of the case type in the language in force."""
        return label(self.case_type, get_language() or "")

    @property
    def procedure_label(self) -> str:
        """Name of the procedure in the language in force."""
        term = procedures().get(self.procedure)
        return label(term, get_language() or "") if term else self.procedure

    @property
    def cause_label(self) -> str:
        """Name of the cause: English where the dictionary has it, otherwise as it was filed."""
        cause = causes().get(self.cause_code)
        english = (get_language() or "").startswith("en") and cause is not None and cause.zh == self.cause
        return cause.en or self.cause if english and cause else self.cause

    @property
    def closing_label(self) -> str:
        """Name of the closing method in the language in force; empty while the case is open."""
        method = closing_methods().get(self.closing_method)
        return label(method, get_language() or "") if method else self.closing_method


class PartyKind(models.TextChoices):
    """What a party is."""

    NATURAL = "natural", _("自然人")
    LEGAL = "legal", _("法人")
    ORGANISATION = "organisation", _("非法人组织")


class Party(models.Model):
    """A party of a case. Identity numbers are stored encrypted and shown masked."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="parties")
    role = models.CharField(max_length=30, help_text=_("诉讼地位，如 plaintiff、appellant、defendant、victim"))
    kind = models.CharField(max_length=12, choices=PartyKind.choices)
    name = models.CharField(max_length=200)
    name_folded = models.CharField(max_length=200, db_index=True, help_text=_("去空格、统一间隔号后的名称，供比对"))
    aliases = models.JSONField(default=list, blank=True, help_text=_("曾用名、别名、简称、外文名"))
    name_pinyin = models.CharField(max_length=300, blank=True)
    identity_kind = models.CharField(max_length=20, blank=True)
    identity_encrypted = models.TextField(blank=True)
    identity_digest = models.CharField(max_length=64, blank=True, db_index=True, help_text=_("带密钥的摘要，供查重"))
    identity_masked = models.CharField(max_length=60, blank=True)
    born_on = models.DateField(null=True, blank=True)
    gender = models.CharField(max_length=10, blank=True)
    address = models.CharField(max_length=300, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    legal_representative = models.CharField(max_length=100, blank=True)
    whereabouts_unknown = models.BooleanField(default=False, help_text=_("下落不明"))
    is_minor = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.name

    @property
    def role_label(self) -> str:
        """Position of the party in the language in force."""
        term = party_roles().get(self.role)
        return label(term, get_language() or "") if term else self.role


class RepresentativeKind(models.TextChoices):
    """By what right somebody acts for a party (民事诉讼法 61, 刑事诉讼法 33)."""

    LAWYER = "lawyer", _("律师")
    DEFENDER = "defender", _("辩护人")
    LEGAL_SERVICE = "legal_service", _("基层法律服务工作者")
    STATUTORY = "statutory", _("法定代理人")
    RELATIVE = "relative", _("近亲属")
    STAFF = "staff", _("单位工作人员")
    RECOMMENDED = "recommended", _("社区、单位或者社会团体推荐的公民")


class Representative(models.Model):
    """Somebody who acts for a party: lawyer, legal-service worker, statutory agent, other."""

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="representatives")
    kind = models.CharField(max_length=20, choices=RepresentativeKind.choices)
    name = models.CharField(max_length=100)
    firm = models.CharField(max_length=200, blank=True)
    licence = models.CharField(max_length=40, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.name


class BenchRole(models.TextChoices):
    """Places on the bench and beside it."""

    JUDGE = "judge", _("承办法官")
    PRESIDING = "presiding", _("审判长")
    MEMBER = "member", _("合议庭成员")
    JUROR = "juror", _("人民陪审员")
    ASSISTANT = "assistant", _("法官助理")
    CLERK = "clerk", _("书记员")


class BenchMember(models.Model):
    """Somebody's place on the bench of a case for a period; the history stays."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="bench")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="bench_places")
    role = models.CharField(max_length=12, choices=BenchRole.choices)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    how = models.CharField(max_length=20, default="rotation", help_text=_("rotation 轮转，manual 指定"))
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "user", "role"], condition=Q(until__isnull=True), name="bench_place_once"
            ),
            models.UniqueConstraint(
                fields=["case", "role"],
                condition=Q(until__isnull=True, role__in=["judge", "presiding"]),
                name="bench_one_judge_one_presiding",
            ),  # fmt: skip
        ]
        indexes = [models.Index(fields=["user", "case"], condition=Q(until__isnull=True), name="bench_of_user")]

    def __str__(self) -> str:
        return f"{self.user} {self.get_role_display()}"
