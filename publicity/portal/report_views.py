"""“This page shows too much”: a form for everybody, without cookie, without script. What comes in is never shown again.

There is no session, so there is nothing for a forged request to ride on; the signed token in the form shows that the
form came from this site a while ago, and makes sending it twice one report with one receipt number.
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import secrets
from typing import Any

from django import forms
from django.core import signing
from django.db import IntegrityError, connection, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from courtcms.core import clock
from publicity.portal import rules
from publicity.portal.models import Hold, InboxKind, InboxMessage, Judgment, Tombstone
from publicity.portal.rates import ReportRate

SALT = "portal.report"
OPEN_FOR = 6 * 3600


class ReportForm(forms.Form):
    """Where it is and what is wrong with it; contact only when the visitor wants an answer."""

    kind = forms.ChoiceField(label=_("哪里不对"), choices=InboxKind.choices)
    passage = forms.CharField(
        label=_("是哪一处"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("抄下那句话，或者写明第几段；不必写出您自己是谁"),
    )  # fmt: skip
    contact = forms.CharField(label=_("联系方式"), max_length=100, required=False, help_text=_("需要答复时填写"))
    token = forms.CharField(widget=forms.HiddenInput())

    def clean(self) -> dict[str, Any]:
        """No control characters, which no person types."""
        data = super().clean() or {}
        for name in ("passage", "contact"):
            if rules.CONTROL.search(data.get(name, "").replace("\r", "").replace("\n", "")):
                self.add_error(name, _("含有控制字符"))
        return data


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, public_id: str) -> HttpResponse:
    """The form, and after sending the receipt number."""
    about = _about(public_id)
    if about is None:
        raise Http404
    context: dict[str, Any] = {"about": about, "public_id": public_id}
    status = 200
    if request.method == "POST":
        form = ReportForm(request.POST)
        token = _opened(request.POST.get("token", ""), public_id)
        if form.is_valid() and not token:
            form.add_error(None, _("表单已过期，请核对后再发送一次"))
        rate = ReportRate()
        if form.is_valid() and not rate.allow_request(request):
            return rate.mark(_plain(render(request, "portal/report_later.html", context, status=429)))
        if form.is_valid():
            context["receipt"] = _keep(form.cleaned_data, public_id, token)
            return _plain(render(request, "portal/report_received.html", context, status=201))
        status = 400
        form.data = form.data.copy()
        form.data["token"] = _token(public_id)
    else:
        form = ReportForm(initial={"token": _token(public_id)})
    return _plain(render(request, "portal/report.html", {**context, "form": form}, status=status))


def _about(public_id: str) -> Judgment | Tombstone | Hold | None:
    for model in (Judgment, Tombstone, Hold):
        found = model.objects.filter(public_id=public_id).only("case_number", "public_id").first()
        if found is not None:
            return found
    return None


def _plain(response: HttpResponse) -> HttpResponse:
    patch_cache_control(response, no_store=True)
    return response


def _token(public_id: str) -> str:
    return signing.dumps([public_id, secrets.token_hex(8)], salt=SALT)


def _opened(token: str, public_id: str) -> str:
    """The one-time part of a token that this site made for this document within six hours; empty otherwise."""
    try:
        about, once = signing.loads(token, salt=SALT, max_age=OPEN_FOR)
    except (signing.BadSignature, ValueError, TypeError):
        return ""
    return once if about == public_id else ""


def receipt_of(once: str) -> str:
    """Receipt number of a form: ten letters and digits that nobody can guess from another."""
    digest = hashlib.sha256(f"{SALT}:{once}".encode()).digest()
    return "R" + base64.b32encode(digest)[:10].decode()


def _keep(data: dict[str, Any], public_id: str, once: str) -> str:
    """Put the report into the inbox. The role may only insert; the same form sent twice is one report."""
    receipt = receipt_of(once)
    with contextlib.suppress(IntegrityError), transaction.atomic():  # the button was pressed twice
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION READ WRITE")
        InboxMessage(
            receipt=receipt, public_id=public_id, kind=data["kind"], passage=data["passage"],
            contact=data["contact"], received_at=clock.now(),
        ).save(force_insert=True)  # fmt: skip
    return receipt
