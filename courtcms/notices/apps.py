"""The notices of the court."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """See the package."""

    name = "courtcms.notices"
    label = "notices"
    default_auto_field = "django.db.models.BigAutoField"
