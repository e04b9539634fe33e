"""What people are told."""

from django.apps import AppConfig

from courtcms.core import context


class NoticesConfig(AppConfig):
    """The inbox, the daily digest, outgoing messages."""

    name = "courtcms.notices"
    label = "notices"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Fill the frame's place for the inbox."""
        from courtcms.notices.selectors import inbox_of_frame

        context.provide("inbox", inbox_of_frame)
