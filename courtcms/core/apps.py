"""Core has no tables: clock, events, errors, panels, navigation, pages of lists."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """The ground under everything."""

    name = "courtcms.core"
    label = "core"
