"""What the board of long-pending cases shows, worked out once a day; every row can be made anew from the cases."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.intake.models import Case
from courtcms.courts.models import Court, Division


class Flow(models.TextChoices):
    """What a cell counts."""

    INFLOW = "in", _("新跨线")
    OUTFLOW = "out", _("跨线后办结")
    STANDING = "standing", _("现存")
    COMING = "coming", _("将跨线")


class BoardCell(models.Model):
    """A number of the board: cases of one division and cause, at one line, in one month or within one horizon."""

    court = models.ForeignKey(Court, on_delete=models.PROTECT, related_name="+")
    division = models.ForeignKey(Division, on_delete=models.PROTECT, related_name="+", db_index=False)
    cause_code = models.CharField(max_length=20)
    line = models.PositiveSmallIntegerField(help_text=_("界线，月"))
    flow = models.CharField(max_length=10, choices=Flow.choices)
    month = models.DateField(null=True, blank=True, help_text=_("流入流出的月份，该月一日"))
    days = models.PositiveSmallIntegerField(default=0, help_text=_("将跨线的天数：30、60、90"))
    number = models.PositiveIntegerField()
    paused = models.PositiveIntegerField(default=0, help_text=_("其中停止计算的"))
    fixed = models.PositiveIntegerField(default=0, help_text=_("其中已排庭的"))

    class Meta:
        indexes = [models.Index(fields=["line", "flow", "division"], name="board_cell_read")]

    def __str__(self) -> str:
        return f"{self.flow} {self.line} {self.number}"


class Waiting(models.Model):
    """One open case that waits for something: for what, and since when.

    A case without a row waits for nobody (`nobody` in `data/waits.yaml`), as most of them do.
    """

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="waiting")
    court = models.ForeignKey(Court, on_delete=models.PROTECT, related_name="+", db_index=False)
    division = models.ForeignKey(Division, on_delete=models.PROTECT, related_name="+", db_index=False)
    cause_code = models.CharField(max_length=20)
    category = models.CharField(max_length=20)
    filed_on = models.DateField()
    reason = models.CharField(max_length=30, help_text=_("在等什么，见 longpending/data/waits.yaml"))
    since = models.DateField(null=True, blank=True, help_text=_("自何日等起"))

    class Meta:
        indexes = [
            models.Index(fields=["reason", "filed_on"], name="waiting_for"),
            models.Index(fields=["division", "filed_on"], name="waiting_of_division"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.reason}"


class WaitCell(models.Model):
    """How many open cases of a division, beyond one line and not the next, wait for one thing since one day."""

    court = models.ForeignKey(Court, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    division = models.ForeignKey(
        Division, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    category = models.CharField(max_length=20)
    line = models.PositiveSmallIntegerField(help_text=_("已经跨过的最远一条界线，月"))
    reason = models.CharField(max_length=30)
    since = models.DateField(null=True, blank=True)
    number = models.PositiveIntegerField()

    class Meta:
        indexes = [models.Index(fields=["division", "line"], name="wait_cell_read")]

    def __str__(self) -> str:
        return f"{self.reason} {self.line} {self.number}"


class SignalCell(models.Model):
    """How many signals of one detector stand in one state in a division."""

    court = models.ForeignKey(Court, on_delete=models.PROTECT, related_name="+", db_index=False)
    division = models.ForeignKey(Division, on_delete=models.PROTECT, related_name="+")
    detector = models.CharField(max_length=40)
    state = models.CharField(max_length=10)
    number = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.detector} {self.state} {self.number}"


class BoardRefresh(models.Model):
    """When the board was last worked out; one row."""

    as_of = models.DateField()
    finished_at = models.DateTimeField()
    open_cases = models.PositiveIntegerField(help_text=_("在办案件数"))
    trail = models.BigIntegerField(default=0, help_text=_("算出时审计记录的最后一号；其后没有新的行为就不必再算"))

    def __str__(self) -> str:
        return str(self.as_of)
