"""What the registry keeps beside the case: number counters, allocation, recusal, links between cases, import jobs."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.intake.models import Case
from courtcms.courts.models import Court, Division


class CaseCounter(models.Model):
    """The last number given, for each court, year and 代字. The row is locked until the registration commits."""

    court = models.ForeignKey(Court, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    type_mark = models.CharField(max_length=6)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["court", "year", "type_mark"], name="case_counter_once")]

    def __str__(self) -> str:
        return f"{self.court.code} {self.year} {self.type_mark} {self.last}"


class Rotation(models.Model):
    """Whose turn it was last in a division; locked while a case is allocated."""

    division = models.OneToOneField(Division, on_delete=models.PROTECT, related_name="+")
    last_judge = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.division} {self.last_judge}"


class AllocationMode(models.TextChoices):
    """How a judge came to a case."""

    ROTATION = "rotation", _("轮转分案")
    MANUAL = "manual", _("指定分案")
    IMPORTED = "imported", _("随案导入")


class Allocation(models.Model):
    """One allocation of a case, with what the rotation did with every candidate. The history stays."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="allocations")
    judge = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    mode = models.CharField(max_length=10, choices=AllocationMode.choices)
    reason = models.CharField(max_length=300, blank=True)
    steps = models.JSONField(default=list, help_text=_("每名候选法官轮到或轮空的理由"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="allocation_by_hand_has_reason",
                condition=~Q(mode="manual") | ~Q(reason=""),
                violation_error_message=_("指定分案须写明理由"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.judge}"


class RecusalGround(models.TextChoices):
    """Grounds of recusal (民事诉讼法 47, 刑事诉讼法 29, 行政诉讼法 55)."""

    PARTY = "party", _("是本案当事人或者当事人、代理人的近亲属")
    INTEREST = "interest", _("与本案有利害关系")
    OTHER_RELATION = "relation", _("与当事人、代理人有其他关系，可能影响公正审理")
    FORMER_ROLE = "former_role", _("担任过本案证人、鉴定人、辩护人、代理人或者参加过前程序审判")
    ENTERTAINED = "entertained", _("接受当事人、代理人请客送礼或者违反规定会见")


class Recusal(models.Model):
    """Somebody does not sit in a case (回避). A recusal that ended keeps its row."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="recusals")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    ground = models.CharField(max_length=20, choices=RecusalGround.choices)
    reason = models.CharField(max_length=300)
    decided_on = models.DateField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["case", "user"], condition=Q(ended_on__isnull=True), name="recusal_once"),
            models.CheckConstraint(
                name="recusal_dates",
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("decided_on")),
                violation_error_message=_("回避的终止日不得早于决定日"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.user}"


class LinkKind(models.TextChoices):
    """How another case stands to this one."""

    LOWER = "lower", _("原审")
    REMAND = "remand", _("发回重审前")
    RETRIAL = "retrial", _("被申请再审")
    ENFORCED = "enforced", _("执行依据")
    RELATED = "related", _("关联")


class CaseLink(models.Model):
    """A link from a case to another, known here (`other`) or only by its number as written."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="links")
    other = models.ForeignKey(Case, null=True, blank=True, on_delete=models.PROTECT, related_name="linked_from")
    kind = models.CharField(max_length=10, choices=LinkKind.choices)
    number = models.CharField(max_length=80, help_text=_("规范写法"))
    original = models.CharField(max_length=120, help_text=_("填写的原文"))
    irregularities = models.JSONField(default=list, help_text=_("案号不规范之处"))

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["case", "kind", "number"], name="case_link_once")]

    def __str__(self) -> str:
        return f"{self.case} {self.kind} {self.number}"


class ImportState(models.TextChoices):
    """States of an import."""

    WAITING = "waiting", _("等待处理")
    RUNNING = "running", _("正在处理")
    CHECKED = "checked", _("已核对，未写入")
    DONE = "done", _("已完成")
    REFUSED = "refused", _("未写入")
    FAILED = "failed", _("中断")


class ImportPhase(models.TextChoices):
    """What a running import is at; each phase counts its own rows."""

    READING = "reading", _("正在读取")
    CHECKING = "checking", _("正在核对")
    WRITING = "writing", _("正在写入")


class ImportJob(models.Model):
    """An import of cases from a file: the file, how far it is, and every row that was not taken, with its reasons."""

    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    file_name = models.CharField(max_length=200)
    content = models.BinaryField(help_text=_("文件原样"))
    encoding = models.CharField(max_length=20, blank=True)
    dry_run = models.BooleanField(default=True)
    keep_good = models.BooleanField(default=True, help_text=_("有错误行时仍写入正确的行"))
    state = models.CharField(max_length=10, choices=ImportState.choices, default=ImportState.WAITING)
    total = models.PositiveIntegerField(default=0)
    processed = models.PositiveIntegerField(default=0)
    phase = models.CharField(max_length=10, blank=True, choices=ImportPhase.choices)
    phase_done = models.PositiveIntegerField(default=0, help_text=_("本阶段已处理的行数，只供显示"))
    good = models.PositiveIntegerField(default=0)
    written = models.PositiveIntegerField(default=0)
    problems = models.JSONField(default=list, help_text=_("每处错误的行号、栏目、理由"))
    message = models.CharField(max_length=300, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.file_name} {self.get_state_display()}"

    @property
    def finished(self) -> bool:
        """Nothing more will happen to it."""
        return self.state not in (ImportState.WAITING, ImportState.RUNNING)

    @property
    def percent(self) -> int:
        """Rows of the phase in per cent, 0 before the file has been read."""
        return round(100 * self.phase_done / self.total) if self.total else 0

    @property
    def outcome(self) -> str:
        """How it ended, in the language of the reader; empty while it runs (`message` is in the worker's language)."""
        values = {"good": self.good, "bad": self.total - self.good, "written": self.written}
        if self.state == ImportState.CHECKED:
            return gettext("核对完毕：%(good)s 行可以写入，%(bad)s 行有错误") % values
        if self.state == ImportState.DONE:
            return gettext("写入 %(written)s 件，%(bad)s 行有错误未写入") % values
        return gettext("有错误，一行也没有写入") if self.state == ImportState.REFUSED else ""
