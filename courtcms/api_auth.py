"""How a token signs in. A module of its own, because the library loads it before its views exist."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from knox.auth import TokenAuthentication
from rest_framework.exceptions import AuthenticationFailed


class CourtTokenAuthentication(TokenAuthentication):
    """A token ends when its owner's password is changed, as sessions do."""

    def authenticate_credentials(self, token: bytes) -> tuple[Any, Any]:
        """User and token, or AuthenticationFailed."""
        user, held = super().authenticate_credentials(token)
        if user.password_changed_at is not None and held.created < user.password_changed_at:
            raise AuthenticationFailed(_("密码已修改，请重新取得令牌。"))
        return user, held
