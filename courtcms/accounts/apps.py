"""People and their posts."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Users, appointments, absences, the permission map, sign-in."""

    name = "courtcms.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"
