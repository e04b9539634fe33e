"""What is handed in at the counter beside the case itself: papers, the part appealed against, relief of the fee."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from cases.filing.fees import Basis, Fee, on_filing
from cases.filing.materials import Paper, papers_for
from cases.filing.tables import Kind
from cases.intake.drafts import CaseDraft

MOST_COPIES = 9999


@dataclass(frozen=True)
class ReliefDraft:
    """Relief as asked for: none, exempt, reduced (with the percentage taken off) or deferred; `ground` a key."""

    kind: str = "none"
    ground: str = ""
    percent: int | None = None
    note: str = ""


@dataclass(frozen=True)
class CounterFacts:
    """`papers`: number of copies by key of a paper that was handed in (None = not counted)."""

    papers: Mapping[str, int | None] = field(default_factory=dict)
    disputed: Decimal | None = None
    relief: ReliefDraft = field(default_factory=ReliefDraft)


@dataclass(frozen=True)
class CheckedPaper:
    """A paper of the list and whether it is there; `short`: fewer copies than needed."""

    paper: Paper
    received: bool
    copies: int | None

    @property
    def short(self) -> bool:
        """It is there, but not in enough copies."""
        return self.received and self.copies is not None and self.copies < (self.paper.copies or 0)

    @property
    def missing(self) -> bool:
        """It must be there and is not, or not in enough copies."""
        return self.paper.must and (not self.received or self.short)


def kind_of_draft(draft: CaseDraft) -> Kind:
    """Type, procedure and cause of a draft, as the tables look at it."""
    return Kind(draft.type_code, draft.procedure, draft.cause_code)


def fee_of(draft: CaseDraft, disputed: Decimal | None) -> Fee | None:
    """The fee of a draft by the tariff."""
    return on_filing(Basis(kind_of_draft(draft), draft.amount, disputed))


def checklist(draft: CaseDraft, papers: Mapping[str, int | None]) -> list[CheckedPaper]:
    """The list of papers of a draft with what was handed in."""
    wanted = papers_for(kind_of_draft(draft), draft.parties)
    return [CheckedPaper(paper, paper.key in papers, papers.get(paper.key)) for paper in wanted]


def read_papers(typed: Mapping[str, str]) -> dict[str, int | None]:
    """From the fields of the form (`papers-complaint`, `papers-complaint-copies`) to copies by key."""
    found: dict[str, int | None] = {}
    for name, value in typed.items():
        key = name.removeprefix("papers-")
        if key.endswith("-copies") or not value:
            continue
        copies = typed.get(f"{name}-copies", "").strip()
        number = int(copies) if copies.isascii() and copies.isdecimal() and len(copies) < 6 else None
        found[key] = min(number, MOST_COPIES) if number is not None else None
    return found
