"""Allocation of a case (分案): rotation with load, recusal excludes; deterministic and explainable. Pure: no Django.

Rule: judges are taken in their fixed order, beginning after the one who got the last case. A judge is passed over
who is recused, absent or not taking cases, or whose load exceeds the mean of those available by the tolerance; the
first one not passed over gets the case. Every pass is recorded with its reason. Since at least one judge holds no more
than the mean, somebody available always gets it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from cases.intake.words import N_, Finding


@dataclass(frozen=True)
class Candidate:
    """A judge who may get the case. `order` is the fixed place in the rotation, `load` the weighted open cases."""

    id: int
    name: str
    order: int
    load: float
    recused: str = ""
    absent: str = ""
    limit: float | None = None


@dataclass(frozen=True)
class Step:
    """What the rotation did with one candidate, and why."""

    candidate_id: int
    name: str
    taken: bool
    finding: Finding


@dataclass(frozen=True)
class Allocation:
    """The judge chosen (None when nobody may take the case) and every step of the rotation in its order."""

    chosen: int | None
    steps: tuple[Step, ...]


def _excluded(candidate: Candidate) -> Finding | None:
    if candidate.recused:
        return Finding("recused", N_("回避：%(reason)s"), {"reason": candidate.recused})
    if candidate.absent:
        return Finding("absent", N_("暂不收案：%(reason)s"), {"reason": candidate.absent})
    if candidate.limit is not None and candidate.load >= candidate.limit:
        values = {"load": _show(candidate.load), "limit": _show(candidate.limit)}
        return Finding("limit", N_("在办 %(load)s 件，已到收案上限 %(limit)s 件"), values)
    return None


def _show(load: float) -> str:
    return f"{load:.1f}".removesuffix(".0")


def rotation(candidates: Sequence[Candidate], last: int | None) -> list[Candidate]:
    """The fixed order (place, then id), turned so that it begins after the judge who got the last case."""
    ordered = sorted(candidates, key=lambda c: (c.order, c.id))
    start = next((i + 1 for i, c in enumerate(ordered) if c.id == last), 0)
    return ordered[start:] + ordered[:start]


def allocate(candidates: Sequence[Candidate], last: int | None = None, tolerance: float = 0.2) -> Allocation:
    """Choose by rotation with load: 0.2 passes over whoever holds over 120 % of the mean, and over 2 cases more."""
    turn = rotation(candidates, last)
    available = [c for c in turn if _excluded(c) is None]
    mean = sum(c.load for c in available) / len(available) if available else 0.0
    ceiling = max(mean * (1 + tolerance), mean + 2)
    steps: list[Step] = []
    chosen: Candidate | None = None
    for candidate in turn:
        excluded = _excluded(candidate)
        if excluded:
            steps.append(Step(candidate.id, candidate.name, False, excluded))
        elif chosen is None and candidate.load > ceiling:
            values = {"load": _show(candidate.load), "mean": _show(mean)}
            passed = Finding("loaded", N_("轮到但在办 %(load)s 件，明显多于平均 %(mean)s 件，轮空"), values)
            steps.append(Step(candidate.id, candidate.name, False, passed))
        elif chosen is None:
            chosen = candidate
            values = {"load": _show(candidate.load), "mean": _show(mean)}
            steps.append(
                Step(candidate.id, candidate.name, True, Finding("turn", N_("轮到，在办 %(load)s 件"), values))
            )
        else:
            steps.append(Step(candidate.id, candidate.name, False, Finding("later", N_("未轮到"))))
    return Allocation(chosen.id if chosen else None, tuple(steps))


def eligible_panel(candidates: Sequence[Candidate], presiding: int, size: int = 3) -> list[int]:
    """Members of a collegial panel with the given judge: the least loaded of the others, ties by rotation order."""
    others = [c for c in candidates if c.id != presiding and _excluded(c) is None]
    others.sort(key=lambda c: (c.load, c.order, c.id))
    return [presiding, *(c.id for c in others[: size - 1])]
