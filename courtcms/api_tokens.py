"""Tokens of the staff API: given out by name, password and second factor, listed and given back by their owner."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import authenticate
from django.utils.translation import gettext as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.utils import extend_schema
from knox.models import AuthToken
from rest_framework import serializers, status
from rest_framework.exceptions import Throttled
from rest_framework.generics import GenericAPIView
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import AnonRateThrottle

from courtcms.accounts.decorators import Permitted
from courtcms.accounts.policy import needs_second_factor
from courtcms.audit.services import record
from courtcms.core import clock
from courtcms.core.errors import NotAllowed, Reason

MOST_TOKENS = 10


class CourtTokenScheme(OpenApiAuthenticationExtension):
    """How the API description names it."""

    target_class = "courtcms.api_auth.CourtTokenAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        """`Authorization: Token …`."""
        text = "`Token` and the value that /api/v1/tokens/login/ answers, e.g. `Token 0123…`."
        return {"type": "apiKey", "in": "header", "name": "Authorization", "description": text}


class LoginRate(AnonRateThrottle):
    """Attempts per address; django-axes also counts failures per name and address."""

    scope = "token-login"
    rate = "30/min"


class LoginSerializer(serializers.Serializer):
    """`code` is the six digits of the second factor, for people who have one."""

    username = serializers.CharField(max_length=60)
    password = serializers.CharField(max_length=128, trim_whitespace=False, write_only=True)
    code = serializers.CharField(max_length=20, required=False, allow_blank=True, write_only=True)


class IssuedSerializer(serializers.Serializer):
    """The token is shown this once; only its digest is kept."""

    token = serializers.CharField()
    key = serializers.CharField()
    expires_at = serializers.DateTimeField()


class TokenSerializer(serializers.ModelSerializer):
    """A token of one's own, without the token."""

    key = serializers.CharField(source="token_key")
    created_at = serializers.DateTimeField(source="created")
    expires_at = serializers.DateTimeField(source="expiry")

    class Meta:
        model = AuthToken
        fields = ["key", "created_at", "expires_at"]


def _second_factor(user: Any, code: str) -> None:
    """Refuse without the second factor where the person has one or must have one."""
    if not is_mfa_enabled(user):
        if settings.SECOND_FACTOR_FORCED and needs_second_factor(user):
            remedy = _("先在网页上登录并启用第二重验证")
            raise NotAllowed(Reason(_("您的职务须用第二重验证"), field="code", code="second_factor", remedy=remedy))
        return
    held = Authenticator.objects.filter(user=user).order_by("pk")
    if not any(factor.wrap().validate_code(code) for factor in held if code):
        raise NotAllowed(Reason(_("验证码不对或者已经过期。"), field="code", code="second_factor"))


@extend_schema(tags=["tokens"], request=LoginSerializer, responses={201: IssuedSerializer}, auth=[])
class TokenLogin(GenericAPIView):
    """Obtain a token by user name, password and, where there is one, the second factor. Valid for 12 hours."""

    permission_classes = [AllowAny]
    authentication_classes: list[Any] = []
    throttle_classes = [LoginRate]
    serializer_class = LoginSerializer

    def post(self, request: Request) -> Response:
        """201 with the token; 400 for a wrong name or password; 403 without the second factor; 429 when locked."""
        form = self.get_serializer(data=request.data)
        form.is_valid(raise_exception=True)
        given = form.validated_data
        user = authenticate(request._request, username=given["username"], password=given["password"])
        if getattr(request._request, "axes_locked_out", False):
            raise Throttled(wait=settings.AXES_COOLOFF_TIME.total_seconds())
        if user is None or not user.is_active:
            raise serializers.ValidationError({"password": [_("用户名或密码不对。")]}, code="wrong_password")
        _second_factor(user, given.get("code", ""))
        own = AuthToken.objects.filter(user=user).order_by("-created")
        AuthToken.objects.filter(pk__in=list(own.values_list("pk", flat=True)[MOST_TOKENS - 1 :])).delete()
        held, token = AuthToken.objects.create(user=user)
        record(actor=user, verb="api.token_issue", target=user, after={"key": held.token_key})
        issued = {"token": token, "key": held.token_key, "expires_at": held.expiry}
        return Response(IssuedSerializer(issued).data, status=status.HTTP_201_CREATED)


@extend_schema(tags=["tokens"])
class OwnTokens(GenericAPIView):
    """The valid tokens of the person asking, newest first."""

    permission_classes = [Permitted("accounts.own")]
    serializer_class = TokenSerializer
    pagination_class = None
    queryset = AuthToken.objects.none()

    @extend_schema(responses={200: TokenSerializer(many=True)})
    def get(self, request: Request) -> Response:
        """At most ten."""
        held = AuthToken.objects.filter(user=request.user, expiry__gt=clock.now()).order_by("-created")
        return Response(TokenSerializer(held, many=True).data)


@extend_schema(tags=["tokens"])
class OwnToken(GenericAPIView):
    """One token of the person asking."""

    permission_classes = [Permitted("accounts.own")]
    serializer_class = TokenSerializer
    queryset = AuthToken.objects.none()

    @extend_schema(request=None, responses={204: None})
    def delete(self, request: Request, key: str) -> Response:
        """Revoke it. Revoking a token that is not there is no error: it is not there."""
        removed, _models = AuthToken.objects.filter(user=request.user, token_key=key).delete()
        if removed:
            record(actor=request.user, verb="api.token_revoke", target=request.user, after={"key": key})
        return Response(status=status.HTTP_204_NO_CONTENT)
