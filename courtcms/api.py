"""The staff API below /api/v1/: view sets of the rooms, tokens, description. Closed unless a view opens it."""

from __future__ import annotations

from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.routers import APIRootView, DefaultRouter

from courtcms.accounts.decorators import Permitted
from courtcms.api_tokens import OwnToken, OwnTokens, TokenLogin

READ = {"permission_classes": [Permitted("api.schema")]}


class Root(APIRootView):
    """The addresses of the lists that this API offers."""

    permission_classes = [Permitted("api.schema")]
    schema = None


class Router(DefaultRouter):
    """Trailing slashes, JSON only, a closed root."""

    APIRootView = Root
    include_format_suffixes = False


router = Router()

urlpatterns = [
    path("tokens/login/", TokenLogin.as_view(), name="token-login"),
    path("tokens/", OwnTokens.as_view(), name="token-list"),
    path("tokens/<slug:key>/", OwnToken.as_view(), name="token-revoke"),
    path("schema/", SpectacularAPIView.as_view(**READ), name="schema"),
    path("docs/", SpectacularSwaggerSplitView.as_view(url_name="schema", **READ), name="api-docs"),
    path("", include(router.urls)),
]
