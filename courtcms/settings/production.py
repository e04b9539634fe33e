"""Production: no demo, secrets from the environment only, cookies over TLS, a second factor for chiefs and above."""

from django.core.exceptions import ImproperlyConfigured

from courtcms.settings import environment as env
from courtcms.settings.base import *  # noqa: F403

DEMO = False
DEBUG = False
missing = [
    name
    for name in (
        "COURTCMS_SECRET_KEY",
        "COURTCMS_FIELD_KEY",
        "COURTCMS_DATABASE_URL",
        "COURTCMS_REDIS_URL",
        "COURTCMS_HOSTS",
    )
    if not env.text(name)
]
if missing:
    raise ImproperlyConfigured("production needs these variables: " + ", ".join(missing))
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = env.flag("COURTCMS_SSL_REDIRECT", True)
SECURE_HSTS_SECONDS = 31_536_000
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SECOND_FACTOR_FORCED = True
