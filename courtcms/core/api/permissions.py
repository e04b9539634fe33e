"""Closed by default."""

from rest_framework.permissions import BasePermission
from rest_framework.request import Request


class DenyAll(BasePermission):
    """A view that names no permission answers nobody."""

    def has_permission(self, request: Request, view: object) -> bool:
        """Never."""
        return False
