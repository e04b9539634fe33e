"""The only way into `portal_access`. Called inside the audited act that issued, renewed or revoked a code."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from courtcms.core import clock
from publicity.portal.models import CaseAccess
from publicity.portal.sealing import Lock


def push_access(lock: Lock, *, sealed: str, expires_on: date) -> None:
    """Put a new row: what its code opens."""
    CaseAccess.objects.create(
        name=lock.name, salt=lock.salt, wrapped=lock.wrapped, sealed=sealed, expires_on=expires_on,
        pushed_at=clock.now(),
    )  # fmt: skip


def refresh_access(name: str, *, sealed: str) -> None:
    """Bring a row up to date; the code stays the same. A row that is gone stays gone."""
    CaseAccess.objects.filter(name=name).update(sealed=sealed, pushed_at=clock.now())


def withdraw_access(names: Iterable[str]) -> int:
    """Delete rows: nobody opens them again, and sessions that are open end with the next look."""
    return CaseAccess.objects.filter(name__in=list(names)).delete()[0]
