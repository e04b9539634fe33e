"""All reasons at once, also when the form has something to say: the act is asked on top, and nothing is written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.db import transaction

from courtcms.core.errors import Reason, Refusal


class _Rehearsed(Exception):
    """Raised to undo what was only tried."""


def also_refused(form: forms.Form, run: Callable[[Mapping[str, Any]], object]) -> list[Reason]:
    """What the act would refuse besides what the form refuses already; `run` gets the data and is undone.

    Texts that are missing are empty, as the act would get them. Where something else is missing or cannot be read
    (a date, a choice), the act cannot be asked and the form speaks alone; so with files, which are stored outside.
    """
    wrong = set(form.errors)
    if form.files or any(not isinstance(form.fields[name], forms.CharField) for name in wrong if name in form.fields):
        return []
    data = dict(form.cleaned_data) | {name: "" for name in wrong if name in form.fields}
    try:
        with transaction.atomic():
            run(data)
            raise _Rehearsed
    except _Rehearsed:
        return []
    except Refusal as refusal:
        return [reason for reason in refusal.reasons if reason.field not in wrong]


def tell_rest(form: forms.Form, run: Callable[[Mapping[str, Any]], object]) -> None:
    """Put what the act would refuse besides on the form that was refused."""
    rest = also_refused(form, run)
    if rest:
        Refusal(rest).apply_to(form)
