"""How the court writes dates, numbers and days left; plain text, no HTML, in the language of the page."""

from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

MINUS = "−"
NOTHING = "—"


def court_day(value: date | datetime) -> date:
    """The court day (Asia/Shanghai) on which a moment falls; a date stays what it is."""
    if isinstance(value, datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value


def weekday(value: date) -> str:
    """周一 … 周日, or Mon … Sun."""
    words = (_("周一"), _("周二"), _("周三"), _("周四"), _("周五"), _("周六"), _("周日"))
    return words[value.weekday()]


def _with_weekday(text: str, day: date) -> str:
    chinese = (get_language() or "").startswith("zh")
    return f"{text}（{weekday(day)}）" if chinese else f"{text} ({weekday(day)})"


def long_date(value: date | datetime | None) -> str:
    """2026-12-23（周三）; in English 2026-12-23 (Wed); a missing date is a dash."""
    if value is None:
        return NOTHING
    day = court_day(value)
    return _with_weekday(day.isoformat(), day)


def short_date(value: date | datetime | None) -> str:
    """12-23（周三）, for lists whose year is plain from the context."""
    if value is None:
        return NOTHING
    day = court_day(value)
    return _with_weekday(f"{day:%m-%d}", day)


def moment(value: datetime | None) -> str:
    """2026-12-23 09:30 in the court's own time."""
    if value is None:
        return NOTHING
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return f"{local:%Y-%m-%d %H:%M}"


def number(value: int | float | Decimal | None, places: int = 0) -> str:
    """Thousands by comma, a true minus sign, a dash for what is not applicable; 0 is shown."""
    if value is None:
        return NOTHING
    return f"{value:,.{places}f}".replace("-", MINUS)
