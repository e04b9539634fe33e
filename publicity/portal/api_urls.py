"""Addresses of the public API, below /api/v1/ of the public site."""

from django.urls import path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.permissions import AllowAny

from publicity.portal import api, hearing_api

DESCRIPTION = (
    "Published judgments of the court, notices of non-publication and withdrawals. Read-only, open to everybody "
    "without a key, 240 requests a minute from one address. Every error is "
    '`{"errors": [{field, message, code, article, remedy}]}`.'
)
SETTINGS = {
    "TITLE": "courtcms public API",
    "DESCRIPTION": DESCRIPTION,
}
OPEN = {"permission_classes": [AllowAny], "authentication_classes": []}

urlpatterns = [
    path("judgments/", api.JudgmentList.as_view(), name="api-judgments"),
    path("judgments/<str:public_id>/", api.JudgmentDetail.as_view(), name="api-judgment"),
    path("hearings/", hearing_api.HearingList.as_view(), name="api-hearings"),
    path("notices/", api.NoticeList.as_view(), name="api-notices"),
    path("withdrawals/", api.WithdrawalList.as_view(), name="api-withdrawals"),
    path("schema/", SpectacularAPIView.as_view(custom_settings=SETTINGS, **OPEN), name="schema"),
    path(
        "docs/",
        SpectacularSwaggerSplitView.as_view(url_name="schema", title=SETTINGS["TITLE"], **OPEN),
        name="api-docs",
    ),
]
