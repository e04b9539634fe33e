"""Writing hearings so that the database's own refusal of a double booking is told in words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import IntegrityError, OperationalError, connection
from django.utils.translation import gettext as _

from courtcms.core.errors import Conflict, Reason
from deadlines.hearings.models import PERSON_ONCE, REPRESENTATIVE_ONCE, ROOM_ONCE

EXCLUDED = "23P01"  # exclusion_violation
WAITED = ("55P03", "40P01")  # lock_not_available, deadlock_detected
CONSTRAINTS = (ROOM_ONCE, PERSON_ONCE, REPRESENTATIVE_ONCE)


@contextmanager
def told_in_words() -> Iterator[None]:
    """Turn a lost race for a room or a person into Conflict; wraps the whole act, so that nothing is written."""
    try:
        yield
    except OperationalError as error:
        if getattr(error.__cause__, "pgcode", "") not in WAITED:
            raise
        raise Conflict(Reason(_("他人正在办理同一事项，请稍后再试"), code="locked")) from error
    except IntegrityError as error:
        cause: Any = error.__cause__
        if getattr(cause, "pgcode", "") != EXCLUDED:
            raise
        texts = {
            ROOM_ONCE: (_("该法庭在这一时段已有庭审"), "courtroom", "room_taken"),
            PERSON_ONCE: (_("审判人员在这一时段已有庭审"), "starts_at", "person_taken"),
            REPRESENTATIVE_ONCE: (_("代理人在这一时段已有庭审"), "starts_at", "representative_taken"),
        }
        text, field, code = texts[cause.diag.constraint_name]
        remedy = _("他人刚刚排定，请换一个法庭或者时间")
        raise Conflict(Reason(text, field=field, code=code, remedy=remedy)) from error


def one_at_a_time() -> None:
    """Book one after the other until the act ends, so that the later one sees and names what took its place.

    Two inserts that exclude each other would otherwise wait for one another. Taken after the locks on rows.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('deadlines.hearings'))")


def check_at_the_end() -> None:
    """Let several hearings change places in one transaction; the constraints are checked by `check_now`."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET CONSTRAINTS {', '.join(CONSTRAINTS)} DEFERRED")


def check_now() -> None:
    """Check what `check_at_the_end` put off; raises IntegrityError."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET CONSTRAINTS {', '.join(CONSTRAINTS)} IMMEDIATE")
