"""Changes, letters, notices, targets and effect dates change only in audited acts."""

from django.db import migrations

from courtcms.audit.operations import Guard

TABLES = (
    "deadlines_changerequest",
    "deadlines_higherletter",
    "deadlines_lowerrequest",
    "deadlines_partynotice",
    "deadlines_targetversion",
    "deadlines_effectdate",
)


class Migration(migrations.Migration):
    dependencies = [("deadlines", "0007_changes")]

    operations = [Guard(*TABLES)]
