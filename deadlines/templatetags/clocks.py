"""Cells of the derivation table."""

from datetime import date, datetime

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from courtcms.core import dates

register = template.Library()


@register.filter
def day_cell(value: date | datetime | None) -> SafeString | str:
    """2026-12-23, or with the hour for periods in hours; empty where the step has no such day."""
    if value is None:
        return ""
    text = f"{value:%Y-%m-%d %H:%M}" if isinstance(value, datetime) else value.isoformat()
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), text)


@register.filter
def reached_cell(value: date | datetime | None) -> SafeString | str:
    """2026-12-23（周三）, with the hour for periods in hours."""
    if value is None:
        return ""
    text = dates.long_date(value) + (f" {value:%H:%M}" if isinstance(value, datetime) else "")
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), text)
