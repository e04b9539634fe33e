"""Files are taken in only in audited acts."""

from django.db import migrations

from courtcms.audit.operations import Guard


class Migration(migrations.Migration):
    dependencies = [("files", "0001_initial"), ("audit", "0002_chain")]

    operations = [Guard("files_storedfile")]
