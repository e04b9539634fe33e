"""Posts and absences change only in audited acts."""

from django.db import migrations

from courtcms.audit.operations import Guard


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial"), ("audit", "0002_chain")]

    operations = [Guard("accounts_appointment", "accounts_absence")]
