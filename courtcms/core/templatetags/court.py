"""Template library of the house: dates, days left, figures, charts, icons, form controls. See docs/interface.md."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import forms, template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courtcms.core import charts, dates, icons, levels, workdays
from courtcms.core.errors import Reason
from courtcms.core.forms import control_attrs

register = template.Library()

#: words and units of days left, by level and by unit
LEVEL_WORDS = {
    "ample": lambda: _("充足"),
    "near": lambda: _("临近"),
    "urgent": lambda: _("紧迫"),
    "overdue": lambda: _("超期"),
    "paused": lambda: _("停算"),
}


@dataclass(frozen=True)
class Fig:
    """One number of a figures row; it opens its list. `level` colours it, `warn` puts ▲ before the note."""

    label: Any
    number: Any
    href: str
    note: Any = ""
    level: str = ""
    current: bool = False
    part: bool = False
    warn: bool = False


def _time(value: date | datetime | None, text: str) -> SafeString | str:
    if value is None:
        return text
    return format_html('<time datetime="{}">{}</time>', dates.court_day(value).isoformat(), text)


@register.filter
def court_date(value: date | datetime | None) -> SafeString | str:
    """2026-12-23（周三）, in English 2026-12-23 (Wed), as a <time> element; — where there is none."""
    return _time(value or None, dates.long_date(value or None))


@register.filter
def short_date(value: date | datetime | None) -> SafeString | str:
    """12-23（周三）, where the year is plain."""
    return _time(value or None, dates.short_date(value or None))


@register.filter
def date_text(value: date | datetime | None) -> str:
    """The long date as plain text, for attributes and titles."""
    return dates.long_date(value or None)


@register.filter
def court_moment(value: datetime | None) -> SafeString | str:
    """2026-12-23 09:30, the court's own time."""
    if not value:
        return dates.NOTHING
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), dates.moment(value))


@register.simple_tag(takes_context=True)
def provisional(context: template.Context, day: date | datetime | None) -> SafeString | str:
    """The tag 暂定 beside a date in a year whose holidays are not published; the years are read once a request."""
    if not day:
        return ""
    request = context.get("request")
    if not hasattr(request, "published_years"):
        years = workdays.published_years()
        if request is None:
            return _provisional_tag() if years is not None and dates.court_day(day).year not in years else ""
        request.published_years = years
    years = request.published_years
    return "" if years is None or dates.court_day(day).year in years else _provisional_tag()


def _provisional_tag() -> SafeString:
    return format_html(
        ' <span class="tag" title="{}">{}</span>', _("这一年的放假安排尚未公布，公布后可能变动"), _("暂定")
    )


@register.filter
def thousands(value: int | float | Decimal | None) -> str:
    """4,182; a true minus sign; — for nothing."""
    return dates.number(value)


@register.filter
def money(value: Decimal | float | None) -> str:
    """538,624,700.00 元."""
    return dates.NOTHING if value is None else _("%(sum)s 元") % {"sum": dates.number(value, 2)}


@register.filter
def dash(value: Any) -> Any:
    """— for an empty value; 0 stays 0."""
    return dates.NOTHING if value is None or value == "" else value


@register.filter
def caseno(value: Any) -> SafeString:
    """A case number that never breaks across lines."""
    return format_html('<span class="caseno">{}</span>', value)


@register.filter
def is_checkbox(field: forms.BoundField) -> bool:
    """Whether a field is one box with its label behind it."""
    return isinstance(field.field.widget, forms.CheckboxInput)


@register.filter
def undo_url(tags: str | None) -> str:
    """The address that undoes what a message speaks of, from its extra tags (`undo:/address/`)."""
    return next((tag[5:] for tag in (tags or "").split() if tag.startswith("undo:/")), "")


@register.filter
def level_word(level: str) -> str:
    """充足, 临近, 紧迫, 超期, 停算."""
    return LEVEL_WORDS[level]() if level in LEVEL_WORDS else ""


@register.simple_tag
def icon(name: str) -> SafeString:
    """An icon of the own set, drawn by the text's colour, silent to screen readers."""
    return format_html(
        '<svg class="icon" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="{}" aria-hidden="true">'
        '<path d="{}"/></svg>',
        "2.2" if name == "mark" else "1.6",
        icons.ICONS[name],
    )


@register.simple_tag
def control(field: forms.BoundField) -> SafeString:
    """The control of a field with the classes of the house; Django adds the aria attributes."""
    return field.as_widget(attrs=control_attrs(field))


def _unit(days: int, unit: str) -> str:
    if unit == "working":
        return ngettext("个工作日", "个工作日", abs(days))
    if unit == "hours":
        return _("时")
    return _("天")


@register.inclusion_tag("components/days.html")
def days_left(
    days: int | None,
    paused: bool = False,
    urgent: int = levels.URGENT_DAYS,
    near: int = levels.NEAR_DAYS,
    full: int = levels.FULL_BAR_DAYS,
    size: str = "row",
    unit: str = "days",
    level: str = "",
) -> dict[str, Any]:
    """Days left as number, word and bar. `size`: row (with bar), plain (without), big. Thresholds come from the rule
    pack for short limits, or `level` when it is already known; one `full` per table."""
    if days is None:
        return {
            "level": level or "none",
            "number": dates.NOTHING,
            "unit": "",
            "word": level_word(level) or _("未起算"),
            "bar": None,
            "size": size,
        }
    level = level or levels.level_of(days, urgent, near, paused)
    return {
        "level": level,
        "number": dates.number(days),
        "unit": _unit(days, unit),
        "word": level_word(level),
        "bar": levels.bar_of(days, full) if size == "row" else None,
        "size": size,
    }


@register.inclusion_tag("components/days_bar.html")
def days_bar(days: int, full: int = levels.FULL_BAR_DAYS) -> dict[str, Any]:
    """The bar alone; the element around it sets the level."""
    return {"bar": levels.bar_of(days, full)}


@register.inclusion_tag("components/figs.html")
def figs(label: str, figures: Sequence[Fig]) -> dict[str, Any]:
    """A row of numbers, each a link to its list."""
    return {"label": label, "figs": figures}


@register.inclusion_tag("components/barchart.html")
def barchart(label: str, bars: Sequence[charts.Bar], head: str = "", unit: str = "") -> dict[str, Any]:
    """A distribution as bars with its table beneath. `head` names the axis, `unit` what is counted."""
    return {"label": label, "chart": charts.bar_chart(bars, head or _("项目"), unit or _("件"), _("合计"))}


@dataclass(frozen=True)
class ShownReason:
    """A line of the error summary: where, what, and how to mend it."""

    label: str
    message: str
    detail: str
    href: str


def _of_form(form: forms.BaseForm) -> Iterable[ShownReason]:
    for name, errors in form.errors.items():
        bound = form[name] if name in form.fields else None
        target = f"#{bound.id_for_label or bound.auto_id}" if bound else ""
        for error in errors:
            yield ShownReason(str(bound.label) if bound else "", str(error), "", target)


def _of_reason(reason: Reason, form: forms.BaseForm | None) -> ShownReason:
    bound = form[reason.field] if form is not None and reason.field in form.fields else None
    detail = " ".join(str(part) for part in (reason.article, reason.remedy) if part)
    href = f"#{bound.id_for_label}" if bound is not None else ""
    return ShownReason(str(bound.label) if bound is not None else "", str(reason.message), detail, href)


@register.simple_tag(takes_context=True)
def form_reasons(context: template.Context) -> list[ShownReason]:
    """Everything that stands against a form: the errors of `form` and the `reasons` of a refusal in the context."""
    form, reasons = context.get("form"), context.get("reasons")
    real = form if isinstance(form, forms.BaseForm) else None
    shown = list(_of_form(real)) if real is not None and real.is_bound else []
    return shown + [_of_reason(reason, real) for reason in reasons or []]
