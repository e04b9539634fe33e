"""The desks of the court."""

from django.apps import AppConfig


class DesksConfig(AppConfig):
    """See the package."""

    name = "courtcms.desks"
    label = "desks"
    default_auto_field = "django.db.models.BigAutoField"
