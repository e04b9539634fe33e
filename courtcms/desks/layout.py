"""Which desk belongs to which post: the numbers on top, the main column, the side column."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from courtcms.accounts.posts import Post
from courtcms.desks import figures, sections
from courtcms.desks.sections import SectionOf

ASIDE: tuple[SectionOf, ...] = (sections.to_approve, sections.unread)


@dataclass(frozen=True)
class Layout:
    """A desk. `entry` shows the one-line progress entry."""

    figures: figures.Figures
    main: tuple[SectionOf, ...]
    aside: tuple[SectionOf, ...] = ASIDE
    entry: bool = False


JUDGE = Layout(
    figures.judge, (sections.my_cases,), (sections.to_approve, sections.publications, sections.unread), entry=True
)
SUPPORT = Layout(figures.bench_support, (sections.publications, sections.cases_of_bench), entry=True)
CHIEF = Layout(figures.chief, (sections.cases_at_risk, sections.distribution), entry=True)
LEADER = Layout(figures.court, (sections.divisions, sections.cases_at_risk))

DESKS: dict[Post, Layout] = {
    Post.JUDGE: JUDGE,
    Post.PRESIDING_JUDGE: Layout(figures.bench_support, (sections.cases_of_bench,), JUDGE.aside, entry=True),
    Post.CLERK: SUPPORT,
    Post.JUDGE_ASSISTANT: SUPPORT,
    Post.DEPUTY_DIVISION_CHIEF: CHIEF,
    Post.DIVISION_CHIEF: CHIEF,
    Post.VICE_PRESIDENT: LEADER,
    Post.PRESIDENT: LEADER,
    Post.TRIAL_MANAGEMENT: Layout(figures.court, (sections.divisions, sections.cases_at_risk), (sections.scan, *ASIDE)),
    Post.FILING_CLERK: Layout(figures.filing, (sections.filing_drafts, sections.unassigned, sections.recent_filings)),
    Post.DISCIPLINE: Layout(figures.plain, (sections.trail,)),
    Post.PUBLICITY: Layout(figures.publicity, (sections.publications,)),
    Post.HOTLINE: Layout(figures.plain, (sections.unread,), (sections.to_approve,)),
    Post.ADMINISTRATOR: Layout(figures.administrator, (sections.trail, sections.scan)),
}

NO_POST = _("今日没有在任的岗位")
