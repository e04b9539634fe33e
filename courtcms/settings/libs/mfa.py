"""django-allauth: sign-in by user name, TOTP second factor with recovery codes; nobody signs up by himself."""

ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "courtcms.accounts.adapter.CourtAccountAdapter"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_RATE_LIMITS = {"login_failed": None}  # django-axes counts failures, once
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_TOLERANCE = 1  # a phone may be half a minute off
MFA_TOTP_ISSUER = "courtcms"
SECOND_FACTOR_FORCED = False
ACCOUNT_SESSION_REMEMBER = False  # the cookie ends with the browser
ACCOUNT_FORMS = {
    "login": "courtcms.accounts.signin.SignInForm",
    "change_password": "courtcms.accounts.signin.PasswordForm",
    "reauthenticate": "courtcms.accounts.signin.PasswordAgainForm",
}
MFA_ADAPTER = "courtcms.accounts.adapter.CourtSecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "courtcms.accounts.signin.CodeForm",
    "reauthenticate": "courtcms.accounts.signin.CodeAgainForm",
    "activate_totp": "courtcms.accounts.signin.ActivateForm",
}
