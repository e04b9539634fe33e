"""The tables of this floor, room by room."""

from publicity.batches.models import Batch, BatchItem
from publicity.judgments.models import (
    Clearance,
    Delivery,
    DeskStep,
    NamePass,
    Publication,
    PublicationStep,
    PublicationVersion,
    RedactionHit,
    Withdrawal,
)
from publicity.process_info.models import Handed, ProcessAccess
from publicity.reports.models import Report

__all__ = [
    "Batch",
    "BatchItem",
    "Clearance",
    "Delivery",
    "DeskStep",
    "Handed",
    "NamePass",
    "ProcessAccess",
    "Publication",
    "PublicationStep",
    "PublicationVersion",
    "RedactionHit",
    "Report",
    "Withdrawal",
]
