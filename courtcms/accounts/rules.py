"""Pure rules of posts: who may stand in for whom, when periods overlap."""

from collections.abc import Iterable
from datetime import date

#: a post and those posts whose holders may act in it while its holder is away
FITTING: dict[str, tuple[str, ...]] = {
    "judge": ("judge", "presiding_judge", "deputy_division_chief", "division_chief"),
    "presiding_judge": ("judge", "presiding_judge", "deputy_division_chief", "division_chief"),
    "clerk": ("clerk", "judge_assistant"),
    "judge_assistant": ("clerk", "judge_assistant"),
    "deputy_division_chief": ("deputy_division_chief", "division_chief", "vice_president"),
    "division_chief": ("deputy_division_chief", "division_chief", "vice_president"),
    "vice_president": ("vice_president", "president"),
    "president": ("vice_president",),
}

Period = tuple[date, date | None]


def fits(absent_post: str, substitute_posts: Iterable[str]) -> bool:
    """May somebody in one of `substitute_posts` act in `absent_post`? Offices without a rule: only the same post."""
    return bool(set(FITTING.get(absent_post, (absent_post,))) & set(substitute_posts))


def covers(held: Period, asked: Period) -> bool:
    """Is `asked` inside `held`? Periods are half open; an end of None is open."""
    starts = held[0] <= asked[0]
    ends = held[1] is None or (asked[1] is not None and asked[1] <= held[1])
    return starts and ends


def overlaps(one: Period, other: Period) -> bool:
    """Do two half-open periods share a day?"""
    return (other[1] is None or one[0] < other[1]) and (one[1] is None or other[0] < one[1])


#: posts that belong to a division; the others belong to the court
DIVISION_POSTS = ("judge", "presiding_judge", "clerk", "judge_assistant", "deputy_division_chief", "division_chief")
