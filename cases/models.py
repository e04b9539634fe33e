"""The tables of this floor, room by room."""

from cases.docket.models import DocketEntry
from cases.intake.models import (
    BenchMember,
    BenchRole,
    Case,
    CaseStatus,
    Party,
    PartyKind,
    Representative,
    RepresentativeKind,
    Secrecy,
)
from cases.intake.register_models import (
    Allocation,
    AllocationMode,
    CaseCounter,
    CaseLink,
    ImportJob,
    ImportState,
    LinkKind,
    Recusal,
    RecusalGround,
    Rotation,
)

__all__ = [
    "Allocation",
    "AllocationMode",
    "BenchMember",
    "BenchRole",
    "Case",
    "CaseCounter",
    "CaseLink",
    "CaseStatus",
    "DocketEntry",
    "ImportJob",
    "ImportState",
    "LinkKind",
    "Party",
    "PartyKind",
    "Recusal",
    "RecusalGround",
    "Representative",
    "RepresentativeKind",
    "Rotation",
    "Secrecy",
]
