"""The only source of now and today. Court days are days in Asia/Shanghai; stored moments are UTC."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

COURT_ZONE = ZoneInfo("Asia/Shanghai")
_as_of: ContextVar[date | None] = ContextVar("as_of", default=None)


def now() -> datetime:
    """This moment, aware, in UTC. It never follows `as_of`: trace entries say when an act really happened."""
    return datetime.now(UTC)


def today() -> date:
    """The court day: the date in Asia/Shanghai, or the date that `as_of` sets for a scheduled command."""
    return _as_of.get() or now().astimezone(COURT_ZONE).date()


def court_day(moment: datetime) -> date:
    """The court day on which an aware moment lies."""
    return moment.astimezone(COURT_ZONE).date()


def start_of_day(day: date) -> datetime:
    """The aware moment at which a court day begins."""
    return datetime.combine(day, time.min, tzinfo=COURT_ZONE)


@contextmanager
def as_of(day: date | None) -> Iterator[None]:
    """Let `today()` answer `day` inside the block (for `--as-of DATE`); None changes nothing."""
    token = _as_of.set(day if day is not None else _as_of.get())
    try:
        yield
    finally:
        _as_of.reset(token)
