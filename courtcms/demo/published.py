"""Many published documents at once, to measure the public search: invented texts of usual length, no case behind."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

from courtcms.audit.services import act
from courtcms.demo import names
from courtcms.demo.copying import copy_rows
from courtcms.demo.story import CAUSES
from courtcms.demo.texts import TEXTS, chinese_day, plain_day
from publicity.portal import rules, services
from publicity.portal.contract import PublishedJudgment, Section, Signatory
from publicity.portal.models import Judgment

BATCH = 500
SENTENCES = (18, 46)
COURT, COURT_EN = "天津市第二中级人民法院", "Tianjin No. 2 Intermediate People's Court"
POOL = [line for area in ("civil", "administrative") for texts in TEXTS[area].values() for key in ("facts", "reasons")
        for line in texts[key]]  # fmt: skip


def load_published(number: int, seed: int, today: date, progress: Callable[[int], None] = lambda done: None) -> int:
    """Put `number` documents into the portal in audited batches; one interrupted goes on where it stopped."""
    source = random.Random(f"published:{seed}")
    judges = [names.person_name(source) for _ in range(60)]
    documents = _documents(source, judges, number, today)
    for start in range(0, number, BATCH):
        batch = [next(documents) for _ in range(min(BATCH, number - start))]
        ids = {rules.public_id("demo", one.case_number): one for one in batch}
        known = set(Judgment.objects.filter(public_id__in=ids).values_list("public_id", flat=True))
        rows = [Judgment(**services.judgment_fields(one, key)) for key, one in ids.items() if key not in known]
        if rows:
            with act(actor=None, verb="demo.load_published", reason="演示文书") as entry:
                entry.after = {"documents": copy_rows(rows)}
        progress(start + len(batch))
    return number


def _documents(source: random.Random, judges: list[str], number: int, today: date) -> Iterator[PublishedJudgment]:
    for place in range(1, number + 1):
        published = today - timedelta(days=source.randint(0, 2200))
        judged = published - timedelta(days=source.randint(5, 15))
        instance, mark = source.choice((("second", "民终"), ("second", "民终"), ("first", "民初")))
        cause = source.choices(list(CAUSES["civil"]), list(CAUSES["civil"].values()))[0]
        a, b = names.person_name(source), names.company_name(source)
        number_text = f"（{judged.year}）津02{mark}{place}号"
        yield PublishedJudgment(
            case_number=number_text, court_code="津02", court_name=COURT, court_name_en=COURT_EN,
            title=f"{a}与{b}{cause}{'二审' if instance == 'second' else '一审'}民事判决书", document_kind="judgment",
            category="civil", cause=cause, judged_on=judged, published_on=published, instance=instance,
            division=source.choice(("民事审判第一庭", "民事审判第二庭", "民事审判第三庭")), effective_on=judged,
            working_days=source.randint(2, 7), sections=_sections(source, a, b, cause, number_text, judged),
            signatories=tuple(Signatory(role, source.choice(judges)) for role in ("审判长", "审判员", "审判员")),
            outcome=source.choice(("驳回上诉，维持原判。", "改判", "支持部分请求")), rule_set="2016",
        )  # fmt: skip


def _sections(source: random.Random, a: str, b: str, cause: str, number: str, judged: date) -> tuple[Section, ...]:
    words: dict[str, Any] = {
        "a": a, "b": b, "cause": cause, "amount": f"{source.randint(20, 900) * 1000:,}",
        "day": plain_day(judged - timedelta(days=source.randint(100, 900))), "account": "", "phone": "",
        "day2": plain_day(judged - timedelta(days=source.randint(20, 99))), "home": "海河市望湖区",
    }  # fmt: skip
    lines = [source.choice(POOL).format_map(words) for _ in range(source.randint(*SENTENCES))]
    half = len(lines) // 2
    return (
        Section("head", (COURT, "民事判决书", number)),
        Section("parties", (f"上诉人：{a}。", f"被上诉人：{b}，住所地{names.address(source)}。")),
        Section("facts", tuple(lines[:half])),
        Section("reasons", tuple(lines[half:])),
        Section("disposition", ("判决如下：", "驳回上诉，维持原判。")),
        Section("signatures", (chinese_day(judged),)),
    )
