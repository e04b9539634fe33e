"""What somebody asks for: a hearing with its room, time, people and the reasons that exceptions need."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cases.intake.models import BenchRole, Case, Representative
from cases.intake.selectors import bench
from deadlines.hearings import rules
from deadlines.hearings.models import Hearing, HearingParticipant

#: whose presence a hearing needs; the assistant may be elsewhere
SITTING = (BenchRole.JUDGE, BenchRole.PRESIDING, BenchRole.MEMBER, BenchRole.JUROR, BenchRole.CLERK)


@dataclass(frozen=True)
class HearingDraft:
    """A hearing asked for. `bench` and `representatives` are ids; None means everybody of the case who must come.

    `entry` is a docket entry that already announced the hearing; it is taken over instead of written again.
    """

    courtroom: int | None
    starts_at: datetime | None
    ends_at: datetime | None
    kind: str = "hearing"
    is_public: bool = True
    closed_ground: str = ""
    bench: tuple[int, ...] | None = None
    representatives: tuple[int, ...] | None = None
    short_notice_consent: str = ""
    gap_consent: str = ""
    off_hours_reason: str = ""
    note: str = ""
    entry: int | None = None


@dataclass(frozen=True)
class Attendance:
    """Who must be there, as rows not yet saved."""

    people: tuple[HearingParticipant, ...]

    @property
    def user_ids(self) -> list[int]:
        """Persons of the court."""
        return [row.user_id for row in self.people if row.user_id]

    @property
    def keys(self) -> list[str]:
        """Representatives, by who they are across cases."""
        return [row.person_key for row in self.people if row.person_key]


def sitting(case: Case) -> dict[int, tuple[str, Any]]:
    """Members of today's bench who must come: user id → (first place, user)."""
    found: dict[int, tuple[str, Any]] = {}
    for member in bench(case):
        if member.role in SITTING:
            found.setdefault(member.user_id, (member.role, member.user))
    return found


def representatives_of(case: Case) -> list[Representative]:
    """All who act for parties of the case."""
    rows = Representative.objects.filter(party__case=case).select_related("party")
    return list(rows.order_by("party__position", "position", "pk"))


def attendance_of(case: Case, draft: HearingDraft) -> Attendance:
    """The people of a draft; ids that do not belong to the case are left out."""
    people = [
        HearingParticipant(user=user, role=role, name=user.name)
        for pk, (role, user) in sitting(case).items()
        if draft.bench is None or pk in draft.bench
    ]
    for row in representatives_of(case):
        if draft.representatives is None or row.pk in draft.representatives:
            key = rules.person_key(row.name, row.firm, row.licence, row.party.name)
            people.append(HearingParticipant(representative=row, role="representative", name=row.name, person_key=key))
    return Attendance(tuple(people))


def attendance_now(hearing: Hearing) -> Attendance:
    """The people of a hearing as they would have to come now: who left the bench is out.

    When the judge in charge changed, the whole bench of today comes. Rows without a pk are new.
    """
    rows, seats = list(hearing.participants.all()), sitting(hearing.case)
    kept = [row for row in rows if row.representative_id or row.user_id in seats]
    seated = {row.user_id for row in kept}
    if hearing.case.judge_id not in seated:
        kept += [
            HearingParticipant(hearing=hearing, slot=hearing.slot, user=user, role=role, name=user.name)
            for pk, (role, user) in seats.items()
            if pk not in seated
        ]
    return Attendance(tuple(kept))


def bench_changed(hearing: Hearing) -> bool:
    """Do other people sit in the case now than are down for the hearing?"""
    now = {row.user_id for row in attendance_now(hearing).people}
    return now != {row.user_id for row in hearing.participants.all()}
