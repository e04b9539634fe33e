"""Who may do what with a publication, beyond the permission map."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from cases.intake.models import Case
from courtcms.accounts.policy import allowed
from courtcms.core.errors import NotAllowed, Reason
from publicity.judgments import rules
from publicity.judgments.models import DeskStep, Publication, PublicationVersion


def can_see(user: Any, publication: Publication) -> bool:
    """Whoever has the case in scope; the clearing people of the court while it lies before them."""
    return Publication.objects.visible_to(user).filter(pk=publication.pk).exists()


def can_redact(user: Any, publication: Publication) -> bool:
    """Clerk, judge's assistant or judge of the case, while the text is under review."""
    return (
        publication.state == rules.REVIEW
        and allowed(user, "judgments.prepare")
        and Case.objects.visible_to(user).filter(pk=publication.case_id).exists()
    )


def redactors(publication: Publication) -> set[int]:
    """Everybody who had a hand in the redaction of the version in work: who uploaded, decided or submitted it."""
    versions = PublicationVersion.objects.filter(publication=publication, number=publication.version)
    people = set(versions.values_list("created_by", flat=True))
    people |= set(DeskStep.objects.filter(version__in=versions, undone=False).values_list("by", flat=True))
    return {pk for pk in (*people, publication.redactor_id) if pk is not None}


def can_clear(user: Any, publication: Publication) -> bool:
    """Another person than the redactor: clerk, assistant, judge, chief or publicity staff."""
    return (
        publication.state == rules.CLEARANCE
        and allowed(user, "judgments.clear")
        and user.pk not in redactors(publication)
        and can_see(user, publication)
    )


def can(user: Any, name: str, publication: Publication) -> bool:
    """Whether the transition is open to the person in the present state; the guard itself is asked by the service."""
    row = rules.transition(name, publication.state)
    if row is None or not allowed(user, row.permission) or not can_see(user, publication):
        return False
    return row.guard != "second_person" or user.pk not in redactors(publication)


def require_seen(user: Any, publication: Publication) -> None:
    """Raise NotAllowed unless the person may see it; None is the system itself."""
    if user is not None and not can_see(user, publication):
        raise NotAllowed(Reason(_("这份文书不在您的办案、管理范围内"), code="out_of_scope"))
