"""Query codes of parties: who has one, since when, how it was handed over, and what is owed to the public side."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cases.intake.models import Case, Party, Representative

USER = settings.AUTH_USER_MODEL


class Handed(models.TextChoices):
    """How a code reached its holder."""

    WITH_NOTICE = "with_notice", _("随受理、应诉通知书送达")
    IN_PERSON = "in_person", _("窗口当面交付")
    POST = "post", _("邮寄")


class ProcessAccess(models.Model):
    """One query code of one party or of somebody who acts for it. The code itself is kept nowhere.

    `key_encrypted` seals the content anew when the case moves on; it does not open the row without the database of the
    public side, and the code does not follow from it.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="process_accesses")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    representative = models.ForeignKey(
        Representative, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    name = models.CharField(max_length=6, unique=True, help_text=_("查询码的前六位"))
    key_encrypted = models.TextField()
    handed = models.CharField(max_length=12, choices=Handed.choices)
    identity_checked = models.CharField(max_length=200, help_text=_("核对身份所依的证件或者材料"))
    issued_on = models.DateField()
    issued_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    expires_on = models.DateField()
    revoked_on = models.DateField(null=True, blank=True)
    revoked_by = models.ForeignKey(USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    revoke_reason = models.CharField(max_length=300, blank=True)
    owed_at = models.DateTimeField(null=True, blank=True, help_text=_("案件已有变动、尚未更新之时"))
    shown_at = models.DateTimeField(help_text=_("当事人所见内容最近一次更新"))

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["party"], condition=Q(revoked_on__isnull=True, representative__isnull=True),
                name="process_access_party_once",
            ),
            models.UniqueConstraint(
                fields=["representative"], condition=Q(revoked_on__isnull=True, representative__isnull=False),
                name="process_access_representative_once",
            ),
            models.CheckConstraint(name="process_access_days", condition=Q(expires_on__gte=F("issued_on"))),
            models.CheckConstraint(
                name="process_access_revoked_coherent",
                condition=Q(revoked_on__isnull=True, revoke_reason="")
                | Q(revoked_on__isnull=False) & ~Q(revoke_reason=""),
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["case"], condition=Q(revoked_on__isnull=True), name="process_access_live"),
            models.Index(fields=["owed_at"], condition=Q(owed_at__isnull=False), name="process_access_owed"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.name}"
