"""The application as a subject of the approvals engine."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy

from courtcms.accounts.posts import Post
from courtcms.approvals.models import ApprovalRequest
from courtcms.approvals.subjects import Effect, StepPlan, Subject
from deadlines.changes.models import ChangeRequest
from deadlines.changes.preview import effects_of
from deadlines.changes.rules import path_of
from deadlines.changes.services import KIND, LAW, on_approved, on_ended, on_moved
from deadlines.rulebook.reading import rulebook

IN_DIVISION = (Post.DIVISION_CHIEF, Post.DEPUTY_DIVISION_CHIEF, Post.PRESIDING_JUDGE)
WORKING_DAYS = 2


def _steps(change: ChangeRequest, asker: Any) -> Sequence[StepPlan]:
    """The posts of the packs. Where the chief asks and nobody else would decide, the vice president does."""
    case = change.case
    posts = rulebook().approvals[path_of(change.kind, change.approver)].posts
    plans = [
        StepPlan(
            post, case.court_id, case.division_id if post in IN_DIVISION else None, working_days=WORKING_DAYS,
            skip_if_asker=post in IN_DIVISION and len(posts) > 1,
        )
        for post in posts
    ]  # fmt: skip
    is_chief = any(
        capacity.post == Post.DIVISION_CHIEF and capacity.division_id == case.division_id
        for capacity in asker.capacities
    )
    if posts == (Post.DIVISION_CHIEF,) and is_chief:
        return [StepPlan(Post.VICE_PRESIDENT, case.court_id, working_days=WORKING_DAYS)]
    return plans


def _preview(request: ApprovalRequest) -> Sequence[Effect]:
    return effects_of(ChangeRequest.objects.select_related("clock", "case").get(pk=request.object_id))


SUBJECT = Subject(
    kind=KIND, title=gettext_lazy("期限变更"), steps=_steps, preview=_preview, on_approved=on_approved,
    on_ended=on_ended, on_moved=on_moved, basis=LAW,
)  # fmt: skip
