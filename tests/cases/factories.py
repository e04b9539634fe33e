"""Builders of cases. All persons, companies and numbers are plainly invented."""

from __future__ import annotations

import itertools
from datetime import date
from typing import Any

from cases.intake.drafts import CaseDraft, PartyDraft
from cases.intake.identity import credit_check_character, resident_check_digit
from cases.intake.models import Case
from cases.intake.services import register_case
from courtcms.accounts.models import User
from courtcms.accounts.posts import Post
from courtcms.core import clock
from courtcms.courts.models import Division, DivisionKind
from tests import factories as ground

SALE = "civil:88"  # 买卖合同纠纷
THEFT = "criminal:229"
_numbers = itertools.count(1)


def resident_id(birth: str = "19900101", serial: int | None = None) -> str:
    """A valid number under the address code 120000, which is never issued to a person."""
    first17 = f"120000{birth}{(serial or next(_numbers)) % 1000:03d}"
    return first17 + resident_check_digit(first17)


def credit_code(serial: int | None = None) -> str:
    """A valid unified social credit code under an invented registrar."""
    first17 = f"91120000MA{serial or next(_numbers):07d}"
    return first17 + credit_check_character(first17)


def person_party(role: str = "defendant", name: str = "", **fields: Any) -> PartyDraft:
    """A natural person."""
    values: dict[str, Any] = {
        "identity_kind": "resident_id",
        "identity_number": resident_id(),
        "address": "天津市甲区乙路1号",
    }
    return PartyDraft(
        role=role, kind="natural", name=name or f"乙{'一二三四五六七八九十'[next(_numbers) % 10]}", **(values | fields)
    )


def company_party(role: str = "plaintiff", name: str = "", **fields: Any) -> PartyDraft:
    """A company."""
    values: dict[str, Any] = {
        "identity_kind": "credit_code",
        "identity_number": credit_code(),
        "address": "天津市甲区丙路2号",
    }
    return PartyDraft(role=role, kind="legal", name=name or f"天津甲{next(_numbers)}建材有限公司", **(values | fields))


def draft(type_code: str = "0301", **fields: Any) -> CaseDraft:
    """A civil first-instance case of today without any fault, unless told otherwise."""
    values: dict[str, Any] = {
        "type_code": type_code,
        "cause_code": SALE,
        "filed_on": clock.today(),
        "parties": (company_party(), person_party()),
    }
    return CaseDraft(**(values | fields))


def appeal_draft(**fields: Any) -> CaseDraft:
    """A civil appeal."""
    values: dict[str, Any] = {
        "lower_number": "（2026）津0102民初7号",
        "parties": (company_party("appellant"), person_party("appellee")),
    }
    return draft("0302", **(values | fields))


def criminal_draft(**fields: Any) -> CaseDraft:
    """A criminal first-instance case; a criminal division must exist."""
    organ = PartyDraft(role="prosecuting_organ", kind="organisation", name="天津市人民检察院第二分院")
    values: dict[str, Any] = {"cause_code": THEFT, "parties": (organ, person_party("accused"))}
    return draft("0201", **(values | fields))


def civil_division(judges: int = 3, code: str = "civil-1") -> Division:
    """A civil division with a presiding judge among its judges, an assistant and a clerk."""
    where = ground.division(code)
    for number in range(judges):
        ground.person(Post.PRESIDING_JUDGE if number == 0 else Post.JUDGE, where)
    ground.person(Post.JUDGE_ASSISTANT, where)
    ground.person(Post.CLERK, where)
    return where


def criminal_division(judges: int = 3) -> Division:
    """A criminal division with judges."""
    where = ground.division("criminal-1", DivisionKind.CRIMINAL)
    for number in range(judges):
        ground.person(Post.PRESIDING_JUDGE if number == 0 else Post.JUDGE, where)
    return where


def filing_clerk(**fields: Any) -> User:
    """Somebody of the filing division."""
    return ground.person(Post.FILING_CLERK, ground.division("filing", DivisionKind.FILING), **fields)


def case(actor: User | None = None, **fields: Any) -> Case:
    """A registered case; `fields` go into the draft."""
    return register_case(actor=actor, draft=draft(**fields))


def day(text: str) -> date:
    """A date from its ISO form."""
    return date.fromisoformat(text)
