"""The trail: one row an act, chained in lanes so that writers do not queue behind one another."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class AuditLane(models.Model):
    """Head of one of the parallel chains; an act takes a free one just before it commits."""

    lane = models.PositiveSmallIntegerField(primary_key=True)
    position = models.BigIntegerField(default=0, help_text=_("本链最后一条的序号"))
    head = models.CharField(max_length=64, help_text=_("本链最后一条的 SM3 值"))

    def __str__(self) -> str:
        return f"{self.lane}:{self.position}"


class AuditEntry(models.Model):
    """One act: who, in which post, did what to what, from what to what, why. Never changed, never deleted."""

    lane = models.PositiveSmallIntegerField()
    position = models.BigIntegerField()
    at = models.DateTimeField(help_text=_("行为时间（UTC）"))
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", help_text=_("空为系统自动行为")
    )
    actor_name = models.CharField(max_length=100)
    capacity = models.CharField(max_length=200, help_text=_("行为时的职务"))
    verb = models.CharField(max_length=80)
    permission = models.CharField(max_length=80, blank=True)
    object_type = models.CharField(max_length=80, blank=True)
    object_id = models.CharField(max_length=64, blank=True)
    object_label = models.CharField(max_length=300, blank=True)
    case_id = models.BigIntegerField(null=True, help_text=_("所涉案件"))
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    reason = models.TextField(blank=True)
    basis = models.CharField(max_length=300, blank=True, help_text=_("法律依据"))
    request_id = models.CharField(max_length=64, blank=True)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["lane", "position"], name="audit_entry_one_per_position")]
        indexes = [
            models.Index(fields=["case_id", "-id"], name="audit_entry_of_case"),
            models.Index(fields=["object_type", "object_id", "-id"], name="audit_entry_of_object"),
            models.Index(fields=["actor", "-id"], name="audit_entry_of_actor"),
            models.Index(fields=["verb", "-id"], name="audit_entry_of_verb"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.object_label}"
