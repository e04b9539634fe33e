"""What a party may see of its own case, sealed: the public role reads the rows and understands none of them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class CaseAccess(models.Model):
    """One party's view of one case under one query code. Neither number nor name stands here in clear.

    Revoking or reissuing a code deletes the row; nothing of it stays on the public side.
    """

    name = models.CharField(max_length=6, unique=True, help_text=_("查询码的前六位，随机"))
    salt = models.CharField(max_length=40)
    wrapped = models.CharField(max_length=200, help_text=_("以查询码和案号加密的本行密钥"))
    sealed = models.TextField(help_text=_("以本行密钥加密的内容"))
    expires_on = models.DateField(help_text=_("查询码的最后一日"))
    pushed_at = models.DateTimeField()

    class Meta:
        db_table = "portal_access"

    def __str__(self) -> str:
        return self.name
