"""The app `cases`: see docs/architecture.md."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """Wires the rooms of this floor."""

    name = "cases"
    default_auto_field = "django.db.models.BigAutoField"
