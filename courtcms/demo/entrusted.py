"""Appraisals and preservation measures of the demo court, by their own acts on the days on which they happened."""

from __future__ import annotations

import random
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from cases.appraisal import progress_services
from cases.appraisal import services as appraisal
from cases.appraisal.models import Entrustment, Institution
from cases.appraisal.register_services import register_institution
from cases.intake.catalogue import case_types
from cases.intake.models import Case
from cases.preservation import services as preservation
from cases.preservation.watch_services import note_lapses, raise_reminders
from courtcms.core import clock
from courtcms.courts.models import Court

#: plainly invented institutions: name, kinds
INSTITUTIONS = (
    ("津甲司法鉴定中心", ("general", "disability", "handwriting", "trace_voice")),
    ("津乙司法鉴定中心", ("general", "disability", "handwriting", "medical")),
    ("津丙司法鉴定所", ("general", "handwriting", "dna", "psychiatric")),
    ("津丁工程造价咨询有限公司", ("cost", "quality")),
    ("津戊工程造价咨询有限公司", ("cost", "quality")),
    ("津己资产评估有限公司", ("asset", "real_estate", "asset_enforcement", "audit")),
    ("津庚会计师事务所", ("asset", "audit")),
)
KINDS = ("general", "handwriting", "cost", "asset", "quality", "audit")
OBJECTS = (("deposit", "津某银行账户"), ("movable", "机器设备"), ("immovable", "房屋一套"))
#: at most so many cases get an appraisal and so many a measure, however large the court
MOST = 24
#: days from today to the expiry of the deposits frozen in the oldest cases
EXPIRIES = (-4, 3, 6, 15, 28, 45, 58, 74, 88, 120, 200)


def seed_entrusted(court: Court, seed: int, today: date) -> dict[str, int]:
    """Fill register, appraisals and measures; how many of each."""
    source = random.Random(f"entrusted:{seed}")
    if not Institution.objects.filter(court=court).exists():
        _institutions(court, today)
    tried = [code for code, kind in case_types().items() if kind.instance in ("first", "second")]
    ripe = Case.objects.open().filter(
        category="civil", type_code__in=tried, filed_on__lte=today - timedelta(days=30)
    )  # fmt: skip
    old = list(ripe.order_by("filed_on", "pk").prefetch_related("parties")[:MOST])
    young = list(ripe.order_by("-filed_on", "-pk")[:MOST])
    for case in young:
        _appraise(case, source, today)
    for number, case in enumerate(old):
        _preserve(case, number, source, today)
    raise_reminders(as_of=today)
    lapses = note_lapses(as_of=today)
    progress_services.raise_chases(as_of=today)
    return {"appraisals": Entrustment.objects.count(), "measures": len(old), "lapses": lapses}


def _institutions(court: Court, today: date) -> None:
    for number, (name, kinds) in enumerate(INSTITUTIONS, 1):
        data = {
            "name": name, "licence_number": f"演示{number:04d}", "licensed_from": date(today.year - 3, 1, 1),
            "licensed_until": date(today.year + 2, 12, 31), "kinds": list(kinds), "contact": "", "phone": "",
            "address": "", "suspended_on": None, "suspension_reason": "",
        }  # fmt: skip
        register_institution(actor=None, court=court, data=data)


def _appraise(case: Case, source: random.Random, today: date) -> None:
    """Decided a week after filing, drawn, entrusted; most are reported, some still go on."""
    day = case.filed_on + timedelta(days=source.randint(5, 15))
    with clock.as_of(day):
        row = appraisal.propose(
            actor=None, case=case, kind=source.choice(KINDS), matters="争议事项见委托书所附清单",
            purpose="查明案件事实", decided_on=day,
        )  # fmt: skip
        if source.random() < 0.15:
            return
        appraisal.choose(actor=None, entrustment=row, mode="random", chosen_on=day, seed=f"{source.random():.12f}")
        row = appraisal.entrust(actor=None, entrustment=row, letter_number=f"委鉴字{row.pk}号", entrusted_on=day)
        appraisal.hand_over(actor=None, entrustment=row, names=["卷宗副本", "争议材料"], handed_on=day)
    came = day + timedelta(days=source.randint(20, 80))
    if came < today and source.random() < 0.7:
        with clock.as_of(came):
            appraisal.receive_report(
                actor=None, entrustment=row, report_number=f"鉴定意见{row.pk}号", received_on=came
            )  # fmt: skip


def _preserve(case: Case, number: int, source: random.Random, today: date) -> None:
    """Applied for and granted within two days of the measure; the oldest cases hold deposits about to expire."""
    parties = list(case.parties.all())
    if len(parties) < 2:
        return
    expiry = today + timedelta(days=EXPIRIES[number % len(EXPIRIES)])
    taken = expiry.replace(year=expiry.year - 1) if (expiry.month, expiry.day) != (2, 29) else expiry
    deposit = taken > case.filed_on + timedelta(days=3)
    taken = taken if deposit else case.filed_on + timedelta(days=8)
    asked = taken - timedelta(days=2)
    amount = case.amount or Decimal(source.randint(50_000, 900_000))
    with clock.as_of(asked):
        row = preservation.apply(
            actor=None, case=case, kind="in_suit", applicant=parties[0], respondent=parties[1], amount=amount,
            grounds="被申请人可能转移财产", security="insurance", security_amount=amount * Decimal("0.3"),
            received_at=_at(asked, 9),
        )  # fmt: skip
        preservation.rule(
            actor=None, application=row, outcome="granted", ruling_number=f"保字{row.pk}号", ruled_at=_at(asked, 16)
        )
    with clock.as_of(taken):
        kind, thing = OBJECTS[0] if deposit else OBJECTS[source.randrange(3)]
        share = Decimal("1.4") if number % 9 == 5 else Decimal("0.8")
        preservation.take_measure(
            actor=None, application=row, object_kind=kind, thing=f"{thing}（{number + 1}）", holder="协助执行单位",
            value=(amount * share).quantize(Decimal("0.01")), notice_number=f"协执{row.pk}号", taken_on=taken,
        )  # fmt: skip


def _at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), tzinfo=clock.COURT_ZONE)
