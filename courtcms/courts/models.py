"""The court hierarchy. Ids are stable; names are dated, so that an old document keeps the name of its day."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class CourtLevel(models.TextChoices):
    """Levels of the people's courts (人民法院组织法 13)."""

    SUPREME = "supreme", _("最高人民法院")
    HIGH = "high", _("高级人民法院")
    INTERMEDIATE = "intermediate", _("中级人民法院")
    BASIC = "basic", _("基层人民法院")


class DatedName(models.Model):
    """A name and the days on which it was in force; `valid_to` is the first day on which it no longer was."""

    name = models.CharField(max_length=100)
    name_en = models.CharField(max_length=200, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name


class Named(models.Model):
    """Something whose names are dated rows in `names`; the current one is kept beside it for lists."""

    name = models.CharField(max_length=100, help_text=_("现名"))
    name_en = models.CharField(max_length=200, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def label(self) -> str:
        """Name in the language in force."""
        return self.name_en if (get_language() or "").startswith("en") and self.name_en else self.name

    def name_on(self, day: date) -> str:
        """Name in force on a day; the current one where no dated name covers it."""
        dated = self.names.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day), valid_from__lte=day).first()
        return dated.name if dated else self.name


class Court(Named):
    """A people's court. `code` is its code in case numbers (法〔2015〕137号 annex), e.g. 津02."""

    code = models.CharField(max_length=12, unique=True)
    level = models.CharField(max_length=12, choices=CourtLevel.choices)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="lower_courts")
    valid_from = models.DateField(default=date(2016, 1, 1))
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["code"]


class CourtName(DatedName):
    """A dated name of a court."""

    court = models.ForeignKey(Court, on_delete=models.PROTECT, related_name="names")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="court_name_dates",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                violation_error_message=_("名称的截止日须晚于起始日"),
            )
        ]


class DivisionKind(models.TextChoices):
    """What a division does; distribution of cases and desks follow it."""

    FILING = "filing", _("立案")
    CIVIL = "civil", _("民事审判")
    CRIMINAL = "criminal", _("刑事审判")
    ADMINISTRATIVE = "administrative", _("行政审判")
    ENFORCEMENT = "enforcement", _("执行")
    TRIAL_SUPERVISION = "trial_supervision", _("审判监督")
    TRIAL_MANAGEMENT = "trial_management", _("审判管理")
    DISCIPLINE = "discipline", _("纪检监察")
    OFFICE = "office", _("综合行政")


class Division(Named):
    """A division (庭、局、办) of a court."""

    court = models.ForeignKey(Court, on_delete=models.PROTECT, related_name="divisions")
    code = models.SlugField(max_length=40)
    kind = models.CharField(max_length=20, choices=DivisionKind.choices)
    closed_on = models.DateField(null=True, blank=True)
    order = models.PositiveSmallIntegerField(default=100)

    class Meta:
        ordering = ["order", "code"]
        constraints = [models.UniqueConstraint(fields=["court", "code"], name="division_code_once_per_court")]


class DivisionName(DatedName):
    """A dated name of a division."""

    division = models.ForeignKey(Division, on_delete=models.PROTECT, related_name="names")


class Courtroom(Named):
    """A courtroom or meeting room in which hearings and conferences are held."""

    court = models.ForeignKey(Court, on_delete=models.PROTECT, related_name="courtrooms")
    code = models.SlugField(max_length=40)
    seats = models.PositiveSmallIntegerField(default=0)
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["code"]
        constraints = [models.UniqueConstraint(fields=["court", "code"], name="courtroom_code_once_per_court")]
