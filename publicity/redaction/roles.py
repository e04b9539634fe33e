"""From the words of the head and of the case record to the roles that the rule packs ask for."""

from __future__ import annotations

import re

from publicity.redaction.head import REPRESENTATIVES, Entry

DEFENDANT = re.compile(r"被告人|罪犯")


def head_role(entry: Entry, category: str) -> str:
    """The word of the rules for an entry of the head."""
    mark = entry.role + entry.qualifier
    if entry.role.endswith("法定代理人") or entry.role.endswith("监护人"):
        return "statutory_agent"
    if entry.role.endswith(REPRESENTATIVES):
        return "representative"
    if entry.is_agent:
        return "lawyer" if entry.lawyer or "辩护人" in entry.role else "citizen_agent"
    if "附带民事诉讼原告" in mark:
        return "incidental_plaintiff"
    if "被害人" in mark:
        return "victim"
    if category == "criminal" and "附带民事诉讼被告" not in mark:
        return "party" if "自诉人" in mark and not DEFENDANT.search(mark) else "defendant"
    return "party"


RECORD_ROLES = (
    ("法定代理", "statutory_agent"),
    ("附带民事诉讼原告", "incidental_plaintiff"),
    ("被害", "victim"),
    ("受害", "victim"),
    ("证人", "witness"),
    ("鉴定", "expert"),
    ("被告人", "defendant"),
    ("罪犯", "defendant"),
    ("辩护", "lawyer"),
    ("律师", "lawyer"),
    ("代理人", "citizen_agent"),
    ("代表人", "representative"),
    ("负责人", "representative"),
    ("经营者", "representative"),
    ("审判", "judge"),
    ("书记员", "judge"),
    ("陪审", "judge"),
    ("检察员", "prosecutor"),
    ("公诉", "prosecutor"),
    ("victim", "victim"),
    ("witness", "witness"),
    ("expert", "expert"),
    ("defendant", "defendant"),
    ("guardian", "statutory_agent"),
    ("statutory_agent", "statutory_agent"),
    ("lawyer", "lawyer"),
    ("agent", "citizen_agent"),
    ("representative", "representative"),
    ("judge", "judge"),
    ("clerk", "judge"),
    ("relative", "relative"),
    ("亲属", "relative"),
)


# Words for parties, whose lot depends on the case.
_PARTY_WORDS = (
    "原告 被告 上诉 申请 申诉 第三人 执行 自诉 起诉 异议 利害关系 赔偿 当事人 案外 同案 "
    "plaintiff appella appellee applicant respondent third party petitioner creditor debtor"
)
PARTY_WORDS = tuple(_PARTY_WORDS.split())


def is_role(role: str) -> bool:
    """Whether a role of the case record says anything to the rules."""
    return any(word in role.casefold() for word in (*PARTY_WORDS, *(word for word, _ in RECORD_ROLES)))


def record_role(role: str, category: str) -> str:
    """The word of the rules for a role of the case record, in Chinese or English."""
    found = next((who for word, who in RECORD_ROLES if word in role), "party")
    return (
        "party" if found == "defendant" and category not in ("criminal", "family") and "被告人" not in role else found
    )
