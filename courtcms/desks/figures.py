"""The row of numbers on top of each desk; every number opens its list."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from cases.intake.querysets import CaseQuerySet
from courtcms.accounts.capacity import Capacity
from courtcms.accounts.models import User
from courtcms.approvals.models import ApprovalRequest
from courtcms.core.templatetags.court import Fig
from courtcms.desks import links, reads


@dataclass(frozen=True)
class Sitting:
    """Who sits at the desk, in which post, on which day."""

    user: User
    capacity: Capacity
    today: date
    known: dict[str, Any] = field(default_factory=dict, compare=False)

    def once(self, key: str, read: Callable[[], Any]) -> Any:
        """What `read` gives, read once for the numbers on top and the part beneath that shows the same."""
        if key not in self.known:
            self.known[key] = read()
        return self.known[key]

    def distribution(self) -> dict[str, int]:
        """Days left and risks of the open cases in scope."""
        return self.once("distribution", lambda: reads.distribution(reads.open_cases_in_scope(self.user), self.today))

    def divisions(self) -> list[dict[str, Any]]:
        """Risks of the open cases in scope by division."""
        return self.once("divisions", lambda: reads.by_division(reads.open_cases_in_scope(self.user), self.today))


def _when(counts: dict[str, int], risk: str) -> str:
    """A colour is a statement: none of a risk has none."""
    return risk if counts[risk] else ""


def risk_strip(
    sitting: Sitting, cases: CaseQuerySet, counts: dict[str, int] | None = None, **narrow: object
) -> list[Fig]:
    """Open cases and their trial limits by risk; `narrow` cuts the list behind each number to the same cases."""
    counts = counts or reads.risk_counts(cases, sitting.today)
    link = lambda risk="": links.cases(status="open", risk=risk, **narrow)  # noqa: E731  one line, used six times
    return [
        Fig(_("在办"), cases.count(), link(), _("件")),
        Fig(
            _("超期"),
            counts["overdue"],
            link("overdue"),
            _("已过届满日"),
            _when(counts, "overdue"),
            warn=bool(counts["overdue"]),
        ),
        Fig(_("紧迫"), counts["urgent"], link("urgent"), _("临到期"), _when(counts, "urgent")),
        Fig(_("临近"), counts["near"], link("near"), _("将到期"), _when(counts, "near")),
        Fig(_("充足"), counts["ample"], link("ample"), _("尚有余裕"), "ample"),
        Fig(_("停算"), counts["paused"], link("paused"), _("扣除、中止"), "paused"),
    ]


def approvals(sitting: Sitting, part: bool = True) -> Fig:
    """What waits for this person's decision."""
    waiting = ApprovalRequest.objects.to_decide_by(sitting.user).count()
    return Fig(_("待我审批"), waiting, reverse("approvals:inbox"), _("项申请"), part=part)


def publications(sitting: Sitting) -> list[Fig]:
    """Judgments on their way to the public, by where they wait."""
    counts = reads.publication_counts(sitting.user, sitting.today)
    late = counts["late"]
    return [
        Fig(_("待脱敏核对"), counts["review"], links.publications(show="review"), _("份"), part=True),
        Fig(_("待保密审查"), counts["clearance"], links.publications(show="clearance"), _("份")),
        Fig(_("待公布"), counts["ready"], links.publications(show="ready"), _("份")),
        Fig(
            _("公开逾期"),
            late,
            links.publications(show="late"),
            _("过七个工作日"),
            "overdue" if late else "",
            warn=bool(late),
        ),
    ]


def judge(sitting: Sitting) -> list[Fig]:
    """One's own cases, and what waits."""
    strip = risk_strip(sitting, reads.own_open_cases(sitting.user), judge=sitting.capacity.holder_id)
    return [*strip, approvals(sitting)]


def bench_support(sitting: Sitting) -> list[Fig]:
    """Cases on whose bench the person sits, and the publications."""
    return [*risk_strip(sitting, reads.open_cases_in_scope(sitting.user)), *publications(sitting)]


def chief(sitting: Sitting) -> list[Fig]:
    """The division."""
    cases = reads.open_cases_in_scope(sitting.user)
    strip = risk_strip(sitting, cases, sitting.distribution(), division=sitting.capacity.division_id)
    return [*strip, approvals(sitting)]


def court(sitting: Sitting) -> list[Fig]:
    """The whole court."""
    counts = {risk: sum(row[risk] for row in sitting.divisions()) for risk in reads.RISKS}
    return [*risk_strip(sitting, reads.open_cases_in_scope(sitting.user), counts), approvals(sitting)]


def filing(sitting: Sitting) -> list[Fig]:
    """Filings and what is still without a judge."""
    week = sitting.today - timedelta(days=sitting.today.weekday())
    waiting = reads.without_judge(sitting.user).count()
    return [
        Fig(_("今日立案"), reads.filed_on(sitting.user, sitting.today), links.cases(), _("件")),
        Fig(_("本周立案"), reads.filed_on(sitting.user, week), links.cases(), _("件")),
        Fig(_("待分案"), waiting, "#without-judge", _("件"), "near" if waiting else ""),
        approvals(sitting),
    ]


def publicity(sitting: Sitting) -> list[Fig]:
    """Judgments only."""
    return [*publications(sitting), approvals(sitting)]


def administrator(sitting: Sitting) -> list[Fig]:
    """Accounts."""
    idle = reads.people_without_post(sitting.today)
    return [
        Fig(_("没有岗位的账号"), idle, reverse("people"), _("个"), "near" if idle else ""),
        approvals(sitting),
    ]


def plain(sitting: Sitting) -> list[Fig]:
    """Posts without cases."""
    return [approvals(sitting, part=False)]


Figures = Callable[[Sitting], list[Fig]]
