"""One engine for every approval (审批): a request, its ordered steps, their decisions."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courtcms.accounts.capacity import post_label
from courtcms.accounts.posts import Post
from courtcms.approvals.querysets import RequestQuerySet, StepQuerySet
from courtcms.core.texts import rendered
from courtcms.courts.models import Court, Division


class RequestState(models.TextChoices):
    """Where a request stands."""

    PENDING = "pending", _("审批中")
    RETURNED = "returned", _("退回补正")
    APPROVED = "approved", _("已批准")
    REJECTED = "rejected", _("不予批准")
    WITHDRAWN = "withdrawn", _("已撤回")


class StepState(models.TextChoices):
    """Where a step stands."""

    WAITING = "waiting", _("未到")
    OPEN = "open", _("待审批")
    APPROVED = "approved", _("同意")
    RETURNED = "returned", _("退回")
    REJECTED = "rejected", _("不同意")
    VOID = "void", _("未经过")


class ApprovalRequest(models.Model):
    """Somebody asks for something that others decide, step by step."""

    kind = models.CharField(max_length=60, help_text=_("审批事项，由各业务登记"))
    text = models.CharField(max_length=300, help_text=_("标题原句（msgid）"))
    params = models.JSONField(default=dict, blank=True)
    object_type = models.CharField(max_length=80)
    object_id = models.CharField(max_length=64)
    url = models.CharField(max_length=300, blank=True, help_text=_("所涉对象的页面"))
    case_id = models.BigIntegerField(null=True, blank=True, db_index=True, help_text=_("所涉案件"))
    asker = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="approvals_asked")
    asker_capacity = models.CharField(max_length=200)
    reason = models.TextField(help_text=_("申请理由"))
    basis = models.CharField(max_length=300, blank=True, help_text=_("依据"))
    payload = models.JSONField(default=dict, blank=True, help_text=_("批准后据以办理的内容"))
    state = models.CharField(max_length=10, choices=RequestState.choices, default=RequestState.PENDING)
    round = models.PositiveSmallIntegerField(default=1, help_text=_("第几次提交"))
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    end_reason = models.TextField(blank=True)

    objects = RequestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "object_type", "object_id"], condition=Q(state__in=["pending", "returned"]),
                name="approval_one_running", violation_error_message=_("同一事项已在审批中"),
            ),
            models.CheckConstraint(
                name="approval_end_coherent",
                condition=Q(state__in=["pending", "returned"], ended_at__isnull=True)
                | Q(state__in=["approved", "rejected", "withdrawn"], ended_at__isnull=False),
                violation_error_message=_("已办结的审批须有办结时间"),
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["asker", "-id"], name="approval_of_asker"),
            models.Index(fields=["object_type", "object_id"], name="approval_of_object"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """What is asked, in the language in force."""
        return rendered(self.text, self.params)


class ApprovalStep(models.Model):
    """One decision to be taken, by a post in a court or division, or by one named holder."""

    request = models.ForeignKey(ApprovalRequest, on_delete=models.PROTECT, related_name="steps")
    round = models.PositiveSmallIntegerField(default=1)
    position = models.PositiveSmallIntegerField()
    post = models.CharField(max_length=30, choices=Post.choices)
    court = models.ForeignKey(Court, on_delete=models.PROTECT, related_name="+")
    division = models.ForeignKey(Division, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        help_text=_("只能由此人（或其代理人）决定"),
    )  # fmt: skip
    working_days = models.PositiveSmallIntegerField(help_text=_("审批期限（工作日）"))
    state = models.CharField(max_length=10, choices=StepState.choices, default=StepState.WAITING)
    opened_at = models.DateTimeField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="approval_decisions"
    )
    decided_capacity = models.CharField(max_length=200, blank=True)
    decided_for = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        help_text=_("职务的任职人；与审批人不同时为代理"),
    )  # fmt: skip
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_late = models.BooleanField(default=False, help_text=_("逾期决定"))
    comment = models.TextField(blank=True)

    objects = StepQuerySet.as_manager()

    class Meta:
        ordering = ["round", "position"]
        constraints = [
            models.UniqueConstraint(fields=["request", "round", "position"], name="approval_step_place"),
            models.UniqueConstraint(fields=["request"], condition=Q(state="open"), name="approval_one_open_step"),
            models.CheckConstraint(
                name="approval_step_decided_coherent",
                condition=Q(state__in=["approved", "returned", "rejected"], decided_by__isnull=False,
                            decided_at__isnull=False)
                | Q(state__in=["waiting", "open", "void"], decided_by__isnull=True, decided_at__isnull=True),
                violation_error_message=_("已决定的步骤须有审批人和时间"),
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["post", "court", "division"], condition=Q(state="open"), name="approval_open_step"),
            models.Index(fields=["decided_by", "-decided_at"], name="approval_decided_by"),
        ]

    def __str__(self) -> str:
        return f"{self.request_id}/{self.round}.{self.position} {self.get_post_display()}"

    @property
    def place(self) -> str:
        """Who decides: post and division, and the name where only one holder may."""
        label = post_label(self.post, self.division.label if self.division else "")
        return f"{label} {self.holder.display_name}" if self.holder else label

    @property
    def by_substitute(self) -> bool:
        """Was it decided by a substitute?"""
        return self.decided_by_id is not None and self.decided_for_id != self.decided_by_id
