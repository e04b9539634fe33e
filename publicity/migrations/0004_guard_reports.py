"""Reports are received and answered in audited acts only."""

from django.db import migrations

from courtcms.audit.operations import Guard


class Migration(migrations.Migration):
    dependencies = [("publicity", "0003_held"), ("audit", "0002_chain")]

    operations = [Guard("publicity_report")]
