"""The app `cases`: see docs/architecture.md."""

from django.apps import AppConfig
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from courtcms.approvals.subjects import register_subject
from courtcms.core import context, nav, panels
from courtcms.core.events import subscribe
from courtcms.core.panels import Panel
from courtcms.files import access
from courtcms.notices.kinds import register_kind


def search_address(request: HttpRequest) -> str:
    """Where the search box of the frame sends its words."""
    return reverse("cases:list")


class CasesConfig(AppConfig):
    """Wires the rooms of this floor."""

    name = "cases"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Navigation, search box, and who may open files of cases."""
        from cases.appraisal import selectors as appraisal
        from cases.docket.selectors import register_timeline
        from cases.filing.handlers import charge_new_case
        from cases.filing.refusal_services import SUBJECT as refusal
        from cases.intake.events import CaseRegistered
        from cases.intake.policy import file_access
        from cases.preservation import selectors as preservation

        nav.register(nav.NavItem("cases", _("案件"), "cases:list", "cases.list", "/cases/", order=10))
        context.provide("search", search_address)
        access.answer_for_cases(file_access)
        subscribe(CaseRegistered, charge_new_case)
        register_subject(refusal)
        register_timeline(appraisal.timeline_items)
        register_timeline(preservation.timeline_items)
        register_kind("appraisal", _("鉴定评估"))
        register_kind("preservation", _("财产保全"))
        panels.register(Panel("case", "fee", _("诉讼费与材料"), "cases:fee_panel", "cases.read", 60))
        panels.register(Panel("case", "appraisal", _("鉴定评估"), "appraisal:case_panel", "appraisal.list", 40))
        panels.register(Panel("case", "preservation", _("保全"), "preservation:case_panel", "preservation.list", 45))
