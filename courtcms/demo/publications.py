"""Publications of the demo court, in every state, by the publication room's own acts on the days of the plan."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

from cases.intake.models import BenchMember, Case
from courtcms.accounts.models import User
from courtcms.core import clock
from courtcms.core.errors import Refusal
from courtcms.core.workdays import add_working_days
from courtcms.demo.story import Plan
from courtcms.demo.texts import kind_of, signed_text
from publicity.judgments import clearance, desk_services, publish_services, services, withhold_services
from publicity.judgments.models import Publication

#: documents that took effect longer ago were published in the system before this one
RECENT = timedelta(days=75)
PREPARED = ("civil", "criminal", "administrative")
Act = Callable[[Any, Publication], None]


class Desk:
    """The people who bring one document to the public, and the days on which they do it."""

    def __init__(self, case: Case, seed: int) -> None:
        seats = BenchMember.objects.filter(case=case, until__isnull=True).select_related("user").order_by("pk")
        people = {seat.role: seat.user for seat in seats}
        self.redactor: User = people["clerk"]
        self.clearer: User = people["assistant"]
        self.judge: User = people["judge"]
        self.office = User.objects.get(username="tmo")
        self.seed = seed

    def prepare(self, publication: Publication) -> None:
        """Lay the signed text before the redactor, who decides what the engine left open."""
        text = signed_text(publication.case, self.seed)
        version = services.prepare(actor=self.redactor, publication=publication, text=text)
        for hit in version.hits.all():
            if hit.open_doubt:
                desk_services.decide(
                    actor=self.redactor, publication=publication, hit_id=hit.pk, decision="accepted", everywhere=True
                )

    def submit(self, publication: Publication) -> None:
        services.submit(actor=self.redactor, publication=publication)

    def clear(self, publication: Publication) -> None:
        answers = {item.id: clearance.YES for item in clearance.items() if item.level == "person"}
        services.accept(actor=self.clearer, publication=publication, answers=answers)

    def publish(self, publication: Publication) -> None:
        publish_services.publish(actor=self.office, publication=publication)


def seed_publications(cases: Sequence[Case], plans: Sequence[Plan], seed: int, most: int) -> dict[str, int]:
    """Open the publications owed for the last `most` documents that took effect, and bring each to a state."""
    today = clock.today()
    found = [
        (plan.effective_on, case)
        for case, plan in zip(cases, plans, strict=True)
        if plan.effective_on and today - RECENT <= plan.effective_on <= today and case.category in PREPARED
    ]
    states: dict[str, int] = {}
    for place, (effective, case) in enumerate(sorted(found, key=lambda pair: (pair[0], pair[1].pk))[-most:]):
        state = _bring(case, effective, place, seed, today)
        states[state] = states.get(state, 0) + 1
    return states


def _bring(case: Case, effective: date, place: int, seed: int, today: date) -> str:
    with clock.as_of(effective):
        publication = services.open_publication(actor=None, case=case, kind=kind_of(case), effective_on=effective)
    desk = Desk(case, seed)
    due = add_working_days(effective, 7)
    day = min(today, add_working_days(effective, 2 + place % 5))
    with clock.as_of(day):
        ground = _ground(publication)
        if ground:
            withhold_services.withhold(
                actor=desk.judge, publication=publication, ground=ground, judged_on=case.closed_on
            )
            return publication.state
        try:
            for step in _steps(desk, place, due < today):
                step(publication)
        except Refusal:  # an invented text may hold what nobody foresaw: it stays at the desk, as in life
            publication.refresh_from_db()
    if publication.state == "published" and place % 11 == 4:
        _withdraw(desk, publication, place, today)
    return publication.state


def _ground(publication: Publication) -> str:
    grounds = withhold_services.grounds_of(publication)
    return next((ground for ground in ("X2", "X3", "X4") if ground in grounds), "")


def _steps(desk: Desk, place: int, past_due: bool) -> list[Callable[[Publication], None]]:
    """Most documents past their limit are public; those within it stand at every stage."""
    whole = [desk.prepare, desk.submit, desk.clear, desk.publish]
    if past_due:
        return [] if place % 13 == 9 else whole
    return whole[: (4, 1, 2, 3, 0, 1, 4)[place % 7]]


def _withdraw(desk: Desk, publication: Publication, place: int, today: date) -> None:
    """Some published texts turned out to be defective; every second one is repaired and published again."""
    with clock.as_of(today - timedelta(days=1)):
        publish_services.withdraw(
            actor=desk.office, publication=publication, code="BAD_REDACTION", note="附注中遗留当事人联系方式"
        )
    if place % 2 == 0:
        with clock.as_of(today):
            for step in (desk.prepare, desk.submit, desk.clear, desk.publish):
                step(publication)
