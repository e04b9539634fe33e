"""Tests: real PostgreSQL and Redis, quick password hashing, unhashed static files."""

from courtcms.settings.base import *  # noqa: F403

DATABASES["default"]["CONN_MAX_AGE"] = 0
DEMO = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
AXES_ENABLED = False  # switched on by the test of the throttle
COMPONENT_GALLERY = True
