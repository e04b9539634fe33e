"""The Celery app and the whole schedule, one sentence an entry."""

import os
from typing import Any

from celery import Celery
from celery.schedules import crontab
from celery.signals import worker_ready

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "courtcms.settings")

app = Celery("courtcms")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

#: code-reviewed on purpose: nobody can switch the overdue scan off in a form
app.conf.beat_schedule = {
    "each night at 0:30 the clocks of all open cases are scanned and alerts raised": {
        "task": "deadlines.scan_daily",
        "schedule": crontab(hour=0, minute=30),
    },
    "each night at 0:15 periods of parties that are over end, and judgments become final": {
        "task": "deadlines.settle_periods",
        "schedule": crontab(hour=0, minute=15),
    },
    "each hour at 5 past a scan that was missed is made up for": {
        "task": "deadlines.scan_catch_up",
        "schedule": crontab(minute=5),
    },
    "each night at 1:10 measures about to expire, measures that lapsed and appraisals to be chased are found": {
        "task": "deadlines.watch_subjects",
        "schedule": crontab(hour=1, minute=10),
    },
    "each hour at 20 past escalations without an answer climb and those without a cause close": {
        "task": "oversight.work_off_escalations",
        "schedule": crontab(minute=20),
    },
    "every five minutes imports of cases that wait or were left half-way are gone on with": {
        "task": "cases.resume_imports",
        "schedule": crontab(minute="*/5"),
    },
    "every minute what parties see of their cases is brought up to date where it is still owed": {
        "task": "publicity.show_parties",
        "schedule": crontab(),
    },
    "each night at 0:45 query codes of parties that ran out end, and benches that changed are shown anew": {
        "task": "publicity.settle_parties",
        "schedule": crontab(hour=0, minute=45),
    },
    "every two minutes batches of judgments that wait or were left half-way are gone on with": {
        "task": "publicity.resume_batches",
        "schedule": crontab(minute="1-59/2"),
    },
    "every two minutes uploaded judgments not yet read for further names are gone on with": {
        "task": "publicity.resume_names",
        "schedule": crontab(minute="1-59/2"),
    },
    "every two minutes reports of visitors are taken in and those unanswered after a day are reminded of": {
        "task": "publicity.receive_reports",
        "schedule": crontab(minute="*/2"),
    },
    "every five minutes the public site is asked whether each document stands there, or no more, as recorded": {
        "task": "publicity.prove_surfaces",
        "schedule": crontab(minute="*/5"),
    },
    "every two minutes published documents whose case file or rules changed are looked at again": {
        "task": "publicity.recheck_owed",
        "schedule": crontab(minute="*/2"),
    },
    "each night at 3:10 published documents are looked at again whose case file or rules changed since": {
        "task": "publicity.recheck_published",
        "schedule": crontab(hour=3, minute=10),
    },
    "each night at 2:10 the whole trail is verified and the result entered in it": {
        "task": "courtcms.audit.tasks.verify_trail",
        "schedule": crontab(hour=2, minute=10),
    },
    "each morning at 7:30 everyone's unread notices are written into one mail": {
        "task": "notices.daily_digest",
        "schedule": crontab(hour=7, minute=30),
    },
    "every ten minutes mail that could not be sent is tried again": {
        "task": "notices.send_pending",
        "schedule": crontab(minute="*/10"),
    },
}


@worker_ready.connect
def make_up_for_what_was_missed(**signal: Any) -> None:
    """A worker that comes up, at the first start or after an outage, asks at once whether a scan is owed."""
    app.send_task("deadlines.scan_catch_up")
