"""Query codes are issued and revoked in audited acts only."""

from django.db import migrations

from courtcms.audit.operations import Guard


class Migration(migrations.Migration):
    dependencies = [("publicity", "0006_process_access"), ("audit", "0002_chain")]

    operations = [Guard("publicity_processaccess")]
