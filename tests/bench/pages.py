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

WARM, RUNS = 5, 60
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
    few, many = _court(small), _court(large)
    return {
        page: {
            f"p50_{small}": few[page]["p50"],
            f"p50_{large}": many[page]["p50"],
            f"p95_{small}": few[page]["p95"],
            f"p95_{large}": many[page]["p95"],
            "ratio_p50": round(many[page]["p50"] / few[page]["p50"], 2),
            "ratio_p95": round(many[page]["p95"] / few[page]["p95"], 2),
        }
        for page, *_ in PAGES
    }


def _court(cases: int) -> dict[str, dict[str, float]]:
    """The scan runs first, so that desks and inbox have what a real day brings."""
    with courts.copy_of(courts.seeded(cases)) as name:
        courts.manage(name, "scan", "--as-of", courts.TODAY, "--json")
        courts.ask(name, "VACUUM ANALYZE", as_owner=True)
        known = json.loads(courts.manage(name, "shell", "--verbosity", "0", "-c", SESSIONS).splitlines()[-1])
        with served(name, "courtcms.wsgi") as port:
            return {page: _page(port, known[who], path.format(**known)) for page, who, path in PAGES}


def _page(port: int, session: str, path: str) -> dict[str, float]:
    seconds = []
    for turn in range(WARM + RUNS):
        began = time.perf_counter()
        status, size = get(port, path, session)
        if status != 200 or not size:
            raise RuntimeError(f"{path} answered {status}")
        if turn >= WARM:
            seconds.append(time.perf_counter() - began)
    middle = sorted(seconds)[len(seconds) // 2]
    return {"p50": figures.milliseconds(middle), "p95": figures.milliseconds(figures.p95(seconds))}


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
