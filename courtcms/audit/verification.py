"""Verifying the trail, and leaving the result in the trail itself."""

from __future__ import annotations

from itertools import islice
from typing import Any

from courtcms.audit.models import AuditEntry
from courtcms.audit.selectors import faults
from courtcms.audit.services import record

VERB = "audit.verify"
#: as many faults as one result names; the command `verify_audit` names all
NAMED_FAULTS = 50


def verify(*, actor: Any) -> dict[str, Any]:
    """Walk the whole trail and record the result: entries read, faults found. `actor` None is the nightly run."""
    found = list(islice(faults(), NAMED_FAULTS + 1))
    result = {
        "entries": AuditEntry.objects.count(),
        "faults": [
            {"kind": fault.kind, "lane": fault.lane, "position": fault.position, "entry": fault.entry_id}
            for fault in found[:NAMED_FAULTS]
        ],
        "more": len(found) > NAMED_FAULTS,
    }
    record(actor=actor, verb=VERB, permission="audit.read", after=result)
    return result


def latest() -> AuditEntry | None:
    """The last recorded verification."""
    return AuditEntry.objects.filter(verb=VERB).order_by("-id").first()
