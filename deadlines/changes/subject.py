"""The application as a subject of the approvals engine."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy

from cases.intake.models import Case
from courtcms.accounts.capacity import Capacity
from courtcms.accounts.posts import Post
from courtcms.approvals.models import ApprovalRequest
from courtcms.approvals.subjects import Effect, StepPlan, Subject
from deadlines.changes.models import ChangeRequest
from deadlines.changes.preview import effects_of
from deadlines.changes.rules import deciding_posts, path_of
from deadlines.changes.services import KIND, LAW, on_approved, on_ended, on_moved
from deadlines.rulebook.reading import rulebook

IN_DIVISION = (Post.DIVISION_CHIEF, Post.DEPUTY_DIVISION_CHIEF, Post.PRESIDING_JUDGE)
WORKING_DAYS = 2


def _steps(change: ChangeRequest, asker: Any) -> Sequence[StepPlan]:
    """The posts of the packs above everybody who asks or has the case in charge: nobody decides an own case."""
    case = change.case
    path = rulebook().approvals[path_of(change.kind, change.approver)].posts
    people = [asker, case.judge] if case.judge else [asker]
    own = {capacity.post for person in people for capacity in person.capacities if _here(capacity, case)}
    return [
        StepPlan(post, case.court_id, case.division_id if post in IN_DIVISION else None, working_days=WORKING_DAYS)
        for post in deciding_posts(path, own)
    ]


def _here(capacity: Capacity, case: Case) -> bool:
    """A post held in person that stands over this case: of its division, or of the whole court."""
    if capacity.substitute_for or capacity.court_id != case.court_id:
        return False
    return capacity.post not in IN_DIVISION or capacity.division_id == case.division_id


def _preview(request: ApprovalRequest) -> Sequence[Effect]:
    return effects_of(ChangeRequest.objects.select_related("clock", "case").get(pk=request.object_id))


SUBJECT = Subject(
    kind=KIND, title=gettext_lazy("期限变更"), steps=_steps, preview=_preview, on_approved=on_approved,
    on_ended=on_ended, on_moved=on_moved, basis=LAW,
)  # fmt: skip
