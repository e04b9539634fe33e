"""What the public sees. Rows get here only by `services`; the public role reads these tables and no others."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from publicity.portal import words
from publicity.portal.access_models import CaseAccess
from publicity.portal.hearing_models import Hearing
from publicity.portal.inbox_models import Hold, InboxKind, InboxMessage
from publicity.portal.querysets import JudgmentQuerySet

__all__ = ["CaseAccess", "Hearing", "Hold", "InboxKind", "InboxMessage", "Judgment", "Notice", "Tombstone"]


class Judgment(models.Model):
    """A published document in its current version, text already redacted."""

    public_id = models.CharField(max_length=20, unique=True, help_text=_("公开编号，永不变更"))
    case_number = models.CharField(max_length=80)
    number_key = models.CharField(max_length=80, db_index=True, help_text=_("案号去标点后的检索形式"))
    court_code = models.CharField(max_length=12)
    court_name = models.CharField(max_length=100)
    court_name_en = models.CharField(max_length=200, blank=True)
    title = models.CharField(max_length=400)
    document_kind = models.CharField(max_length=20)
    category = models.CharField(max_length=20)
    instance = models.CharField(max_length=30, blank=True)
    cause = models.CharField(max_length=100)
    cause_en = models.CharField(max_length=200, blank=True)
    division = models.CharField(max_length=100, blank=True)
    division_en = models.CharField(max_length=200, blank=True)
    outcome = models.CharField(max_length=200, blank=True)
    outcome_en = models.CharField(max_length=200, blank=True)
    judges = models.JSONField(default=list, help_text=_("署名的审判人员和书记员"))
    judge_names = ArrayField(models.CharField(max_length=60), default=list)
    judged_on = models.DateField(help_text=_("裁判日期"))
    effective_on = models.DateField(null=True, blank=True)
    published_on = models.DateField()
    working_days = models.PositiveSmallIntegerField(null=True, blank=True, help_text=_("生效至公布的工作日数"))
    sections = models.JSONField(help_text=_("公布的正文，按部分和段落"))
    related = models.JSONField(default=list)
    rule_set = models.CharField(max_length=20, blank=True)
    version = models.PositiveSmallIntegerField(default=1)
    sm3 = models.CharField(max_length=64, help_text=_("公布文本的 SM3 值"))
    pushed_at = models.DateTimeField(help_text=_("本版写入时间"))
    search = SearchVectorField(help_text=_("由程序分词得出的检索向量"))

    objects = JudgmentQuerySet.as_manager()

    class Meta:
        db_table = "portal_judgment"
        constraints = [
            models.CheckConstraint(
                name="portal_judgment_dates",
                condition=Q(published_on__gte=F("judged_on")),
                violation_error_message=_("公布日不得早于裁判日"),
            )
        ]
        indexes = [
            GinIndex(fields=["search"], name="portal_judgment_search", fastupdate=False),
            GinIndex(fields=["judge_names"], name="portal_judgment_judges"),
            models.Index(fields=["-published_on", "-id"], name="portal_judgment_newest"),
            models.Index(fields=["-judged_on", "-id"], name="portal_judgment_judged"),
            models.Index(fields=["cause", "-published_on", "-id"], name="portal_judgment_cause"),
            models.Index(fields=["court_name", "-published_on", "-id"], name="portal_judgment_court"),
        ]

    def __str__(self) -> str:
        return f"{self.case_number} {self.title}"

    @property
    def court(self) -> str:
        return words.in_language(self.court_name, self.court_name_en)

    @property
    def cause_label(self) -> str:
        return words.in_language(self.cause, self.cause_en)

    @property
    def division_label(self) -> str:
        return words.in_language(self.division, self.division_en)

    @property
    def outcome_label(self) -> str:
        return words.in_language(self.outcome, self.outcome_en)

    @property
    def kind_zh(self) -> str:
        """Last word of the title as it is written: 判决书, 裁定书 …"""
        return self.title[-3:]

    @property
    def kind_label(self) -> str:
        return words.KINDS.get(self.document_kind, self.document_kind)

    @property
    def instance_label(self) -> str:
        return words.INSTANCES.get(self.instance, self.instance)

    @property
    def paragraphs(self) -> list[str]:
        """The published text, paragraph by paragraph, as its fingerprint counts it."""
        return [text for section in self.sections for text in section["paragraphs"]]


class Tombstone(models.Model):
    """What remains of a withdrawn document: case number, court, date, reason. Its text is gone."""

    public_id = models.CharField(max_length=20, unique=True)
    case_number = models.CharField(max_length=80)
    number_key = models.CharField(max_length=80, db_index=True)
    court_name = models.CharField(max_length=100)
    court_name_en = models.CharField(max_length=200, blank=True)
    judged_on = models.DateField()
    reason = models.CharField(max_length=30)
    note = models.CharField(max_length=300, blank=True)
    withdrawn_on = models.DateField()

    class Meta:
        db_table = "portal_tombstone"
        indexes = [models.Index(fields=["-withdrawn_on", "-id"], name="portal_tombstone_newest")]

    def __str__(self) -> str:
        return self.case_number

    @property
    def court(self) -> str:
        return words.in_language(self.court_name, self.court_name_en)

    @property
    def reason_label(self) -> str:
        return words.REASONS.get(self.reason, self.reason)

    @property
    def article(self) -> str:
        return words.ARTICLES.get(self.reason, "")


class Notice(models.Model):
    """A document that is not published: case number, court, date, reason."""

    public_id = models.CharField(max_length=20, unique=True)
    case_number = models.CharField(max_length=80)
    number_key = models.CharField(max_length=80, db_index=True)
    court_name = models.CharField(max_length=100)
    court_name_en = models.CharField(max_length=200, blank=True)
    judged_on = models.DateField()
    reason = models.CharField(max_length=30)
    note = models.CharField(max_length=300, blank=True)
    published_on = models.DateField()

    class Meta:
        db_table = "portal_notice"
        indexes = [models.Index(fields=["-published_on", "-id"], name="portal_notice_newest")]

    def __str__(self) -> str:
        return self.case_number

    @property
    def court(self) -> str:
        return words.in_language(self.court_name, self.court_name_en)

    @property
    def reason_label(self) -> str:
        return words.REASONS.get(self.reason, self.reason)

    @property
    def article(self) -> str:
        return words.ARTICLES.get(self.reason, "")
