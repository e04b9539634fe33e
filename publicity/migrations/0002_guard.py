"""Publications change only in audited acts; steps, clearances and withdrawals are never changed at all."""

from django.db import migrations

from courtcms.audit.operations import AppendOnly, Guard


class Migration(migrations.Migration):
    dependencies = [("publicity", "0001_initial"), ("audit", "0002_chain")]

    operations = [
        Guard(
            "publicity_publication", "publicity_publicationversion", "publicity_redactionhit", "publicity_deskstep",
            "publicity_publicationstep", "publicity_clearance", "publicity_withdrawal", "publicity_delivery",
        ),
        AppendOnly("publicity_publicationstep", "publicity_clearance", "publicity_withdrawal"),
    ]
