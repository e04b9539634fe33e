"""A document as a file, and all documents as lines of JSON for whoever works with the whole collection."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import condition

from courtcms.core.errors import Reason
from publicity.portal import exports, services
from publicity.portal.api import JudgmentSerializer
from publicity.portal.freshness import tag_of
from publicity.portal.models import Judgment
from publicity.portal.rates import PublicRate
from publicity.portal.views import absent_file, public_page

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FORMS: dict[str, tuple[str, Callable[[Judgment], bytes]]] = {
    "docx": (DOCX, exports.docx_of),
    "pdf": ("application/pdf", exports.pdf_of),
    "xml": ("application/akn+xml", exports.akn_of),
}
#: documents in one answer, and the last number the table can give
BULK, LAST = 200, 2**63 - 1


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

    `after` is the cursor of the answer before. It names a place in the order, not a document: it holds although the
    document that stood there was withdrawn.
    """
    rate = PublicRate()
    if not rate.allow_request(request):
        return rate.mark(_refused(_("请求太频繁，请稍后再试"), "throttled", 429))
    after = request.GET.get("after", "").strip()
    if after and not (after.isascii() and after.isdigit() and int(after[:20]) <= LAST):
        return _refused(_("游标无效，请从第一页重新取"), "cursor", 400, field="after")
    held = list(Judgment.objects.light().filter(pk__gt=int(after or 0)).order_by("pk")[: BULK + 1])
    response = HttpResponse("".join(map(_line, held[:BULK])), content_type="application/x-ndjson; charset=utf-8")
    if len(held) > BULK:
        response["X-Next-Cursor"] = str(held[BULK - 1].pk)
        response["Link"] = f'<{request.build_absolute_uri(request.path)}?after={held[BULK - 1].pk}>; rel="next"'
    return response


def _refused(message: str, code: str, status: int, field: str = "") -> HttpResponse:
    """A refusal in the shape of the interface."""
    return JsonResponse({"errors": [Reason(message, field=field, code=code).as_dict()]}, status=status)


def _line(judgment: Judgment) -> str:
    data: dict[str, Any] = dict(JudgmentSerializer(judgment).data)
    return json.dumps(data | {"path": services.path_of(judgment.public_id)}, ensure_ascii=False) + "\n"
