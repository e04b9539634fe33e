"""The trail of every act."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Append-only, hash-chained."""

    name = "courtcms.audit"
    label = "audit"
    default_auto_field = "django.db.models.BigAutoField"
