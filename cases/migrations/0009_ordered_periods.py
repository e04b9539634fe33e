"""A ruling may order a measure for less than the longest period of the law."""

from django.db import migrations, models

UNITS = [("day", "日"), ("month", "个月"), ("year", "年")]


class Migration(migrations.Migration):
    dependencies = [("cases", "0008_guard_filing")]

    operations = [
        migrations.AddField(
            model_name="measure",
            name="ordered_amount",
            field=models.PositiveSmallIntegerField(
                blank=True, help_text="裁定所定的较短期限；空为法定最长期限", null=True
            ),
        ),
        migrations.AddField(
            model_name="measure",
            name="ordered_unit",
            field=models.CharField(blank=True, choices=UNITS, max_length=5),
        ),
        migrations.AddField(
            model_name="renewal",
            name="ordered_amount",
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="renewal",
            name="ordered_unit",
            field=models.CharField(blank=True, choices=UNITS, max_length=5),
        ),
        migrations.AddConstraint(
            model_name="measure",
            constraint=models.CheckConstraint(
                condition=models.Q(("ordered_amount__isnull", True), ("ordered_unit", ""))
                | models.Q(("ordered_amount__gt", 0), models.Q(("ordered_unit", ""), _negated=True)),
                name="measure_ordered_whole",
                violation_error_message="裁定的期限须有长度和单位",
            ),
        ),
    ]
