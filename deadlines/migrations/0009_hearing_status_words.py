"""The state of a hearing that was called off has a word of its own; no column changes."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("deadlines", "0008_guard_changes")]

    operations = [
        migrations.AlterField(
            model_name="hearing",
            name="status",
            field=models.CharField(
                choices=[("scheduled", "已排期"), ("held", "已开庭"), ("adjourned", "延期"), ("cancelled", "已取消")],
                default="scheduled",
                max_length=12,
            ),
        ),
    ]
