"""Settings common to the staff site, the public site, worker, beat and tests."""

from pathlib import Path

from django.utils.translation import gettext_lazy as _

from courtcms.settings import environment as env
from courtcms.settings.libs.axes import *  # noqa: F403  one file per library
from courtcms.settings.libs.celery import *  # noqa: F403
from courtcms.settings.libs.csp import *  # noqa: F403
from courtcms.settings.libs.files import *  # noqa: F403
from courtcms.settings.libs.mail import *  # noqa: F403
from courtcms.settings.libs.mfa import *  # noqa: F403
from courtcms.settings.libs.rest import *  # noqa: F403

BASE_DIR = env.BASE_DIR
VAR_DIR = Path(env.text("COURTCMS_VAR") or BASE_DIR / "var")

SECRET_KEY = env.secret("COURTCMS_SECRET_KEY", VAR_DIR)
#: keys for encrypted columns, newest first; older ones still decrypt (key rotation)
COURTCMS_FIELD_KEYS = [env.secret("COURTCMS_FIELD_KEY", VAR_DIR), *env.words("COURTCMS_OLD_FIELD_KEYS")]
DEBUG = False
DEMO = env.flag("COURTCMS_DEMO", True)
#: of every account of the demo court; the sign-in page shows it there and nowhere else
DEMO_PASSWORD = "court-demo-2026"  # noqa: S105  printed at every start of the demo, refused in production
ALLOWED_HOSTS = env.words("COURTCMS_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = env.words("COURTCMS_TRUSTED_ORIGINS")

#: where the public site is asked whether a document stands there, or stands there no more
PUBLIC_SITE_ADDRESS = env.text(
    "COURTCMS_PUBLIC_ADDRESS", f"http://127.0.0.1:{env.text('COURTCMS_PUBLIC_PORT', '8001')}"
)
#: the court this installation belongs to; everything else about it is data
COURTCMS_COURT_CODE = env.text("COURTCMS_COURT_CODE", "津02")
#: its name on every page of both sites; the public site cannot read the table of courts
COURTCMS_COURT_NAME = env.text("COURTCMS_COURT_NAME", "天津市第二中级人民法院")
COURTCMS_COURT_NAME_EN = env.text("COURTCMS_COURT_NAME_EN", "Tianjin No. 2 Intermediate People's Court")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "django_htmx",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "axes",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "knox",
    "courtcms.core",
    "courtcms.audit",
    "courtcms.courts",
    "courtcms.accounts",
    "courtcms.notices",
    "courtcms.files",
    "courtcms.approvals",
    "cases",
    "deadlines",
    "publicity",
    "publicity.portal",
    "oversight",
    "courtcms.desks",
    "courtcms.demo",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "courtcms.core.middleware.request_id",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "courtcms.core.middleware.no_null_characters",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "courtcms.accounts.middleware.idle_session",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "courtcms.accounts.middleware.second_factor",
    "axes.middleware.AxesMiddleware",
    "courtcms.core.middleware.refusals",
]

ROOT_URLCONF = "courtcms.urls"
WSGI_APPLICATION = "courtcms.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "courtcms.core.context.frame",
            ],
        },
    }
]
ERROR_BASE_TEMPLATE = "base.html"  # what error pages stand in; the public site names its own
CSRF_FAILURE_VIEW = "courtcms.core.views.csrf_failure"
COMPONENT_GALLERY = False  # /design/, in development only
FORM_RENDERER = "courtcms.core.forms.CourtRenderer"

DATABASES = {"default": env.database(env.text("COURTCMS_DATABASE_URL", "postgresql://court_app@127.0.0.1/courtcms"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
REDIS_URL = env.text("COURTCMS_REDIS_URL", "redis://127.0.0.1:6379/0")
CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk"
SESSION_COOKIE_AGE = 8 * 3600  # a working day
SESSION_IDLE_SECONDS = 45 * 60  # then the person signs in again
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_NAME = "courtcms_session"
CSRF_COOKIE_NAME = "courtcms_csrf"
SESSION_ENGINE = "django.contrib.sessions.backends.db"  # Redis may be wiped without signing anybody out
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("简体中文")), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale" / floor for floor in ("courtcms", "cases", "deadlines", "publicity", "oversight")]
USE_I18N = True
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "courtcms" / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = VAR_DIR / "files"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {"axes": {"level": "WARNING"}, "django.request": {"level": "ERROR"}},
}
