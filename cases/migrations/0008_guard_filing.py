"""Filings, their papers, notices, fees and refusals change only in audited acts."""

from django.db import migrations

from courtcms.audit.operations import Guard


class Migration(migrations.Migration):
    dependencies = [("cases", "0007_filing")]

    operations = [
        Guard("cases_filing", "cases_filingpaper", "cases_filingnotice", "cases_casefee", "cases_filingrefusal"),
    ]
