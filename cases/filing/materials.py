"""Which papers a filing needs. Pure: no Django."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cases.filing.tables import Kind, fits, rows
from cases.intake.drafts import PartyDraft
from cases.intake.titles import ACTIVE


@dataclass(frozen=True)
class Paper:
    """A paper of the list; `must` or it may follow later; `copies` how many copies, None where no number is fixed."""

    key: str
    zh: str
    en: str
    must: bool
    copies: int | None
    article: str
    confidence: str


def papers_for(kind: Kind, parties: Sequence[PartyDraft]) -> list[Paper]:
    """The checklist of a filing, in the order of the table, cut to what its parties make necessary."""
    here = _conditions(parties)
    return [_paper(row, parties) for row in rows("materials.tsv") if row["when"] in here and fits(row, kind)]


def paper_names() -> dict[str, tuple[str, str]]:
    """Chinese and English name of every paper by its key."""
    return {row["key"]: (row["zh"], row["en"]) for row in rows("materials.tsv")}


def _conditions(parties: Sequence[PartyDraft]) -> set[str]:
    asking = [party for party in parties if party.role in ACTIVE]
    found = {"always"}
    found |= {"natural" if party.kind == "natural" else "organisation" for party in asking}
    if any(party.representatives for party in parties):
        found.add("acting")
    if any(party.whereabouts_unknown for party in parties):
        found.add("unknown")
    return found


def _paper(row: dict[str, str], parties: Sequence[PartyDraft]) -> Paper:
    """`others`: the original and a copy for each party beside those who file (登记立案规定 6, 4)."""
    others = sum(1 for party in parties if party.role and party.role not in ACTIVE)
    copies = others + 1 if row["copies"] == "others" else int(row["copies"]) if row["copies"] else None
    return Paper(row["key"], row["zh"], row["en"], row["need"] == "must", copies, row["article"], row["confidence"])
