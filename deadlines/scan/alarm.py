"""A scan that did not come in time is told once to trial management and the administrator."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from courtcms.accounts.models import Appointment, User
from courtcms.accounts.posts import Post
from courtcms.audit.services import act
from courtcms.core import clock
from courtcms.notices.services import notify
from deadlines.scan.models import MissedRun, ScanRun
from deadlines.scan.selectors import expected_day

KIND = "scan"
#: further back than this many days a gap is one line, not one row a day
MOST_DAYS = 400


def missed_days(last: ScanRun | None) -> list[date]:
    """Days after the last finished scan whose own scan did not come; today counts from one o'clock."""
    if last is None:
        return []
    until = expected_day()
    span = min((until - last.as_of).days, MOST_DAYS)
    return [until - timedelta(days=back) for back in range(span - 1, -1, -1)]


def note_missed(last: ScanRun | None) -> int:
    """Write the missed days down and tell people of those not told before; answers how many were new."""
    days = missed_days(last)
    known = set(MissedRun.objects.filter(day__in=days).values_list("day", flat=True))
    fresh = [day for day in days if day not in known]
    if not fresh:
        return 0
    with act(actor=None, verb="deadlines.scan_missed") as entry:
        now = clock.now()
        made = MissedRun.objects.bulk_create([MissedRun(day=day, noticed_at=now) for day in fresh])
        notify(
            recipients=_watchers(), kind=KIND, url=reverse("deadlines:scans"),
            text=_("期限扫描漏了 %(n)s 天，最早 %(day)s，正在补扫"),
            params={"n": len(made), "day": fresh[0].isoformat()},
        )  # fmt: skip
        entry.after = {"days": [day.isoformat() for day in fresh]}
    return len(fresh)


def note_made_up() -> None:
    """A scan made up for what was missed."""
    if MissedRun.objects.filter(made_up_at__isnull=True).exists():
        with act(actor=None, verb="deadlines.scan_made_up"):
            MissedRun.objects.filter(made_up_at__isnull=True).update(made_up_at=clock.now())


def _watchers() -> list[User]:
    """Whoever holds one of the posts today; an earlier post that ended does not matter."""
    today = clock.today()
    held = Appointment.objects.filter(post__in=(Post.TRIAL_MANAGEMENT, Post.ADMINISTRATOR), since__lte=today)
    held = held.filter(Q(until__isnull=True) | Q(until__gt=today))
    return list(User.objects.filter(is_active=True, pk__in=held.values("user")).order_by("pk"))
