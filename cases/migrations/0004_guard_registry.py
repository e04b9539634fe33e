"""The registry's tables change only in audited acts; docket entries are never changed or removed."""

from django.db import migrations

from courtcms.audit.operations import AppendOnly, Guard


class Migration(migrations.Migration):
    dependencies = [("cases", "0003_registry")]

    operations = [
        Guard("cases_casecounter", "cases_rotation", "cases_allocation", "cases_recusal", "cases_caselink"),
        AppendOnly("cases_docketentry"),
    ]
