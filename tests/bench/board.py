"""The board of long-pending cases and the heartbeat page on a grown court; a docket entry while the scan is at work."""

import json
import subprocess
import sys
import time

from courtcms.embedded.home import ROOT
from tests.bench import courts, figures, pages, scan

RUNS = 20
PAGES = (
    ("board", "/deadlines/longpending/"), ("signals", "/deadlines/signals/"), ("heartbeat", "/deadlines/scans/"),
    ("list of limits", "/deadlines/"), ("list behind a number", "/deadlines/longpending/cases/?flow=coming&days=60"),
)  # fmt: skip
SESSION = """
from django.test import Client
from courtcms.accounts.models import User
client = Client()
client.force_login(User.objects.get(username="management"), backend="django.contrib.auth.backends.ModelBackend")
print(client.cookies["courtcms_session"].value)
"""
#: writes docket entries one after the other, each by its audited service, and prints the milliseconds of each
WRITING = """
import json, sys, time
from cases.docket import services
from cases.models import Case
from courtcms.core import clock
judge_cases = list(Case.objects.open().exclude(judge=None).select_related("judge").order_by("pk")[:200])
found = []
until = time.monotonic() + 20
for case in judge_cases:
    began = time.monotonic()
    services.enter(actor=case.judge, case=case, kind="inquiry", happened_on=clock.today(), note="bench")
    found.append(round((time.monotonic() - began) * 1000, 1))
    if time.monotonic() > until: break
print(json.dumps(found))
"""


def measure_pages(name: str) -> dict[str, object]:
    """p50 and p95 of each page after a scan and its follow-up, in milliseconds."""
    with courts.copy_of(name) as copy:
        courts.manage(copy, "scan", "--as-of", courts.TODAY, "--json")
        began = time.perf_counter()
        courts.manage(copy, "shell", "--verbosity", "0", "-c",
                      "from deadlines.longpending.services import refresh; refresh()")  # fmt: skip
        refreshed = time.perf_counter() - began
        courts.ask(copy, "VACUUM ANALYZE", as_owner=True)
        quiet = scan.scanned_by_command(copy)
        session = courts.manage(copy, "shell", "--verbosity", "0", "-c", SESSION).splitlines()[-1]
        found: dict[str, object] = {"refresh_seconds": round(refreshed, 1), "nothing_to_do_seconds": quiet["seconds"]}
        with pages.served(copy, "courtcms.wsgi") as port:
            for page, path in PAGES:
                pages.get(port, path, session)
                seconds = [figures.timed(lambda path=path: pages.get(port, path, session)) for _ in range(RUNS)]
                found[page] = {
                    "p50": figures.milliseconds(sorted(seconds)[RUNS // 2]),
                    "p95": figures.milliseconds(figures.p95(seconds)),
                }
    return found


def docket_during_scan(name: str) -> dict[str, object]:
    """Milliseconds of a docket entry while the first scan of the court is at work."""
    with courts.copy_of(name) as copy:
        command = [sys.executable, "manage.py", "scan", "--as-of", courts.TODAY, "--json"]
        running = subprocess.Popen(
            command, cwd=ROOT, env=courts.environment(copy), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        time.sleep(6)
        out = courts.manage(copy, "shell", "--verbosity", "0", "-c", WRITING).splitlines()[-1]
        still = running.poll() is None
        running.terminate()
        running.wait()
    taken = json.loads(out)
    return {"entries": len(taken), "p50": sorted(taken)[len(taken) // 2], "p95": figures.p95(taken), "most": max(taken),
            "scan_still_running": still}  # fmt: skip
