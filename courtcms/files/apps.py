"""The files of the court."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """See the package."""

    name = "courtcms.files"
    label = "files"
    default_auto_field = "django.db.models.BigAutoField"
