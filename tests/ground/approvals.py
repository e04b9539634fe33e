"""A subject for tests of the engine: a division's plan is approved by judge, chief and vice president."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from courtcms.accounts.models import User
from courtcms.accounts.posts import Post
from courtcms.approvals.models import ApprovalRequest, ApprovalStep
from courtcms.approvals.services import Effect, StepPlan, Subject, register_subject, request_approval
from courtcms.courts.models import Division

KIND = "test.rename"


def _steps(target: Division, asker: Any) -> Sequence[StepPlan]:
    judge = User.objects.filter(appointments__post=Post.JUDGE, appointments__division=target).order_by("pk").first()
    return [
        StepPlan(Post.JUDGE, target.court_id, target.pk, holder_id=judge.pk if judge else None, skip_if_asker=True),
        StepPlan(Post.DIVISION_CHIEF, target.court_id, target.pk),
        StepPlan(Post.VICE_PRESIDENT, target.court_id, working_days=3),
    ]


def _preview(request: ApprovalRequest) -> Sequence[Effect]:
    return [Effect("名称", Division.objects.get(pk=request.object_id).name, request.payload["name"])]


def _rename(request: ApprovalRequest, actor: Any) -> None:
    Division.objects.filter(pk=request.object_id).update(name=request.payload["name"])


SUBJECT = Subject(kind=KIND, title="改名", steps=_steps, preview=_preview, on_approved=_rename, basis="测试规则第一条")
register_subject(SUBJECT)


def ask(asker: User, target: Division, name: str = "新名称庭", **changes: Any) -> ApprovalRequest:
    """Ask for a new name."""
    details: dict[str, Any] = {
        "actor": asker, "kind": KIND, "target": target, "text": "%(old)s 改名为 %(new)s",
        "params": {"old": target.name, "new": name}, "reason": "名称与职能不符", "payload": {"name": name},
    }  # fmt: skip
    return request_approval(**details | changes)


def open_step(request: ApprovalRequest) -> ApprovalStep:
    """The step that waits."""
    return ApprovalStep.objects.get(request=request, state="open")
