"""Who may act on appraisals, and the door through which legal time answers for their limits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from cases.appraisal.models import Entrustment
from cases.intake.models import Case
from cases.intake.policy import require_in_scope
from courtcms.accounts.policy import require
from courtcms.core.errors import Reason


@dataclass(frozen=True)
class Terms:
    """What legal time says of a kind: length in words, its standing (statutory, normative, suggested), article."""

    limit: str = ""
    standing: str = ""
    article: str = ""
    extension: str = ""
    cap: str = ""
    note: str = ""


@dataclass(frozen=True)
class Extension:
    """More time as a judge would grant it."""

    amount: int
    unit: str
    asked_on: date
    decided_on: date
    document: str
    reason: str


@dataclass(frozen=True)
class TimeKeeper:
    """How the floor of legal time answers: terms of a kind on a day, and what stands against an extension."""

    terms: Callable[[str, date], Terms]
    against: Callable[[int, Extension], list[Reason]]


_keeper: list[TimeKeeper] = []


def provide_time(keeper: TimeKeeper) -> None:
    """Let `keeper` answer; called in `AppConfig.ready()` of the floor that knows the limits."""
    _keeper[:] = [keeper]


def terms_of(kind: str, day: date) -> Terms:
    """The limit of a kind for a case filed on `day`; empty without a keeper."""
    return _keeper[0].terms(kind, day) if _keeper else Terms()


def against_extension(entrustment: Entrustment, extension: Extension) -> list[Reason]:
    """Every reason of the law of time against an extension."""
    return _keeper[0].against(entrustment.pk, extension) if _keeper else []


def require_act(actor: Any, permission: str, case: Case) -> None:
    """The post has the permission and the case lies in its scope. The system itself (None) may all."""
    require(actor, permission)
    require_in_scope(case, actor)
