"""Tests: real PostgreSQL and Redis, quick password hashing, unhashed static files."""

from courtcms.settings import environment as env
from courtcms.settings.base import *  # noqa: F403

DATABASES = {
    "default": env.database(
        env.text("COURTCMS_OWNER_DATABASE_URL")
        or env.text("COURTCMS_DATABASE_URL", "postgresql://court_owner@127.0.0.1/courtcms")
    )
}
DATABASES["default"]["CONN_MAX_AGE"] = 0
DEMO = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
AXES_ENABLED = False  # switched on by the test of the throttle
