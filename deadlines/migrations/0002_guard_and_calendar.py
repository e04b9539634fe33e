"""Clocks, ledger, calendar and alerts change only in audited acts; the published schedules become the court's own rows."""

from django.db import migrations

from courtcms.audit.operations import Guard
from deadlines.calendars.published import estimated_exceptions, published_exceptions, published_years

ESTIMATED_BEFORE = range(2000, 2004)
ESTIMATED_AFTER = 10  # years past the last published one: the longest measure of the packs lasts three
NAMES = {
    "New Year's Day": "元旦",
    "Spring Festival": "春节",
    "Tomb-sweeping Day": "清明节",
    "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午节",
    "Mid-autumn Festival": "中秋节",
    "National Day": "国庆节",
    "Anti-Fascist 70th Day": "抗战胜利七十周年纪念日",
}


def fill(apps, schema_editor):
    """Published years from the library, years without a schedule as an estimate."""
    day, year = apps.get_model("deadlines", "CalendarDay"), apps.get_model("deadlines", "CalendarYear")
    published = published_years()
    unknown = [*ESTIMATED_BEFORE, *range(published.stop, published.stop + ESTIMATED_AFTER)]
    rows = [
        day(day=row.day, is_working=row.is_working, name=NAMES.get(row.name, row.name), source="published")
        for row in published_exceptions()
    ]
    rows += [
        day(day=row.day, is_working=row.is_working, name=row.name, source="estimated")
        for row in estimated_exceptions(unknown)
    ]
    day.objects.bulk_create(rows)
    year.objects.bulk_create(
        [year(year=number, status="published", source="国务院办公厅放假安排") for number in published]
        + [year(year=number, status="estimated", source="全国年节及纪念日放假办法") for number in unknown]
    )
    apps.get_model("deadlines", "CalendarVersion").objects.create(number=1)


class Migration(migrations.Migration):
    dependencies = [("deadlines", "0001_initial")]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
        Guard(
            "deadlines_calendarday",
            "deadlines_calendaryear",
            "deadlines_calendarversion",
            "deadlines_clock",
            "deadlines_clockinterval",
            "deadlines_clockextension",
            "deadlines_clockrestart",
            "deadlines_scanrun",
            "deadlines_alert",
        ),
    ]
