"""Does the amount bring a civil case of first instance before an intermediate court? A warning, never a block.

The law leaves other ways into this court (民事诉讼法 19, 39: great influence, elevation, designation). Pure: no Django.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from cases.filing.tables import Kind, above, rows
from cases.intake.drafts import PartyDraft
from cases.intake.words import N_, Finding

#: causes to which the amounts do not apply (法发〔2021〕27号 五): intellectual property, maritime
OTHERWISE = {"civil:p5", "civil:p8"}
FOREIGN_DOCUMENTS = {"passport", "hk_macao_permit", "taiwan_permit", "foreign_resident"}


@dataclass(frozen=True)
class Warning:
    """What stands against the jurisdiction of this court, its article, and how sure the figure is."""

    finding: Finding
    article: str
    confidence: str


def threshold(kind: str, day: date) -> dict[str, str] | None:
    """The amounts in force on a day for `domestic` or `foreign` cases."""
    for row in rows("jurisdiction.tsv"):
        if row["kind"] == kind and row["valid_from"] <= day.isoformat() <= (row["valid_to"] or "9999-12-31"):
            return row
    return None


def warnings(
    kind: Kind, amount: Decimal | None, parties: Sequence[PartyDraft], day: date, province: str
) -> list[Warning]:
    """What to look at before registering. `province` is the name with which addresses in it begin, as 天津."""
    case_type = kind.case_type
    if case_type is None or case_type.code != "0301" or amount is None or above(kind.cause_code) & OTHERWISE:
        return []
    foreign = any(party.identity_kind in FOREIGN_DOCUMENTS for party in parties)
    row = threshold("foreign" if foreign else "domestic", day) or threshold("domestic", day)
    if row is None:
        return []
    addresses = [party.address.strip() for party in parties if party.address.strip()]
    inside = {text.startswith(province) for text in addresses}
    both, one = Decimal(row["both"]), Decimal(row["one"])
    values = {"amount": _short(amount), "both": _short(both), "one": _short(one)}
    if amount >= both or (len(inside) == 2 and amount >= one):
        return []
    if row["kind"] == "foreign":
        template = N_("标的额 %(amount)s 元，未达到中级人民法院管辖涉外一审案件的 %(both)s 元")
    elif len(inside) == 2:
        template = N_("标的额 %(amount)s 元，一方住所地不在本市，未达到中级人民法院一审的 %(one)s 元")
    elif len(inside) == 1 and len(addresses) == len(parties):
        template = N_("标的额 %(amount)s 元，各方住所地同在或者同不在本市，未达到中级人民法院一审的 %(both)s 元")
    elif amount >= one:
        template = N_("标的额 %(amount)s 元，住所地填全后再核对：同省 %(both)s 元、一方在外省 %(one)s 元以上由本院管辖")
    else:
        template = N_("标的额 %(amount)s 元，未达到中级人民法院一审标准（一方在外省 %(one)s 元，其他 %(both)s 元）")
    return [Warning(Finding("below_threshold", template, values), row["article"], row["confidence"])]


def _short(value: Decimal) -> str:
    return f"{value:,.2f}".removesuffix(".00")
