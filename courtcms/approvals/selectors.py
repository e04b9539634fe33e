"""Reads of approvals: who may decide, who is to be told, what a page needs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.db.models import Q

from courtcms.accounts.capacity import Capacity
from courtcms.accounts.models import Absence, Appointment, User
from courtcms.approvals.models import ApprovalRequest, ApprovalStep
from courtcms.approvals.rules import Place, Seat, barred, fits
from courtcms.core import clock


def place_of(step: Any) -> Place:
    """Where a step (or its plan) must be decided."""
    return Place(step.post, step.court_id, step.division_id, step.holder_id)


def seat_of(user_id: int, capacity: Capacity) -> Seat:
    """A capacity as the rules see it."""
    return Seat(user_id, capacity.holder_id, capacity.post, capacity.court_id, capacity.division_id)


def earlier_deciders(step: ApprovalStep) -> list[tuple[int, int]]:
    """(who decided, whose seat it was) of the round so far."""
    return list(
        ApprovalStep.objects.filter(request=step.request_id, round=step.round, decided_by__isnull=False)
        .order_by("position")
        .values_list("decided_by", "decided_for")
    )


def seats_for(place: Place) -> list[Seat]:
    """Every seat that could decide today: the holders of the post and the substitutes of those who are away."""
    day = clock.today()
    appointed = Appointment.objects.filter(
        Q(until__isnull=True) | Q(until__gt=day),
        since__lte=day, post=place.post, court=place.court, user__is_active=True,
    )  # fmt: skip
    if place.division is not None:
        appointed = appointed.filter(division=place.division)
    if place.holder is not None:
        appointed = appointed.filter(user=place.holder)
    rows = list(appointed.order_by("pk").values_list("user", "division"))
    substitutes = dict(
        Absence.objects.filter(
            user__in=[user for user, _ in rows], since__lte=day, until__gt=day, cancelled_at__isnull=True,
            substitute__is_active=True,
        ).values_list("user", "substitute")
    )  # fmt: skip
    seats = [Seat(user, user, place.post, place.court, division) for user, division in rows]
    seats += [
        Seat(substitutes[user], user, place.post, place.court, division)
        for user, division in rows
        if user in substitutes
    ]
    return seats


def able(place: Place, asker_id: int, earlier: Iterable[tuple[int, int]] = ()) -> list[Seat]:
    """Those of `seats_for` whom nothing bars."""
    used = list(earlier)
    return [seat for seat in seats_for(place) if fits(seat, place) and not barred(seat, asker_id, used)]


def holders_to_tell(step: ApprovalStep) -> list[User]:
    """Who gets the notice when a step opens: holders, and substitutes of absent ones, whom nothing bars."""
    ids = {seat.person for seat in able(place_of(step), step.request.asker_id, earlier_deciders(step))}
    return list(User.objects.filter(pk__in=ids).order_by("pk"))


def seat_to_decide(user: Any, step: ApprovalStep) -> tuple[Capacity | None, str]:
    """The capacity in which the person may decide the step, and what bars it otherwise: "post", "asker" or "twice"."""
    place, earlier = place_of(step), earlier_deciders(step)
    why = "post"
    for capacity in user.capacities:
        seat = seat_of(user.pk, capacity)
        if not fits(seat, place):
            continue
        why = barred(seat, step.request.asker_id, earlier)
        if not why:
            return capacity, ""
    return None, why


def open_step(request: ApprovalRequest) -> ApprovalStep | None:
    """The step that waits for a decision."""
    return request.steps.open().select_related("request", "court", "division", "holder").first()


def steps_of(request: ApprovalRequest) -> list[ApprovalStep]:
    """All steps of all rounds, in order."""
    related = ("court", "division", "holder", "decided_by", "decided_for")
    return list(request.steps.select_related(*related).order_by("round", "position"))


def running_for(kind: str, target: Any) -> ApprovalRequest | None:
    """The request of this kind that is under way for an object, if any."""
    return (
        ApprovalRequest.objects.running()
        .filter(kind=kind, object_type=target._meta.label_lower, object_id=str(target.pk))
        .first()
    )


def target_of(request: ApprovalRequest) -> Any:
    """The object that the request is about. Raises its DoesNotExist when it is gone."""
    model = apps.get_model(request.object_type)
    return model._default_manager.get(pk=request.object_id)
