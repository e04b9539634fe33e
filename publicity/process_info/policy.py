"""Who may hand out query codes, and for whom there may be one."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from cases.intake.models import Case, CaseStatus, Party, Representative
from courtcms.accounts.policy import require
from courtcms.core.errors import NotAllowed, Reason, Reasons
from publicity.process_info import rules
from publicity.process_info.items import items

PERMISSION = "process.codes"
ARTICLE = "法释〔2018〕7号"


def require_codes(actor: Any, case: Case) -> None:
    """The filing office and the bench's support, within their scope."""
    require(actor, PERMISSION)
    if actor is not None and not Case.objects.filter(pk=case.pk).visible_to(actor).exists():
        raise NotAllowed(Reason(_("这件案件不在您的职责范围内"), code="scope"))


def complaint(party: Party, representative: Representative | None) -> str:
    """Why there is no code for this place, as a key; empty when there may be one."""
    case = party.case
    return rules.code_complaint(
        category=case.category, categories=items().categories, secrecy=case.secrecy,
        cancelled=case.status == CaseStatus.CANCELLED, role=party.role, no_code_for=items().no_code_for,
        minor=party.is_minor, through_adult=representative is not None,
    )  # fmt: skip


def against(party: Party, representative: Representative | None, reasons: Reasons) -> None:
    """Add the reason against a code, with its article."""
    words = {
        "secret": (_("涉密案件的审判流程信息不公开"), "第十二条"),
        "category": (_("这类案件不适用审判流程信息公开"), "第一条"),
        "cancelled": (_("案件已经撤销"), "第一条"),
        "role": (_("公诉机关不通过查询码查询"), "第一条"),
        "minor": (_("未成年人的案件由其法定代理人、诉讼代理人或者辩护人查询"), "第一条"),
    }
    key = complaint(party, representative)
    if key:
        text, article = words[key]
        reasons.add(text, code=key, article=f"{ARTICLE}{article}")
