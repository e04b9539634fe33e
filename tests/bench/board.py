"""The board of long-pending cases and the heartbeat page on a grown court; docket entries while the scan is at work."""

import http.client
import json
import subprocess
import sys
import time
from urllib.parse import urlencode

from courtcms.embedded.home import ROOT
from tests.bench import courts, figures, pages, scan

RUNS = 40
PAGES = (
    ("board", "tmo", "/deadlines/longpending/"), ("board at 6 months", "tmo", "/deadlines/longpending/?line=6"),
    ("board of one division", "chief", "/deadlines/longpending/"),
    ("heartbeat", "tmo", "/deadlines/scans/"), ("signals", "tmo", "/deadlines/signals/"),
    ("list of what will cross", "tmo", "/deadlines/longpending/cases/?flow=coming&days=60"),
    ("list of what waits for nobody", "tmo", "/deadlines/longpending/cases/?wait=nobody"),
    ("list of what crossed in a month", "tmo", "/deadlines/longpending/cases/?flow=in&month=2026-10"),
)  # fmt: skip
SESSIONS = """
import json
from django.test import Client
from courtcms.accounts.models import User
from cases.models import Case
found = {}
for name in ("tmo", "chief", "judge"):
    client = Client()
    client.force_login(User.objects.get(username=name), backend="django.contrib.auth.backends.ModelBackend")
    found[name] = client.cookies["courtcms_session"].value
judge = User.objects.get(username="judge")
found["cases"] = list(Case.objects.open().filter(judge=judge).order_by("?").values_list("pk", flat=True)[:2000])
print(json.dumps(found))
"""
TOKEN = "benchbenchbenchbenchbenchbenchbe"  # cookie and form field only have to agree
ENTRIES, PAUSE = 400, 0.05


def measure_pages(name: str) -> dict[str, object]:
    """p50 and p95 of each page after a scan and its follow-up, in milliseconds; seconds of working the board out."""
    with courts.copy_of(name) as copy:
        courts.manage(copy, "scan", "--as-of", courts.TODAY, "--json")
        began = time.perf_counter()
        courts.manage(copy, "shell", "--verbosity", "0", "-c",
                      "from deadlines.longpending.services import refresh; refresh()")  # fmt: skip
        refreshed = time.perf_counter() - began
        courts.ask(copy, "VACUUM ANALYZE", as_owner=True)
        quiet = scan.scanned_by_command(copy)
        known = _known(copy)
        found: dict[str, object] = {"refresh_seconds": round(refreshed, 1), "nothing_to_do_seconds": quiet["seconds"]}
        with pages.served(copy, "courtcms.wsgi") as port:
            for page, who, path in PAGES:
                seconds = []
                for turn in range(RUNS + 3):
                    began = time.perf_counter()
                    status, _size = pages.get(port, path, known[who])
                    if status != 200:
                        raise RuntimeError(f"{path} answered {status}")
                    if turn >= 3:
                        seconds.append(time.perf_counter() - began)
                found[page] = _told(seconds)
    return found


def docket_during_scan(name: str) -> dict[str, object]:
    """Milliseconds of a docket entry by its page: before a scan, and while the first scan of the court is at work."""
    with courts.copy_of(name) as copy, pages.served(copy, "courtcms.wsgi") as port:
        known = _known(copy)
        waiting = iter(known["cases"])
        alone = [_enter(port, known["judge"], next(waiting)) for _ in range(60)][10:]
        command = [sys.executable, "manage.py", "scan", "--as-of", courts.TODAY, "--json"]
        running = subprocess.Popen(command, cwd=ROOT, env=courts.environment(copy), stdout=subprocess.DEVNULL)
        try:
            head = _alerts(copy)
            while _alerts(copy) == head:  # until its first batch is there
                time.sleep(0.2)
            during = []
            while running.poll() is None and len(during) < ENTRIES:
                during.append(_enter(port, known["judge"], next(waiting)))
                time.sleep(PAUSE)
            scanned = _alerts(copy) - head
            still = running.poll() is None
        finally:
            running.terminate()
            running.wait()
    return {"alone": _told(alone), "during": _told(during), "most": figures.milliseconds(max(during)),
            "entries": len(during), "alerts_meanwhile": scanned, "scan_still_running": still}  # fmt: skip


def _known(name: str) -> dict[str, object]:
    return json.loads(courts.manage(name, "shell", "--verbosity", "0", "-c", SESSIONS).splitlines()[-1])


def _alerts(name: str) -> int:
    return int(str(courts.ask(name, "SELECT coalesce(max(id), 0) FROM deadlines_alert")[0][0]))


def _enter(port: int, session: str, case: int) -> float:
    """Seconds of one entry, as a browser with htmx sends it; the answer is the timeline drawn anew."""
    body = urlencode({"line": "询问 bench", "csrfmiddlewaretoken": TOKEN})
    headers = {
        "Cookie": f"courtcms_session={session}; courtcms_csrf={TOKEN}", "HX-Request": "true",
        "Content-Type": "application/x-www-form-urlencoded",
    }  # fmt: skip
    began = time.perf_counter()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("POST", f"/cases/{case}/docket/", body=body.encode(), headers=headers)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    if answer.status != 200:
        raise RuntimeError(f"an entry in case {case} answered {answer.status}")
    return time.perf_counter() - began


def _told(seconds: list[float]) -> dict[str, float]:
    return {
        "p50": figures.milliseconds(sorted(seconds)[len(seconds) // 2]),
        "p95": figures.milliseconds(figures.p95(seconds)),
    }
