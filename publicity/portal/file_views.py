"""A document as a file, and all documents as lines of JSON for whoever works with the whole collection."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import condition

from publicity.portal import exports, services
from publicity.portal.api import JudgmentSerializer, PublicRate
from publicity.portal.freshness import tag_of
from publicity.portal.models import Judgment
from publicity.portal.views import absent_file, public_page

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FORMS: dict[str, tuple[str, Callable[[Judgment], bytes]]] = {
    "docx": (DOCX, exports.docx_of),
    "pdf": ("application/pdf", exports.pdf_of),
    "xml": ("application/akn+xml", exports.akn_of),
}
BULK = 200


@public_page
@condition(etag_func=tag_of)
def download(request: HttpRequest, public_id: str, form: str) -> HttpResponse:
    """The document as docx, pdf or Akoma Ntoso; 403 while held back, 410 when withdrawn."""
    kind, make = FORMS[form]
    found = Judgment.objects.light().filter(public_id=public_id).first()
    if found is None:
        return absent_file(public_id)
    response = HttpResponse(make(found), content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{public_id}.{form}"'
    return response


@public_page
@gzip_page
def bulk(request: HttpRequest) -> HttpResponse:
    """Documents as lines of JSON with their text, in the order of entry; the header `X-Next-Cursor` gives what follows.

    `after` is the cursor of the answer before: an id already public, no count of anything.
    """
    if not PublicRate().allow_request(request, None):  # type: ignore[arg-type]  it reads the address alone
        return HttpResponse('{"errors":[{"code":"throttled"}]}\n', status=429, content_type="application/json")
    after = request.GET.get("after", "")[:20]
    rows = Judgment.objects.light().order_by("pk")
    if after:
        start = Judgment.objects.filter(public_id=after).values_list("pk", flat=True).first()
        if start is None:
            return HttpResponse('{"errors":[{"code":"cursor"}]}\n', status=400, content_type="application/json")
        rows = rows.filter(pk__gt=start)
    held = list(rows[:BULK])
    response = HttpResponse("".join(map(_line, held)), content_type="application/x-ndjson; charset=utf-8")
    if len(held) == BULK:
        response["X-Next-Cursor"] = held[-1].public_id
    return response


def _line(judgment: Judgment) -> str:
    data: dict[str, Any] = dict(JudgmentSerializer(judgment).data)
    return json.dumps(data | {"path": services.path_of(judgment.public_id)}, ensure_ascii=False) + "\n"
