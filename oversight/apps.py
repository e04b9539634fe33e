"""The app `oversight`: see docs/architecture.md."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.intake.events import CaseReassigned
from courtcms.core import nav, panels
from courtcms.core.events import subscribe
from courtcms.notices.kinds import register_kind
from deadlines.changes.events import ChangeAskedLate, ChangeDecided
from deadlines.clocks.events import ClockChanged, ClockStopped
from deadlines.scan.events import AlertsRaised, ScanFinished


class OversightConfig(AppConfig):
    """Wires the rooms of this floor."""

    name = "oversight"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listen to the clocks, show supervision on the case page, take a place in the navigation."""
        from oversight.escalation import handlers

        subscribe(AlertsRaised, handlers.open_escalations)
        subscribe(ScanFinished, handlers.tell_people)
        subscribe(ClockChanged, handlers.close_with_clock)
        subscribe(ClockStopped, handlers.close_with_clock)
        subscribe(ChangeAskedLate, handlers.open_late)
        subscribe(ChangeDecided, handlers.close_late)
        subscribe(CaseReassigned, handlers.follow_judge)
        register_kind("escalations", _("督办"))
        panels.register(
            panels.Panel("case", "escalations", _("监督痕迹"), "escalations:case_panel", "escalations.list", 60)
        )
        panels.register(
            panels.Panel("desk", "escalations", _("待我答复的督办"), "escalations:desk_panel", "escalations.list", 20)
        )
        title = pgettext_lazy("nav", "监督")
        nav.register(nav.NavItem("escalations", title, "escalations:inbox", "escalations.list", "/oversight/", 400))
