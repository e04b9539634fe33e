"""Office hours of the court as rows with their first day; the length that a ruling orders for a clock."""

from datetime import date, time

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from courtcms.audit.operations import AppendOnly, Guard


def fill(apps, schema_editor):
    """The hours that were in force before they became rows."""
    apps.get_model("deadlines", "CourtHours").objects.create(
        valid_from=date(2000, 1, 1), opens=time(8, 30), closes=time(17, 30), break_from=time(12), break_to=time(13, 30),
        reason="原定办公时间", entered_on=date(2000, 1, 1),
    )  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [
        ("deadlines", "0011_tally_and_board_cells"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="clock",
            name="ordered_amount",
            field=models.PositiveSmallIntegerField(
                blank=True, help_text="裁判文书所定的较短期限；空为规则所定的期限", null=True
            ),
        ),
        migrations.AddField(
            model_name="clock",
            name="ordered_unit",
            field=models.CharField(blank=True, max_length=12),
        ),
        migrations.CreateModel(
            name="CourtHours",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField(help_text="自该日起适用", unique=True)),
                ("opens", models.TimeField(help_text="开始办公")),
                ("closes", models.TimeField(help_text="结束办公")),
                ("break_from", models.TimeField(help_text="午休开始")),
                ("break_to", models.TimeField(help_text="午休结束")),
                ("reason", models.CharField(max_length=200)),
                ("entered_on", models.DateField()),
                (
                    "entered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-valid_from"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("break_from__lte", models.F("break_to")),
                            ("break_to__lt", models.F("closes")),
                            ("opens__lt", models.F("break_from")),
                        ),
                        name="court_hours_in_order",
                        violation_error_message="须依次为开始办公、午休开始、午休结束、结束办公",
                    )
                ],
            },
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        Guard("deadlines_courthours"),
        AppendOnly("deadlines_courthours"),
    ]
