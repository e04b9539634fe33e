"""A court with everybody an application passes: judge, chief, vice president, president, trial management, clerk."""

from __future__ import annotations

import io
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document

from courtcms.accounts.posts import Post
from courtcms.approvals.models import ApprovalStep
from courtcms.approvals.services import decide
from courtcms.audit.services import act
from courtcms.courts.models import Court, CourtLevel, DivisionKind
from courtcms.files.models import StoredFile
from courtcms.files.services import store_upload
from deadlines.changes.drafts import ChangeDraft
from deadlines.changes.models import ChangeRequest
from deadlines.changes.services import ask
from tests import factories as ground
from tests.deadlines import factories


def court_people() -> dict[str, Any]:
    """The people of `factories.court_people`, with the leaders and the courts above and below."""
    people = factories.court_people()
    office = ground.division("office", DivisionKind.OFFICE)
    people["president"] = ground.person(Post.PRESIDENT, office)
    people["vice"] = ground.person(Post.VICE_PRESIDENT, office)
    home, high = ground.court(), ground.court("津")
    with act(actor=None, verb="test.set_up"):
        Court.objects.filter(pk=home.pk).update(parent=high)
        basic, _ = Court.objects.get_or_create(
            code="津0102", defaults={"name": "天津市甲区人民法院", "level": CourtLevel.BASIC, "parent_id": home.pk}
        )
        Court.objects.filter(pk=basic.pk).update(parent=home)
    people["basic"] = Court.objects.get(pk=basic.pk)
    return people


def paper(actor: Any, case: Any = None) -> StoredFile:
    """A small document that the file room takes."""
    buffer = io.BytesIO()
    document = Document()
    document.add_paragraph("附件")
    document.save(buffer)
    upload = SimpleUploadedFile("paper.docx", buffer.getvalue())
    return store_upload(actor=actor, upload=upload, case_id=case.pk if case else None)


def draft(actor: Any, clock: Any, kind: str, **fields: Any) -> ChangeDraft:
    """An application with its paper."""
    values = {"kind": kind, "reason": "案情需要", "document": "第1号文书", "file": paper(actor, clock.case)}
    return ChangeDraft(**(values | fields))


def asked(actor: Any, clock: Any, kind: str, **fields: Any) -> ChangeRequest:
    """An application, asked for."""
    return ask(actor=actor, clock=clock, draft=draft(actor, clock, kind, **fields))


def agree(actor: Any, change: ChangeRequest, decision: str = "approve", comment: str = "") -> ChangeRequest:
    """One decision on the open step."""
    step = ApprovalStep.objects.get(request=change.approval_id, state="open")
    decide(actor=actor, step_id=step.pk, decision=decision, comment=comment)
    change.refresh_from_db()
    return change
