"""Pages of applications: asking, the list, one application, suppositions, and the plain text for the parties."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from courtcms.accounts.decorators import permission
from courtcms.accounts.policy import allowed
from courtcms.approvals import selectors as approvals
from courtcms.core import clock as court_clock
from courtcms.core.errors import Refusal
from courtcms.core.pagination import page
from courtcms.core.templatetags.court import Fig
from courtcms.files.models import StoredFile
from courtcms.files.services import store_upload
from deadlines.changes import checks, forms, policy, preview, rules, selectors, services, words
from deadlines.changes.models import ChangeKind, ChangeRequest, ChangeState, PartyNotice
from deadlines.changes.party import enter_objection
from deadlines.clocks import plain, wording
from deadlines.clocks import selectors as clocks
from deadlines.clocks.derivations import derivation_of
from deadlines.clocks.models import Clock
from deadlines.clocks.querysets import LIVE
from deadlines.clocks.supposing import label, suppose

PAGE_SIZE = 50


def visible_clock(request: HttpRequest, pk: int) -> Clock:
    """The clock with its ledger, when its case lies within the person's posts; else 404."""
    rows = Clock.objects.visible_to(request.user).select_related("case", "case__judge", "case__division", "target")
    return get_object_or_404(rows.prefetch_related("intervals", "extensions", "restarts"), pk=pk)


def stored(request: HttpRequest, name: str, case_id: int | None) -> StoredFile | None:
    """The uploaded file, checked and stored; None where none was sent."""
    upload = request.FILES.get(name)
    return store_upload(actor=request.user, upload=upload, case_id=case_id, field=name) if upload else None


@permission("changes.ask")
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """`?kind=` one of extension deduction suspension adjournment resumption conversion."""
    clock = visible_clock(request, pk)
    kinds = selectors.kinds_for(clock) if clock.status in LIVE else []
    kind = request.GET.get("kind") or (kinds[0] if kinds else ChangeKind.EXTENSION)
    if kind not in ChangeKind.values:
        raise Http404
    if request.method == "POST":
        form = forms.ChangeForm(request.POST, request.FILES, clock=clock, kind=kind)
        if form.is_valid():
            try:
                draft = form.draft(stored(request, "file", clock.case_id))
                change = services.ask(actor=request.user, clock=clock, draft=draft)
            except Refusal as refusal:
                refusal.apply_to(form)
                return _ask_page(request, clock, kind, kinds, form, refusal.status)
            messages.success(request, _("申请已提交审批"))
            return redirect("deadlines:change", change.pk)
        return _ask_page(request, clock, kind, kinds, form, 400)
    rung = checks.rung_of(clock)[0]
    initial = {"amount": rung.amount.amount if rung and rung.amount else None, "unit": rung.unit if rung else "month"}
    return _ask_page(request, clock, kind, kinds, forms.ChangeForm(clock=clock, kind=kind, initial=initial), 200)


def _ask_page(
    request: HttpRequest, clock: Clock, kind: str, kinds: list[str], form: forms.ChangeForm, status: int
) -> HttpResponse:
    tabs = [{"title": ChangeKind(k).label, "href": f"?kind={k}", "current": k == kind, "count": None} for k in kinds]
    context = {
        "clock": clock, "row": clocks.row_of(clock), "form": form, "kind": ChangeKind(kind), "tabs": tabs,
        "may_ask": policy.can_ask(request.user, clock), "offered": kind in kinds,
        "next": clocks.next_extension(clock) if kind == ChangeKind.EXTENSION else None,
        "goes_up": kind == ChangeKind.EXTENSION and selectors.goes_up(clock),
        "late": rules.is_late(court_clock.today(), clock.request_by) and kind == ChangeKind.EXTENSION,
        "cap": checks.adjournment_cap(clock) if kind == ChangeKind.ADJOURNMENT else None,
        "never": selectors.never_grounds(),
    }  # fmt: skip
    return render(request, "deadlines/changes/ask.html", context, status=status)


@permission("changes.read")
def change_list(request: HttpRequest) -> HttpResponse:
    """`?state=` one of the states, `?kind=`, `?late=on`; newest first, keyset pages."""
    rows, base = selectors.visible(request.user), reverse("deadlines:changes")
    counts = selectors.counts(rows)
    state = request.GET.get("state", "")
    state = state if state in ChangeState.values else ""
    kind = request.GET.get("kind", "")
    kind = kind if kind in ChangeKind.values else ""
    late = request.GET.get("late") == "on"
    shown = rows.filter(**({"state": state} if state else {}), **({"kind": kind} if kind else {}))
    shown = shown.filter(asked_late=True) if late else shown
    found = page(shown, ["-id"], request.GET.get("cursor", ""), PAGE_SIZE)
    figures = [
        Fig(ChangeState(name).label, number, f"{base}?state={name}", current=state == name)
        for name, number in counts.items()
    ]
    context = {
        "page": found, "figures": figures, "state": state, "kind": kind, "late": late, "kinds": ChangeKind.choices,
        "states": ChangeState.choices,
        "rows": [
            (row, line.label, line.thing, words.ground_text(row.kind, row.ground))
            for row, line in zip(found.rows, clocks.rows_of([row.clock for row in found.rows]), strict=True)
        ],
        "show_lower": allowed(request.user, "changes.lower_read"),
    }  # fmt: skip
    return render(request, "deadlines/changes/list.html", context)


def visible_change(request: HttpRequest, pk: int) -> ChangeRequest:
    """The application, when its case lies within the person's posts; else 404."""
    return get_object_or_404(selectors.visible(request.user), pk=pk)


@permission("changes.read")
def change_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One application: what is asked, its effect, where it stands, letters and notices."""
    return show_change(request, visible_change(request, pk))


def show_change(request: HttpRequest, change: ChangeRequest, status: int = 200, **bound: Any) -> HttpResponse:
    """The page of an application; `bound` holds a form that was refused."""
    letter = change.letters.first()
    may_letters = allowed(request.user, "changes.letters")
    open_letter = letter is not None and not letter.outcome and may_letters
    fresh: dict[str, Any] = {}
    if letter is not None and open_letter:
        if letter.sent_on is None:
            fresh["dispatch"] = forms.DispatchForm()
        elif letter.receipt_on is None:
            fresh["receipt"] = forms.ReceiptForm()
        else:
            fresh["answer"] = forms.AnswerForm(initial={"amount": change.amount})
    step = approvals.open_step(change.approval) if change.approval else None
    context = {
        "change": change, "row": clocks.row_of(change.clock), "letter": letter, "forms": {**fresh, **bound},
        "form": next(iter(bound.values()), None), "ground": words.ground_text(change.kind, change.ground),
        "articles": words.articles(change), "step": step,
        "effects": preview.effects_of(change) if change.state in rules.OPEN else [],
        "notices": list(change.party_notices.select_related("party")),
        "may_object": allowed(request.user, "changes.object"),
        "may_decide": step is not None and approvals.seat_to_decide(request.user, step)[0] is not None,
        "is_asker": change.asked_by_id == request.user.pk, "objection": forms.ObjectionForm(),
        "length": wording.length(change.amount, change.unit) if change.amount else "",
    }  # fmt: skip
    return render(request, "deadlines/changes/detail.html", context, status=status)


@permission("changes.read")
def party_notice(request: HttpRequest, pk: int) -> HttpResponse:
    """The notice of one party, to print."""
    rows = PartyNotice.objects.select_related("change__case__court", "change__clock", "party")
    notice = get_object_or_404(rows.filter(change__in=selectors.visible(request.user)), pk=pk)
    context = {"notice": notice, "change": notice.change, "lines": words.told(notice.lines)}
    return render(request, "deadlines/changes/notice.html", context)


@permission("changes.object")
@require_POST
def objection(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter the objection of a party."""
    notice = get_object_or_404(PartyNotice.objects.filter(change__in=selectors.visible(request.user)), pk=pk)
    form, status = forms.ObjectionForm(request.POST), 400
    if form.is_valid():
        try:
            enter_objection(actor=request.user, notice=notice, **form.cleaned_data)
        except Refusal as refusal:
            refusal.apply_to(form)
            status = refusal.status
        else:
            messages.success(request, _("异议已登记，已通知庭长和审管办"))
            return redirect("deadlines:change", notice.change_id)
    return show_change(request, visible_change(request, notice.change_id), status=status, objected=form)


@permission("deadlines.read")
def what_if(request: HttpRequest, pk: int) -> HttpResponse:
    """The dates as they would be; nothing is written. By htmx a fragment, else a page."""
    clock = visible_clock(request, pk)
    asked = "kind" in request.GET
    form = forms.SupposeForm(request.GET if asked else None, clock=clock)
    after, status = None, 200
    if asked and form.is_valid():
        try:
            after = suppose(clock, form.supposition())
        except Refusal as refusal:
            refusal.apply_to(form)
    if asked and after is None:
        status = 400
    context: dict[str, Any] = {"clock": clock, "row": clocks.row_of(clock), "form": form, "after": after}
    if after is not None:
        days = (after.due_on - clock.due_on).days if after.due_on and clock.due_on else None
        context |= {
            "after_row": clocks.row_of(after), "after_label": label(after), "shift": days,
            "derivation": derivation_of(after), "due_before": preview.due_text(clock),
            "due_after": preview.due_text(after),
        }  # fmt: skip
    fragment = bool(request.headers.get("HX-Request"))
    name = "deadlines/changes/_what_if.html" if fragment else "deadlines/changes/what_if.html"
    return render(request, name, context, status=status)


@permission("deadlines.read")
def plain_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The derivation in plain words, for the parties; to print."""
    clock = visible_clock(request, pk)
    context = {"clock": clock, "row": clocks.row_of(clock), "lines": plain.told(plain.lines_of(clock)),
               "right": plain.told([{"text": plain.RIGHT, "params": {}}])[0]}  # fmt: skip
    return render(request, "deadlines/changes/plain.html", context)
