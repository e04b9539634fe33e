"""The small acts of the overview: one form each, done or shown again with everything that stands against it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from courtcms.accounts.decorators import permission
from publicity.judgments import hold_services, publish_services, services, withhold_services
from publicity.judgments.forms import EffectForm, HoldForm, ReleaseForm, ReopenForm, WithdrawForm
from publicity.judgments.views import acted, seen


def small_act(
    name: str, needed: str, form_class: type[forms.Form], service: Callable[..., Any], done: Any
) -> Callable[..., HttpResponse]:
    """A view: `name` is the prefix of the form, `service` takes its fields, `done` is said afterwards."""

    @permission(needed)
    @require_POST
    def view(request: HttpRequest, pk: int) -> HttpResponse:
        return acted(
            request, seen(request, pk), form_class(request.POST, prefix=name), name, str(done),
            lambda found, data: service(actor=request.user, publication=found, **data),
        )  # fmt: skip

    view.__name__ = view.__qualname__ = name
    view.__doc__ = str(service.__doc__)
    return view


effect = small_act("effect", "judgments.prepare", EffectForm, services.set_effect, _("生效日期已登记"))
hold = small_act("hold", "judgments.hold", HoldForm, hold_services.hold, _("已暂停公布，公开网各处都不再显示"))
release = small_act("release", "judgments.withdraw", ReleaseForm, hold_services.release, _("已恢复公布"))
withdraw = small_act(
    "withdraw", "judgments.withdraw", WithdrawForm, publish_services.withdraw, _("已撤回，公开网显示撤回说明")
)
reopen = small_act("reopen", "judgments.withdraw", ReopenForm, withhold_services.reopen, _("已恢复公开程序"))
