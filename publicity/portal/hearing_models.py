"""The public list of hearings. Rows get here only by `hearing_services`; closed hearings never do."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from courtcms.core import clock
from publicity.portal import words

KINDS = {"hearing": _("开庭"), "pretrial": _("庭前会议"), "inquiry": _("询问、调查")}


class Hearing(models.Model):
    """A public hearing to come or past: case, cause, time, room. `title` is empty where the parties are not named."""

    public_id = models.CharField(max_length=20, unique=True)
    case_number = models.CharField(max_length=80)
    number_key = models.CharField(max_length=80, db_index=True)
    court_name = models.CharField(max_length=100)
    court_name_en = models.CharField(max_length=200, blank=True)
    courtroom = models.CharField(max_length=100)
    courtroom_en = models.CharField(max_length=200, blank=True)
    title = models.CharField(max_length=300, blank=True)
    cause = models.CharField(max_length=100)
    cause_en = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=12)
    judges = models.JSONField(default=list, help_text=_("合议庭组成人员"))
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    pushed_at = models.DateTimeField()

    class Meta:
        db_table = "portal_hearing"
        constraints = [
            models.CheckConstraint(
                name="portal_hearing_times",
                condition=Q(ends_at__gt=F("starts_at")),
                violation_error_message=_("结束时间须晚于开始时间"),
            )
        ]
        indexes = [models.Index(fields=["starts_at", "id"], name="portal_hearing_by_time")]

    def __str__(self) -> str:
        return f"{self.case_number} {self.starts_at:%Y-%m-%d %H:%M}"

    @property
    def court(self) -> str:
        return words.in_language(self.court_name, self.court_name_en)

    @property
    def room(self) -> str:
        return words.in_language(self.courtroom, self.courtroom_en)

    @property
    def cause_label(self) -> str:
        return words.in_language(self.cause, self.cause_en)

    @property
    def kind_label(self) -> str:
        return str(KINDS.get(self.kind, self.kind))

    @property
    def starts_on(self) -> date:
        """The court day."""
        return clock.court_day(self.starts_at)

    @property
    def starts_text(self) -> str:
        """09:30 in the court's own time."""
        return f"{self.starts_at.astimezone(clock.COURT_ZONE):%H:%M}"

    @property
    def time_text(self) -> str:
        """09:30–11:30 in the court's own time."""
        first, last = (moment.astimezone(clock.COURT_ZONE) for moment in (self.starts_at, self.ends_at))
        return f"{first:%H:%M}–{last:%H:%M}"
