"""What hearings do when a lower floor tells them something. Handlers only write rows."""

from __future__ import annotations

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext_lazy

from cases.docket.events import DocketUndone
from cases.intake.events import CaseClosed
from courtcms.core import clock
from courtcms.core.events import publish
from courtcms.notices.services import notify
from deadlines.calendars.events import CalendarChanged
from deadlines.calendars.selectors import work_calendar
from deadlines.hearings.events import HearingChanged
from deadlines.hearings.models import Hearing, HearingStatus


def _cancel(hearing: Hearing, reason: str) -> None:
    hearing.status, hearing.end_reason, hearing.docket_entry = HearingStatus.CANCELLED, reason, None
    hearing.save(update_fields=["status", "end_reason", "docket_entry"])
    publish(HearingChanged(hearing.pk))


DAY_OFF = gettext_lazy("%(number)s 定于 %(day)s 的庭审遇停止办公或者休息日，请改期或者写明照常开庭的理由")


def warn_of_days_off(event: CalendarChanged) -> None:
    """Hearings set down for a day that is off by now: judge and clerk are told; nothing is moved by itself."""
    calendar = work_calendar()
    first, last = max(date(event.year, 1, 1), clock.today()), date(event.year, 12, 31)
    if first > last:
        return
    rows = Hearing.objects.filter(status=HearingStatus.SCHEDULED, off_hours_reason="").between(first, last)
    for hearing in rows.select_related("case").prefetch_related("participants"):
        if calendar.is_working_day(hearing.day):
            continue
        bench = [row.user_id for row in hearing.participants.all() if row.user_id]
        notify(recipients=[hearing.case.judge_id, *bench], kind="calendar", text=DAY_OFF,
               params={"number": hearing.case.number, "day": hearing.day},
               url=reverse("hearings:show", args=[hearing.pk]), case_id=hearing.case_id)  # fmt: skip


def follow_undo(event: DocketUndone) -> None:
    """The entry of a scheduled hearing was taken back: the hearing is off."""
    for hearing in Hearing.objects.filter(docket_entry=event.entry_id, status=HearingStatus.SCHEDULED):
        _cancel(hearing, "进展记录已撤销")  # not translated: as it is stored


def call_off(event: CaseClosed) -> None:
    """A closed case has no hearings to come: room and people are free again."""
    for hearing in Hearing.objects.filter(case=event.case_id, status=HearingStatus.SCHEDULED):
        _cancel(hearing, "案件已结")  # not translated: as it is stored
