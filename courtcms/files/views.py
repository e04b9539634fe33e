"""Handing a file out: always as a download, never shown in the browser's own context."""

from __future__ import annotations

from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from courtcms.accounts.decorators import permission
from courtcms.files import services
from courtcms.files.models import StoredFile
from courtcms.files.rules import MEDIA_TYPES


@permission("files.read")
def download(request: HttpRequest, pk: int) -> HttpResponse:
    """The content of a file."""
    file = get_object_or_404(StoredFile.objects.defer("text"), pk=pk)
    response = HttpResponse(services.content_of(actor=request.user, file=file), content_type=MEDIA_TYPES[file.kind])
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(file.name, safe='')}"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
