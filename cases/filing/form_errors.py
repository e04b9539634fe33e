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
    """The form and the name of the field that a reason speaks of, as `parties-2-representatives-0-name`."""
    if field in form.fields:
        return form, field
    for row in _rows(parties):
        name = field.removeprefix(f"{row.prefix}-")
        if name != field and name in row.fields:
            return row, name
    return None, ""


def _rows(parties: Any) -> Iterable[forms.Form]:
    """Each party, followed by those who act for it."""
    for party in parties.forms:
        yield party
        yield from party.acting.forms


def _place(row: forms.Form, parties: Any) -> str:
    """Which row a form is, in words; empty for the form of the case."""
    for number, party in enumerate(parties.forms, start=1):
        if row is party:
            return _("第 %(n)s 方") % {"n": number}
        for place, acting in enumerate(party.acting.forms, start=1):
            if row is acting:
                return _("第 %(n)s 方代理人 %(m)s") % {"n": number, "m": place}
    return ""


def attach(reasons: Iterable[Reason], form: forms.Form, parties: Any) -> list[Line]:
    """Put each reason at its field and give the summary: typing errors first, then the reasons."""
    lines = []
    for row in (form, *_rows(parties)):
        lines += [line for name, errors in row.errors.items() for line in _typed(row, name, errors, parties)]
    for party in parties.forms:
        lines += [Line("", str(error), "", "") for error in party.acting.non_form_errors()]
    wrong = {line.href for line in lines}
    for reason in reasons:
        owner, name = _bound(reason.field, form, parties)
        if owner is None and reason.field == "parties":
            lines.append(_blank_row(reason, detail_of(reason), parties))
            continue
        detail = detail_of(reason)
        if owner is None:
            lines.append(Line("", str(reason.message), detail, ""))
            continue
        href = f"#{owner[name].id_for_label}"
        if href in wrong:
            continue  # what could not be read is not judged
        owner.add_error(name, str(reason.message))
        lines.append(Line(_label(owner, name, parties), str(reason.message), detail, href))
    return lines


def detail_of(reason: Reason) -> str:
    """The rule and what would make it pass, as the second line."""
    return " ".join(str(part) for part in (reason.article, reason.remedy) if part)


def _blank_row(reason: Reason, detail: str, parties: Any) -> Line:
    """A side is missing: the line leads to the first row without a name, where there is one."""
    blank = next((row for row in parties.forms if not row["name"].value()), None)
    href = f"#{blank['name'].id_for_label}" if blank is not None else ""
    return Line("", str(reason.message), detail, href)


def _label(row: forms.Form, name: str, parties: Any) -> str:
    label = str(row[name].label)
    place = _place(row, parties)
    return f"{place} {label}" if place else label


def _typed(row: forms.Form, name: str, errors: Iterable[Any], parties: Any) -> list[Line]:
    if name not in row.fields:
        return [Line("", str(error), "", "") for error in errors]
    href = f"#{row[name].id_for_label}"
    return [Line(_label(row, name, parties), str(error), "", href) for error in errors]
