"""Keyset pages of the API."""

from rest_framework.pagination import CursorPagination


class KeysetPagination(CursorPagination):
    """Cursor pages by descending id, 50 rows, up to 200 with `page_size`."""

    ordering = "-id"
    page_size_query_param = "page_size"
    max_page_size = 200
