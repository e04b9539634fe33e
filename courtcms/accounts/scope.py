"""How far somebody sees: own cases, own division, own court, lower courts."""

from __future__ import annotations

from dataclasses import dataclass, field

from courtcms.accounts.models import User
from courtcms.accounts.permissions import CHIEFS, LEADERS
from courtcms.accounts.posts import Post

COURT_WIDE = (*LEADERS, Post.TRIAL_MANAGEMENT, Post.DISCIPLINE, Post.FILING_CLERK)
NO_CASES = (Post.ADMINISTRATOR, Post.HOTLINE, Post.PUBLICITY)


@dataclass(frozen=True)
class Scope:
    """Whose cases a person sees: those on whose bench one of `user_ids` sits, and those of divisions and courts."""

    user_ids: frozenset[int] = field(default_factory=frozenset)
    division_ids: frozenset[int] = field(default_factory=frozenset)
    court_ids: frozenset[int] = field(default_factory=frozenset)


def user_scope(user: User) -> Scope:
    """The scope of today's posts, substitutions included."""
    users, divisions, courts = set(), set(), set()
    for capacity in user.capacities:
        if capacity.post in COURT_WIDE:
            courts.add(capacity.court_id)
        elif capacity.post in CHIEFS and capacity.division_id is not None:
            divisions.add(capacity.division_id)
            users.add(capacity.holder_id)  # a chief also sits on panels, even of other divisions
        elif capacity.post not in NO_CASES:
            users.add(capacity.holder_id)
    return Scope(frozenset(users), frozenset(divisions), frozenset(courts))
