"""Keeping a half-filled form, taking it up again, dropping it."""

from __future__ import annotations

import json
from typing import Any

from django.db import transaction
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from cases.filing import draft_content
from cases.filing.draft_content import Typed
from cases.filing.models import FilingDraft, FilingState
from cases.intake.fieldcrypt import decrypt, encrypt
from courtcms.accounts.policy import require
from courtcms.audit.services import act
from courtcms.core import clock
from courtcms.core.errors import Conflict, Reason, Refusal
from courtcms.core.locks import lock

PERMISSION = "cases.register"
#: drafts a counter may keep at a time; more is an archive and no help any more
MOST_DRAFTS = 200


def save_draft(*, actor: Any, typed: Typed, pk: int | None = None, version: int | None = None) -> FilingDraft:
    """Keep the form as it stands; without `pk` a new draft is begun.

    Saving decides nothing and leaves no entry in the trail. Raises Conflict when the draft was saved elsewhere since
    `version` (that text stays), or is gone because the case was registered or the draft dropped.
    """
    require(actor, PERMISSION)
    with transaction.atomic():
        draft = _fresh(actor, pk, version) if pk else _begin(actor)
        content, numbers = draft_content.split(typed)
        draft.content, draft.title = content, draft_content.title(typed)
        draft.numbers_encrypted = encrypt(json.dumps(numbers, ensure_ascii=False)) if numbers else ""
        draft.type_code, draft.received_on = draft_content.type_code(typed), draft_content.received_on(typed)
        draft.saved_at, draft.version = clock.now(), draft.version + bool(draft.pk)
        draft.save()
    return draft


def _begin(actor: Any) -> FilingDraft:
    if FilingDraft.objects.of_clerk(actor).count() >= MOST_DRAFTS:
        text = _("已有 %(n)s 份草稿") % {"n": MOST_DRAFTS}
        raise Refusal(Reason(text, code="drafts_many", remedy=_("先登记或者丢弃几份，再存新的")))
    return FilingDraft(clerk=actor, made_at=clock.now())


def _fresh(actor: Any, pk: int, version: int | None) -> FilingDraft:
    found = lock(FilingDraft.objects.of_clerk(actor), [pk])
    if not found:
        remedy = _("此处填的内容还在，再存一次即为新的草稿")
        raise Conflict(Reason(_("这份草稿已经登记或者丢弃"), code="draft_gone", remedy=remedy))
    if version is not None and found[0].version != version:
        moment = localtime(found[0].saved_at).strftime("%H:%M")
        text = _("这份草稿 %(time)s 在另一窗口保存过，此处没有覆盖它") % {"time": moment}
        raise Conflict(Reason(text, code="draft_elsewhere", remedy=_("从收件列表打开它，或者在此登记")))
    return found[0]


def open_draft(draft: FilingDraft) -> Typed:
    """The form as it was typed, numbers of documents in the clear for the clerk's own page."""
    numbers = json.loads(decrypt(draft.numbers_encrypted)) if draft.numbers_encrypted else {}
    return draft_content.join(draft.content, numbers)


def discard_draft(*, actor: Any, pk: int) -> None:
    """Drop a draft for good. Raises Conflict while a notice or a refusal rests on it."""
    require(actor, PERMISSION)
    with act(actor=actor, verb="filing.draft_discard", permission=PERMISSION) as entry:
        draft = _fresh(actor, pk, None)
        if draft.filing_id and draft.filing.state in (FilingState.OPEN, FilingState.REFUSING):
            remedy = _("先登记、退回诉状或者作出裁定")
            raise Conflict(Reason(_("已就这份收件发出告知或者报请裁定"), code="draft_needed", remedy=remedy))
        entry.target, entry.before = draft, {"title": draft.title, "made_at": draft.made_at}
        draft.delete()
