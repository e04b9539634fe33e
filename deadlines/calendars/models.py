"""The court's own table of working days: what differs from the plain week, and how sure each year is."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


def N_(text: str) -> str:
    """Mark a text for the catalogue; it is stored in Chinese and translated where it is shown."""
    return text


HOLIDAYS = (
    N_("元旦"), N_("春节"), N_("农历除夕"), N_("清明节"), N_("劳动节"), N_("端午节"), N_("中秋节"), N_("国庆节"),
    N_("抗战胜利七十周年纪念日"),
)  # fmt: skip
MOVED = "（补假）"  # not translated: as the published schedule writes it


class DaySource(models.TextChoices):
    """Where a day of the calendar comes from."""

    PUBLISHED = "published", _("国务院通知")
    COURT = "court", _("本院录入")
    ESTIMATED = "estimated", _("推算")
    CLOSURE = "closure", _("本院停止办公")


class YearStatus(models.TextChoices):
    """Whether the schedule of a year is known."""

    PUBLISHED = "published", _("已公布")
    ESTIMATED = "estimated", _("暂定")


class CalendarYear(models.Model):
    """One year: published, or estimated from the statutory holidays until its schedule is entered."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    status = models.CharField(max_length=10, choices=YearStatus.choices, default=YearStatus.ESTIMATED)
    source = models.CharField(max_length=200, blank=True, help_text=_("依据，如国务院办公厅通知的文号"))
    entered_on = models.DateField(null=True, blank=True)
    recompute_owed = models.BooleanField(default=False, help_text=_("排定后尚有期限等待重新推算"))

    class Meta:
        ordering = ["year"]

    def __str__(self) -> str:
        return str(self.year)


class CalendarDay(models.Model):
    """A day that differs from the plain week: a day off from Monday to Friday, or a weekend day worked (调休)."""

    day = models.DateField(unique=True)
    is_working = models.BooleanField(help_text=_("是：周末上班；否：工作日放假"))
    name = models.CharField(max_length=60, blank=True)
    source = models.CharField(max_length=10, choices=DaySource.choices)

    class Meta:
        ordering = ["day"]

    def __str__(self) -> str:
        return f"{self.day} {'+' if self.is_working else '-'}"

    @property
    def label(self) -> str:
        """Name of the holiday in the language in force; one that falls on a weekend is made up for on a weekday."""
        if not self.name:
            return ""
        plain = self.name.removesuffix(MOVED)
        return gettext(plain) if plain == self.name else gettext("%(holiday)s（补假）") % {"holiday": gettext(plain)}


class CalendarVersion(models.Model):
    """One row whose number grows with every change, so that each process knows when its copy is old."""

    number = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return str(self.number)
