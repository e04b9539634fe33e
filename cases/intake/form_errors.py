"""The error summary of the intake form: reasons of the services and typing errors of both forms in one list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from courtcms.core.errors import Reason


@dataclass(frozen=True)
class Line:
    """One line of the summary; `href` leads to the field."""

    label: str
    message: str
    detail: str
    href: str


def _bound(field: str, form: forms.Form, parties: Any) -> tuple[forms.Form | None, str]:
    """The form and the name of the field that a reason speaks of (`parties-2-name`)."""
    if field in form.fields:
        return form, field
    parts = field.split("-", 2)
    if len(parts) == 3 and parts[0] == "parties" and parts[1].isdecimal() and int(parts[1]) < len(parties.forms):
        row = parties.forms[int(parts[1])]
        return (row, parts[2]) if parts[2] in row.fields else (None, "")
    return None, ""


def attach(reasons: Iterable[Reason], form: forms.Form, parties: Any) -> list[Line]:
    """Put each reason at its field and give the summary: typing errors first, then the reasons."""
    lines = [line for name, errors in form.errors.items() for line in _typed(form, name, errors)]
    for index, row in enumerate(parties.forms):
        lines += [line for name, errors in row.errors.items() for line in _typed(row, name, errors, index)]
    wrong = {line.href for line in lines}
    for reason in reasons:
        owner, name = _bound(reason.field, form, parties)
        detail = " ".join(str(part) for part in (reason.article, reason.remedy) if part)
        if owner is None:
            lines.append(Line("", str(reason.message), detail, ""))
            continue
        href = f"#{owner[name].id_for_label}"
        if href in wrong:
            continue  # what could not be read is not judged
        owner.add_error(name, str(reason.message))
        lines.append(Line(_label(owner, name, parties), str(reason.message), detail, href))
    return lines


def _label(owner: forms.Form, name: str, parties: Any) -> str:
    label = str(owner[name].label)
    place = next((i for i, row in enumerate(parties.forms) if row is owner), None)
    return label if place is None else _("第 %(n)s 方 %(label)s") % {"n": place + 1, "label": label}


def _typed(form: forms.Form, name: str, errors: Iterable[Any], index: int | None = None) -> list[Line]:
    if name not in form.fields:
        return [Line("", str(error), "", "") for error in errors]
    label = str(form[name].label)
    if index is not None:
        label = _("第 %(n)s 方 %(label)s") % {"n": index + 1, "label": label}
    return [Line(label, str(error), "", f"#{form[name].id_for_label}") for error in errors]
