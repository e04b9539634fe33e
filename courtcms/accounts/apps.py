"""People and their posts."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Users, appointments, absences, the permission map, sign-in."""

    name = "courtcms.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Posts inside stored sentences follow the reader's language."""
        from courtcms.accounts import records
        from courtcms.core import texts

        texts.readers["post"] = records.shown
