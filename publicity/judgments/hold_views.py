"""Holding a published document back, and letting it go again."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from courtcms.accounts.decorators import permission
from publicity.judgments import hold_services
from publicity.judgments.forms import HoldForm, ReleaseForm
from publicity.judgments.views import acted, seen


@permission("judgments.hold")
@require_POST
def hold(request: HttpRequest, pk: int) -> HttpResponse:
    """Take it off every surface until a day."""
    form = HoldForm(request.POST, prefix="hold")
    return acted(
        request, seen(request, pk), form, "hold", _("已暂停公布，公开网各处都不再显示"),
        lambda found, data: hold_services.hold(actor=request.user, publication=found, **data),
    )  # fmt: skip


@permission("judgments.withdraw")
@require_POST
def release(request: HttpRequest, pk: int) -> HttpResponse:
    """The doubt was unfounded: back to the public."""
    form = ReleaseForm(request.POST, prefix="release")
    return acted(
        request, seen(request, pk), form, "release", _("已恢复公布"),
        lambda found, data: hold_services.release(actor=request.user, publication=found, **data),
    )  # fmt: skip
