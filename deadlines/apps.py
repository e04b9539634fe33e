"""The app `deadlines`: see docs/architecture.md."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from cases.docket.events import DocketUndone
from cases.intake.events import CaseClosed, CaseRegistered, CustodyChanged
from courtcms.core import context, nav, panels, workdays
from courtcms.core.events import subscribe
from courtcms.core.nav import NavItem
from courtcms.core.panels import Panel
from deadlines.calendars.events import CalendarChanged


class DeadlinesConfig(AppConfig):
    """Wires the rooms of this floor."""

    name = "deadlines"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Start clocks with cases, show them on the case page, and take a place in the navigation."""
        from cases.appraisal.policy import provide_time  # noqa: PLC0415  needs the models
        from cases.docket.selectors import register_timeline  # noqa: PLC0415  needs the models
        from cases.intake.selectors import provide_risk  # noqa: PLC0415  needs the models
        from courtcms.approvals.services import register_subject  # noqa: PLC0415  needs the models
        from deadlines.calendars.selectors import add_working_days  # noqa: PLC0415  needs the models
        from deadlines.changes import lower, subject  # noqa: PLC0415  needs the models
        from deadlines.clocks import handlers  # noqa: PLC0415  needs the models
        from deadlines.clocks.case_risk import PROVIDER  # noqa: PLC0415  needs the models
        from deadlines.hearings import handlers as hearing_handlers  # noqa: PLC0415  needs the models
        from deadlines.hearings.selectors import timeline_items  # noqa: PLC0415  needs the models
        from deadlines.rulebook import services as targets  # noqa: PLC0415  needs the models
        from deadlines.scan import handlers as scan_handlers  # noqa: PLC0415  needs the models
        from deadlines.scan.selectors import footer_lines  # noqa: PLC0415  needs the models
        from deadlines.subjects import handlers as subject_handlers  # noqa: PLC0415  needs the models
        from deadlines.subjects.services import KEEPER  # noqa: PLC0415  needs the models

        for kind, handler in subject_handlers.HANDLERS:
            subscribe(kind, handler)
        provide_time(KEEPER)
        subscribe(CaseRegistered, handlers.start_clocks_of)
        subscribe(CaseClosed, handlers.stop_clocks_of)
        subscribe(CustodyChanged, handlers.recompute_custody)
        register_subject(subject.SUBJECT)
        register_subject(lower.SUBJECT)
        register_subject(targets.SUBJECT)
        subscribe(CalendarChanged, scan_handlers.owe_recomputation)
        subscribe(DocketUndone, hearing_handlers.follow_undo)
        subscribe(CaseClosed, hearing_handlers.call_off)
        register_timeline(timeline_items)
        provide_risk(PROVIDER)
        workdays.plug(add_working_days)
        context.provide("footer", footer_lines, 10)
        panels.register(Panel("case-head", "due", _("剩余"), "deadlines:case_head", "deadlines.read", 10))
        panels.register(Panel("case", "clocks", _("期限"), "deadlines:case_panel", "deadlines.read", 10))
        nav.register(NavItem("deadlines", _("期限"), "deadlines:list", "deadlines.list", "/deadlines/", 300))
        panels.register(Panel("desk", "calendar", _("工作日历"), "deadlines:calendar_panel", "deadlines.calendar", 80))
        panels.register(Panel("case", "hearings", _("庭审"), "hearings:case_panel", "hearings.list", 20))
        panels.register(Panel("desk", "hearings", _("本周庭审"), "hearings:desk_panel", "hearings.schedule", 30))
        nav.register(NavItem("hearings", _("庭审"), "hearings:week", "hearings.list", "/hearings/", 250))
