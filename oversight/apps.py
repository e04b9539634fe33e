"""The app `oversight`: see docs/architecture.md."""

from django.apps import AppConfig


class OversightConfig(AppConfig):
    """Wires the rooms of this floor."""

    name = "oversight"
    default_auto_field = "django.db.models.BigAutoField"
