"""Courts, divisions and courtrooms."""

from django.apps import AppConfig


class CourtsConfig(AppConfig):
    """Stable ids, dated names."""

    name = "courtcms.courts"
    label = "courts"
    default_auto_field = "django.db.models.BigAutoField"
