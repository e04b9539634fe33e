"""The tables of this floor, room by room."""

from cases.docket.models import DocketEntry
from cases.intake.models import BenchMember, BenchRole, Case, CaseStatus, Party, PartyKind, Representative, Secrecy

__all__ = [
    "BenchMember",
    "BenchRole",
    "Case",
    "CaseStatus",
    "DocketEntry",
    "Party",
    "PartyKind",
    "Representative",
    "Secrecy",
]
