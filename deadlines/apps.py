"""The app `deadlines`: see docs/architecture.md."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.docket.events import DocketEntered, DocketUndone
from cases.intake.events import CaseClosed, CaseRegistered, CustodyChanged
from courtcms.core import context, nav, panels, workdays
from courtcms.core.events import subscribe
from courtcms.core.nav import NavItem
from courtcms.core.panels import Panel
from courtcms.notices.kinds import register_kind
from deadlines.calendars.events import CalendarChanged


class DeadlinesConfig(AppConfig):
    """Wires the rooms of this floor."""

    name = "deadlines"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Start clocks with cases, show them on the case page, and take a place in the navigation."""
        from cases.appraisal.policy import provide_time
        from cases.docket.selectors import register_timeline
        from cases.intake.selectors import provide_risk
        from cases.preservation.policy import provide_bound
        from courtcms.approvals.services import register_subject
        from deadlines.calendars.selectors import add_working_days, published_years
        from deadlines.changes import lower, subject
        from deadlines.clocks import handlers
        from deadlines.clocks.case_risk import PROVIDER
        from deadlines.hearings import handlers as hearing_handlers
        from deadlines.hearings.selectors import timeline_items
        from deadlines.periods import handlers as period_handlers
        from deadlines.periods.selectors import timeline_items as effect_items
        from deadlines.rulebook import services as targets
        from deadlines.scan import handlers as scan_handlers
        from deadlines.scan.selectors import footer_lines
        from deadlines.subjects import handlers as subject_handlers
        from deadlines.subjects.services import KEEPER, against_order

        for kind, handler in subject_handlers.HANDLERS:
            subscribe(kind, handler)
        provide_time(KEEPER)
        provide_bound(against_order)
        subscribe(CaseRegistered, handlers.start_clocks_of)
        subscribe(CaseClosed, handlers.stop_clocks_of)
        subscribe(CustodyChanged, handlers.recompute_custody)
        subscribe(CaseRegistered, period_handlers.begin)
        subscribe(DocketEntered, period_handlers.follow)
        subscribe(DocketUndone, period_handlers.follow_undo)
        register_subject(subject.SUBJECT)
        register_subject(lower.SUBJECT)
        register_subject(targets.SUBJECT)
        subscribe(CalendarChanged, scan_handlers.owe_recomputation)
        subscribe(CalendarChanged, hearing_handlers.warn_of_days_off)
        subscribe(DocketUndone, hearing_handlers.follow_undo)
        subscribe(CaseClosed, hearing_handlers.call_off)
        register_timeline(timeline_items)
        register_timeline(effect_items)
        provide_risk(PROVIDER)
        workdays.plug(add_working_days, published_years)
        register_kind("deadlines.change_late", _("逾期申请"))
        register_kind("deadlines.change_decided", _("期限变更"))
        register_kind("deadlines.change_letter", _("层报"))
        register_kind("deadlines.change_objection", _("有异议"))
        register_kind("scan", _("期限扫描"))
        register_kind("signals", _("期限检查"))
        register_kind("calendar", _("工作日历"))
        context.provide("footer", footer_lines, 10)
        panels.register(Panel("case-head", "due", _("剩余"), "deadlines:case_head", "deadlines.read", 10))
        panels.register(Panel("case", "clocks", _("期限"), "deadlines:case_panel", "deadlines.read", 10))
        title = pgettext_lazy("nav", "期限")
        nav.register(NavItem("deadlines", title, "deadlines:list", "deadlines.list", "/deadlines/", 300))
        panels.register(Panel("desk", "calendar", _("工作日历"), "deadlines:calendar_panel", "deadlines.calendar", 80))
        panels.register(Panel("case", "hearings", _("庭审"), "hearings:case_panel", "hearings.list", 20))
        panels.register(Panel("desk", "hearings", _("本周庭审"), "hearings:desk_panel", "hearings.schedule", 30))
        title = pgettext_lazy("nav", "庭审")
        nav.register(NavItem("hearings", title, "hearings:week", "hearings.list", "/hearings/", 250))
