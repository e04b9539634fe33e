"""What of a hearing is announced. Pure: no Django.

Public hearings are announced with the names of the parties, the cause, time and place (民事诉讼法 139, 刑事诉讼法 187).
Where a published judgment would hide the persons (法释〔2016〕19号 art. 8: family and succession, minors, victims), the
list names the cause alone.
"""

from __future__ import annotations

from collections.abc import Iterable

VICTIMS = ("victim", "incidental_plaintiff")
FAMILY = "civil:p2"  # 婚姻家庭、继承纠纷, first-level cause


def names_parties(category: str, cause_path: Iterable[str], roles: Iterable[str], minors: bool) -> bool:
    """May the public list name the parties of the case?"""
    if minors or FAMILY in cause_path:
        return False
    return not (category == "criminal" and set(roles) & set(VICTIMS))


def is_announced(is_public: bool, secrecy: str, status: str) -> bool:
    """Is the hearing on the public list? Closed ones and those of secret cases never are."""
    return is_public and secrecy == "none" and status in ("scheduled", "held")


def code_complaint(
    *, category: str, categories: Iterable[str], secrecy: str, cancelled: bool, role: str, no_code_for: Iterable[str],
    minor: bool, through_adult: bool,
) -> str:  # fmt: skip
    """Why nobody gets a query code for this place in the case; empty when somebody may.

    `secret`, `category`, `cancelled`, `role`; `minor` when a minor would see the case without the statutory agent or
    the one who acts for the minor (民事诉讼法 60, 刑事诉讼法 281).
    """
    if secrecy != "none":
        return "secret"
    if category not in set(categories):
        return "category"
    if cancelled:
        return "cancelled"
    if role in set(no_code_for):
        return "role"
    return "minor" if minor and not through_adult else ""
