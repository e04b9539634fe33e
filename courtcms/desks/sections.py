"""The parts of a desk. Each is a function of who sits there; it gives its template and what that needs, or nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cases.docket.kinds import stage_name
from cases.filing.selectors import own_drafts
from cases.intake.selectors import filed_recently
from courtcms.approvals.models import ApprovalRequest
from courtcms.audit import verification
from courtcms.core import pagination
from courtcms.core.charts import Bar
from courtcms.desks import links, reads
from courtcms.desks.figures import Sitting
from courtcms.notices.models import Notice
from deadlines.scan.selectors import heartbeat
from publicity.judgments.overview import working_days_left

ROWS = 14
SHORT = 8


@dataclass(frozen=True)
class Section:
    """A part of a desk: its template and its data; the template opens the `.sec` itself."""

    template: str
    data: dict[str, Any]


SectionOf = Callable[[Sitting, Any], Section | None]


def _stage(line: reads.CaseLine) -> str:
    return stage_name(line.case.stage, get_language() or "")


def _case_table(sitting: Sitting, request: Any, cases: Any, title: str, anchor: str) -> Section:
    ordered = reads.with_due(cases.select_related("division", "judge").defer("search_text", "search_grams", "claims"))
    page = pagination.page(ordered, ["trial_due", "pk"], request.GET.get("cursor", ""), ROWS)
    found = reads.lines(page.rows, sitting.today)
    rows = [{"line": line, "stage": _stage(line)} for line in found]
    return Section("desks/_cases.html", {"title": title, "anchor": anchor, "rows": rows, "page": page})


def my_cases(sitting: Sitting, request: Any) -> Section:
    """Cases in which one is the judge in charge, by risk."""
    return _case_table(sitting, request, reads.own_open_cases(sitting.user), _("我的案件"), "mine")


def cases_of_bench(sitting: Sitting, request: Any) -> Section:
    """Cases on whose bench one sits, by risk."""
    return _case_table(sitting, request, reads.open_cases_in_scope(sitting.user), _("合议庭与团队的案件"), "mine")


def cases_at_risk(sitting: Sitting, request: Any) -> Section:
    """Cases of the division or the court, those due first."""
    due = reads.clocks_due(reads.open_cases_in_scope(sitting.user))
    page = pagination.page(due, ["due_on", "pk"], request.GET.get("cursor", ""), ROWS)
    found = [reads.line_of(clock, sitting.today) for clock in page.rows]
    rows = [{"line": line, "stage": _stage(line)} for line in found]
    return Section("desks/_cases.html", {"title": _("最先到期的案件"), "anchor": "first", "rows": rows, "page": page})


def distribution(sitting: Sitting, request: Any) -> Section:
    """Days left of the trial limits in scope as a distribution; no judge is named."""
    counts = sitting.distribution()
    division = sitting.capacity.division_id
    link = partial(links.cases, status="open", division=division)
    levels = ("urgent", "near", "near", "near", "ample", "ample", "ample")
    bars = [Bar(_("超期"), counts["overdue"], "overdue", link(risk="overdue"))]
    for (first, last), level in zip(reads.BUCKETS, levels, strict=True):
        label = f"{first}–{last}" if last is not None else _("120 以上")
        bars.append(Bar(label, counts[f"from_{first}"], level))
    bars.append(Bar(_("停算"), counts["paused"], "paused", link(risk="paused")))
    return Section("desks/_distribution.html", {"bars": bars, "total": sum(bar.number for bar in bars)})


def divisions(sitting: Sitting, request: Any) -> Section:
    """Divisions with their trial limits by risk."""
    rows = sitting.divisions()
    for row in rows:
        row["links"] = {
            risk: links.cases(status="open", risk=risk, division=row["division"].pk) for risk in reads.RISKS
        }
        row["link"] = links.cases(status="open", division=row["division"].pk)
    totals = {key: sum(row[key] for row in rows) for key in ("total", *reads.RISKS)}
    return Section("desks/_divisions.html", {"rows": rows, "totals": totals})


def to_approve(sitting: Sitting, request: Any) -> Section:
    """Requests that wait for one's decision."""
    waiting = ApprovalRequest.objects.to_decide_by(sitting.user).select_related("asker").order_by("pk")
    return Section("desks/_approvals.html", {"rows": list(waiting[:SHORT]), "today": sitting.today})


def unread(sitting: Sitting, request: Any) -> Section:
    """Unread notices, the latest first."""
    rows = Notice.objects.of(sitting.user).unread().order_by("-pk")[:SHORT]
    return Section("desks/_notices.html", {"rows": list(rows)})


def publications(sitting: Sitting, request: Any) -> Section:
    """Judgments to be published, those due first."""
    rows = reads.publications_due(sitting.user, SHORT)
    shown = [{"publication": row, "days": working_days_left(row.due_on, sitting.today)} for row in rows]
    return Section("desks/_publications.html", {"rows": shown, "link": links.publications()})


def unassigned(sitting: Sitting, request: Any) -> Section:
    """Cases without a judge."""
    return Section("desks/_unassigned.html", {"rows": list(reads.without_judge(sitting.user)[:SHORT])})


def filing_drafts(sitting: Sitting, request: Any) -> Section:
    """Forms half filled in at one's own counter, those due first."""
    rows = sorted(own_drafts(sitting.user), key=lambda draft: (draft.days is None, draft.days or 0))
    return Section("desks/_drafts.html", {"rows": rows[:SHORT]})


def recent_filings(sitting: Sitting, request: Any) -> Section:
    """The latest filings with judge and note on duplicates."""
    rows = list(filed_recently(sitting.user, ROWS))
    return Section("desks/_filings.html", {"rows": rows, "link": links.cases()})


def scan(sitting: Sitting, request: Any) -> Section:
    """The heartbeat of the overdue scan."""
    return Section("desks/_scan.html", {"beat": heartbeat()})


def trail(sitting: Sitting, request: Any) -> Section:
    """Whether the audit trail is whole."""
    return Section("desks/_trail.html", {"checked": verification.latest()})
