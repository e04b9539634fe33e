"""The app `publicity`: see docs/architecture.md."""

from django.apps import AppConfig


class PublicityConfig(AppConfig):
    """Wires the rooms of this floor."""

    name = "publicity"
    default_auto_field = "django.db.models.BigAutoField"
