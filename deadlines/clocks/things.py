"""What a clock is about, where a case has several: which appraisal, which object of preservation, which application."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.utils.translation import gettext as _

from cases.appraisal.models import Entrustment
from cases.preservation.models import Measure, PreservationApplication
from deadlines.clocks.models import Clock


def named(clocks: Iterable[Clock]) -> dict[str, str]:
    """The name of each thing by the subject of its clock, in the language in force; one query for each kind."""
    wanted: dict[str, list[int]] = {}
    for clock in clocks:
        kind, _colon, pk = clock.subject.partition(":")
        if pk.isdecimal():
            wanted.setdefault(kind, []).append(int(pk))
    found: dict[str, str] = {}
    for kind, pks in wanted.items():
        if kind in _NAMES:
            found |= {f"{kind}:{pk}": name for pk, name in _NAMES[kind](pks)}
    return found


def thing_of(clock: Clock) -> str:
    """The name of one clock's thing; empty for the case itself."""
    return named([clock]).get(clock.subject, "") if clock.subject else ""


def _appraisals(pks: list[int]) -> list[tuple[int, str]]:
    rows = Entrustment.objects.filter(pk__in=pks).select_related("institution")
    return [(row.pk, _join(row.kind_name, row.institution.name if row.institution else "")) for row in rows]


def _measures(pks: list[int]) -> list[tuple[int, str]]:
    rows = Measure.objects.filter(pk__in=pks)
    return [(row.pk, _join(row.get_object_kind_display(), row.thing)) for row in rows]


def _applications(pks: list[int]) -> list[tuple[int, str]]:
    rows = PreservationApplication.objects.filter(pk__in=pks).select_related("applicant")
    return [(row.pk, _join(row.get_kind_display(), row.applicant.name)) for row in rows]


def _join(kind: Any, what: str) -> str:
    return _("%(kind)s：%(what)s") % {"kind": kind, "what": what} if what else str(kind)


_NAMES: dict[str, Callable[[list[int]], list[tuple[int, str]]]] = {
    "appraisal": _appraisals, "measure": _measures, "application": _applications,
}  # fmt: skip
