"""Batches and their files are written in audited acts only."""

from django.db import migrations

from courtcms.audit.operations import Guard


class Migration(migrations.Migration):
    dependencies = [("publicity", "0008_batches"), ("audit", "0002_chain")]

    operations = [Guard("publicity_batch", "publicity_batchitem")]
