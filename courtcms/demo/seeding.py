"""The whole demo court in its order: people, cases, publications, scans."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.conf import settings

from cases.intake.models import Case
from courtcms.core import clock
from courtcms.demo.bulk import load_cases
from courtcms.demo.cases import seed_cases
from courtcms.demo.entrusted import seed_entrusted
from courtcms.demo.hearings import seed_hearings
from courtcms.demo.oversight import seed_oversight
from courtcms.demo.people import seed_people
from courtcms.demo.publications import seed_publications
from courtcms.demo.published import load_published
from courtcms.demo.story import plan_cases

#: so many of the newest cases go through the registry's acts; the older ones are loaded in bulk with the same rows
BY_ACTS = 80
MOST_PUBLICATIONS = 60

Report = Callable[[str], None]


@dataclass(frozen=True)
class Seed:
    """What is wanted. `append` draws other cases than the first run of the same seed."""

    cases: int
    seed: int
    today: date
    append: bool = False
    all_open: bool = False
    published: int = 0


def seed(wanted: Seed, report: Report = lambda text: None) -> dict[str, int]:
    """Make the court; what was made, by name."""
    if wanted.published:
        load_published(wanted.published, wanted.seed, wanted.today, lambda done: report(f"published {done}"))
    if not wanted.cases and wanted.published:
        return {"published": wanted.published}
    with clock.as_of(wanted.today):
        report("people")
        judges = max(2, wanted.cases // 2500)
        court = seed_people(code=settings.COURTCMS_COURT_CODE, today=wanted.today, seed=wanted.seed, judges=judges)
        plans = plan_cases(wanted.cases, _source(wanted), wanted.today, all_open=wanted.all_open)
        older, newest = plans[:-BY_ACTS], plans[-BY_ACTS:]
        cases = load_cases(court, older, lambda done: report(f"cases {done}/{len(plans)}"))
        cases += seed_cases(court, newest, lambda done: report(f"cases {len(older) + done}/{len(plans)}"))
        report("appraisals and measures")
        entrusted = {} if wanted.all_open else seed_entrusted(court, wanted.seed, wanted.today)
        report("publications")
        states = seed_publications(cases, plans, wanted.seed, MOST_PUBLICATIONS)
        report("hearings")
        heard = seed_hearings(court, wanted.seed)
        report("scans")
        watched = seed_oversight(wanted.today)
    published = {f"publications {state}": number for state, number in sorted(states.items())}
    return {"cases": len(plans)} | entrusted | published | heard | watched


def _source(wanted: Seed) -> int:
    return wanted.seed + (1_000_003 * Case.objects.count() if wanted.append else 0)
