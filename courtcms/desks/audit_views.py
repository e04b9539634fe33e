"""`/audit/`: the trail for the administrator and the discipline office, and whether it is whole."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from courtcms.accounts.decorators import permission
from courtcms.audit import selectors, verification
from courtcms.audit.models import AuditEntry
from courtcms.audit.tasks import verify_trail
from courtcms.core import pagination
from courtcms.desks.forms import TrailForm
from courtcms.desks.verbs import VERBS

PAGE = 50
#: up to so many entries the check runs while one waits; beyond, a worker does it
WHILE_ONE_WAITS = 50_000


@permission("audit.read")
@require_GET
def trail(request: HttpRequest) -> HttpResponse:
    """Entries, the latest first, by actor, act, object, case and days."""
    form = TrailForm(request.GET or None)
    valid = form.is_valid() if form.is_bound else True
    asked = form.asked() if form.is_bound and valid else {}
    page = pagination.page(
        selectors.search(**asked) if valid else AuditEntry.objects.none(), ["-id"], request.GET.get("cursor", ""), PAGE
    )
    context = {"form": form, "page": page, "verbs": VERBS, "checked": verification.latest()}
    return render(request, "audit/trail.html", context, status=200 if valid else 400)


@permission("audit.read")
@require_GET
def entry(request: HttpRequest, pk: int) -> HttpResponse:
    """One entry with what was before and after."""
    return render(request, "audit/entry.html", {"entry": get_object_or_404(AuditEntry, pk=pk), "verbs": VERBS})


@permission("audit.read")
@require_POST
def verify(request: HttpRequest) -> HttpResponse:
    """Check the whole chain now."""
    newest = AuditEntry.objects.order_by("-id").first()
    if newest is not None and newest.pk > WHILE_ONE_WAITS:
        verify_trail.delay(request.user.pk)
        messages.info(request, _("已交给后台校验，完成后结果显示在本页"))
    else:
        result = verification.verify(actor=request.user)
        if not result["faults"]:
            messages.success(request, _("校验完毕，%(n)s 条全部相符") % {"n": f"{result['entries']:,}"})
    return redirect("audit_trail")
