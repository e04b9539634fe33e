"""The inbox: read, open, mark as read; the digest by mail; what is owed."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from courtcms.accounts.decorators import permission
from courtcms.core.pagination import page
from courtcms.notices import kinds, selectors, services
from courtcms.notices.forms import DigestForm
from courtcms.notices.models import DigestSubscription, Notice, OutgoingMessage, OutgoingState


@permission("notices.own")
def inbox(request: HttpRequest) -> HttpResponse:
    """Own notices, newest first; `?show=unread`, `?kind=…`."""
    show = "unread" if request.GET.get("show") == "unread" else "all"
    kind = request.GET.get("kind", "")
    rows = selectors.inbox(request.user, unread=show == "unread", kind=kind)
    found = page(rows, ["-id"], request.GET.get("cursor", ""), 50)
    newest = max((notice.pk for notice in found.rows), default=0)
    suffix = f"&kind={kind}" if kind else ""
    tabs = [
        {"title": _("全部"), "href": f"?show=all{suffix}", "current": show == "all", "count": None},
        {"title": _("未读"), "href": f"?show=unread{suffix}", "current": show == "unread", "count": None},
    ]
    return render(
        request, "notices/inbox.html",
        {"page": found, "tabs": tabs, "show": show, "kind": kind, "kinds": kinds.choices(), "newest": newest},
    )  # fmt: skip


@permission("notices.own")
def open_notice(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark a notice as read and open what it speaks of."""
    notice = get_object_or_404(Notice.objects.of(request.user), pk=pk)
    services.mark_read(actor=request.user, notice_ids=[pk])
    local = url_has_allowed_host_and_scheme(notice.url, allowed_hosts=None) and notice.url.startswith("/")
    return redirect(notice.url if local else "notices:inbox")


@permission("notices.own")
@require_POST
def mark_read(request: HttpRequest) -> HttpResponse:
    """Mark the ticked notices, or everything shown so far (`up_to`), as read."""
    if "all" in request.POST:
        up_to = request.POST.get("up_to", "")
        count = services.mark_all_read(
            actor=request.user, up_to=int(up_to) if up_to.isdecimal() and len(up_to) < 19 else 0,
            kind=request.POST.get("kind", ""),
        )  # fmt: skip
    else:
        ticked = [int(value) for value in request.POST.getlist("notice") if value.isdecimal() and len(value) < 19]
        count = services.mark_read(actor=request.user, notice_ids=ticked)
    told = ngettext("%(n)s 条通知标为已读", "%(n)s 条通知标为已读", count) % {"n": count}
    messages.success(request, told if count else _("没有需要标记的通知"))
    return redirect("notices:inbox")


@permission("notices.own")
def digest_settings(request: HttpRequest) -> HttpResponse:
    """Where the daily digest goes, and whether."""
    known = DigestSubscription.objects.filter(user=request.user).first()
    form = DigestForm(
        request.POST if request.method == "POST" else None, instance=known or DigestSubscription(user=request.user)
    )
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("已保存"))
        return redirect("notices:digest")
    return render(
        request,
        "notices/digest.html",
        {"form": form, "mail_off": settings.MAIL == "off"},
        status=400 if form.errors else 200,
    )


@permission("notices.outgoing")
def outgoing(request: HttpRequest) -> HttpResponse:
    """Outgoing messages: owed = sent + pending + failed, day by day; `?state=` filters the list."""
    state = request.GET.get("state", "")
    rows = OutgoingMessage.objects.select_related("recipient", "run")
    if state in OutgoingState.values:
        rows = rows.filter(state=state)
    tabs = [{"title": _("全部"), "href": "?", "current": not state, "count": None}] + [
        {"title": label, "href": f"?state={value}", "current": state == value, "count": None}
        for value, label in OutgoingState.choices
    ]
    found = page(rows, ["-id"], request.GET.get("cursor", ""), 50)
    return render(
        request, "notices/outgoing.html",
        {"page": found, "tabs": tabs, "runs": selectors.balances(), "mail_off": settings.MAIL == "off"},
    )  # fmt: skip
