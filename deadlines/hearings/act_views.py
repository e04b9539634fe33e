"""What may be done with hearings in the browser. A refusal shows the page again with the input and every reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cases.docket.models import DocketEntry
from cases.intake.models import Case
from courtcms.accounts.decorators import permission
from courtcms.core import clock, dates
from courtcms.core.errors import Reason, Refusal
from courtcms.core.rehearsal import also_refused
from courtcms.courts.models import Courtroom
from deadlines.hearings import checks, forms, periods, selectors, services
from deadlines.hearings.conflicts import proposals, warnings_of
from deadlines.hearings.drafts import Attendance, HearingDraft, attendance_now, attendance_of
from deadlines.hearings.models import Hearing
from deadlines.hearings.views import show_context, visible_hearing


@dataclass(frozen=True)
class Proposal:
    """A free room and time, with the address that fills it in."""

    text: str
    query: str


def _proposals(case: Case, form: forms.WhenForm, people: Attendance, own: tuple[int, ...] = ()) -> list[Proposal]:
    """Free slots from the day typed, or from the first day that notice allows."""
    data = getattr(form, "cleaned_data", {})
    first = data.get("day") or form.initial.get("day")
    soonest = first_lawful_day(case)
    start = max(first, soonest) if first else soonest
    found = []
    rooms = {room.pk: room.label for room in selectors.rooms()}
    for free in proposals(case, people, forms.length_of(form), start, leave_out=own):
        values = {
            "day": free.starts.date().isoformat(), "starts_at": f"{free.starts:%H:%M}",
            "ends_at": f"{free.ends:%H:%M}", "courtroom": free.room,
        }  # fmt: skip
        text = (
            f"{dates.short_date(free.starts.date())} {free.starts:%H:%M}–{free.ends:%H:%M} {rooms.get(free.room, '')}"
        )
        found.append(Proposal(text, urlencode(values)))
    return found


def first_lawful_day(case: Case) -> date:
    """The first working day for which notice given today is in time."""
    calendar, day = checks.work_calendar(), clock.today()
    for _number in range(30):
        day = calendar.add_working_days(day, 1)
        notice = periods.notice_of(case, day)
        if notice is None or notice.day >= clock.today():
            return day
    return day


def _prefill(request: HttpRequest, initial: dict[str, Any]) -> dict[str, Any]:
    """Values that a proposal, a dragged block or a docket entry brings in the address."""
    for name in ("starts_at", "ends_at", "courtroom"):
        if request.GET.get(name):
            initial[name] = request.GET[name][:20]
    day = parse_date_or_none(request.GET.get("day", ""))
    return initial | ({"day": day} if day else {})


def parse_date_or_none(text: str) -> date | None:
    """A date of an address; nonsense is None."""
    try:
        return parse_date(text[:10])
    except ValueError:
        return None


def _from_entry(case: Case, text: str) -> dict[str, Any]:
    """What a docket entry already says, so that nothing is typed twice."""
    entry = DocketEntry.objects.filter(case=case, pk=int(text)).first() if text.isdecimal() and len(text) < 18 else None
    if entry is None:
        return {}
    initial: dict[str, Any] = {
        "entry": entry.pk,
        "day": entry.happened_on,
        "kind": entry.kind,
        "note": entry.note[:300],
    }
    starts = selectors.moment_of_entry(entry)
    if starts is not None:
        initial |= {"starts_at": starts.time(), "ends_at": (starts + timedelta(hours=2)).time()}
    room = selectors.room_of_entry(entry)
    return initial | ({"courtroom": room} if room else {})


@permission("hearings.schedule")
def new(request: HttpRequest, pk: int) -> HttpResponse:
    """Set a hearing down. The button 查冲突 (`check`) only shows what stands against it."""
    case = get_object_or_404(Case.objects.visible_to(request.user).select_related("court", "judge"), pk=pk)
    reasons: list[Reason] = []
    warnings: list[Reason] = []
    checked = False
    if request.method == "POST":
        form = forms.ScheduleForm(request.POST, case=case)
        if form.is_valid():
            try:
                draft = form.new_draft()
                if "check" in request.POST:
                    checked, reasons = True, services.check_schedule(actor=request.user, case=case, draft=draft)
                    warnings = _warnings(request, case, draft)
                else:
                    hearing = services.schedule_hearing(actor=request.user, case=case, draft=draft)
                    messages.success(request, _("已排期：%(when)s") % {"when": _said(hearing)})
                    _warn(request, hearing)
                    return redirect("hearings:show", hearing.pk)
            except Refusal as refusal:
                reasons = refusal.reasons
    else:
        initial = {"is_public": case.secrecy == "none", "starts_at": "09:00", "ends_at": "11:00"}
        initial |= _from_entry(case, request.GET.get("entry", ""))
        form = forms.ScheduleForm(initial=_prefill(request, initial), case=case)
    context = {
        "case": case, "form": form, "reasons": reasons, "checked": checked and not reasons, "warnings": warnings,
        **_notices(case, form), "proposals": _proposals(case, form, attendance_of(case, _empty())),
        "waiting": checks.last_adjourned(case),
    }  # fmt: skip
    status = 400 if (reasons and not checked) or (form.is_bound and not form.is_valid()) else 200
    return render(request, "deadlines/hearings/new.html", context, status=status)


def _empty() -> HearingDraft:
    return HearingDraft(None, None, None)


def _said(hearing: Hearing) -> str:
    return f"{dates.long_date(hearing.day)} {hearing.time_text} {hearing.courtroom.label}"


def _notices(case: Case, form: forms.WhenForm) -> dict[str, Any]:
    """Last day of notice, why there is none, and what else is due before the day typed."""
    day = getattr(form, "cleaned_data", {}).get("day") or form.initial.get("day")
    simple = periods.simple_notice(case)
    if not day:
        return {"simple": simple}
    return {"notice": periods.notice_of(case, day), "simple": simple, "before": periods.before_of(case, day)}


def _warnings(request: HttpRequest, case: Case, draft: HearingDraft, own: tuple[int, ...] = ()) -> list[Reason]:
    if draft.starts_at is None or draft.ends_at is None or draft.ends_at <= draft.starts_at:
        return []
    return warnings_of(request.user, case, (draft.starts_at, draft.ends_at), own)


def _warn(request: HttpRequest, hearing: Hearing) -> None:
    span = (hearing.starts_at, hearing.ends_at)
    for reason in warnings_of(request.user, hearing.case, span, (hearing.pk,)):
        messages.warning(request, f"{reason.message} {reason.remedy}")


@permission("hearings.schedule")
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Move a hearing; a dragged block lands here with its new day and room. Without `confirm` it is a preview."""
    hearing = visible_hearing(request, pk)
    reasons: list[Reason] = []
    warnings: list[Reason] = []
    previewed = False
    data = request.POST if request.method == "POST" else _asked(request, hearing)
    form = forms.WhenForm(data) if data else forms.WhenForm(initial=forms.initial_of(hearing))
    if form.is_bound and form.is_valid():
        draft = form.draft(kind=hearing.kind)
        if request.method == "POST" and "check" not in request.POST:
            try:
                moved = services.reschedule(actor=request.user, hearing=hearing, draft=draft)
                messages.success(request, _("已改期：%(when)s") % {"when": _said(moved)})
                _warn(request, moved)
                return redirect("hearings:show", moved.pk)
            except Refusal as refusal:
                reasons = refusal.reasons
        else:
            previewed = True
            warnings = _warnings(request, hearing.case, draft, (hearing.pk,))
            reasons = services.check_schedule(actor=request.user, case=hearing.case, draft=draft, hearing=hearing)
    context = {
        "hearing": hearing, "case": hearing.case, "form": form, "reasons": reasons,
        "checked": previewed and not reasons, "target": _target(form), "warnings": warnings,
        **_notices(hearing.case, form),
        "proposals": _proposals(hearing.case, form, attendance_now(hearing), (hearing.pk,)),
    }  # fmt: skip
    status = 400 if request.method == "POST" and not previewed else 200
    return render(request, "deadlines/hearings/move.html", context, status=status)


def _asked(request: HttpRequest, hearing: Hearing) -> dict[str, Any]:
    """The form as a dragged block or a proposal fills it; empty when the address asks for nothing."""
    if not any(name in request.GET for name in ("day", "courtroom", "starts_at")):
        return {}
    initial = _prefill(request, forms.initial_of(hearing))
    shown = {name: value for name, value in initial.items() if value not in (None, "", False)}
    for name in ("starts_at", "ends_at"):
        shown[name] = str(shown[name])[:5]
    return shown


def _target(form: forms.WhenForm) -> str:
    if not form.is_bound or not form.is_valid():
        return ""
    data = form.cleaned_data
    room = Courtroom.objects.filter(pk=data["courtroom"]).first()
    times = f"{data['starts_at']:%H:%M}–{data['ends_at']:%H:%M}"
    return f"{dates.long_date(data['day'])} {times} {room.label if room else ''}"


@permission("hearings.schedule")
@require_POST
def hold(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that it took place."""
    hearing = visible_hearing(request, pk)
    try:
        services.hold(actor=request.user, hearing=hearing)
    except Refusal as refusal:
        context = show_context(request, hearing, reasons=refusal.reasons)
        return render(request, "deadlines/hearings/show.html", context, status=refusal.status)
    messages.success(request, _("已登记开庭"))
    return redirect("hearings:show", pk)


@permission("hearings.schedule")
@require_POST
def adjourn(request: HttpRequest, pk: int) -> HttpResponse:
    """Adjourn, and set the next hearing down where it is asked for."""
    hearing = visible_hearing(request, pk)
    form, following = forms.AdjournForm(request.POST), forms.NextForm(request.POST, prefix="next")
    wanted = "set_next" in request.POST
    if not wanted:
        following = forms.NextForm(prefix="next")
    sound = form.is_valid()
    if wanted:
        sound = following.is_valid() and sound
    if sound:
        try:
            made = services.adjourn(
                actor=request.user, hearing=hearing, reason=form.cleaned_data["reason"],
                note=form.cleaned_data["note"], following=following.draft(kind=hearing.kind) if wanted else None,
            )  # fmt: skip
            messages.success(request, _("已延期开庭"))
            return redirect("hearings:show", made.pk if made else pk)
        except Refusal as refusal:
            return _adjourn_refused(request, hearing, form, following, refusal.reasons, refusal.status)
    draft = following.draft(kind=hearing.kind) if wanted and following.is_valid() else None
    rest = also_refused(
        form,
        lambda data: services.adjourn(
            actor=request.user, hearing=hearing, reason=data["reason"], note=data["note"], following=draft
        ),
    )
    return _adjourn_refused(request, hearing, form, following, rest, 400)


def _adjourn_refused(
    request: HttpRequest, hearing: Hearing, form: Any, following: Any, reasons: list[Reason], status: int
) -> HttpResponse:
    more = (
        [Reason(str(error)) for errors in following.errors.values() for error in errors] if following.is_bound else []
    )
    context = show_context(
        request, hearing, adjourn_form=form, next_form=following, form=form, reasons=[*reasons, *more]
    )
    return render(request, "deadlines/hearings/show.html", context, status=status)


@permission("hearings.schedule")
@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Call it off."""
    hearing = visible_hearing(request, pk)
    form = forms.CancelForm(request.POST, prefix="cancel")
    status = 400
    if form.is_valid():
        try:
            services.cancel(actor=request.user, hearing=hearing, reason=form.cleaned_data["reason"])
            messages.success(request, _("已取消"))
            return redirect("hearings:show", pk)
        except Refusal as refusal:
            refusal.apply_to(form)
            status = refusal.status
    context = show_context(request, hearing, cancel_form=form, form=form)
    return render(request, "deadlines/hearings/show.html", context, status=status)
