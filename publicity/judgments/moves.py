"""The one way from state to state: look it up in the table, lock, check, write the log row."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from courtcms.accounts.policy import require
from courtcms.audit.services import Act, act
from courtcms.core import clock
from courtcms.core.errors import Conflict, Reason, Reasons
from courtcms.core.locks import lock
from publicity.judgments import policy, rules
from publicity.judgments.models import Publication, PublicationStep, PublicationVersion, State


@dataclass
class Move:
    """A transition under way: the locked publication, the audit entry, the reasons that stand against it."""

    publication: Publication
    entry: Act
    reasons: Reasons = field(default_factory=Reasons)

    def refuse(self) -> None:
        """Raise with everything noted so far."""
        self.reasons.refuse()


@contextmanager
def move(*, actor: Any, publication: Publication, name: str, reason: str = "") -> Iterator[Move]:
    """Make one transition; what the block changes on `publication` is saved with the new state.

    Raises NotAllowed without the permission or outside the scope, Conflict from a state the table does not know.
    """
    row = rules.TRANSITIONS[name]
    if actor is not None:
        require(actor, row.permission)
        policy.require_seen(actor, publication)
    with act(
        actor=actor, verb=f"publication.{name}", permission=row.permission, case_id=publication.case_id, reason=reason
    ) as entry:
        locked = lock(Publication.objects.all(), [publication.pk])[0]
        if rules.transition(name, locked.state) is None:
            raise Conflict(
                Reason(
                    _("这份文书现在的状态是“%(state)s”，不能作此操作") % {"state": State(locked.state).label},
                    code="state",
                    remedy=_("请刷新页面查看最新状态"),
                )
            )
        step = Move(locked, entry)
        if row.needs_reason and not reason.strip():
            step.reasons.add(_("请写明理由"), field="reason")
        source = locked.state
        yield step
        step.refuse()
        locked.state = row.target
        locked.save()
        PublicationStep.objects.create(
            publication=locked, name=name, source=source, target=row.target, by=actor, at=clock.now(),
            version=locked.version, reason=reason,
        )  # fmt: skip
        entry.target, entry.before, entry.after = locked, {"state": source}, {"state": row.target, **entry.after}
    publication.refresh_from_db()


def current(publication: Publication) -> PublicationVersion | None:
    """The version in work; None before the first upload."""
    return publication.versions.filter(number=publication.version).first()
