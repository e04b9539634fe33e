"""How django-allauth behaves here: nobody signs up, its words are the house's, and a sign-in leaves a trace."""

import base64
import hashlib
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from courtcms.audit.services import record

#: the few of allauth's notices that are worth a line; the others only tell what one sees anyway
NOTICES = {
    "account/messages/password_changed.txt": _("密码已修改"),
    "mfa/messages/totp_activated.txt": _("第二重验证已启用"),
    "mfa/messages/totp_deactivated.txt": _("第二重验证已停用"),
    "mfa/messages/recovery_codes_generated.txt": _("恢复码已更换，旧的不再有效"),
}


class CourtAccountAdapter(DefaultAccountAdapter):
    """Accounts are made by the administrator with an appointment."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": _("用户名或密码不对。"),
        "incorrect_password": _("密码不对。"),
        "enter_current_password": _("请输入现在的密码。"),
        "too_many_login_attempts": _("尝试次数过多，请稍后再试。"),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def add_message(
        self, request: HttpRequest, level: int, message_template: str | None = None, *args: Any, **kwargs: Any
    ) -> None:
        """One short line in the language of the page, for those notices that say something new."""
        if message_template in NOTICES:
            messages.success(request, NOTICES[message_template])

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse:
        """Every sign-in is an entry of the trail."""
        record(actor=user, verb="account.sign_in", target=user)
        return super().post_login(request, user, **kwargs)


def _fernet() -> MultiFernet:
    keys = (hashlib.sha256(f"second-factor:{key}".encode()).digest() for key in settings.COURTCMS_FIELD_KEYS)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in keys])


class CourtSecondFactorAdapter(DefaultMFAAdapter):
    """TOTP secrets and recovery codes are stored encrypted under the keys of the encrypted columns."""

    error_messages = DefaultMFAAdapter.error_messages | {"incorrect_code": _("验证码不对或者已经过期。")}

    def encrypt(self, text: str) -> str:
        """Encrypt under the newest key."""
        return _fernet().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Decrypt under whichever key fits."""
        return _fernet().decrypt(encrypted_text.encode()).decode()
