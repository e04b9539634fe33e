"""Keyset pages of the API."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError
from rest_framework.pagination import CursorPagination
from rest_framework.request import Request


class KeysetPagination(CursorPagination):
    """Cursor pages by descending id, 50 rows, up to 200 with `page_size`."""

    ordering = "-id"
    page_size_query_param = "page_size"
    max_page_size = 200

    def paginate_queryset(self, queryset: QuerySet[Any], request: Request, view: Any = None) -> list[Any] | None:
        """As the library does; a cursor that nobody made here is bad input, also when it decodes to something."""
        try:
            return super().paginate_queryset(queryset, request, view)
        except ValueError as problem:
            raise ValidationError({"cursor": [_("游标无效，请从第一页重新取")]}) from problem
