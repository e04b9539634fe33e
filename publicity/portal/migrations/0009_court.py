"""Courts are listed and filtered along an index of their own."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("portal", "0008_guard_access")]

    operations = [
        migrations.AddIndex(
            model_name="judgment",
            index=models.Index(fields=["court_name", "-published_on", "-id"], name="portal_judgment_court"),
        )
    ]
