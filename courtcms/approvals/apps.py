"""The approvals of the court."""

from django.apps import AppConfig


class ApprovalsConfig(AppConfig):
    """See the package."""

    name = "courtcms.approvals"
    label = "approvals"
    default_auto_field = "django.db.models.BigAutoField"
