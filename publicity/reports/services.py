"""Taking reports in, answering them, and the check of published texts that finds some by itself."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courtcms.accounts.models import Appointment
from courtcms.accounts.policy import require
from courtcms.accounts.posts import Post
from courtcms.audit.services import act
from courtcms.core import clock
from courtcms.core.errors import Conflict, Reason, Reasons
from courtcms.core.locks import lock
from courtcms.notices.services import notify
from publicity.judgments.models import Publication
from publicity.portal.models import InboxMessage
from publicity.reports.models import Outcome, Report, Source

HOURS = timedelta(hours=24)
BATCH = 200
LIST = "/publicity/reports/"


def pull() -> int:
    """Take what visitors left out of the public inbox into the court's own table; how many. Runs may overlap."""
    if not InboxMessage.objects.exists():
        return 0
    with act(actor=None, verb="report.receive") as entry:
        left = list(InboxMessage.objects.select_for_update(skip_locked=True).order_by("received_at")[:BATCH])
        found = {
            row.public_id: row
            for row in Publication.objects.filter(public_id__in={message.public_id for message in left})
        }
        for message in left:
            _take(message, found.get(message.public_id))
        InboxMessage.objects.filter(pk__in=[message.pk for message in left]).delete()
        entry.after = {"receipts": [message.receipt for message in left]}
    return len(left)


def _take(message: InboxMessage, publication: Publication | None) -> None:
    made = Report.objects.create(
        receipt=message.receipt, public_id=message.public_id, publication=publication, kind=message.kind,
        passage=message.passage, contact=message.contact, received_at=message.received_at,
        due_at=message.received_at + HOURS,
    )  # fmt: skip
    tell(made, gettext_lazy("公众反映 %(number)s 公开过多，24 小时内答复"))


def find(*, publication: Publication, source: str, passage: str, kind: str = "person") -> Report | None:
    """Enter a finding of the court's own checks; the same finding of the same document is entered once."""
    key = f"{publication.pk} {publication.version} {source} {passage}"
    receipt = f"F{hashlib.sha256(key.encode()).hexdigest()[:11].upper()}"
    if Report.objects.filter(receipt=receipt).exists():
        return None
    moment = clock.now()
    with act(actor=None, verb="report.find", case_id=publication.case_id) as entry:
        made = Report.objects.create(
            receipt=receipt, source=source, public_id=publication.public_id, publication=publication, kind=kind,
            passage=passage[:1000], received_at=moment, due_at=moment + HOURS,
        )  # fmt: skip
        entry.target, entry.after = made, {"source": source, "publication": publication.pk}
        text = {
            Source.RECHECK: gettext_lazy("已公布的 %(number)s 经复查可能公开过多，已先行暂停公布，请核查"),
            Source.SURFACE: gettext_lazy("%(number)s 在公开网的状态与登记不符，请核查"),
        }[Source(source)]
        tell(made, text)
    return made


def tell(report: Report, text: Any) -> None:
    """Everybody of trial management who holds office today, and the judge of the case.

    What the court's own re-check found is also told to whoever redacted the document and to the publicity office.
    """
    publication = report.publication
    judge = publication.case.judge if publication else None
    common = {
        "kind": "publicity.report", "text": text, "case_id": publication.case_id if publication else None,
        "params": {"number": publication.number if publication else report.public_id},
    }  # fmt: skip
    notify(recipients=[*office(), judge], url=LIST, **common)
    if publication is not None and report.source == Source.RECHECK:
        people = {*office(Post.PUBLICITY), publication.redactor_id} - {*office(), publication.case.judge_id, None}
        notify(recipients=sorted(people), url=f"/publicity/judgments/{publication.pk}/", **common)


def office(post: str = Post.TRIAL_MANAGEMENT) -> Iterable[int]:
    """Ids of the people who hold a post today; of trial management when none is named."""
    rows = Appointment.objects.filter(post=post, since__lte=clock.today())
    return [row.user_id for row in rows if row.until is None or row.until >= clock.today()]


def answer(*, actor: Any, report: Report, outcome: str, text: str) -> None:
    """Record what came of a report. A founded one needs the document off the site first."""
    require(actor, "reports.answer")
    with act(actor=actor, verb="report.answer", permission="reports.answer", target=report) as entry:
        locked = lock(Report.objects.all(), [report.pk])[0]
        if not locked.is_open:
            raise Conflict(Reason(_("这条反映已经答复"), code="answered"))
        reasons = Reasons()
        _check_answer(reasons, locked, outcome, text)
        reasons.refuse()
        locked.outcome, locked.answer = outcome, text.strip()
        locked.answered_at, locked.answered_by = clock.now(), actor
        locked.save()
        entry.case_id = locked.publication.case_id if locked.publication else None
        entry.after = {"outcome": outcome, "receipt": locked.receipt}
    report.refresh_from_db()


def _check_answer(reasons: Reasons, report: Report, outcome: str, text: str) -> None:
    if outcome not in Outcome.values:
        reasons.add(_("请选择结论"), field="outcome")
    if not text.strip():
        reasons.add(_("请写明处理经过"), field="text")
    state = report.publication.state if report.publication else ""
    if outcome == Outcome.UNFOUNDED and state == "held":
        reasons.add(_("文书还在暂停公布中"), field="outcome", remedy=_("请先恢复公布，或者撤回"))
    if outcome in (Outcome.CORRECTED, Outcome.WITHDRAWN) and state == "held":
        reasons.add(_("文书还在暂停公布中"), field="outcome", remedy=_("请先撤回"))
    if outcome == Outcome.WITHDRAWN and state == "published":
        reasons.add(_("文书还在公开网上"), field="outcome", remedy=_("请先撤回"))


def remind() -> int:
    """Tell trial management of reports that stand unanswered after 24 hours, and of holds past their day; how many."""
    moment = clock.now()
    late = list(Report.objects.late(moment).filter(reminded_at__isnull=True).select_related("publication__case"))
    ended = list(Publication.objects.in_state("held").filter(held_until__lt=clock.today()).select_related("case"))
    if not late and not ended:
        return 0
    with act(actor=None, verb="report.remind") as entry:
        for report in late:
            tell(report, gettext_lazy("关于 %(number)s 的反映超过 24 小时没有答复"))
        Report.objects.filter(pk__in=[report.pk for report in late]).update(reminded_at=moment)
        for publication in ended:
            notify(
                recipients=[*office(), publication.case.judge], kind="publicity.report",
                text=gettext_lazy("%(number)s 暂停公布已到截止日，请恢复公布或者撤回"),
                params={"number": publication.number}, url=f"/publicity/judgments/{publication.pk}/",
                case_id=publication.case_id,
            )  # fmt: skip
        entry.after = {"late": len(late), "ended": len(ended)}
    return len(late) + len(ended)
