"""Taking a batch in: every file is read and checked in memory, matched by its number, and only then stored.

The redaction is the worker's, one file a transaction. A batch can be left and returned to: what is owed is rows.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable
from functools import partial
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.intake.models import Case
from cases.intake.number_repair import parse as read_number
from courtcms.accounts.policy import require
from courtcms.audit.services import act
from courtcms.core import clock
from courtcms.core.errors import Reason, Reasons, Refusal
from courtcms.core.locks import lock
from courtcms.files.services import Read, read_upload, store_read
from courtcms.notices.services import notify
from publicity.batches.models import Batch, BatchItem, ItemState
from publicity.batches.unpacking import files_in
from publicity.judgments import checks, name_services, services, uploads
from publicity.judgments.alone import alone
from publicity.judgments.models import Publication, PublicationVersion, State
from publicity.judgments.parser import Judgment, kind_of, parse
from publicity.judgments.upload_services import DOCUMENTS
from publicity.redaction.packs import NAMES

logger = logging.getLogger(__name__)
MOST_FILES = 300
LOCK_SPACE = 0x1A9F  # first key of the advisory locks of batches


def open_batch(*, actor: Any, files: Iterable[File], policy: str = "") -> Batch:
    """Take up to 300 files (archives count by their entries) as a batch; whoever queues it runs `run_batch`.

    A file that is refused is a row with all its reasons, and nothing of its text is kept. Raises Refusal for a batch
    that is none: no file, too many, an unknown rule set.
    """
    require(actor, "judgments.prepare")
    begun = time.monotonic()
    found = [one for upload in files for one in files_in(upload)]
    reasons = Reasons()
    if not found:
        reasons.add(_("请选择文件"), field="files", code="none")
    if len(found) > MOST_FILES:
        reasons.add(
            _("一次最多 %(most)s 件，这里有 %(n)s 件") % {"most": MOST_FILES, "n": len(found)},
            field="files",
            code="many",
        )
    if policy and policy not in NAMES:
        reasons.add(_("没有这个规则集"), field="policy")
    reasons.refuse()
    with act(actor=actor, verb="batch.open", permission="judgments.prepare") as entry:
        batch = Batch.objects.create(opened_by=actor, opened_at=clock.now(), policy=policy, total=len(found))
        taken: dict[int, int] = {}
        for position, one in enumerate(found, start=1):
            _take(actor, batch, position, one, taken)
        batch.seconds_taken = round(time.monotonic() - begun, 2)
        _finish(batch)
        batch.save()
        entry.target = batch
        entry.after = {"files": len(found), "taken": len(taken), "seconds": batch.seconds_taken}
    return batch


def _take(
    actor: Any, batch: Batch, position: int, one: File | tuple[str, list[Reason]], taken: dict[int, int]
) -> BatchItem:
    """One file as a row: matched and stored, or refused with every reason."""
    if isinstance(one, tuple):
        return _refused(batch, position, one[0], one[1])
    name = (one.name or "")[-200:]
    try:
        read = read_upload(upload=one, kinds=DOCUMENTS, need_text=True)
    except Refusal as refusal:
        return _refused(batch, position, name, refusal.reasons)
    judgment, reasons = parse(uploads.tidy(read.text)), Reasons()
    case = _case_of(actor, judgment, reasons)
    if case is None:
        return _refused(batch, position, read.name, reasons.found, judgment.number)
    uploads.secrecy(reasons, case)
    if reasons:
        return _refused(batch, position, read.name, reasons.found)
    publication = _publication_of(case, judgment, reasons)
    kind = kind_of(judgment) or "judgment"
    uploads.check(
        reasons, judgment=judgment, case=case, kind=kind,
        effective_on=publication.effective_on if publication else None, policy=batch.policy,
    )  # fmt: skip
    if publication is not None and publication.pk in taken:
        reasons.add(_("与第 %(n)s 个文件是同一份文书") % {"n": taken[publication.pk]}, field="file", code="twice")
    if reasons:
        return _refused(batch, position, read.name, reasons.found, case.number)
    if publication is None:
        publication = services.open_publication(actor=actor, case=case, kind=kind)
    taken[publication.pk] = position
    return _stored(actor, batch, position, read, publication)


def _case_of(actor: Any, judgment: Judgment, reasons: Reasons) -> Case | None:
    """The case of the number in the head, among those the person works on."""
    if not judgment.number:
        reasons.add(_("文书中没有找到案号，不能确认是哪个案件的文书"), field="file", code="number")
        return None
    number = read_number(judgment.number).text
    case = Case.objects.visible_to(actor).filter(number=number).order_by("pk").first()
    if case is None:
        reasons.add(
            _("您的办案范围内没有案号为 %(number)s 的案件") % {"number": number}, field="file", code="no_case",
            remedy=_("请核对首部案号，或者由本案的书记员上传"),
        )  # fmt: skip
    return case


def _publication_of(case: Case, judgment: Judgment, reasons: Reasons) -> Publication | None:
    """The document that waits for this text; None when none was registered. One in work is never overwritten."""
    rows = case.publications.filter(kind=kind_of(judgment) or "judgment").order_by("pk")
    waiting = rows.filter(state=State.AWAITED).first()
    found = waiting or rows.last()
    if found is not None and waiting is None:
        reasons.add(
            _("本案的这份文书已经上传，现在的状态是“%(state)s”") % {"state": found.get_state_display()}, field="file",
            code="in_work", remedy=_("要换文本的，请在该文书的页面上传新的版本"),
        )  # fmt: skip
    return found


def _refused(batch: Batch, position: int, name: str, reasons: list[Reason], number: str = "") -> BatchItem:
    return BatchItem.objects.create(
        batch=batch, position=position, name=name or "—", case_number=number[:80], state=ItemState.REFUSED,
        problems=[reason.as_dict() for reason in reasons], done_at=clock.now(),
    )  # fmt: skip


def _stored(actor: Any, batch: Batch, position: int, read: Read, publication: Publication) -> BatchItem:
    file = store_read(actor=actor, read=read, case_id=publication.case_id)
    return BatchItem.objects.create(
        batch=batch, position=position, name=read.name, case_number=publication.case.number, publication=publication,
        file=file,
    )  # fmt: skip


def run_batch(pk: int) -> int:
    """Redact what waits in the batch, one file a transaction, then look for further names; how many were redacted.

    Running twice does nothing twice.
    """
    done = 0
    with alone(LOCK_SPACE, pk) as free:
        if not free:
            return 0
        while (
            item := BatchItem.objects.filter(batch=pk, state=ItemState.WAITING).order_by("position").first()
        ) is not None:
            _redact(item)
            done += 1
    for version in name_services.owed(PublicationVersion.objects.filter(publication__batch_items__batch=pk)):
        name_services.run(version)
    return done


def owed() -> list[int]:
    """Batches that are not finished: queued while the broker was away, or left by a worker that died."""
    return list(Batch.objects.filter(finished_at__isnull=True).order_by("pk").values_list("pk", flat=True))


def _redact(item: BatchItem) -> None:
    """Lay one text before the redactor. A refusal or a fault is the row's own and does not stop the others."""
    try:
        with act(actor=item.batch.opened_by, verb="batch.redact", permission="judgments.prepare") as entry:
            publication, file = item.publication, item.file
            assert publication is not None and file is not None
            version = services.prepare(
                actor=item.batch.opened_by, publication=publication, text=file.text, file=file, policy=item.batch.policy
            )
            name_services.owe(version)
            hits = list(version.hits.all())
            result = checks.result_of(version, hits)
            item.hits, item.doubts = len(hits), sum(hit.open_doubt for hit in hits)
            item.residue = len(checks.residue_of(version, hits, result))
            item.state, item.done_at = ItemState.READY, clock.now()
            item.save()
            _close(item.batch_id)
            entry.target, entry.case_id = item, publication.case_id
    except Refusal as refusal:
        _set_aside(item, [reason.as_dict() for reason in refusal.reasons])
    except Exception:
        logger.exception("batch %s: file %s could not be redacted", item.batch_id, item.position)
        text = _("自动脱敏出错，已记入系统日志；请在该文书的页面单独上传")
        _set_aside(item, [Reason(text, field="file", code="fault").as_dict()])


def _set_aside(item: BatchItem, problems: list[dict[str, str]]) -> None:
    with act(actor=None, verb="batch.refuse", target=item) as entry:
        BatchItem.objects.filter(pk=item.pk).update(
            state=ItemState.REFUSED, problems=problems, done_at=clock.now(), hits=0, doubts=0, residue=0
        )
        _close(item.batch_id)
        entry.after = {"problems": [problem["code"] for problem in problems]}


def _close(batch_id: int) -> None:
    batch = lock(Batch.objects.all(), [batch_id])[0]
    _finish(batch)
    batch.save()


def _finish(batch: Batch) -> None:
    """Note the end and tell the person when nothing waits any more."""
    if batch.finished_at or batch.items.filter(state=ItemState.WAITING).exists():
        return
    batch.finished_at = clock.now()
    refused = batch.items.filter(state=ItemState.REFUSED).count()
    notify(
        recipients=[batch.opened_by], kind="publicity.batch",
        text=gettext_lazy("批量脱敏完成：%(ready)s 件待核对，%(refused)s 件未收"),
        params={"ready": batch.total - refused, "refused": refused}, url=f"/publicity/batches/{batch.pk}/",
    )  # fmt: skip


def on_commit(queue: Any, pk: int) -> None:
    """Queue the batch when the transaction that opened it is through."""
    transaction.on_commit(partial(queue, pk))
