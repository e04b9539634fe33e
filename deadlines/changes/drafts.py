"""What somebody asks for, before it is a row."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from courtcms.files.models import StoredFile


@dataclass(frozen=True, slots=True)
class ChangeDraft:
    """An application: kind and ground (an id of the packs), days or length, why, and the paper it rests on.

    For a resumption `interval` is the stopped period, and the ground follows from it.
    """

    kind: str
    ground: str = ""
    reason: str = ""
    document: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    amount: int | None = None
    unit: str = ""
    interval: int | None = None
    file: StoredFile | None = None
