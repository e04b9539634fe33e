"""Reads of the court hierarchy."""

from __future__ import annotations

from django.conf import settings

from courtcms.courts.models import Court


def this_court() -> Court:
    """The court of this installation (`COURTCMS_COURT_CODE`). Raises Court.DoesNotExist before it is set up."""
    return Court.objects.get(code=settings.COURTCMS_COURT_CODE)
