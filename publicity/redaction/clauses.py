"""How much goes together with a number: its label, its brackets, the comma that parts it from its neighbours."""

from __future__ import annotations

OPEN, CLOSE = "（(", "）)"
EDGE_BEFORE = "，,；;。、（(\n"
EDGE_AFTER = "，,；;。、）)\n"
WRAPPED = {"“": "”", '"': '"', "‘": "’", "『": "』", "「": "」", "（": "）", "(": ")", "【": "】"}


def clause(text: str, left: int, right: int) -> tuple[int, int] | None:
    """`text[left:right]` widened by what separates it from its neighbours, or None when it is no clause of its own."""
    before, after = text[left - 1 : left], text[right : right + 1]
    if (before and before not in EDGE_BEFORE) or (after and after not in EDGE_AFTER):
        return None
    if before and before in OPEN and after and after in CLOSE:
        return left - 1, right + 1
    if before and before in "，,；;、":
        return left - 1, right
    if after and after in "，,；;、":
        return left, right + 1
    if after == "。":
        return left, right + 1
    return left, right


def wrapped(text: str, start: int, end: int) -> tuple[int, int]:
    """`text[start:end]` with the quotation marks or brackets right around it, if there are any."""
    left, right = start, end
    while left and text[left - 1] in " \u3000":
        left -= 1
    while text[right : right + 1] in (" ", "\u3000"):
        right += 1
    if left and WRAPPED.get(text[left - 1]) == text[right : right + 1]:
        return left - 1, right + 1
    return start, end


def widen(text: str, label: tuple[int, int], start: int, end: int) -> tuple[int, int]:
    """What is deleted for the value `text[start:end]` whose label stands at `label` (empty when it has none).

    Label and value together when they make a clause of their own; else the value and what joins it to the label.
    """
    left, right = wrapped(text, start, end)
    if text[right : right + 1] == "号" and label[0] < label[1]:  # 身份证号码系…号
        right += 1
    if label[0] == label[1]:
        return clause(text, left, right) or (left, right)
    opened = _opened(text, label[1], left)
    if opened and text[right : right + 1] in ("）", ")"):  # 护照（号码：…）
        right += 1
    whole = clause(text, label[0], right)
    if whole:
        return whole
    joined = text[label[1] : left]
    return (label[1], right) if opened or not any(mark in joined for mark in WRAPPED) else (left, right)


def _opened(text: str, start: int, end: int) -> bool:
    """Whether a bracket opens in `text[start:end]` and does not close there."""
    part = text[start:end]
    return part.count("（") + part.count("(") > part.count("）") + part.count(")")
