"""The staff API below /api/v1/: view sets of the rooms, tokens, description. Closed unless a view opens it."""

from __future__ import annotations

from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.routers import APIRootView, DefaultRouter

from cases.appraisal.api import EntrustmentViewSet, InstitutionViewSet
from cases.docket.api import DocketViewSet
from cases.intake.api import CaseViewSet
from cases.preservation.api import ApplicationViewSet, LapseViewSet, MeasureViewSet
from courtcms.accounts.decorators import Permitted
from courtcms.api_tokens import OwnToken, OwnTokens, TokenLogin
from deadlines.changes.api import ChangeViewSet
from deadlines.clocks.api import ClockViewSet
from deadlines.hearings.api import HearingViewSet
from oversight.escalation.api import EscalationViewSet
from publicity.judgments.api import PublicationViewSet


class Schema(SpectacularAPIView):
    """OpenAPI description of this API."""

    permission_classes = [Permitted("api.schema")]


class Docs(SpectacularSwaggerSplitView):
    """The description as a page; script and style come from this server."""

    permission_classes = [Permitted("api.schema")]
    url_name = "schema"


class Root(APIRootView):
    """The addresses of the lists that this API offers."""

    permission_classes = [Permitted("api.schema")]
    schema = None


class Router(DefaultRouter):
    """Trailing slashes, JSON only, a closed root."""

    APIRootView = Root
    include_format_suffixes = False


router = Router()
router.register("cases", CaseViewSet, basename="case")
router.register("publications", PublicationViewSet, basename="publication")
router.register("docket", DocketViewSet, basename="docket")
router.register("appraisals", EntrustmentViewSet, basename="appraisal")
router.register("appraisal-institutions", InstitutionViewSet, basename="appraisal-institution")
router.register("measures", MeasureViewSet, basename="measure")
router.register("preservation-applications", ApplicationViewSet, basename="preservation-application")
router.register("preservation-lapses", LapseViewSet, basename="preservation-lapse")
router.register("changes", ChangeViewSet, basename="change")
router.register("clocks", ClockViewSet, basename="clock")
router.register("hearings", HearingViewSet, basename="hearing")
router.register("escalations", EscalationViewSet, basename="escalation")

urlpatterns = [
    path("tokens/login/", TokenLogin.as_view(), name="token-login"),
    path("tokens/", OwnTokens.as_view(), name="token-list"),
    path("tokens/<slug:key>/", OwnToken.as_view(), name="token-revoke"),
    path("schema/", Schema.as_view(), name="schema"),
    path("docs/", Docs.as_view(), name="api-docs"),
    path("", include(router.urls)),
]
