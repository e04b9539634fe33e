"""Reading the heartbeat and the alerts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from courtcms.accounts.policy import allowed
from courtcms.core import clock, dates
from courtcms.core.clock import COURT_ZONE
from courtcms.core.context import FooterLine
from deadlines.clocks.models import Clock
from deadlines.rulebook.rules import Threshold
from deadlines.scan.models import Alert, MissedRun, ScanRun

#: when the daily scan begins, court time
DAILY_AT = time(0, 30)
#: when it must be done: until then the day before is not behind
DONE_BY = time(1, 0)


def last_run() -> ScanRun | None:
    """The latest run that finished."""
    return ScanRun.objects.filter(finished_at__isnull=False).order_by("-as_of", "-id").first()


@dataclass(frozen=True, slots=True)
class Heartbeat:
    """Whether the court's clock is running: the last run, the next one, how many days are behind.

    `broken` is the latest run that began after the last finished one and did not finish (yet).
    """

    last: ScanRun | None
    next_due: datetime
    days_behind: int

    broken: ScanRun | None = None

    @property
    def is_late(self) -> bool:
        """A day without a scan has passed."""
        return self.last is None or self.days_behind > 0


def heartbeat() -> Heartbeat:
    """The state of the scan now."""
    last, now = last_run(), clock.now().astimezone(COURT_ZONE)
    today = clock.today()
    due = datetime.combine(today, DAILY_AT, tzinfo=COURT_ZONE)
    scanned_today = last is not None and last.as_of >= today
    next_due = due + timedelta(days=1) if scanned_today or now >= due else due
    behind = max(0, (expected_day() - last.as_of).days) if last is not None else 0
    return Heartbeat(last, next_due, behind, _broken(last))


def _broken(last: ScanRun | None) -> ScanRun | None:
    """A run that began after the last finished one and failed or has not finished."""
    return ScanRun.objects.filter(finished_at__isnull=True, pk__gt=last.pk if last else 0).order_by("-pk").first()


def expected_day() -> date:
    """The latest day whose scan must be done by now."""
    today, now = clock.today(), clock.now().astimezone(COURT_ZONE)
    return today if now.date() > today or now.time() >= DONE_BY else today - timedelta(days=1)


def recent_runs(limit: int = 40) -> list[ScanRun]:
    """The latest runs, failed ones included, newest first."""
    return list(ScanRun.objects.order_by("-id")[:limit])


def recent_missed(limit: int = 20) -> list[MissedRun]:
    """Days whose scan did not come in time, newest first."""
    return list(MissedRun.objects.order_by("-day")[:limit])


def alerts_of(clock_row: Clock) -> list[Alert]:
    """The alerts of a clock, newest first."""
    return list(clock_row.alerts.order_by("-raised_on", "-id")[:50])


def condition_text(rule: Threshold) -> str:
    """The condition of a threshold in words."""
    if rule.fraction is not None:
        return _("已用 %(used)s/%(whole)s") % {"used": rule.fraction[0], "whole": rule.fraction[1]}
    if rule.least is None and rule.most is not None and rule.most < 0:
        return _("届满日已过")
    span = {"least": rule.least, "most": rule.most}
    if rule.watch == "open_days":
        if rule.every:
            return _("停止计算满 %(least)s 日，此后每 %(every)s 日") % {"least": rule.least, "every": rule.every}
        return _("停止计算满 %(least)s 日") % span
    if rule.watch == "working_days_left":
        return _("剩余 %(least)s 至 %(most)s 个工作日") % span
    return _("剩余 %(least)s 至 %(most)s 日") % span


def footer_lines(request: HttpRequest) -> list[FooterLine]:
    """The foot of every staff page: the last scan, the next one, and years without a published schedule."""
    user = getattr(request, "user", None)  # an address refused early has none yet
    if user is None or not user.is_authenticated:
        return []
    state = heartbeat()
    href = reverse("deadlines:scans") if allowed(request.user, "deadlines.scans") else ""
    if state.last is None:
        return [FooterLine(_("期限扫描尚未运行"), href, "near")]
    text = _("期限扫描 %(at)s 完成：检查 %(seen)s 个期限，发出提醒 %(raised)s 条，失败 %(failed)s") % {
        "at": dates.moment(state.last.finished_at),
        "seen": dates.number(state.last.seen),
        "raised": dates.number(state.last.raised_total),
        "failed": dates.number(state.last.failed),
    }
    late = _("期限扫描已落后 %(days)s 天，最近一次 %(at)s") % {
        "days": state.days_behind,
        "at": dates.moment(state.last.finished_at),
    }
    first = FooterLine(late, href, "danger") if state.is_late else FooterLine(text, href)
    return [first, FooterLine(_("下次扫描 %(at)s") % {"at": dates.moment(state.next_due)})]
