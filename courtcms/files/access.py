"""Who may open a file of a case. The floor that knows cases answers; this package only asks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Access:
    """Whether somebody may open the files of a case, and whether each opening goes into the trail (secret cases)."""

    allowed: bool
    confidential: bool = False


Answer = Callable[[Any, int], Access]


def _closed(user: Any, case_id: int) -> Access:
    """Nobody opens files of cases before the floor of cases has said who may."""
    return Access(False)


_answer: list[Answer] = [_closed]


def answer_for_cases(answer: Answer) -> None:
    """Let `answer(user, case_id)` decide on files of cases; called in `AppConfig.ready()` of the floor of cases."""
    _answer[0] = answer


def access_to_case(user: Any, case_id: int) -> Access:
    """The answer of the floor of cases."""
    return _answer[0](user, case_id)
