"""The register of institutions."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from cases.appraisal import checks
from cases.appraisal.models import Institution
from cases.appraisal.rules import kinds
from courtcms.accounts.policy import require
from courtcms.audit.services import act
from courtcms.core.errors import Reasons


def register_institution(*, actor: Any, court: Any, data: dict[str, Any], institution: Institution | None = None
                         ) -> Institution:  # fmt: skip
    """Enter an institution in the register, or change its entry (its suspension too); refused with every reason."""
    require(actor, "appraisal.register")
    reasons = Reasons()
    checks.text(reasons, data["name"], "name", _("写明机构名称"))
    checks.text(reasons, data["licence_number"], "licence_number", _("写明许可证号"))
    if data["licensed_until"] < data["licensed_from"]:
        reasons.add(_("许可截止日不得早于起始日"), field="licensed_until", code="reversed")
    if not data["kinds"] or any(key not in kinds() for key in data["kinds"]):
        reasons.add(_("至少选一种鉴定种类"), field="kinds", code="kinds")
    if data["suspended_on"] is not None:
        checks.text(reasons, data["suspension_reason"], "suspension_reason", _("写明暂停委托的理由"))
    same = Institution.objects.filter(court=court, licence_number=data["licence_number"].strip())
    if same.exclude(pk=institution.pk if institution else None).exists():
        reasons.add(_("该许可证号已经登记"), field="licence_number", code="registered")
    reasons.refuse()
    with act(actor=actor, verb="appraisal.register", permission="appraisal.register") as entry:
        row = institution or Institution(court=court)
        entry.before = {} if institution is None else {key: getattr(row, key) for key in data}
        for key, value in data.items():
            setattr(row, key, value.strip() if isinstance(value, str) else value)
        row.save()
        entry.target, entry.after = row, dict(data)
    return row
