"""Two tables beside the documents: what visitors report, and what is held back while it is looked into."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from publicity.portal import words


class InboxKind(models.TextChoices):
    """What a visitor says is wrong."""

    PERSON = "person", _("写出了不该公开的人")
    NUMBER = "number", _("写出了证件、电话、账号、住址")
    SECRET = "secret", _("涉及秘密、隐私或者未成年人")
    WRONG = "wrong", _("与裁判文书原本不一致")
    OTHER = "other", _("其他")


class InboxMessage(models.Model):
    """One report. The public role can put it in and can never read it; the staff side takes it out.

    The key is made by the process, because a role that may only insert cannot be told a number of the database.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    receipt = models.CharField(max_length=20, unique=True, help_text=_("回执编号"))
    public_id = models.CharField(max_length=20)
    kind = models.CharField(max_length=10, choices=InboxKind.choices)
    passage = models.CharField(max_length=1000, help_text=_("哪一处公开过多"))
    contact = models.CharField(max_length=100, blank=True, help_text=_("联系方式"))
    received_at = models.DateTimeField()

    class Meta:
        db_table = "portal_inbox"

    def __str__(self) -> str:
        return self.receipt


class Hold(models.Model):
    """A document that is kept off every surface until a day, while a report about it is examined."""

    public_id = models.CharField(max_length=20, unique=True)
    case_number = models.CharField(max_length=80)
    court_name = models.CharField(max_length=100)
    court_name_en = models.CharField(max_length=200, blank=True)
    judged_on = models.DateField()
    held_on = models.DateField()
    until = models.DateField(help_text=_("最迟在这一天恢复公布或者撤回"))

    class Meta:
        db_table = "portal_hold"
        constraints = [
            models.CheckConstraint(
                name="portal_hold_days",
                condition=models.Q(until__gte=models.F("held_on")),
                violation_error_message=_("截止日不得早于暂停之日"),
            )
        ]

    def __str__(self) -> str:
        return self.case_number

    @property
    def court(self) -> str:
        return words.in_language(self.court_name, self.court_name_en)
