"""What can be asked for. Rooms register their subjects here; the engine knows nothing of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from courtcms.approvals.models import ApprovalRequest


@dataclass(frozen=True)
class StepPlan:
    """One step: a post in a court, narrowed to a division or to one holder (a substitute of theirs may act).

    `skip_if_asker`: the step falls away when the asker holds this very seat (a judge asks for an own case).
    """

    post: str
    court_id: int
    division_id: int | None = None
    holder_id: int | None = None
    working_days: int = 2
    skip_if_asker: bool = False


@dataclass(frozen=True)
class Effect:
    """One line of the preview: what changes, from what, to what."""

    label: Any
    before: Any
    after: Any


@dataclass(frozen=True)
class Subject:
    """A kind of request.

    `steps` answers the ordered plan for a target; `preview` the effects as they would be now; `on_approved` does the
    thing, in the transaction of the last decision (a Refusal from it refuses that decision); `on_ended` hears of
    rejection and withdrawal, `on_moved` of a further step, a return and a new round (the request carries the state).
    `basis` is the rule that demands the approval.
    """

    kind: str
    title: Any
    steps: Callable[[Any, Any], Sequence[StepPlan]]  # target, asker
    preview: Callable[[ApprovalRequest], Sequence[Effect]]
    on_approved: Callable[[ApprovalRequest, Any], None]  # request, the last decider
    on_ended: Callable[[ApprovalRequest, Any], None] | None = None
    on_moved: Callable[[ApprovalRequest, Any], None] | None = None
    basis: str = ""


_subjects: dict[str, Subject] = {}


def register_subject(subject: Subject) -> None:
    """Make a kind known; called in `AppConfig.ready()`. Registering a kind again replaces it."""
    _subjects[subject.kind] = subject


def subject_of(kind: str) -> Subject:
    """The subject of a kind. Raises KeyError for a kind that no room registered."""
    return _subjects[kind]
