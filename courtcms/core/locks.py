"""Row locks through one small helper, so that none is wider than meant and none waits for ever."""

from collections.abc import Iterable
from typing import TypeVar

from django.db import connection, models

M = TypeVar("M", bound=models.Model)


def lock(rows: models.QuerySet[M], pks: Iterable[int], *, seconds: float = 5) -> list[M]:
    """Lock the named rows of one table in pk order and return them fresh.

    Joined rows stay free. Raises `django.db.OperationalError` when another act holds one for longer than `seconds`.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('lock_timeout', %s, true)", [f"{int(seconds * 1000)}ms"])
    return list(rows.filter(pk__in=list(pks)).order_by("pk").select_for_update(of=("self",)))
