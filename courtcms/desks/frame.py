"""What the frame of every staff page takes from the ground: navigation, posts, the address of the search box."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from courtcms.accounts.policy import allowed
from courtcms.accounts.posts import Post
from courtcms.core import context, nav


@dataclass(frozen=True)
class NavLink:
    """One entry of the navigation, ready to be drawn."""

    title: Any
    url: str
    current: bool


@dataclass(frozen=True)
class HeldPost:
    """A post of today as the menu names it."""

    title: str
    where: str
    substitute_for: str


def navigation(request: HttpRequest) -> list[NavLink]:
    """The desk, then what the person's posts open; the longest fitting prefix is the current entry."""
    if not request.user.is_authenticated:
        return []
    items = nav.items_for(lambda permission: allowed(request.user, permission))
    fitting = [item.prefix for item in items if item.prefix and request.path.startswith(item.prefix)]
    current = max(fitting, key=len, default="/" if request.path == "/" else None)
    links = [NavLink(_("工作台"), reverse("desk"), current == "/")]
    return links + [NavLink(item.title, reverse(item.url_name), item.prefix == current) for item in items]


def posts(request: HttpRequest) -> list[HeldPost]:
    """Posts of today, own ones first."""
    if not request.user.is_authenticated:
        return []
    return [HeldPost(str(Post(held.post).label), held.where, held.substitute_for) for held in request.user.capacities]


def provide() -> None:
    """Fill the frame; called when the desks are ready."""
    context.provide("nav", navigation)
    context.provide("posts", posts)
