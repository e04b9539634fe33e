"""Who may touch which case, beyond the permission map."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from cases.intake.models import Case
from courtcms.accounts.policy import allowed
from courtcms.audit.services import record
from courtcms.core.errors import NotAllowed, Reason
from courtcms.files.access import Access


def require_in_scope(case: Case, actor: Any) -> None:
    """Raise NotAllowed unless the case lies within the actor's posts of today. The system itself (None) may all."""
    if actor is not None and not Case.objects.visible_to(actor).filter(pk=case.pk).exists():
        raise NotAllowed(Reason(_("该案件不在您的办案、管理范围内"), code="out_of_scope"))


def can_act(user: Any, permission: str, case: Case) -> bool:
    """Posts with the permission, on an open case (the caller has fetched it within the user's scope)."""
    return case.status == "open" and allowed(user, permission)


def note_reading(actor: Any, case: Case, what: str) -> None:
    """Record that somebody read a case above `none`; reads of ordinary cases leave no entry."""
    if case.secrecy != "none":
        record(
            actor=actor, verb="case.read", target=case, permission="cases.read", case_id=case.pk, after={"page": what}
        )


def file_access(user: Any, case_id: int) -> Access:
    """Files of a case are open to whoever sees the case; openings of files of secret cases go into the trail."""
    case = Case.objects.visible_to(user).filter(pk=case_id).only("secrecy").first()
    return Access(case is not None, confidential=case is not None and case.secrecy != "none")
