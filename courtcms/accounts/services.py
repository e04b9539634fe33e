"""What is done with people and posts. Each act: check, write, trail. Actor first, everything by keyword."""

from __future__ import annotations

import secrets
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils.translation import gettext as _

from courtcms.accounts import rules
from courtcms.accounts.models import Absence, Appointment, User
from courtcms.accounts.policy import require
from courtcms.accounts.posts import Post
from courtcms.audit.services import act
from courtcms.core import clock
from courtcms.core.errors import Conflict, NotAllowed, Reason, Reasons
from courtcms.core.locks import lock
from courtcms.courts.models import Court, Division

APPOINT = "accounts.appoint"
OWN = "accounts.own"


def _check_model(instance: Any, reasons: Reasons, constraints: bool = True) -> None:
    """Add what the model's own fields and constraints refuse."""
    try:
        instance.full_clean(validate_constraints=constraints)
    except ValidationError as refused:
        for name, texts in refused.message_dict.items():
            for text in texts:
                reasons.add(text, field="" if name == "__all__" else name)


def _check_period(instance: Appointment | Absence, turned: str, reasons: Reasons) -> None:
    """The model's own checks; a period turned round would break the database's range, so it is refused before."""
    forward = instance.until is None or instance.since < instance.until
    if not forward:
        reasons.add(turned, field="until")
    _check_model(instance, reasons, constraints=forward)


def _save(instance: Any) -> None:
    """Save; a constraint that only now refuses means that somebody was quicker."""
    try:
        instance.save()
    except IntegrityError as quicker:
        raise Conflict(Reason(_("别人刚刚登记了与此重叠的记录，请刷新后再办。"), code="overlap")) from quicker


def _as_dict(appointment: Appointment) -> dict[str, Any]:
    return {
        "user": appointment.user.username,
        "post": appointment.post,
        "division": appointment.division_id,
        "kind": appointment.kind,
        "since": appointment.since,
        "until": appointment.until,
        "basis": appointment.basis,
    }


def add_person(
    *, actor: User | None, username: str, name: str, name_en: str = "", joined_on: date | None = None
) -> tuple[User, str]:
    """Open an account without any post; gives the person and the first password, which is shown once and not kept.

    Refuses a user name that is taken or not plain letters, digits, dot, hyphen. The administrator.
    """
    require(actor, APPOINT)
    password = secrets.token_urlsafe(9)
    user = User(username=username.strip().lower(), name=name.strip(), name_en=name_en.strip(), joined_on=joined_on)
    user.set_password(password)
    reasons = Reasons()
    if not all(char.isascii() and (char.isalnum() or char in ".-_") for char in user.username):
        reasons.add(_("用户名只用小写字母、数字、点和连字符"), field="username", remedy=_("一般取姓名拼音"))
    _check_model(user, reasons)
    reasons.refuse()
    with act(actor=actor, verb="account.open", permission=APPOINT) as entry:
        _save(user)
        entry.target, entry.after = user, {"username": user.username, "name": user.name}
    return user, password


def reset_password(*, actor: User, user: User, reason: str) -> str:
    """Give a person a new password, shown once; other sessions of the person end. The administrator, with a reason."""
    require(actor, APPOINT)
    reasons = Reasons()
    if not reason.strip():
        reasons.add(_("写明重置密码的理由"), field="reason")
    if user.pk == actor.pk:
        reasons.add(_("不能给自己重置密码"), remedy=_("请用“修改密码”"))
    reasons.refuse()
    password = secrets.token_urlsafe(9)
    with act(actor=actor, verb="account.reset_password", target=user, permission=APPOINT, reason=reason.strip()):
        user.set_password(password)
        user.password_changed_at = clock.now()
        user.save(update_fields=["password", "password_changed_at"])
    return password


def appoint(
    *,
    actor: User | None,
    user: User,
    post: str,
    court: Court,
    division: Division | None,
    since: date,
    basis: str,
    until: date | None = None,
    kind: str = "substantive",
) -> Appointment:
    """Give a person a post for a period (`until` is the first day without it). The administrator.

    Refuses: no basis, a person who has left, a division post without a division, a division of another court or one
    that is closed, a period turned round or overlapping the same post.
    """
    require(actor, APPOINT)
    made = Appointment(
        user=user, post=post, court=court, division=division, since=since, until=until, kind=kind, basis=basis.strip()
    )
    reasons = Reasons()
    if not made.basis:
        reasons.add(
            _("写明任免文号"), field="basis", article=_("法官法第十九条"), remedy=_("没有文号的写明决定的会议与日期")
        )
    if not user.is_active:
        reasons.add(_("%(name)s已离院，不能再任职") % {"name": user.name})
    if post in rules.DIVISION_POSTS and division is None:
        reasons.add(_("这一职务须指明部门"), field="division")
    if division is not None and division.court_id != court.pk:
        reasons.add(_("所选部门不属于这家法院"), field="division")
    if division is not None and division.closed_on is not None and division.closed_on <= since:
        reasons.add(_("该部门已于 %(day)s 撤销") % {"day": division.closed_on}, field="division")
    _check_period(made, _("任期截止日须晚于起始日"), reasons)
    reasons.refuse()
    with act(actor=actor, verb="account.appoint", permission=APPOINT, basis=made.basis) as entry:
        _save(made)
        entry.target, entry.after = made, _as_dict(made)
    return made


def end_appointment(*, actor: User | None, appointment: Appointment, until: date, reason: str) -> Appointment:
    """End a post: `until` is the first day without it, never a past day. The administrator, with a reason."""
    require(actor, APPOINT)
    with act(actor=actor, verb="account.end_appointment", permission=APPOINT, reason=reason.strip()) as entry:
        fresh = lock(Appointment.objects.all(), [appointment.pk])[0]
        reasons = Reasons()
        if not reason.strip():
            reasons.add(_("写明免职的理由或者文号"), field="reason")
        if fresh.until is not None and fresh.until <= clock.today():
            reasons.add(_("该任期已于 %(day)s 结束") % {"day": fresh.until}, field="until")
        if until <= fresh.since:
            reasons.add(_("截止日须晚于起始日 %(day)s") % {"day": fresh.since}, field="until")
        if until < clock.today():
            reasons.add(_("截止日不能早于今天"), field="until", remedy=_("已经过去的日子里办的事仍以当时的职务为准"))
        reasons.refuse()
        entry.target, entry.before = fresh, _as_dict(fresh)
        fresh.until = until
        fresh.save(update_fields=["until"])
        entry.after = _as_dict(fresh)
    return fresh


def _posts_without_cover(user: User, substitute: User, since: date, until: date) -> list[str]:
    """Posts of the absent person that the substitute holds no fitting post for, throughout the absence."""
    asked = (since, until)
    held = [post.post for post in substitute.appointments.all() if rules.covers((post.since, post.until), asked)]
    return [
        Post(own.post).label
        for own in user.appointments.order_by("pk")
        if rules.overlaps((own.since, own.until), asked) and not rules.fits(own.post, held)
    ]


def _check_substitute(user: User, substitute: User, since: date, until: date, reasons: Reasons) -> None:
    name = {"name": substitute.display_name}
    if not substitute.is_active:
        reasons.add(_("%(name)s已离院，不能代理") % name, field="substitute")
        return
    uncovered = _posts_without_cover(user, substitute, since, until)
    if uncovered:
        reasons.add(
            _("%(name)s在这段时间里没有可以代理%(posts)s的职务")
            % (name | {"posts": _("、").join(map(str, uncovered))}),
            field="substitute",
            remedy=_("请选任期覆盖全部离岗日、职务相当的人"),
        )
    away = substitute.absences.filter(cancelled_at__isnull=True, since__lt=until, until__gt=since).first()
    if away is not None:
        reasons.add(_("%(name)s自己在 %(day)s 起离岗") % (name | {"day": away.since}), field="substitute")


def declare_absence(*, actor: User, since: date, until: date, substitute: User, reason: str = "") -> Absence:
    """One's own absence from `since` to the day before `until`, with a named substitute for all one's posts.

    Refuses: a person without a post, days that are over, a period turned round or twice, oneself, somebody who is
    away too or holds no fitting post throughout.
    """
    require(actor, OWN)
    made = Absence(user=actor, substitute=substitute, since=since, until=until, reason=reason.strip())
    reasons = Reasons()
    if not actor.capacities:
        reasons.add(_("今日没有在任的岗位，无需登记离岗"))
    if since < clock.today():
        reasons.add(_("离岗日不能早于今天"), field="since")
    _check_period(made, _("返岗日须晚于离岗日"), reasons)
    if since < until and substitute.pk != actor.pk:
        _check_substitute(actor, substitute, since, until, reasons)
    reasons.refuse()
    with act(actor=actor, verb="account.absence", permission=OWN, reason=made.reason) as entry:
        _save(made)
        entry.target = made
        entry.after = {"since": since, "until": until, "substitute": substitute.username}
    return made


def cancel_absence(*, actor: User, absence: Absence) -> Absence:
    """Take back one's own absence that is not over; from then on the substitute no longer acts."""
    require(actor, OWN)
    if absence.user_id != actor.pk:
        raise NotAllowed(Reason(_("只能撤销自己的离岗登记")))
    with act(actor=actor, verb="account.cancel_absence", permission=OWN) as entry:
        fresh = lock(Absence.objects.all(), [absence.pk])[0]
        reasons = Reasons()
        if fresh.cancelled_at is not None:
            reasons.add(_("这次离岗已经撤销"))
        if fresh.until <= clock.today():
            reasons.add(_("这次离岗已经结束"))
        reasons.refuse(Conflict)
        fresh.cancelled_at = clock.now()
        fresh.save(update_fields=["cancelled_at"])
        entry.target, entry.after = fresh, {"cancelled_at": fresh.cancelled_at}
    return fresh
