"""The public site's own app: tables `portal_*`, filled by approved publications only."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """An app of its own, so that the public process installs nothing else."""

    name = "publicity.portal"
    label = "portal"
    default_auto_field = "django.db.models.BigAutoField"
