"""The questions that rooms ask about a person."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from courtcms.accounts.capacity import Capacity
from courtcms.accounts.models import User, capacities_on
from courtcms.accounts.permissions import PERMISSIONS
from courtcms.accounts.posts import SECOND_FACTOR_POSTS, Post
from courtcms.core import clock
from courtcms.core.errors import NotAllowed, Reason


def allowed(user: Any, permission: str) -> bool:
    """May this person (signed in, active) use the permission today? Unknown permissions raise KeyError."""
    holders = PERMISSIONS[permission]
    if user is None or not user.is_authenticated or not user.is_active:
        return False
    return any(capacity.post in holders for capacity in user.capacities)


def require(user: Any, permission: str) -> None:
    """Raise NotAllowed, naming the posts that may, unless the person may. `None` is the system itself and may all."""
    if user is None or allowed(user, permission):
        return
    posts = "、".join(str(Post(post).label) for post in PERMISSIONS[permission])
    raise NotAllowed(
        Reason(_("您的职务无权进行此操作"), code=permission, remedy=_("可由以下职务办理：%(posts)s") % {"posts": posts})
    )


def capacities(user: User, on: date | None = None) -> list[Capacity]:
    """Posts in which the person acts on a day (today by default)."""
    return user.capacities if on is None or on == clock.today() else capacities_on(user, on)


def needs_second_factor(user: User) -> bool:
    """Chiefs and above, and the administrator, sign in with a second factor in production."""
    return any(capacity.post in SECOND_FACTOR_POSTS for capacity in user.capacities)
