"""The app `deadlines`: see docs/architecture.md."""

from django.apps import AppConfig


class DeadlinesConfig(AppConfig):
    """Wires the rooms of this floor."""

    name = "deadlines"
    default_auto_field = "django.db.models.BigAutoField"
