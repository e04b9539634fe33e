"""A day's judgments brought in together: the batch, and one row a file with what became of it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courtcms.files.models import StoredFile
from publicity.judgments.models import Publication

USER = settings.AUTH_USER_MODEL


class Batch(models.Model):
    """Files uploaded together by one person, redacted one after the other by the worker."""

    opened_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="batches")
    opened_at = models.DateTimeField()
    policy = models.CharField(max_length=12, blank=True, help_text=_("规则集，空为按公布日期选用"))
    total = models.PositiveIntegerField(default=0)
    seconds_taken = models.FloatField(default=0, help_text=_("收取、核对文件用时"))
    finished_at = models.DateTimeField(null=True, blank=True, help_text=_("全部自动脱敏完毕"))

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["id"], name="batch_unfinished", condition=Q(finished_at__isnull=True))]

    def __str__(self) -> str:
        return f"{self.pk} {self.opened_at:%F %T}"


class ItemState(models.TextChoices):
    """How far one file is."""

    WAITING = "waiting", _("等待脱敏")
    READY = "ready", _("已提出脱敏建议")
    REFUSED = "refused", _("未收")


class BatchItem(models.Model):
    """One file: the document it was matched to by the number in its head, or every reason why it was not taken."""

    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="items")
    position = models.PositiveIntegerField()
    name = models.CharField(max_length=200, help_text=_("文件名"))
    case_number = models.CharField(max_length=80, blank=True, help_text=_("文书首部的案号"))
    publication = models.ForeignKey(
        Publication, null=True, blank=True, on_delete=models.PROTECT, related_name="batch_items"
    )
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=ItemState.choices, default=ItemState.WAITING)
    problems = models.JSONField(default=list, help_text=_("未收的各项理由"))
    hits = models.PositiveIntegerField(default=0)
    doubts = models.PositiveIntegerField(default=0)
    residue = models.PositiveIntegerField(default=0)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["batch_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "position"], name="batch_item_once"),
            models.CheckConstraint(
                name="batch_item_whole",
                condition=(Q(state="refused") & ~Q(problems=[]))
                | (~Q(state="refused") & Q(publication__isnull=False, file__isnull=False)),
                violation_error_message=_("收下的文件须有文书和原件，未收的须有理由"),
            ),
        ]

    def __str__(self) -> str:
        return self.name
