"""Row locks through one small helper, so that none is wider than meant and none waits for ever."""

from collections.abc import Iterable
from typing import TypeVar

from django.db import OperationalError, connection, models
from django.utils.translation import gettext as _

from courtcms.core.errors import Conflict, Reason

#: what PostgreSQL says when a lock was waited for too long
LOCK_NOT_AVAILABLE = "55P03"
M = TypeVar("M", bound=models.Model)


def lock(rows: models.QuerySet[M], pks: Iterable[int], *, seconds: float = 5) -> list[M]:
    """Lock the named rows of one table in pk order and return them fresh.

    Joined rows stay free, and so do rows that are written with a reference to a locked one: a docket entry does not
    wait for a batch of the scan that raises an alert on its case, because nobody erases rows or changes their keys.
    Raises Conflict when another act holds one for longer than `seconds`.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('lock_timeout', %s, true)", [f"{int(seconds * 1000)}ms"])
    try:
        return list(rows.filter(pk__in=list(pks)).order_by("pk").select_for_update(of=("self",), no_key=True))
    except OperationalError as error:
        if getattr(error.__cause__, "pgcode", "") != LOCK_NOT_AVAILABLE:
            raise
        raise Conflict(Reason(_("他人正在办理同一事项，请稍后再试"), code="locked")) from error
