"""Stored files: the row says what it is and who brought it, the content lies under its own hash."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class FileKind(models.TextChoices):
    """Kinds of files, told by content."""

    TXT = "txt", _("文本")
    DOCX = "docx", _("Word 文档")
    PDF = "pdf", "PDF"
    PNG = "png", _("PNG 图片")
    JPEG = "jpeg", _("JPEG 图片")
    TIFF = "tiff", _("TIFF 图片")


class StoredFile(models.Model):
    """One upload. Two uploads of the same content are two rows over one stored content."""

    sha256 = models.CharField(max_length=64, db_index=True, help_text=_("内容的 SHA-256，也是存放位置"))
    sm3 = models.CharField(max_length=64, help_text=_("内容的 SM3（GB/T 32905）"))
    size = models.PositiveIntegerField(help_text=_("字节"))
    kind = models.CharField(max_length=8, choices=FileKind.choices)
    name = models.CharField(max_length=200, help_text=_("上传时的文件名"))
    uploader = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="uploads",
        help_text=_("空为系统导入"),
    )
    case_id = models.BigIntegerField(null=True, blank=True, db_index=True, help_text=_("所属案件"))
    text = models.TextField(blank=True, help_text=_("提取的文字"))
    is_scan = models.BooleanField(default=False, help_text=_("没有文字层，需要识别或者另附文本"))
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="file_scan_has_no_text",
                condition=Q(is_scan=False) | Q(text=""),
                violation_error_message=_("没有文字层的文件不得有文字"),
            ),
            models.CheckConstraint(
                name="file_not_empty", condition=Q(size__gt=0), violation_error_message=_("文件没有内容")
            ),
        ]

    def __str__(self) -> str:
        return self.name
