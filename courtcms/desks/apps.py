"""The desks of the court."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from courtcms.core import nav
from courtcms.core.nav import NavItem


class DesksConfig(AppConfig):
    """Desks by post, the frame of every page, the trail's page."""

    name = "courtcms.desks"
    label = "desks"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Fill the frame and the navigation."""
        from courtcms.celery import app
        from courtcms.desks import frame

        app.set_default()  # tasks queued by the site and by commands go to the court's broker, not to a default one
        frame.provide()
        nav.register(NavItem("people", _("人员"), "people", "accounts.see_people", "/people/", 800))
        nav.register(NavItem("audit", _("留痕"), "audit_trail", "audit.read", "/audit/", 900))
