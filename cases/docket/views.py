"""The case page and the acts of the docket on it."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from cases.docket.forms import EntryForm
from cases.docket.models import DocketEntry
from cases.docket.page import entry_context, page_context, timeline_context
from cases.docket.rules import parse_line, split_case
from cases.docket.selectors import entry_title
from cases.docket.services import enter, undo
from cases.intake import selectors
from cases.intake.models import Case
from cases.intake.policy import note_reading
from cases.intake.views import case_or_404
from courtcms.accounts.decorators import permission
from courtcms.accounts.policy import require
from courtcms.core import clock
from courtcms.core.errors import Conflict, Reason, Refusal
from courtcms.files.services import store_upload


@permission("cases.read")
@require_GET
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The case page. Opening a secret case leaves an entry in the trail."""
    case = case_or_404(request, pk)
    note_reading(request.user, case, "case")
    if request.htmx:
        return render(request, "cases/docket/_timeline.html", timeline_context(request, case))
    return render(request, "cases/docket/case.html", page_context(request, case))


def _values(request: HttpRequest, case: Case) -> dict[str, Any]:
    """The entry as typed: the line, or field by field when a kind was chosen. Raises Refusal for what is unreadable."""
    if "kind" in request.POST:
        form = EntryForm(request.POST, closed=case.status != "open")
        if not form.is_valid():
            found = [Reason(str(error), field=name) for name, errors in form.errors.items() for error in errors]
            raise Refusal(found)
        return dict(form.cleaned_data)
    return line_values(request.POST.get("line", ""), clock.today())


def line_values(line: str, today: date) -> dict[str, Any]:
    """Arguments of `enter` from a quick line; a day that does not exist stays None, so that it is refused in words."""
    entry = parse_line(line, today)
    day = None if "date_impossible" in entry.problems else entry.day or today
    kind = entry.kind.key if entry.kind else ""
    return {"kind": kind, "happened_on": day, "happened_at": entry.at, "place": entry.place, "note": entry.note}


def _undo_url(entry: DocketEntry) -> str:
    return reverse("cases:undo", args=[entry.case_id, entry.pk])


def _said(entry: DocketEntry) -> str:
    values = {"title": entry_title(entry), "day": entry.happened_on.isoformat()}
    return _("已记入 %(day)s %(title)s") % values


@permission("docket.write")
@require_POST
def write(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter progress. With htmx the line and the timeline are redrawn in place; without, the page comes back."""
    case = case_or_404(request, pk)
    try:
        entry = enter(actor=request.user, case=case, **_values(request, case))
    except Refusal as refusal:
        return _refused(request, case, refusal)
    if not request.htmx:
        messages.success(request, _said(entry), extra_tags=f"undo:{_undo_url(entry)}")
        return redirect("cases:detail", case.pk)
    case = case_or_404(request, pk)
    context = timeline_context(request, case) | entry_context(case) | {"may_write": True, "oob": True}
    response = render(request, "cases/docket/_written.html", context)
    response["HX-Trigger"] = json.dumps(
        {"toast": {"text": _said(entry), "undo": _undo_url(entry)}, "docket-written": True}
    )
    return response


def _refused(request: HttpRequest, case: Case, refusal: Refusal) -> HttpResponse:
    form = EntryForm(request.POST, closed=case.status != "open") if "kind" in request.POST else None
    typed = entry_context(case, request.POST.get("line", ""), form)
    context = typed | {"reasons": refusal.reasons, "may_write": True}
    if request.htmx:
        return render(request, "cases/docket/_entry.html", context, status=refusal.status)
    return render(request, "cases/docket/case.html", page_context(request, case) | context, status=refusal.status)


@permission("docket.write")
@require_POST
def take_back(request: HttpRequest, pk: int, entry_pk: int) -> HttpResponse:
    """Undo an entry by a counter-entry."""
    case = case_or_404(request, pk)
    entry = get_object_or_404(DocketEntry, pk=entry_pk, case=case)
    try:
        undo(actor=request.user, entry=entry)
    except Refusal as refusal:
        if request.htmx:
            return HttpResponse("；".join(str(reason.message) for reason in refusal.reasons), status=refusal.status)
        for reason in refusal.reasons:
            messages.error(request, " ".join(str(part) for part in (reason.message, reason.remedy) if part))
        return redirect("cases:detail", case.pk)
    if request.htmx:
        return render(request, "cases/docket/_timeline.html", timeline_context(request, case_or_404(request, pk)))
    messages.success(request, _("已撤销，原记录保留并划去"))
    return redirect("cases:detail", case.pk)


@permission("files.upload")
@require_POST
def add_file(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a document to the case; whoever writes its docket may."""
    case = case_or_404(request, pk)
    require(request.user, "docket.write")
    upload = request.FILES.get("file")
    try:
        if upload is None:
            raise Refusal(Reason(_("没有选文件"), field="file", code="file_missing"))
        stored = store_upload(actor=request.user, upload=upload, case_id=case.pk)
    except Refusal as refusal:
        context = page_context(request, case) | {"file_reasons": refusal.reasons}
        return render(request, "cases/docket/case.html", context, status=refusal.status)
    messages.success(request, _("已加入材料 %(name)s") % {"name": stored.name})
    return redirect("cases:detail", case.pk)


@permission("docket.write")
@require_POST
def quick(request: HttpRequest) -> HttpResponse:
    """The entry line of a desk: `147 开庭 12-15 0930 三庭`. The case is looked up among those the person sits in."""
    line = request.POST.get("line", "")
    try:
        case, rest = _case_of_line(request, line)
        entry = enter(actor=request.user, case=case, **line_values(rest, clock.today()))
    except Refusal as refusal:
        context = {"line": line, "reasons": refusal.reasons}
        template = "cases/docket/_desk_entry.html" if request.htmx else "cases/docket/desk_entry.html"
        return render(request, template, context, status=refusal.status)
    text = f"{case.number} {_said(entry)}"
    if not request.htmx:
        messages.success(request, text, extra_tags=f"undo:{_undo_url(entry)}")
        return redirect("desk")
    response = render(request, "cases/docket/_desk_entry.html", {"line": "", "done": text, "case": case})
    response["HX-Trigger"] = json.dumps({"toast": {"text": text, "undo": _undo_url(entry)}, "docket-written": True})
    return response


def _case_of_line(request: HttpRequest, line: str) -> tuple[Case, str]:
    sequence, rest = split_case(line.strip())
    if sequence is None:
        remedy = _("写法如：147 开庭 12-15 0930 三庭")
        raise Refusal(Reason(_("先写案号中的编号，再写类型"), field="line", code="case", remedy=remedy))
    found = selectors.find_on_bench(request.user, sequence)
    if not found:
        text = _("您在办的案件中没有编号 %(number)s") % {"number": sequence}
        raise Refusal(Reason(text, field="line", code="case_unknown"))
    if len(found) > 1:
        numbers = "、".join(case.number for case in found)
        text = _("编号 %(number)s 有几件，请打开其中一件记入：%(numbers)s") % {"number": sequence, "numbers": numbers}
        raise Conflict(Reason(text, field="line", code="case_ambiguous"))
    return found[0], rest
