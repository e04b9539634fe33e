"""Hearings as the public list shows them."""

from __future__ import annotations

from cases.intake.catalogue import cause_path, causes
from deadlines.hearings.models import Hearing
from publicity.portal import rules as portal_rules
from publicity.portal.hearing_services import PublicHearing
from publicity.process_info import rules

BENCH = ("judge", "presiding", "member", "juror")


def public_id_of(hearing_id: int) -> str:
    """The stable public id of a hearing; it stays when the hearing moves."""
    return portal_rules.public_id("hearing", str(hearing_id))


def announced(hearing: Hearing) -> bool:
    """Is the hearing on the public list?"""
    return rules.is_announced(hearing.is_public, hearing.case.secrecy, hearing.status)


def public_hearing(hearing: Hearing) -> PublicHearing:
    """The values handed to the portal."""
    case, room = hearing.case, hearing.courtroom
    parties = list(case.parties.all())
    path = [cause.code for cause in cause_path(case.cause_code)] if case.cause_code in causes() else []
    named = rules.names_parties(
        case.category, path, [party.role for party in parties], any(party.is_minor for party in parties)
    )
    cause = causes().get(case.cause_code)
    return PublicHearing(
        public_id=public_id_of(hearing.pk),
        case_number=case.number,
        court_name=case.court.name,
        court_name_en=case.court.name_en,
        courtroom=room.name,
        courtroom_en=room.name_en,
        title=case.title if named else "",
        cause=case.cause,
        cause_en=cause.en if cause and cause.zh == case.cause else "",
        kind=hearing.kind,
        starts_at=hearing.starts_at,
        ends_at=hearing.ends_at,
        judges=tuple(row.name for row in hearing.participants.all() if row.role in BENCH),
    )
