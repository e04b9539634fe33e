"""The pure rules of filing for other rooms: fee, papers, limit, jurisdiction by amount, grounds of not accepting."""

from cases.filing.fees import Basis, Fee, by_brackets, compute, on_filing, payable, refund, relief_grounds, tariffs
from cases.filing.jurisdiction import Warning, warnings
from cases.filing.limits import FilingLimit, due, limit_of
from cases.filing.materials import Paper, paper_names, papers_for
from cases.filing.refusals import Ground, RefusalKind, grounds, grounds_of, kind_of
from cases.filing.tables import Kind

__all__ = [
    "Basis",
    "Fee",
    "FilingLimit",
    "Ground",
    "Kind",
    "Paper",
    "RefusalKind",
    "Warning",
    "by_brackets",
    "compute",
    "due",
    "grounds",
    "grounds_of",
    "kind_of",
    "limit_of",
    "on_filing",
    "paper_names",
    "papers_for",
    "payable",
    "refund",
    "relief_grounds",
    "tariffs",
    "warnings",
]
