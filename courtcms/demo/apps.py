"""The demo court: stands above all floors and fills them with invented people and cases."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """No tables of its own."""

    name = "courtcms.demo"
    label = "demo"
