"""Forms of hearings. Day and times are typed apart; the draft joins them in the court's own time."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.intake.models import Case
from courtcms.core import clock
from courtcms.core.forms import DateInput
from deadlines.hearings import selectors
from deadlines.hearings.drafts import HearingDraft, representatives_of, sitting
from deadlines.hearings.models import AdjournReason, ClosedGround, Hearing, HearingKind

LONGEST = 300
TIMES = ["%H:%M", "%H%M", "%H：%M"]


class TimeInput(forms.TimeInput):
    """A time typed as 09:30."""

    def __init__(self) -> None:
        super().__init__(attrs={"inputmode": "numeric", "placeholder": "09:30", "autocomplete": "off"}, format="%H:%M")


def _room_choices() -> list[tuple[int | str, str]]:
    return [("", "—"), *((room.pk, room.label) for room in selectors.rooms())]


class WhenForm(forms.Form):
    """Day, times, room, and what an exception needs. The shared part of scheduling, moving and adjourning."""

    full = False  # only a new hearing has kind, people and note
    acting = False

    day = forms.DateField(label=_("日期"), widget=DateInput)
    starts_at = forms.TimeField(label=_("开始时间"), widget=TimeInput, input_formats=TIMES)
    ends_at = forms.TimeField(label=_("结束时间"), widget=TimeInput, input_formats=TIMES)
    courtroom = forms.TypedChoiceField(label=_("法庭"), coerce=int, empty_value=None)
    is_public = forms.BooleanField(label=_("公开审理"), required=False, initial=True)
    closed_ground = forms.ChoiceField(
        label=_("不公开的理由"), required=False, choices=[("", "—"), *ClosedGround.choices]
    )
    short_notice_consent = forms.CharField(
        label=_("通知不足三日的书面同意"), required=False, max_length=LONGEST,
        help_text=_("当事人书面同意缩短通知期间的文件和日期，例如：双方同意书 2026-12-01"),
    )  # fmt: skip
    gap_consent = forms.CharField(
        label=_("间隔超过一个月的同意"), required=False, max_length=LONGEST,
        help_text=_("延期后再次开庭超过一个月的，写明当事人同意的文件"),
    )  # fmt: skip
    off_hours_reason = forms.CharField(label=_("休息日、办公时间以外的理由"), required=False, max_length=LONGEST)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["courtroom"].choices = _room_choices()

    def _moment(self, name: str) -> datetime:
        return datetime.combine(self.cleaned_data["day"], self.cleaned_data[name], tzinfo=clock.COURT_ZONE)

    def draft(self, **more: Any) -> HearingDraft:
        """The draft of a valid form."""
        names = ("is_public", "closed_ground", "short_notice_consent", "gap_consent", "off_hours_reason")
        values = {name: self.cleaned_data[name] for name in names}
        return HearingDraft(
            courtroom=self.cleaned_data["courtroom"],
            starts_at=self._moment("starts_at"),
            ends_at=self._moment("ends_at"),
            **values | more,
        )


class ScheduleForm(WhenForm):
    """A new hearing of a case."""

    full = True
    kind = forms.ChoiceField(label=_("种类"), choices=HearingKind.choices)
    bench = forms.MultipleChoiceField(label=_("到庭的审判人员"), widget=forms.CheckboxSelectMultiple)
    representatives = forms.MultipleChoiceField(
        label=_("到庭的代理人、辩护人"), required=False, widget=forms.CheckboxSelectMultiple
    )
    note = forms.CharField(label=_("备注"), required=False, max_length=LONGEST)
    entry = forms.IntegerField(required=False, widget=forms.HiddenInput, min_value=1, max_value=2**62)
    field_order = ["kind", "day", "starts_at", "ends_at", "courtroom", "is_public", "closed_ground", "bench",
                   "representatives"]  # fmt: skip

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = sitting(case)
        self.fields["bench"].choices = [(pk, user.display_name) for pk, (_role, user) in people.items()]
        acting = [(row.pk, f"{row.name}（{row.party.name}）") for row in representatives_of(case)]
        self.fields["representatives"].choices = acting
        self.acting = bool(acting)
        if not acting:
            del self.fields["representatives"]
        self.initial.setdefault("bench", list(people))
        self.initial.setdefault("representatives", [pk for pk, _name in acting])

    def new_draft(self) -> HearingDraft:
        """With kind and people."""
        data = self.cleaned_data
        return self.draft(
            kind=data["kind"], note=data["note"], entry=data["entry"],
            bench=tuple(int(pk) for pk in data["bench"]),
            representatives=tuple(int(pk) for pk in data.get("representatives", [])),
        )  # fmt: skip


def initial_of(hearing: Hearing) -> dict[str, Any]:
    """The fields of `WhenForm` as the hearing stands."""
    first, last = (moment.astimezone(clock.COURT_ZONE) for moment in (hearing.starts_at, hearing.ends_at))
    return {
        "day": first.date(), "starts_at": first.time(), "ends_at": last.time(), "courtroom": hearing.courtroom_id,
        "is_public": hearing.is_public, "closed_ground": hearing.closed_ground, "gap_consent": hearing.gap_consent,
    }  # fmt: skip


class AdjournForm(forms.Form):
    """The legal reason; the next hearing may be set down at once."""

    reason = forms.ChoiceField(label=_("延期的理由"), choices=[("", "—"), *AdjournReason.choices])
    note = forms.CharField(label=_("具体情况"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 2}))
    set_next = forms.BooleanField(label=_("同时排定下次开庭"), required=False)


class NextForm(WhenForm):
    """The next hearing after an adjournment; asked for only when `set_next` is chosen."""


class CancelForm(forms.Form):
    """Why a hearing is called off."""

    reason = forms.CharField(label=_("取消的理由"), max_length=LONGEST)


class HoursForm(forms.Form):
    """Other office hours of the court, from a day on."""

    use_required_attribute = False
    valid_from = forms.DateField(label=_("自何日起适用"), widget=DateInput)
    opens = forms.TimeField(label=_("开始办公"), widget=TimeInput, input_formats=TIMES)
    break_from = forms.TimeField(label=_("午休开始"), widget=TimeInput, input_formats=TIMES)
    break_to = forms.TimeField(label=_("午休结束"), widget=TimeInput, input_formats=TIMES)
    closes = forms.TimeField(label=_("结束办公"), widget=TimeInput, input_formats=TIMES)
    reason = forms.CharField(label=_("事由和依据"), max_length=200)


class BulkForm(forms.Form):
    """How the chosen hearings move."""

    days = forms.IntegerField(label=_("移动几天"), required=False, initial=0, help_text=_("向前移写负数"))
    working_days = forms.BooleanField(label=_("按工作日"), required=False, initial=True)
    courtroom = forms.TypedChoiceField(label=_("移到法庭"), required=False, coerce=int, empty_value=None)
    short_notice_consent = forms.CharField(label=_("通知不足三日的书面同意"), required=False, max_length=LONGEST)
    off_hours_reason = forms.CharField(label=_("休息日、办公时间以外的理由"), required=False, max_length=LONGEST)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["courtroom"].choices = _room_choices()


class BulkChoice(forms.Form):
    """Which hearings are offered for a bulk move: days, room."""

    first = forms.DateField(label=_("自"), required=False, widget=DateInput)
    last = forms.DateField(label=_("至"), required=False, widget=DateInput)
    room = forms.TypedChoiceField(label=_("法庭"), required=False, coerce=int, empty_value=None)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["room"].choices = _room_choices()


class ViewForm(forms.Form):
    """What a grid shows; bad values fall back to today and everything."""

    day = forms.DateField(required=False)
    by = forms.ChoiceField(choices=[("room", _("法庭")), ("judge", _("法官"))], required=False)
    room = forms.IntegerField(required=False, min_value=1, max_value=2**62)
    judge = forms.IntegerField(required=False, min_value=1, max_value=2**62)

    def shown(self) -> dict[str, Any]:
        """Day within the calendar's years, and the narrowing."""
        self.is_valid()
        found = {name: self.cleaned_data.get(name) for name in self.fields}
        day = found["day"]
        if day is None or not 2000 <= day.year <= 2090:
            found["day"] = clock.today()
        found["by"] = found["by"] or "room"
        return found


STATE_WORDS = {
    "": _("全部"),
    "scheduled": _("已排期"),
    "held": _("已开庭"),
    "first": _("首次日期即开庭"),
    "moved": _("改过期"),
    "adjourned": _("延期"),
    "cancelled": _("已取消"),
    "short": _("缩短通知期间"),
}


class ListForm(forms.Form):
    """Narrowing of the list page."""

    state = forms.ChoiceField(choices=[("", "")] + [(key, key) for key in selectors.STATES], required=False)
    first = forms.DateField(required=False)
    last = forms.DateField(required=False)
    cursor = forms.CharField(required=False, max_length=500)


def length_of(form: WhenForm) -> timedelta:
    """How long the hearing typed would take; two hours while that is not known."""
    data = getattr(form, "cleaned_data", {})
    first, last = data.get("starts_at"), data.get("ends_at")
    if first and last and last > first:
        day = date(2000, 1, 1)
        return datetime.combine(day, last) - datetime.combine(day, first)
    return timedelta(hours=2)
