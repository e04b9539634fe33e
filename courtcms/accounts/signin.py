"""The sign-in page: a name, a password, and in the demo court the list of people one may be."""

from typing import Any

from allauth.account.forms import ChangePasswordForm, LoginForm, ReauthenticateForm
from allauth.account.views import LoginView
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as CodeReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.conf import settings
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters

from courtcms.accounts import selectors


def _plain(field: forms.Field, label: Any, **attrs: str) -> None:
    """The label says what belongs into a field; a placeholder would vanish while one types."""
    field.label = label
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs.update(attrs)


class SignInForm(LoginForm):
    """User name and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self.fields["login"], _("用户名"), autocapitalize="none", spellcheck="false")
        _plain(self.fields["password"], _("密码"))


class PasswordForm(ChangePasswordForm):
    """The old password once, the new one twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self.fields["oldpassword"], _("现在的密码"))
        _plain(self.fields["password1"], _("新密码"))
        _plain(self.fields["password2"], _("再输一次新密码"))
        self.fields["password1"].help_text = _(
            "至少 10 个字符，不能全是数字，不能是常见密码，也不能与姓名或用户名相近。"
        )


class PasswordAgainForm(ReauthenticateForm):
    """The password once more before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self.fields["password"], _("密码"))


CODE = {"inputmode": "numeric", "autocomplete": "one-time-code", "spellcheck": "false"}


class CodeForm(AuthenticateForm):
    """The six digits of the app, or a recovery code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self.fields["code"], _("验证码或者恢复码"), **CODE)


class CodeAgainForm(CodeReauthenticateForm):
    """The same once more before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self.fields["code"], _("验证码或者恢复码"), **CODE)


class ActivateForm(ActivateTOTPForm):
    """The first code proves that the app holds the secret."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self.fields["code"], _("应用上显示的 6 位数字"), **CODE)


@method_decorator(sensitive_post_parameters("password"), name="dispatch")
class SignInView(LoginView):
    """allauth's sign-in with the demo accounts beside it."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        if settings.DEMO:
            context["demo_people"] = selectors.one_person_per_post()
            context["demo_password"] = settings.DEMO_PASSWORD
        return context
