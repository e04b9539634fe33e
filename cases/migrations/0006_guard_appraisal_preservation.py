"""Appraisals and measures change only in audited acts; materials, recusals and renewals are never changed."""

from django.db import migrations

from courtcms.audit.operations import AppendOnly, Guard


class Migration(migrations.Migration):
    dependencies = [("cases", "0005_appraisal_preservation")]

    operations = [
        Guard(
            "cases_institution",
            "cases_entrustment",
            "cases_institutionrecusal",
            "cases_institutionrequest",
            "cases_material",
            "cases_chaseletter",
            "cases_objection",
            "cases_preservationapplication",
            "cases_measure",
            "cases_renewal",
            "cases_reminder",
            "cases_lapse",
        ),
        AppendOnly("cases_material", "cases_institutionrecusal", "cases_renewal"),
    ]
