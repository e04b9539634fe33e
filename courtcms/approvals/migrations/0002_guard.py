"""Requests and decisions change only in audited acts."""

from django.db import migrations

from courtcms.audit.operations import Guard


class Migration(migrations.Migration):
    dependencies = [("approvals", "0001_initial"), ("audit", "0002_chain")]

    operations = [Guard("approvals_approvalrequest", "approvals_approvalstep")]
