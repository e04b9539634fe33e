"""Acts offered on the page of one thing: each a small form, shown with its reasons when it is refused."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from cases.intake import selectors as intake
from cases.intake.models import Case
from courtcms.accounts.policy import allowed
from courtcms.core.errors import Refusal
from courtcms.core.rehearsal import tell_rest


@dataclass(frozen=True)
class PageAct:
    """One act: `run(actor, thing, data)` does it, `when(thing)` says whether it can be offered now."""

    key: str
    permission: str
    title: Any
    button: Any
    form: type[forms.Form]
    run: Callable[[Any, Any, dict[str, Any]], Any]
    done: Any
    when: Callable[[Any], bool]
    hint: Any = ""


class ThingForm(forms.Form):
    """A form about one thing, which it may look at for its choices."""

    def __init__(self, *args: Any, thing: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.thing = thing
        self.prepare(thing)

    def prepare(self, thing: Any) -> None:
        """Set choices and first values from the thing."""


def offered(
    user: Any, thing: Any, acts: Iterable[PageAct], bound: dict[str, forms.Form] | None = None
) -> list[dict[str, Any]]:
    """The acts that the person may do now, and any that was just refused, with their forms."""
    shown = []
    for act in acts:
        refused = (bound or {}).get(act.key)
        if refused is None and not (allowed(user, act.permission) and act.when(thing)):
            continue
        form = refused or act.form(thing=thing, prefix=act.key)
        shown.append({"key": act.key, "title": act.title, "button": act.button, "hint": act.hint, "form": form,
                      "is_open": refused is not None})  # fmt: skip
    return shown


def perform(
    request: HttpRequest, thing: Any, acts: Iterable[PageAct], key: str, show: Callable[..., HttpResponse], address: str
) -> HttpResponse:
    """Do the act of that key, or show the page again with every reason and what was typed."""
    act = next((act for act in acts if act.key == key), None)
    if act is None:
        raise Http404(key)
    form = act.form(request.POST, request.FILES, thing=thing, prefix=act.key)
    status = 400
    if form.is_valid():
        try:
            act.run(request.user, thing, form.cleaned_data)
        except Refusal as refusal:
            refusal.apply_to(form)
            status = refusal.status
        else:
            messages.success(request, act.done)
            return redirect(address)
    else:
        tell_rest(form, lambda data: act.run(request.user, thing, dict(data)))
    return show(request, thing, status=status, bound={key: form})


def case_or_404(request: HttpRequest, pk: int) -> Case:
    """The case, when it lies within the person's posts."""
    case = intake.visible_case(request.user, pk)
    if case is None:
        raise Http404(_("没有这个案件，或者不在您的办案、管理范围内"))
    return case


def act_in_case(request: HttpRequest, pk: int, act: PageAct) -> HttpResponse:
    """A page with one act of a case (the first of a thing to come): its form, then the act, then the case again."""
    case = case_or_404(request, pk)

    def show(request: HttpRequest, case: Case, status: int = 200, bound: Any = None) -> HttpResponse:
        form = (bound or {}).get(act.key) or act.form(thing=case, prefix=act.key)
        context = {"case": case, "form": form, "title": act.title, "button": act.button, "text": act.hint}
        return render(request, "cases/intake/act.html", context, status=status)

    if request.method == "POST":
        return perform(request, case, (act,), act.key, show, reverse("cases:detail", args=[pk]))
    return show(request, case)
