"""What stands against acts on preservation: reasons are added, nothing is written."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from cases.preservation.models import PeriodUnit, PreservationKind, SecurityKind
from cases.preservation.policy import Ordered, against_order
from courtcms.core import clock
from courtcms.core.errors import Reasons


def check_day(reasons: Reasons, value: date, field: str, after: date | None, what: str) -> None:
    """A day not in the future and not before another one."""
    if value > clock.today():
        reasons.add(_("日期不能晚于今天"), field=field, code="future")
    if after is not None and value < after:
        words = _("日期不得早于%(what)s %(day)s") % {"what": what, "day": after.isoformat()}
        reasons.add(words, field=field, code="reversed")


def check_text(reasons: Reasons, value: str, field: str, message: str) -> None:
    """A text that must be there."""
    if not value.strip():
        reasons.add(message, field=field, code="required")


def check_ordered(
    amount: int | None, unit: str, limit_id: str | None, filed_on: date, runs_from: date, reasons: Reasons
) -> Ordered | None:
    """The length a ruling orders, or None for the longest of the law; not longer than that, and both parts or none."""
    if amount is None and not unit:
        return None
    if amount is None or amount <= 0 or unit not in PeriodUnit.values:
        reasons.add(_("裁定的期限须写明正整数和单位，或者都不填"), field="ordered_amount", code="ordered")
        return None
    ordered = Ordered(amount, unit)
    found = against_order(limit_id, filed_on, runs_from, ordered) if limit_id else None
    if found is not None:
        reasons.extend([found])
    return ordered


def check_security(kind: str, security: str, amount: Decimal | None, reasons: Reasons) -> None:
    """Security where the law demands it (诉前保全应当提供担保，民诉法 104), and its amount."""
    if security not in SecurityKind.values:
        reasons.add(_("没有这种担保"), field="security", code="security")
    elif security == SecurityKind.NONE:
        if kind == PreservationKind.PRE_SUIT:
            article = _("民事诉讼法第一百零四条")
            reasons.add(_("诉前保全应当提供担保"), field="security", code="security_needed", article=article)
    elif amount is None or amount <= 0:
        reasons.add(_("写明担保的数额"), field="security_amount", code="required")
