"""Cases of the demo court in bulk: the same rows as the registry's acts, a thousand cases in one audited act."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from cases.intake import catalogue
from cases.intake.bench_services import JUDGES, SINGLE
from cases.intake.models import BenchMember, BenchRole, Case, Party
from cases.intake.register_models import Allocation, AllocationMode, CaseCounter, Rotation
from courtcms.accounts.models import Appointment, User
from courtcms.accounts.posts import Post
from courtcms.audit.services import act
from courtcms.courts.models import Court, Division
from courtcms.demo import bulk_rows as rows
from courtcms.demo.cases import Progress, rows_of
from courtcms.demo.copying import copy_rows
from courtcms.demo.story import Plan
from deadlines.calendars.selectors import work_calendar
from deadlines.rulebook.reading import rulebook

BATCH = 1000


class _Bench:
    """Who sits in a division; turns go round."""

    def __init__(self, division: Division) -> None:
        held = Appointment.objects.filter(division=division, until__isnull=True).select_related("user").order_by("pk")
        self.division = division
        self.judges = [row.user for row in held if row.post in JUDGES]
        self.presiding = [row.user for row in held if row.post == Post.PRESIDING_JUDGE]
        self.assistants = [row.user for row in held if row.post == Post.JUDGE_ASSISTANT]
        self.clerks = [row.user for row in held if row.post == Post.CLERK]
        self.capacity = {user.pk: user.capacity_label("docket.write") for user in self.judges}
        self.turn = -1

    def next(self) -> User:
        self.turn += 1
        return self.judges[self.turn % len(self.judges)]

    def named(self, username: str) -> User:
        self.turn += 1
        return next(user for user in self.judges if user.username == username)

    def places(self, judge: User, alone: bool) -> list[tuple[int, str]]:
        """Judge, panel, assistant and clerk, as `seat` would have chosen them."""
        found = [(judge.pk, BenchRole.JUDGE)]
        if not alone:
            head = judge if judge in self.presiding else self.presiding[self.turn % len(self.presiding)]
            others = [user for user in self._from_turn() if user not in (judge, head)]
            wanted = 2 if head == judge else 1
            found += [(head.pk, BenchRole.PRESIDING), *((user.pk, BenchRole.MEMBER) for user in others[:wanted])]
        for people, role in ((self.assistants, BenchRole.ASSISTANT), (self.clerks, BenchRole.CLERK)):
            found.append((people[self.turn % len(people)].pk, role))
        return found

    def _from_turn(self) -> list[User]:
        at = (self.turn + 1) % len(self.judges)
        return self.judges[at:] + self.judges[:at]


def load_cases(court: Court, plans: Sequence[Plan], progress: Progress = lambda done: None) -> list[Case]:
    """Load every plan: case, parties, bench, docket, clock. Numbers go on from where the counters stand."""
    cases: list[Case] = []
    benches = {d.code: _Bench(d) for d in Division.objects.filter(court=court, code__in={p.division for p in plans})}
    filing = User.objects.get(username="filing")
    counters = Counter({(row.year, row.type_mark): row.last for row in CaseCounter.objects.filter(court=court)})
    for start in range(0, len(plans), BATCH):
        batch = plans[start : start + BATCH]
        with act(actor=filing, verb="case.load", permission="cases.import", reason="演示案件") as entry:
            cases += _load(court, benches, counters, batch, filing)
            entry.after = {"cases": len(batch)}
        progress(start + len(batch))
    with act(actor=filing, verb="case.load", permission="cases.import", reason="演示案件编号"):
        for (year, mark), last in counters.items():
            CaseCounter.objects.update_or_create(court=court, year=year, type_mark=mark, defaults={"last": last})
        for bench in benches.values():
            if bench.turn >= 0:
                last = bench.judges[bench.turn % len(bench.judges)]
                Rotation.objects.update_or_create(division=bench.division, defaults={"last_judge": last})
    return cases


def _load(
    court: Court, benches: dict[str, _Bench], counters: Counter[tuple[int, str]], batch: Sequence[Plan], filing: User
) -> list[Case]:
    seats, made = [], []
    for plan in batch:
        bench = benches[plan.division]
        mark = catalogue.case_types()[plan.draft.type_code].mark
        counters[plan.draft.filed_on.year, mark] += 1
        judge = bench.named(plan.judge) if plan.judge else bench.next()
        made.append(rows.case_row(court, bench.division, judge.pk, counters[plan.draft.filed_on.year, mark], plan))
        seats.append((judge, bench.capacity[judge.pk], bench.places(judge, plan.draft.procedure in SINGLE)))
    Case.objects.bulk_create(made)
    _parties(made, batch)
    _bench(made, batch, seats, filing)
    copy_rows(
        row
        for case, plan, (judge, capacity, _places) in zip(made, batch, seats, strict=True)
        for row in rows_of(case, judge, capacity, plan.docket)
    )
    book, calendar = rulebook(), work_calendar()
    clocks = [rows.clock_row(case, book, calendar) for case in made]
    copy_rows(clock for clock in clocks if clock is not None)
    return made


def _parties(made: list[Case], batch: Sequence[Plan]) -> None:
    drafts = [(case, place, party) for case, plan in zip(made, batch, strict=True)
              for place, party in enumerate(plan.draft.parties)]  # fmt: skip
    parties = Party.objects.bulk_create([rows.party_row(case, place, party) for case, place, party in drafts])
    copy_rows(
        row for party, (_case, _place, draft) in zip(parties, drafts, strict=True)
        for row in rows.representative_rows(party, draft)
    )  # fmt: skip
    links = [rows.link_row(case, plan) for case, plan in zip(made, batch, strict=True)]
    copy_rows(link for link in links if link is not None)


def _bench(made: list[Case], batch: Sequence[Plan], seats: list, filing: User) -> None:
    copy_rows(
        BenchMember(case=case, user_id=user, role=role, since=case.filed_on, how=AllocationMode.ROTATION)
        for case, (_judge, _capacity, places) in zip(made, seats, strict=True)
        for user, role in places
    )
    copy_rows(
        Allocation(
            case=case,
            judge=judge,
            mode=AllocationMode.ROTATION,
            made_by=filing,
            made_at=rows.moment(case.filed_on, 9),
            steps=[
                {
                    "user": judge.pk,
                    "name": judge.name,
                    "taken": True,
                    "code": "turn",
                    "template": "轮到，在办 %(load)s 件",
                    "values": {"load": "0"},
                }
            ],
        )  # fmt: skip
        for case, (judge, _capacity, _places) in zip(made, seats, strict=True)
    )
