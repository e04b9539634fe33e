"""Builders of appraisals and measures. All names are plainly invented."""

from __future__ import annotations

import itertools
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from cases.appraisal import services
from cases.appraisal.models import Entrustment, Institution
from cases.intake.models import Case
from cases.preservation import services as preservation
from cases.preservation.models import Measure, PreservationApplication
from courtcms.audit.services import act
from courtcms.core import clock
from tests import factories as ground

_numbers = itertools.count(1)


def institution(**fields: Any) -> Institution:
    """An institution licensed for everything one asks for."""
    number = next(_numbers)
    values: dict[str, Any] = {
        "court": ground.court(), "name": f"甲{number}司法鉴定中心", "licence_number": f"120000{number:04d}",
        "licensed_from": date(2020, 1, 1), "licensed_until": date(2030, 1, 1), "kinds": ["general", "cost", "audit"],
    }  # fmt: skip
    with act(actor=None, verb="test.set_up"):
        return Institution.objects.create(**(values | fields))


def decided(case: Case, on: date, kind: str = "general", **fields: Any) -> Entrustment:
    """An appraisal decided on a day."""
    with clock.as_of(on):
        return services.propose(
            actor=None,
            case=case,
            kind=kind,
            matters="笔迹是否为本人书写",
            purpose="查明借条真伪",
            decided_on=on,
            **fields,
        )


def entrusted(case: Case, on: date, kind: str = "general", by: Institution | None = None) -> Entrustment:
    """An appraisal decided, chosen and entrusted on a day."""
    row = decided(case, on, kind)
    with clock.as_of(on):
        services.choose(
            actor=None, entrustment=row, mode="agreement", chosen_on=on, institution=by or institution(kinds=[kind])
        )
        return services.entrust(actor=None, entrustment=row, letter_number=f"委鉴{row.pk}号", entrusted_on=on)


def moment(day: str, hour: int = 9, minute: int = 0) -> datetime:
    """A moment in the court's zone."""
    return datetime.combine(date.fromisoformat(day), time(hour, minute), tzinfo=clock.COURT_ZONE)


def application(case: Case, received: str, **fields: Any) -> PreservationApplication:
    """An application of the first party against the second."""
    first, second = list(case.parties.all())[:2]
    values: dict[str, Any] = {
        "kind": "in_suit", "applicant": first, "respondent": second, "amount": Decimal(1_000_000),
        "grounds": "被告有转移财产的迹象", "security": "insurance", "security_amount": Decimal(300_000),
        "received_at": moment(received),
    }  # fmt: skip
    with clock.as_of(date.fromisoformat(received)):
        return preservation.apply(actor=None, case=case, **(values | fields))


def granted(case: Case, received: str, **fields: Any) -> PreservationApplication:
    """An application granted on the day it came in."""
    row = application(case, received, **fields)
    with clock.as_of(date.fromisoformat(received)):
        return preservation.rule(
            actor=None, application=row, outcome="granted", ruling_number="保1号", ruled_at=moment(received, 15)
        )


def measure(row: PreservationApplication, taken: str, **fields: Any) -> Measure:
    """A measure on a deposit."""
    values: dict[str, Any] = {
        "object_kind": "deposit", "thing": "甲银行账户 0001", "holder": "甲银行", "value": Decimal(500_000),
        "notice_number": "协执1号",
    }  # fmt: skip
    with clock.as_of(date.fromisoformat(taken)):
        return preservation.take_measure(
            actor=None, application=row, taken_on=date.fromisoformat(taken), **(values | fields)
        )
