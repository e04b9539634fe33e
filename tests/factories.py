"""Small builders of the ground: a court, its divisions, people in their posts. All names are plainly invented."""

from __future__ import annotations

import itertools
from datetime import date
from typing import Any

from courtcms.accounts.models import Appointment, User
from courtcms.accounts.posts import Post
from courtcms.audit.services import act
from courtcms.courts.models import Court, CourtLevel, Division, DivisionKind

LONG_AGO = date(2015, 1, 1)
_numbers = itertools.count(1)


def court(code: str = "津02") -> Court:
    """The court of this installation, or another one by code."""
    level = {1: CourtLevel.HIGH, 3: CourtLevel.INTERMEDIATE}.get(len(code), CourtLevel.BASIC)
    names = {"津02": "天津市第二中级人民法院", "津": "天津市高级人民法院"}
    found = Court.objects.filter(code=code).first()
    if found:
        return found
    with act(actor=None, verb="test.set_up"):
        return Court.objects.create(code=code, name=names.get(code, f"{code}法院"), level=level)


def division(code: str = "civil-1", kind: str = DivisionKind.CIVIL, of: Court | None = None) -> Division:
    """A division of this court."""
    home = of or court()
    found = Division.objects.filter(court=home, code=code).first()
    if found:
        return found
    with act(actor=None, verb="test.set_up"):
        return Division.objects.create(court=home, code=code, name=f"{code}庭", name_en=f"Division {code}", kind=kind)


def appoint(user: User, post: str, where: Division | None = None, **fields: Any) -> Appointment:
    """Give somebody a post."""
    with act(actor=None, verb="test.appoint"):
        return Appointment.objects.create(
            user=user,
            post=post,
            court=where.court if where else court(),
            division=where,
            since=fields.pop("since", LONG_AGO),
            **fields,
        )


def person(post: str = Post.JUDGE, where: Division | None = None, **fields: Any) -> User:
    """Somebody in a post, in the first civil division unless told otherwise; password `court-test-2026`."""
    number = next(_numbers)
    user = User.objects.create_user(
        fields.pop("username", f"{post}-{number}"),
        "court-test-2026",
        name=fields.pop("name", f"甲{number}"),
        name_en=fields.pop("name_en", f"Person {number}"),
        **fields,
    )
    appoint(user, post, where or division())
    return user
