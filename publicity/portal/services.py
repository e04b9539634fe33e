"""The only way into the portal's tables. Called by the publishing room inside its own audited act and transaction.

A trigger refuses every write to `portal_*` outside an audited act, so nothing becomes public without a trace.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection
from django.utils.translation import gettext as _

from courtcms.core import clock
from courtcms.core.errors import Conflict, Reason, Reasons
from publicity.portal import contract, rules
from publicity.portal.models import Hold, Judgment, Notice, Tombstone

LIMITS = {"title": 400, "case_number": 80, "cause": 100, "court_name": 100, "outcome": 200, "division": 100}


CLERK = "书记员"  # not translated: read in the text


def push_judgment(published: contract.PublishedJudgment) -> contract.Receipt:
    """Publish a document, or its corrected version under the same public id, and answer with the receipt.

    Pushing the same version with the same text again changes nothing. A tombstone of the id disappears. Raises Refusal
    with every defect of the data, Conflict when an older or different text of the same version is pushed.
    """
    _check(published)
    public_id = published.public_id or _free_id(published)
    fields = judgment_fields(published, public_id)
    known = Judgment.objects.select_for_update().filter(public_id=public_id).first()
    if known is not None and known.version >= published.version:
        if known.sm3 == fields["sm3"] and known.version == published.version:
            return _receipt(known)
        raise Conflict(Reason(_("公开网上已有第 %(version)s 版") % {"version": known.version}, field="version"))
    stored, _created = Judgment.objects.update_or_create(public_id=public_id, defaults=fields)
    Tombstone.objects.filter(public_id=public_id).delete()
    Hold.objects.filter(public_id=public_id).delete()
    Notice.objects.filter(public_id=public_id).delete()
    return _receipt(stored)


def withdraw_judgment(
    public_id: str, *, reason: str, withdrawn_on: date | None = None, note: str = ""
) -> contract.Receipt:
    """Take a document off the public site; its address answers with the tombstone from now on.

    `reason` is a key of `contract.WITHDRAWAL_REASONS`. Withdrawing twice changes nothing. Raises Refusal for an unknown
    id or reason.
    """
    reasons = Reasons()
    if reason not in contract.WITHDRAWAL_REASONS:
        reasons.add(_("撤回理由不在规定之列"), field="reason", article="法释〔2016〕19号第十六条")
    judgment = Judgment.objects.select_for_update().filter(public_id=public_id).first()
    shown: Judgment | Hold | None = judgment or Hold.objects.filter(public_id=public_id).first()
    if shown is None and not Tombstone.objects.filter(public_id=public_id).exists():
        reasons.add(_("公开网上没有这份文书"), field="public_id")
    reasons.refuse()
    if shown is None:
        return contract.Receipt(public_id, path_of(public_id), "", 0)
    Tombstone.objects.create(
        public_id=public_id, case_number=shown.case_number, number_key=rules.number_key(shown.case_number),
        court_name=shown.court_name, court_name_en=shown.court_name_en, judged_on=shown.judged_on,
        reason=reason, note=note, withdrawn_on=withdrawn_on or clock.today(),
    )  # fmt: skip
    receipt = _receipt(judgment) if judgment else contract.Receipt(public_id, path_of(public_id), "", 0)
    shown.delete()
    return receipt


def push_notice(notice: contract.NonPublication) -> contract.Receipt:
    """Announce the four items of a document that is not published. Pushing it again replaces it."""
    reasons = Reasons()
    if notice.reason not in contract.NON_PUBLICATION_REASONS:
        reasons.add(_("不公布的理由不在规定之列"), field="reason", article="法释〔2016〕19号第四条")
    if notice.reason == "other" and not notice.note.strip():
        reasons.add(_("以其他情形不公布的，须写明可公开的理由"), field="note")
    _check_texts(reasons, {"case_number": notice.case_number, "court_name": notice.court_name, "note": notice.note})
    reasons.refuse()
    public_id = notice.public_id or rules.public_id("notice", notice.case_number, notice.judged_on.isoformat())
    fields = asdict(notice) | {"number_key": rules.number_key(notice.case_number)}
    for name in ("public_id", "court_code"):
        fields.pop(name)
    Notice.objects.update_or_create(public_id=public_id, defaults=fields)
    return contract.Receipt(public_id, "/notices/", "", 1)


def withdraw_notice(public_id: str) -> None:
    """Remove a notice, for instance because the document is published after all."""
    Notice.objects.filter(public_id=public_id).delete()


def path_of(public_id: str) -> str:
    """Address of a document on the public site, without the host."""
    return f"/judgments/{public_id}/"


def paragraphs_of(sections: Sequence[contract.Section]) -> list[str]:
    """The published text as its fingerprint counts it: headings that are not part of the original are left out."""
    return [paragraph for section in sections for paragraph in section.paragraphs]


def judgment_fields(published: contract.PublishedJudgment, public_id: str) -> dict[str, Any]:
    """Columns of `portal_judgment`, for `push_judgment` and for bulk loads inside one act."""
    text = paragraphs_of(published.sections)
    fields = {name: getattr(published, name) for name in _COPIED}
    return fields | {
        "public_id": public_id,
        "number_key": rules.number_key(published.case_number),
        "judges": [asdict(signatory) for signatory in published.signatories],
        "judge_names": list(dict.fromkeys(s.name for s in published.signatories if CLERK not in s.role)),
        "sections": [asdict(section) for section in published.sections],
        "related": _plain([asdict(related) for related in published.related]),
        "sm3": rules.sm3_of(text),
        "pushed_at": clock.now(),
        "search": rules.vector(
            [
                ("A", f"{published.title} {published.case_number}"),
                ("B", " ".join([published.cause, published.outcome, *(s.name for s in published.signatories)])),
                ("D", "\n".join(text)),
            ]
        ),
    }


_COPIED = (
    "case_number", "court_code", "court_name", "court_name_en", "title", "document_kind", "category", "instance",
    "cause", "cause_en", "division", "division_en", "outcome", "outcome_en", "judged_on", "effective_on",
    "published_on", "working_days", "rule_set", "version",
)  # fmt: skip


def _plain(value: Any) -> Any:
    encoder = DjangoJSONEncoder()
    return [{key: encoder.default(v) if isinstance(v, date) else v for key, v in row.items()} for row in value]


def _free_id(published: contract.PublishedJudgment) -> str:
    """The id follows from court, number and kind; a second document of that kind in the case gets the next one."""
    with connection.cursor() as cursor:  # two first publications of one case at once would choose the same id
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"portal:{published.case_number}"])
    ordinal = 1
    while True:
        candidate = rules.public_id(published.court_code, published.case_number, published.document_kind, str(ordinal))
        if not any(model.objects.filter(public_id=candidate).exists() for model in (Judgment, Tombstone, Hold)):
            return candidate
        ordinal += 1


def _receipt(judgment: Judgment) -> contract.Receipt:
    return contract.Receipt(judgment.public_id, path_of(judgment.public_id), judgment.sm3, judgment.version)


def _check_texts(reasons: Reasons, texts: dict[str, str]) -> None:
    for name, text in texts.items():
        if rules.CONTROL.search(text):
            reasons.add(_("文本含有控制字符"), field=name)
        if len(text) > LIMITS.get(name, 300):
            reasons.add(_("超过 %(most)s 个字") % {"most": LIMITS.get(name, 300)}, field=name)


def _check(published: contract.PublishedJudgment) -> None:
    reasons = Reasons()
    for name in ("case_number", "court_name", "title", "cause"):
        if not getattr(published, name).strip():
            reasons.add(_("公布的文书缺少此项"), field=name)
    for name, choices in (("document_kind", contract.DOCUMENT_KINDS), ("category", contract.CATEGORIES)):
        if getattr(published, name) not in choices:
            reasons.add(_("不是公开网认识的种类"), field=name)
    _check_texts(reasons, {name: getattr(published, name) for name in LIMITS})
    for index, section in enumerate(published.sections):
        if section.key not in contract.SECTION_KEYS:
            reasons.add(_("不是公开网认识的部分"), field=f"sections.{index}.key")
        if any("\n" in text or rules.CONTROL.search(text) for text in section.paragraphs):
            reasons.add(_("段落含有换行或者控制字符"), field=f"sections.{index}.paragraphs")
    if not any(section.paragraphs for section in published.sections):
        reasons.add(_("公布的文书没有正文"), field="sections")
    if published.published_on < published.judged_on:
        reasons.add(_("公布日不得早于裁判日"), field="published_on")
    if published.version < 1:
        reasons.add(_("版次从 1 起"), field="version")
    reasons.refuse()
