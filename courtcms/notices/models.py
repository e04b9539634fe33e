"""What people are told: the inbox, and mail that is a row before it is sent."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from courtcms.core.texts import rendered
from courtcms.notices.kinds import title_of
from courtcms.notices.querysets import NoticeQuerySet, OutgoingQuerySet


class Notice(models.Model):
    """One line in somebody's inbox; stored as msgid and parameters, shown in the reader's language."""

    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="notices")
    kind = models.CharField(max_length=60)
    text = models.CharField(max_length=500, help_text=_("通知原句（msgid）"))
    params = models.JSONField(default=dict, blank=True)
    url = models.CharField(max_length=300, blank=True, help_text=_("打开的页面"))
    case_id = models.BigIntegerField(null=True, blank=True, help_text=_("所涉案件"))
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["recipient", "-id"], name="notice_of_recipient"),
            models.Index(fields=["recipient", "-id"], condition=Q(read_at__isnull=True), name="notice_unread"),
            models.Index(fields=["recipient", "kind", "-id"], name="notice_of_kind"),
        ]

    def __str__(self) -> str:
        return self.sentence

    @property
    def sentence(self) -> str:
        """The notice in the language in force."""
        return rendered(self.text, self.params)

    @property
    def kind_title(self) -> str:
        """The name of its kind."""
        return str(title_of(self.kind))


class DigestSubscription(models.Model):
    """Where somebody wants the daily digest by mail."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="digest")
    address = models.EmailField(help_text=_("法院内网邮箱"))
    is_active = models.BooleanField(default=True)

    def __str__(self) -> str:
        return self.address


class DigestRun(models.Model):
    """One daily digest: how many messages were owed when it ran. Owed = sent + pending + failed, for ever."""

    day = models.DateField(unique=True)
    owed = models.PositiveIntegerField()
    ran_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.day.isoformat()


class OutgoingState(models.TextChoices):
    """Where an outgoing message stands."""

    PENDING = "pending", _("待发")
    SENT = "sent", _("已发")
    FAILED = "failed", _("失败")


class OutgoingMessage(models.Model):
    """A mail, saved and committed before the server is asked to take it; its answer is recorded here."""

    run = models.ForeignKey(DigestRun, on_delete=models.PROTECT, related_name="messages")
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    address = models.EmailField()
    subject = models.CharField(max_length=200)
    body = models.TextField()
    state = models.CharField(max_length=10, choices=OutgoingState.choices, default=OutgoingState.PENDING)
    attempts = models.PositiveSmallIntegerField(default=0)
    answer = models.CharField(max_length=500, blank=True, help_text=_("邮件服务器的答复"))
    created_at = models.DateTimeField()
    next_try_at = models.DateTimeField()
    claimed_until = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    objects = OutgoingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "recipient"], name="outgoing_once_a_day"),
            models.CheckConstraint(
                name="outgoing_sent_coherent",
                condition=Q(state="sent", sent_at__isnull=False, sent_at__gte=F("created_at"))
                | (~Q(state="sent") & Q(sent_at__isnull=True)),
                violation_error_message=_("已发的消息须有发送时间"),
            ),
        ]
        indexes = [
            models.Index(fields=["next_try_at"], condition=Q(state="pending"), name="outgoing_pending"),
            models.Index(fields=["state", "-id"], name="outgoing_of_state"),
        ]

    def __str__(self) -> str:
        return f"{self.address} {self.subject}"
