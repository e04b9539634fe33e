"""Pages of the staff site at two sizes of court, served by one worker of gunicorn."""

import http.client
import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from courtcms.embedded.home import ROOT
from tests.bench import courts, figures

WARM, RUNS = 10, 200
#: page, demo account, address; {case} is a running case of the demo judge
PAGES = (
    ("case list", "chief", "/cases/"),
    ("case page", "judge", "/cases/{case}/"),
    ("time limits on the case page", "judge", "/deadlines/cases/{case}/panel/"),
    ("judge's desk", "judge", "/"),
    ("chief's desk", "chief", "/"),
    ("chief's inbox", "chief", "/oversight/escalations/"),
)
#: run inside the database to be measured: cookies of signed-in people and a case to look at
SESSIONS = """
import json
from django.test import Client
from courtcms.accounts.models import User
from cases.models import Case
found = {}
for name in ("judge", "chief"):
    client = Client()
    client.force_login(User.objects.get(username=name), backend="django.contrib.auth.backends.ModelBackend")
    found[name] = client.cookies["courtcms_session"].value
judge = User.objects.get(username="judge")
found["case"] = Case.objects.visible_to(judge).order_by("-pk").values_list("pk", flat=True).first()
print(json.dumps(found))
"""


def measure(small: int, large: int) -> dict[str, object]:
    """p50 and p95 of each page at both sizes, in milliseconds, and the ratio of the p95."""
    with _court(small) as few, _court(large) as many:
        return {page: _compare(small, large, few[page], many[page]) for page, *_ in PAGES}


@contextmanager
def _court(cases: int) -> Iterator[dict[str, tuple[int, str, str]]]:
    """Port, session and path of each page. The scan runs first, so that desks and inbox have what a real day brings."""
    with courts.copy_of(courts.seeded(cases)) as name:
        courts.manage(name, "scan", "--as-of", courts.TODAY, "--json")
        courts.ask(name, "VACUUM ANALYZE", as_owner=True)
        known = json.loads(courts.manage(name, "shell", "--verbosity", "0", "-c", SESSIONS).splitlines()[-1])
        with served(name, "courtcms.wsgi") as port:
            yield {page: (port, known[who], path.format(**known)) for page, who, path in PAGES}


def _compare(small: int, large: int, few: tuple[int, str, str], many: tuple[int, str, str]) -> dict[str, float]:
    """Both sizes by turns, so that what else the machine does falls on both."""
    seconds: dict[int, list[float]] = {small: [], large: []}
    for turn in range(WARM + RUNS):
        for cases, (port, session, path) in ((small, few), (large, many)):
            began = time.perf_counter()
            status, size = get(port, path, session)
            if status != 200 or not size:
                raise RuntimeError(f"{path} answered {status}")
            if turn >= WARM:
                seconds[cases].append(time.perf_counter() - began)
    middle = {cases: sorted(taken)[len(taken) // 2] for cases, taken in seconds.items()}
    late = {cases: figures.p95(taken) for cases, taken in seconds.items()}
    return {
        **{f"p50_{cases}": figures.milliseconds(taken) for cases, taken in middle.items()},
        **{f"p95_{cases}": figures.milliseconds(taken) for cases, taken in late.items()},
        "ratio_p50": round(middle[large] / middle[small], 2),
        "ratio_p95": round(late[large] / late[small], 2),
    }


def get(port: int, path: str, session: str = "") -> tuple[int, int]:
    """Status and size of a page."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", path, headers={"Cookie": f"courtcms_session={session}"} if session else {})
    answer = connection.getresponse()
    size = len(answer.read())
    connection.close()
    return answer.status, size


@contextmanager
def served(name: str, application: str) -> Iterator[int]:
    """One sync worker of gunicorn on a database; its port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    courts.collect_static()
    command = [sys.executable, "-m", "gunicorn", "--workers", "1", "--no-control-socket", "--log-level", "warning"]
    process = subprocess.Popen(
        [*command, "--bind", f"127.0.0.1:{port}", application], cwd=ROOT, env=courts.environment(name)
    )
    try:
        while True:
            try:
                get(port, "/healthz")
                break
            except OSError:
                if process.poll() is not None:
                    raise RuntimeError("gunicorn did not start") from None
                time.sleep(0.1)
        yield port
    finally:
        process.terminate()
        process.wait()
