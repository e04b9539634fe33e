"""Courts, divisions and rooms change only in audited acts."""

from django.db import migrations

from courtcms.audit.operations import Guard


class Migration(migrations.Migration):
    dependencies = [("courts", "0001_initial"), ("audit", "0002_chain")]

    operations = [
        Guard("courts_court", "courts_courtname", "courts_division", "courts_divisionname", "courts_courtroom"),
    ]
