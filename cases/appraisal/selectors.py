"""Reads of appraisals: list, figures, one with all its rows, timeline, scoreboard of institutions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Aggregate, Count, F, FloatField, Func, IntegerField, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _

from cases.appraisal.models import Entrustment, EntrustmentState, Institution
from cases.appraisal.querysets import EntrustmentQuerySet
from cases.docket.selectors import TimelineItem
from cases.intake.models import Case

ORDER = ["due_on", "id"]
VIEWS = ("decided", "chosen", "entrusted", "overdue", "reported", "ended", "on_time", "late", "repeats")
STANDINGS = {
    "statutory": lambda: _("法定"),
    "normative": lambda: _("规范性文件"),
    "statutory_by_analogy": lambda: _("比照法定"),
    "suggested": lambda: _("本院目标"),
}
EFFECTS = {
    "stopped": lambda: _("审限停止计算"),
    "counts": lambda: _("不停止审限：依法不得扣除"),
    "expired": lambda: _("不停止审限：委托时审限已届满"),
    "none": lambda: _("本案没有审限"),
}


def standing_word(standard: str) -> str:
    """Statutory, normative, or the court's own target."""
    return STANDINGS[standard]() if standard in STANDINGS else standard


def effect_word(effect: str) -> str:
    """What became of the trial limit."""
    return EFFECTS[effect]() if effect in EFFECTS else ""


def narrowed(rows: EntrustmentQuerySet, view: str, today: date) -> EntrustmentQuerySet:
    """Rows of one view of the list; an unknown view narrows nothing."""
    if view == "overdue":
        return rows.overdue(today)
    if view == "ended":
        return rows.filter(state__in=[EntrustmentState.WITHDRAWN, EntrustmentState.TERMINATED])
    if view == "on_time":
        return rows.on_time()
    if view == "late":
        return rows.late()
    if view == "repeats":
        return rows.filter(repeated_by__isnull=False).distinct()
    return rows.filter(state=view) if view in EntrustmentState.values else rows


def listed(user: Any, view: str, institution: int | None, today: date) -> EntrustmentQuerySet:
    """Appraisals of the cases that the person sees."""
    rows = narrowed(Entrustment.objects.visible_to(user), view, today)
    if institution is not None:
        rows = rows.filter(institution=institution)
    return rows.select_related("case", "case__division", "case__judge", "institution")


def counts(user: Any, today: date) -> dict[str, int]:
    """How many stand where, in one query."""
    over = Q(state="entrusted", due_on__lt=today)
    return Entrustment.objects.visible_to(user).aggregate(
        decided=Count("pk", filter=Q(state="decided")),
        chosen=Count("pk", filter=Q(state="chosen")),
        entrusted=Count("pk", filter=Q(state="entrusted")),
        overdue=Count("pk", filter=over),
        reported=Count("pk", filter=Q(state="reported")),
    )


def days_left(row: Entrustment, today: date) -> int | None:
    """Calendar days to the due day of a running appraisal; None when there is none."""
    if row.state != EntrustmentState.ENTRUSTED or row.due_on is None:
        return None
    return (row.due_on - today).days


def visible(user: Any, pk: int) -> Entrustment | None:
    """One appraisal with its case and institution, if the person may see it."""
    rows = Entrustment.objects.visible_to(user).select_related("case", "institution", "decided_by", "repeats", "report")
    return rows.filter(pk=pk).first()


def of_case(case: Case) -> list[Entrustment]:
    """Appraisals of a case, latest first."""
    return list(case.entrustments.select_related("institution").order_by("-id"))


def timeline_items(case: Case, user: Any) -> Iterable[TimelineItem]:
    """What the timeline of the case shows of its appraisals."""
    for row in case.entrustments.select_related("institution").order_by("id"):
        address = reverse("appraisal:detail", args=[row.pk])
        name, where = row.kind_name, row.institution.name if row.institution else ""
        if row.entrusted_on:
            text = " ".join(part for part in (where, row.letter_number) if part)
            title = _("委托鉴定：%(kind)s") % {"kind": name}
            yield TimelineItem(row.entrusted_on, "clock", title, text, address)
        else:
            yield TimelineItem(row.decided_on, "docket", _("决定鉴定：%(kind)s") % {"kind": name}, where, address)
        if row.ended_on:
            ended = _("收到鉴定意见：%(kind)s") if row.state == EntrustmentState.REPORTED else _("鉴定结束：%(kind)s")
            text = row.report_number or row.end_reason
            yield TimelineItem(row.ended_on, "clock", ended % {"kind": name}, text, address)


class Median(Aggregate):
    """The middle value, in the database."""

    function = "percentile_cont"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = FloatField()


class _Days(Func):
    """Days between two dates: in PostgreSQL the difference of dates is a whole number."""

    template = "(%(expressions)s)"
    arg_joiner = " - "
    output_field = IntegerField()


@dataclass(frozen=True)
class Score:
    """How an institution works; every number has its list."""

    institution: Institution
    running: int
    overdue: int
    reported: int
    on_time: int
    late: int
    repeats: int
    median_days: int | None

    @property
    def share(self) -> int | None:
        """Reports on time, in percent; None without reports."""
        return round(100 * self.on_time / self.reported) if self.reported else None


def scoreboard(user: Any, today: date) -> list[Score]:
    """Institutions of the register with their figures over the appraisals that the person may see, in three queries."""
    rows = Entrustment.objects.visible_to(user)
    begun = Coalesce("started_on", "entrusted_on")
    took = _Days(F("ended_on"), begun)
    on_time = Q(state="reported") & (Q(due_on__isnull=True) | Q(ended_on__lte=F("due_on")))
    found = rows.filter(institution__isnull=False).order_by().values("institution").annotate(
        running=Count("pk", filter=Q(state="entrusted")),
        overdue=Count("pk", filter=Q(state="entrusted", due_on__lt=today)),
        reported=Count("pk", filter=Q(state="reported")),
        on_time=Count("pk", filter=on_time),
        late=Count("pk", filter=Q(state="reported", ended_on__gt=F("due_on"))),
        median_days=Median(took, filter=Q(state="reported")),
    )  # fmt: skip
    figures = {row.pop("institution"): row for row in found}
    again = dict(
        rows.filter(repeated_by__isnull=False, institution__isnull=False)
        .order_by()
        .values_list("institution")
        .annotate(n=Count("pk", distinct=True))
    )
    empty = {"running": 0, "overdue": 0, "reported": 0, "on_time": 0, "late": 0, "median_days": None}
    scores = []
    for institution in Institution.objects.order_by("name", "pk"):
        row = figures.get(institution.pk, empty)
        median = row["median_days"]
        values = row | {"median_days": None if median is None else round(median)}
        scores.append(Score(institution=institution, repeats=again.get(institution.pk, 0), **values))
    return scores
