"""The litigation fee by 诉讼费用交纳办法 (国务院令第481号), as a pure function of kind, amount and what halves it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cache

from cases.filing.tables import Kind, first, rows
from cases.intake.words import N_, Finding

LAW = "诉讼费用交纳办法"  # not translated: a law by its name
CENT = Decimal("0.01")
#: what halves the fee (arts 15, 16, 18); once only (民事诉讼法解释 206)
HALVES = {
    "simplified": Finding("16", N_("适用简易程序，减半")),
    "mediation": Finding("15", N_("以调解方式结案，减半")),
    "withdrawal": Finding("15", N_("申请撤诉，减半")),
    "joined": Finding("18", N_("反诉、有独立请求权的第三人的请求合并审理，减半")),
}
ORDER = {"verified": 0, "likely": 1, "uncertain": 2}


@dataclass(frozen=True)
class Tariff:
    """A line of `fee_tariffs.tsv`; money in yuan, `low` to `high` the span a case, `charged` what is charged."""

    key: str
    zh: str
    en: str
    low: Decimal | None
    high: Decimal | None
    charged: Decimal | None
    brackets: str
    instead: bool
    part: Fraction
    cap: Decimal | None
    halves: bool
    prepaid: bool
    article: str
    confidence: str

    @property
    def free(self) -> bool:
        """Nothing is due under it."""
        return self.high == 0


@dataclass(frozen=True)
class Fee:
    """A computed fee. `amount` in yuan; `working` the steps in words; `low`, `high` the span if the law leaves one."""

    tariff: Tariff
    base: Decimal | None
    amount: Decimal
    working: tuple[Finding, ...]
    articles: tuple[str, ...]
    low: Decimal | None = None
    high: Decimal | None = None
    confidence: str = "verified"
    halved_by: str = ""

    @property
    def article(self) -> str:
        """Where it stands, as in 诉讼费用交纳办法 13(1)、16."""
        return f"{LAW} {'、'.join(self.articles)}"


@cache
def tariffs() -> Mapping[str, Tariff]:
    """All tariffs by key."""
    return {row["key"]: _tariff(row) for row in rows("fee_tariffs.tsv")}


def _tariff(row: Mapping[str, str]) -> Tariff:
    def money(name: str) -> Decimal | None:
        return Decimal(row[name]) if row[name] else None

    return Tariff(
        key=row["key"], zh=row["zh"], en=row["en"], low=money("low"), high=money("high"), charged=money("charged"),
        brackets=row["brackets"], instead=row["instead"] == "1", part=Fraction(row["part"] or "1"), cap=money("cap"),
        halves=row["halves"] == "1", prepaid=row["prepaid"] == "1", article=row["article"],
        confidence=row["confidence"],
    )  # fmt: skip


@dataclass(frozen=True)
class Bracket:
    """From `over` yuan up, `rate` per cent; `fixed` yuan once."""

    over: Decimal
    rate: Decimal
    fixed: Decimal


@cache
def brackets(table: str) -> tuple[Bracket, ...]:
    """The brackets of a table, lowest first."""
    found = (row for row in rows("fee_brackets.tsv") if row["table"] == table)
    return tuple(Bracket(Decimal(r["over"]), Decimal(r["rate"]), Decimal(r["fixed"])) for r in found)


def by_brackets(table: str, base: Decimal) -> tuple[Decimal, Finding]:
    """The sum over the brackets (分段累计) and the short working with the highest bracket that is reached.

    A base equal to the upper end of a bracket still lies in it (不超过). Yuan, not rounded.
    """
    reached = [b for b in brackets(table) if base > b.over] or [brackets(table)[0]]
    ends = [b.over for b in reached[1:]] + [base]
    total = sum((b.fixed for b in reached), Decimal(0))
    for bracket, end in zip(reached, ends, strict=True):
        total += max(end - bracket.over, Decimal(0)) * bracket.rate / 100
    top = reached[-1]
    rest = total - base * top.rate / 100
    if not top.rate:
        return total, Finding("fixed", N_("每件 %(sum)s 元"), {"sum": _plain(total)})
    template = N_("%(base)s × %(rate)s%% + %(rest)s") if rest >= 0 else N_("%(base)s × %(rate)s%% − %(rest)s")
    return total, Finding(
        "brackets", template, {"base": _plain(base), "rate": str(top.rate), "rest": _plain(abs(rest))}
    )


def _plain(value: Decimal) -> str:
    text = f"{value:,.2f}"
    return text.removesuffix(".00")


def compute(tariff: Tariff, amount: Decimal | None, halved_by: str = "") -> Fee:
    """The fee of a tariff for an amount in yuan (None = no amount in dispute), halved once by a key of HALVES.

    Rounded to the cent, half up. Without an amount a property claim pays as another non-property case.
    """
    if tariff.brackets and tariff.high is None and not amount:
        if tariff.key == "property":
            return compute(tariffs()["other_nonproperty"], None, halved_by)
        return Fee(tariff, None, Decimal(0), (Finding("no_base", N_("未填金额，尚不能计算")),), (tariff.article,),
                   confidence="uncertain")  # fmt: skip
    total, working, span = _whole(tariff, amount)
    if tariff.part != 1:
        total = total * tariff.part.numerator / tariff.part.denominator
        working.append(Finding("part", N_("按其 %(part)s"), {"part": str(tariff.part)}))
    if tariff.cap is not None and total > tariff.cap:
        total = tariff.cap
        working.append(Finding("cap", N_("最高 %(cap)s 元"), {"cap": _plain(tariff.cap)}))
    articles = [tariff.article]
    confidence = "uncertain" if span else tariff.confidence
    if halved_by and tariff.halves and total:
        total /= 2
        working.append(HALVES[halved_by])
        articles.append(HALVES[halved_by].code)
    else:
        halved_by = ""
    return Fee(
        tariff, amount, total.quantize(CENT, ROUND_HALF_UP), tuple(working), tuple(articles),
        low=tariff.low if span else None, high=tariff.high if span else None, confidence=confidence,
        halved_by=halved_by,
    )  # fmt: skip


def _whole(tariff: Tariff, amount: Decimal | None) -> tuple[Decimal, list[Finding], bool]:
    """The sum before fraction, cap and halving, its working, and whether a span per case is part of it."""
    if tariff.free:
        return Decimal(0), [Finding("free", N_("不交纳"))], False
    per_case = tariff.charged if tariff.charged is not None else Decimal(0)
    span = tariff.low != tariff.high
    each = Finding("each", N_("每件 %(sum)s 元"), {"sum": _plain(per_case)})
    if amount and tariff.brackets and tariff.instead:
        total, step = by_brackets(tariff.brackets, amount)
        return total, [step], False
    working = [each]
    if span:
        values = {"low": _plain(tariff.low or Decimal(0)), "high": _plain(tariff.high or Decimal(0))}
        working.append(Finding("span", N_("幅度 %(low)s 至 %(high)s 元，本市具体标准未核实，按下限计"), values))
    if amount and tariff.brackets:
        extra, step = by_brackets(tariff.brackets, amount)
        if extra:
            working.append(Finding("extra", N_("另按金额 %(step)s"), {"step": str(step)}))
        return per_case + extra, working, span
    return per_case, working, span


@dataclass(frozen=True)
class Basis:
    """What decides a fee on filing: the kind of case, the amount in dispute, the part appealed against, relief."""

    kind: Kind
    amount: Decimal | None = None
    disputed: Decimal | None = None
    halved_by: str = field(default="")


def on_filing(basis: Basis) -> Fee | None:
    """The fee of a case as it is filed, None for an unknown type.

    Appeals and retrials pay on the part of the decision that is attacked (arts 17, 19): `disputed`, where given.
    Summary procedure halves (art. 16).
    """
    case_type = basis.kind.case_type
    row = first("fee_choice.tsv", basis.kind)
    if case_type is None or row is None:
        return None
    later = case_type.instance in ("second", "retrial")
    base = basis.disputed if later and basis.disputed is not None else basis.amount
    halved = basis.halved_by or ("simplified" if basis.kind.procedure == "simplified" else "")
    fee = compute(tariffs()[row["tariff"]], base, halved)
    worst = max((fee.confidence, row["confidence"]), key=lambda word: ORDER[word])
    articles = fee.articles
    working = fee.working
    if later and not fee.tariff.free and base is not None:
        articles = (*articles, "17" if case_type.instance == "second" else "19")
        text = N_("按上诉请求数额") if case_type.instance == "second" else N_("按再审请求数额")
        working = (Finding("disputed", text), *working)
        if basis.disputed is None:
            worst = max((worst, "likely"), key=lambda word: ORDER[word])
    return Fee(fee.tariff, fee.base, fee.amount, working, articles, fee.low, fee.high, worst, fee.halved_by)


@dataclass(frozen=True)
class ReliefGround:
    """A case in which relief must be granted (arts 45-47); `relief` is exempt, reduced or deferred."""

    relief: str
    key: str
    zh: str
    en: str
    article: str


@cache
def relief_grounds() -> Mapping[str, ReliefGround]:
    """All grounds of relief by key."""
    return {row["key"]: ReliefGround(**row) for row in rows("relief_grounds.tsv")}


def payable(amount: Decimal, relief: str, percent: int | None) -> Decimal:
    """What remains to be paid now: nothing when exempt, the rest when reduced by `percent`, all of it when deferred."""
    if relief == "exempt":
        return Decimal(0)
    if relief == "reduced" and percent:
        return (amount * (100 - percent) / 100).quantize(CENT, ROUND_HALF_UP)
    return amount


def refund(fee_amount: Decimal, tariff_key: str, closing: str, halved: bool) -> Decimal:
    """What goes back when the case ends by mediation or withdrawal (art. 15): half, once only.

    `closing` is "mediation", "withdrawal" or "". A remand refunds the appeal fee whole (art. 27): "remand".
    """
    tariff = tariffs()[tariff_key]
    if closing == "remand":
        return fee_amount
    if closing not in ("mediation", "withdrawal") or halved or not tariff.halves:
        return Decimal(0)
    return fee_amount - (fee_amount / 2).quantize(CENT, ROUND_HALF_UP)
