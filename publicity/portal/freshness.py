"""Caches may keep what is public, but have to ask each time: what was held or withdrawn is gone at the next look.

The answer to that question costs two short reads, because the tag of a document follows from its row.
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.utils.http import quote_etag

from publicity.portal import rules
from publicity.portal.models import Judgment


def ask_again(response: HttpResponse) -> HttpResponse:
    """Anybody may keep the answer, nobody may show it without having asked."""
    patch_cache_control(response, public=True, max_age=0, must_revalidate=True)
    return response


def tag_of(request: HttpRequest, public_id: str, form: str = "") -> str | None:
    """Tag of a document in a form and language; None where none is public. Known without rendering anything."""
    row = Judgment.objects.filter(public_id=public_id).values_list("sm3", "version", "pushed_at", "related").first()
    if row is None:
        return None
    sm3, version, pushed_at, related = row
    keys = [rules.number_key(one["case_number"]) for one in related]
    beside = sorted(Judgment.objects.filter(number_key__in=keys).values_list("public_id", flat=True)) if keys else []
    whole = f"{sm3} {version} {pushed_at.timestamp()} {form} {beside} {request.get_host()} {request.path} {_look()}"
    return quote_etag(hashlib.sha256(whole.encode()).hexdigest()[:32])


@cache
def _look() -> str:
    """Of the templates, the words and the style sheet: a new release gives new tags."""
    root = Path(settings.BASE_DIR)
    files = [
        *root.glob("templates/portal/*.html"), *root.glob("templates/components/*.html"),
        *root.glob("locale/*/en/LC_MESSAGES/django.po"), *root.glob("courtcms/static/courtcms/*.css"),
        *root.glob("publicity/portal/*.py"),
    ]  # fmt: skip
    digest = hashlib.sha256()
    for path in sorted(files):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
