"""What stands against acts on preservation: reasons are added, nothing is written."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from cases.preservation.models import PreservationKind, SecurityKind
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
