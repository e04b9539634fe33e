"""Builders of publications. All persons, companies and numbers are plainly invented."""

from __future__ import annotations

from datetime import date
from typing import Any

from cases.intake.models import Case
from courtcms.accounts.models import User
from courtcms.accounts.posts import Post
from publicity.judgments.clearance import items
from publicity.judgments.models import Publication
from publicity.judgments.services import accept, open_publication, prepare, submit
from tests import factories as ground
from tests.cases import factories as cases

PARTY, OTHER = "甲一明", "甲二国"
TEXT = """天津市第二中级人民法院
民 事 判 决 书
{number}
原告：{party}，男，1972年10月1日出生，汉族，公民身份号码110101191901010129，住天津市河西区黑牛城道27号1门201号。
委托诉讼代理人：孙立群，天津海津律师事务所律师。
被告：{other}，男，1975年5月6日出生，汉族，住天津市东丽区万新街道5号楼602号。
原告{party}与被告{other}{cause}一案，本院立案后依法公开开庭进行了审理。本案现已审理终结。
{party}向本院提出诉讼请求：依法分割遗产。{more}
经审理查明，双方系兄弟。{party}于2019年5月6日向{other}交付房屋钥匙。
本院认为，遗产应当依法分割。依照《中华人民共和国民法典》之规定，判决如下：
驳回{party}的诉讼请求。
审　判　长　　顾维桢
审　判　员　　林砚秋
{dated}
书　记　员　　宁一舟"""


def signed_text(
    case: Case, *, cause: str = "法定继承纠纷", more: str = "", dated: str = "二〇二六年十月二十日", **fields: str
) -> str:
    """A signed judgment of the case."""
    values = {"number": case.number, "party": PARTY, "other": OTHER} | fields
    return TEXT.format(cause=cause, more=more, dated=dated, **values)


def parties() -> tuple[Any, ...]:
    """The two brothers of the text."""
    return cases.person_party("plaintiff", PARTY), cases.person_party("defendant", OTHER)


def inheritance_case(cause_code: str | None = None, **fields: Any) -> Case:
    """A case of inheritance in a civil division with its bench."""
    if not Case.objects.exists():
        cases.civil_division()
    return cases.case(cause_code=cause_code or cause("法定继承纠纷"), parties=parties(), **fields)


def cause(name: str) -> str:
    """Code of a civil cause by its name."""
    from cases.intake.catalogue import causes  # noqa: PLC0415  the catalogue is read once, here only

    return next(code for code, one in causes().items() if one.zh == name and code.startswith("civil"))


def staff(case: Case, post: str = Post.CLERK) -> User:
    """Somebody of the bench side who sees the case: seated beside the judge."""
    from cases.intake.models import BenchMember  # noqa: PLC0415
    from courtcms.audit.services import act  # noqa: PLC0415

    person = ground.person(post, case.division)
    with act(actor=None, verb="test.seat"):
        BenchMember.objects.create(case=case, user=person, role="clerk", since=date(2020, 1, 1))
    return person


def seat(case: Case, person: User) -> None:
    """Let somebody work on one more case."""
    from cases.intake.models import BenchMember  # noqa: PLC0415
    from courtcms.audit.services import act  # noqa: PLC0415

    with act(actor=None, verb="test.seat"):
        BenchMember.objects.create(case=case, user=person, role="clerk", since=date(2020, 1, 1))


def opened(case: Case, effective_on: date | None = date(2026, 11, 16), **fields: Any) -> Publication:
    """A publication that waits for its text."""
    return open_publication(actor=None, case=case, effective_on=effective_on, **fields)


def prepared(case: Case, clerk: User, text: str = "", **fields: Any) -> Publication:
    """A publication under review."""
    publication = opened(case, **fields)
    prepare(actor=clerk, publication=publication, text=text or signed_text(case))
    return publication


def yes() -> dict[str, str]:
    """Every item of the list confirmed."""
    return {item.id: "yes" for item in items() if item.level == "person"}


def cleared(case: Case, clerk: User, other: User, text: str = "", **fields: Any) -> Publication:
    """A publication ready to be published."""
    publication = prepared(case, clerk, text, **fields)
    submit(actor=clerk, publication=publication)
    accept(actor=other, publication=publication, answers=yes())
    return publication
