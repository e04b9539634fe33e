"""Approvals of every kind."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from courtcms.core import nav
from courtcms.notices.kinds import register_kind


class ApprovalsConfig(AppConfig):
    """Request, ordered steps, decision."""

    name = "courtcms.approvals"
    label = "approvals"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Name the notices of approvals and add the page to the navigation."""
        register_kind("approvals.step", _("待我审批"))
        register_kind("approvals.result", _("审批结果"))
        nav.register(nav.NavItem("approvals", _("审批"), "approvals:inbox", "approvals.own", "/approvals/", 70))
