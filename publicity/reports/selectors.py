"""What the pages of reports show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from publicity.reports.models import Report

SHOWN = ("open", "late", "answered")


@dataclass(frozen=True)
class Line:
    """One report in the list, with the hours left of its 24; negative when they have passed."""

    report: Report
    hours: int
    level: str


def filtered(show: str, moment: datetime) -> QuerySet[Report]:
    """Reports of a tab; an unknown tab shows what is open."""
    rows = Report.objects.select_related("publication__case", "answered_by")
    if show == "answered":
        return rows.filter(answered_at__isnull=False)
    return rows.late(moment) if show == "late" else rows.open()


def line(report: Report, moment: datetime) -> Line:
    """With its clock."""
    hours = int((report.due_at - moment).total_seconds() // 3600)
    level = "done" if not report.is_open else "danger" if hours < 0 else "near" if hours < 6 else "info"
    return Line(report, hours, level)


def tabs(show: str, moment: datetime) -> list[dict[str, Any]]:
    """Open, late, answered, each with its number."""
    titles = {"open": _("待答复"), "late": _("已超时"), "answered": _("已答复")}
    return [
        {"title": titles[key], "count": filtered(key, moment).count(), "href": f"?show={key}", "current": key == show}
        for key in SHOWN
    ]
