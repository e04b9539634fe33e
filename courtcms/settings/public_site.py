"""The public site: its own process and database role, no login, no session, no cookie.

Only the portal and core are installed, so the process does not even know the tables of a case file.
"""

from courtcms.settings import environment as env
from courtcms.settings.base import *  # noqa: F403  Django's convention for layered settings
from courtcms.settings.base import REST_FRAMEWORK as STAFF_REST
from courtcms.settings.base import TEMPLATES as STAFF_TEMPLATES

INSTALLED_APPS = [
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "courtcms.core",
    "publicity.portal",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "courtcms.core.middleware.request_id",
    "csp.middleware.CSPMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "courtcms.core.middleware.no_null_characters",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "courtcms.public_urls"
WSGI_APPLICATION = "courtcms.public_wsgi.application"
TEMPLATES = [
    {
        **STAFF_TEMPLATES[0],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "courtcms.core.context.public_frame",
            ]
        },
    }
]
REST_FRAMEWORK = {
    **STAFF_REST,
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "UNAUTHENTICATED_USER": None,
    "UNAUTHENTICATED_TOKEN": None,
    #: how many proxies of the court stand before the site; only what they add to X-Forwarded-For is believed
    "NUM_PROXIES": int(env.text("COURTCMS_PUBLIC_PROXIES", "0")),
}
DATABASES = {
    "default": env.database(env.text("COURTCMS_PUBLIC_DATABASE_URL", "postgresql://court_public@127.0.0.1/courtcms"))
}
#: the role has no right to write anyway; a search that takes longer than five seconds is given up
DATABASES["default"]["OPTIONS"]["options"] = "-c default_transaction_read_only=on -c statement_timeout=5000"
DATABASES["default"]["CONN_MAX_AGE"] = 600  # signing in anew costs a visitor 25 ms
#: what one process remembers for itself; the court's queue is out of its reach
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}
#: where requests are counted for all processes; empty: each counts for itself
PUBLIC_REDIS_URL = env.text("COURTCMS_PUBLIC_REDIS_URL")
AUTHENTICATION_BACKENDS = []
ERROR_BASE_TEMPLATE = "portal/base.html"
