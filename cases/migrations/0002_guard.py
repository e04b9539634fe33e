"""Case tables change only in audited acts."""

from django.db import migrations

from courtcms.audit.operations import Guard


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial"), ("audit", "0002_chain")]

    operations = [
        Guard("cases_case", "cases_party", "cases_representative", "cases_benchmember", "cases_docketentry"),
    ]
