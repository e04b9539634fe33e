"""COPY instead of INSERT for rows whose keys nobody needs back: several times quicker, same columns, same triggers."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models

ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def _text(field: models.Field, value: Any) -> str:
    """A value in the text format of COPY."""
    if value is None:
        return "\\N"
    if isinstance(field, models.JSONField):
        value = json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False)
    elif isinstance(field, ArrayField):
        value = "{" + ",".join(json.dumps(item, ensure_ascii=False) for item in value) + "}"
    elif value is True or value is False:
        return "t" if value else "f"
    elif isinstance(value, date):
        return value.isoformat()
    return str(value).translate(ESCAPES)


def copy_rows(rows: Iterable[models.Model]) -> int:
    """Write unsaved instances of one model; how many. Must be called inside an act, as every write."""
    buffer, number, fields, model = io.StringIO(), 0, [], None
    for row in rows:
        if model is None:
            model = type(row)
            fields = [field for field in model._meta.concrete_fields if not field.primary_key]
        buffer.write("\t".join(_text(field, field.pre_save(row, add=True)) for field in fields))
        buffer.write("\n")
        number += 1
    if model is None:
        return 0
    buffer.seek(0)
    quote = connection.ops.quote_name
    columns = ", ".join(quote(field.column) for field in fields)
    with connection.cursor() as cursor:
        cursor.cursor.copy_expert(f"COPY {quote(model._meta.db_table)} ({columns}) FROM STDIN", buffer)
    return number
