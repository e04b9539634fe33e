"""The only way into `portal_hearing`. Called inside the audited act that changed the hearing."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

from courtcms.core import clock
from publicity.portal import rules
from publicity.portal.models import Hearing


@dataclass(frozen=True)
class PublicHearing:
    """A public hearing as the court hands it over. `title` is empty where the parties must not be named."""

    public_id: str
    case_number: str
    court_name: str
    courtroom: str
    cause: str
    kind: str
    starts_at: datetime
    ends_at: datetime
    court_name_en: str = ""
    courtroom_en: str = ""
    title: str = ""
    cause_en: str = ""
    judges: tuple[str, ...] = ()


def push_hearing(hearing: PublicHearing) -> None:
    """Put a hearing on the public list, or bring its row up to date; the same push twice is one."""
    fields = asdict(hearing) | {"number_key": rules.number_key(hearing.case_number), "judges": list(hearing.judges)}
    public_id = fields.pop("public_id")
    Hearing.objects.update_or_create(public_id=public_id, defaults=fields | {"pushed_at": clock.now()})


def push_hearings(hearings: list[PublicHearing]) -> None:
    """Many new ones at once, for a court that is filled in bulk."""
    now = clock.now()
    Hearing.objects.bulk_create(
        [
            Hearing(
                **asdict(hearing)
                | {"number_key": rules.number_key(hearing.case_number), "judges": list(hearing.judges)},
                pushed_at=now,
            )
            for hearing in hearings
        ],
        batch_size=500,
    )


def withdraw_hearing(public_id: str) -> None:
    """Take a hearing off the list: called off, adjourned, or closed to the public."""
    Hearing.objects.filter(public_id=public_id).delete()
