"""The tables of this floor, room by room."""

from oversight.escalation.models import (
    ActKind,
    Escalation,
    EscalationAct,
    EscalationCause,
    EscalationState,
    LadderVersion,
)

__all__ = ["ActKind", "Escalation", "EscalationAct", "EscalationCause", "EscalationState", "LadderVersion"]
