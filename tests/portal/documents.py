"""Builders of published documents for the tests of the portal. All names are plainly invented."""

from __future__ import annotations

from datetime import date
from typing import Any

from courtcms.audit.services import act
from publicity.portal import services
from publicity.portal.contract import NonPublication, PublishedJudgment, Receipt, Section, Signatory

REASONS = (
    "本案争议焦点为：房屋质量是否合格的举证责任由谁承担。",
    "买受人举出渗漏照片和物业报修记录后，房屋质量是否合格的举证责任应转由出卖人承担，出卖人未申请鉴定的，应承担不利后果。",
)


def document(number: str = "（2026）津02民终1号", **fields: Any) -> PublishedJudgment:
    """A civil appeal about the quality of a house."""
    given: dict[str, Any] = {
        "case_number": number,
        "court_code": "津02",
        "court_name": "天津市第二中级人民法院",
        "court_name_en": "Tianjin No. 2 Intermediate People's Court",
        "title": "甲采薇与海河市云栖置业有限公司房屋买卖合同纠纷二审民事判决书",
        "document_kind": "judgment",
        "category": "civil",
        "cause": "房屋买卖合同纠纷",
        "cause_en": "Sale of houses",
        "judged_on": date(2026, 7, 9),
        "effective_on": date(2026, 7, 13),
        "published_on": date(2026, 7, 20),
        "working_days": 5,
        "instance": "second",
        "division": "民事审判第一庭",
        "division_en": "Civil Division No. 1",
        "outcome": "改判",
        "outcome_en": "Reversed with new judgment",
        "signatories": (Signatory("审判长", "顾维桢"), Signatory("审判员", "林砚秋"), Signatory("书记员", "宁一舟")),
        "sections": (
            Section("head", ("天津市第二中级人民法院", "民事判决书", number)),
            Section("parties", ("上诉人（原审原告）：甲采薇，女。", "被上诉人（原审被告）：海河市云栖置业有限公司。")),
            Section("reasons", REASONS),
            Section("disposition", ("撤销一审判决。", "本判决为终审判决。")),
            Section("signatures", ("审判长　顾维桢", "审判员　林砚秋", "二〇二六年七月九日", "书记员　宁一舟")),
        ),
    }
    return PublishedJudgment(**{**given, **fields})


def push(number: str = "（2026）津02民终1号", **fields: Any) -> Receipt:
    """Publish such a document."""
    with act(actor=None, verb="test.publish"):
        return services.push_judgment(document(number, **fields))


def withdraw(public_id: str, reason: str = "redaction_defect", **fields: Any) -> Receipt:
    """Withdraw it."""
    with act(actor=None, verb="test.withdraw"):
        return services.withdraw_judgment(public_id, reason=reason, **fields)


def announce(number: str = "（2026）津02民初9号", reason: str = "divorce_custody", **fields: Any) -> Receipt:
    """Announce that a document is not published."""
    given: dict[str, Any] = {
        "case_number": number,
        "court_code": "津02",
        "court_name": "天津市第二中级人民法院",
        "judged_on": date(2026, 7, 1),
        "reason": reason,
        "published_on": date(2026, 7, 8),
    }
    with act(actor=None, verb="test.announce"):
        return services.push_notice(NonPublication(**{**given, **fields}))
