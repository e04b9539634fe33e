"""The app `publicity`: see docs/architecture.md."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courtcms.core import nav, panels
from courtcms.core.events import subscribe
from courtcms.core.nav import NavItem
from courtcms.core.panels import Panel


class PublicityConfig(AppConfig):
    """Wires the rooms of this floor."""

    name = "publicity"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Owe a publication when a judgment becomes final, show it on the case page, take a place in the navigation."""
        from cases.appraisal.events import (
            AppraisalEntrusted,
            AppraisalOver,
            AppraisalStarted,
            ExtensionGranted,
            SupplementAllowed,
            SupplementHandedOver,
        )
        from cases.docket.events import DocketEntered, DocketUndone
        from cases.intake.events import CaseClosed, CaseReassigned, CustodyChanged, PartiesChanged
        from cases.preservation.events import MeasureOver, MeasureRenewed, MeasureTaken
        from courtcms.approvals.services import register_subject
        from courtcms.notices.kinds import register_kind
        from deadlines.changes.events import ChangeDecided
        from deadlines.clocks.events import ClockChanged, ClockStopped
        from deadlines.hearings.events import HearingChanged
        from deadlines.periods.events import EffectWithdrawn, JudgmentEffective
        from publicity.judgments import handlers
        from publicity.judgments.withhold_services import SUBJECT
        from publicity.process_info import handlers as process_handlers
        from publicity.reports import handlers as report_handlers

        subscribe(DocketEntered, handlers.await_document)
        subscribe(ClockChanged, handlers.follow_clock)
        subscribe(JudgmentEffective, handlers.await_effect)
        subscribe(EffectWithdrawn, handlers.forget_effect)
        subscribe(PartiesChanged, report_handlers.look_again)
        subscribe(HearingChanged, process_handlers.follow_hearing)
        for event in (
            CaseClosed, CaseReassigned, PartiesChanged, CustodyChanged, DocketEntered, DocketUndone, ClockChanged,
            ClockStopped, ChangeDecided, AppraisalEntrusted, AppraisalStarted, AppraisalOver, ExtensionGranted,
            SupplementAllowed, SupplementHandedOver, MeasureTaken, MeasureRenewed, MeasureOver,
        ):  # fmt: skip
            subscribe(event, process_handlers.owe_parties)
        panels.register(Panel("case", "process", _("当事人所见"), "process:case_panel", "process.see", 55))
        register_subject(SUBJECT)
        panels.register(Panel("case", "judgments", _("裁判文书公开"), "judgments:case_panel", "judgments.list", 60))
        register_kind("publicity.report", _("公开过多的反映"))
        register_kind("publicity.batch", _("批量脱敏完成"))
        title = pgettext_lazy("nav", "公开")
        nav.register(NavItem("publicity", title, "judgments:index", "judgments.list", "/publicity/", 500))
