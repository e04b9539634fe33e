"""The tables of this floor, room by room."""

from publicity.judgments.models import (
    Clearance,
    Delivery,
    DeskStep,
    Publication,
    PublicationStep,
    PublicationVersion,
    RedactionHit,
    Withdrawal,
)

__all__ = [
    "Clearance",
    "Delivery",
    "DeskStep",
    "Publication",
    "PublicationStep",
    "PublicationVersion",
    "RedactionHit",
    "Withdrawal",
]
