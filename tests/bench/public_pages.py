"""Pages of the public site: every kind of page at full size, then one document asked for as fast as wrk can.

nginx serves the same bytes in the same run, so that the ratio does not depend on the machine. wrk and nginx are used
when they are installed and left out with a word when not.
"""

import gzip
import http.client
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from courtcms.embedded.postgres import free_port
from tests.bench import figures, library, pages, public

RUNS, WARM = 40, 3
PAGES = (
    "/", "/en/", "/judgments/", "/judgments/?kind=judgment&order=judged", "/judgments/?court=天津市第二中级人民法院",
    "{document}", "{document}text/", "{document}docx/", "{document}pdf/", "{document}xml/", "/hearings/", "/notices/",
    "/withdrawals/", "/statistics/", "/about/", "/feed.atom", "/sitemap.xml", "/sitemap-{last}.xml", "/bulk.ndjson",
    "/api/v1/judgments/", "/api/v1/judgments/?q=房屋质量",
)  # fmt: skip
SECONDS, CONNECTIONS = 5, 8
WAYS = ("304", "packed", "whole")
NGINX = """
daemon off; pid {folder}/pid; error_log stderr crit; worker_processes {cores}; {user}
events {{ worker_connections 256; }}
http {{
    access_log off; etag on; gzip_static on; types {{ }} default_type "text/html; charset=utf-8";
    keepalive_requests 1000000;
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fcgi;
    uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
    add_header Cache-Control "public, max-age=0, must-revalidate";
    server {{ listen 127.0.0.1:{port}; root {folder}/www; }}
}}
"""


def measure() -> dict[str, object]:
    """First, p50 and p95 of each page in milliseconds; requests a second of a document, beside nginx."""
    name = library.published()
    last = -(-library.count(name) // 5000)
    found: dict[str, object] = {"documents": library.count(name), "cores": public.cores()}
    with public.served(name) as port:
        document = _newest(port)
        found["pages"] = {page: _page(port, page.format(document=document, last=last)) for page in PAGES}
        found["requests_per_second"] = _race(port, document)
    return found


def _newest(port: int) -> str:
    """Path of a document."""
    _status, _headers, body = ask(port, "/")
    path = re.search(rb"/judgments/[a-z0-9]{12}/", body)
    if path is None:
        raise RuntimeError("the first page names no document")
    return path[0].decode()


def ask(port: int, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body of a page."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer.status, dict(answer.headers), body


def _page(port: int, path: str) -> dict[str, float]:
    seconds = []
    address = "".join(one if one.isascii() else "".join(f"%{byte:02X}" for byte in one.encode()) for one in path)
    for _turn in range(WARM + RUNS):
        began = time.perf_counter()
        status, size = pages.get(port, address)
        seconds.append(time.perf_counter() - began)
        if status not in (200, 429) or not size:
            raise RuntimeError(f"{path} answered {status}")
    warm = seconds[WARM:]
    return {
        "first": figures.milliseconds(seconds[0]),
        "p50": figures.milliseconds(sorted(warm)[RUNS // 2]),
        "p95": figures.milliseconds(figures.p95(warm)),
    }


def _race(port: int, document: str) -> dict[str, object]:
    """The document asked again with its tag (304), as packed page and as it is; the same of nginx, by turns."""
    wrk = shutil.which("wrk")
    if wrk is None:
        return {"left out": "wrk is not installed"}
    _status, headers, body = ask(port, document)
    racers = {"ours": (port, document, headers["ETag"])}
    with _nginx(body) as beside:
        if beside:
            racers["nginx"] = (beside, "/page", ask(beside, "/page")[1]["ETag"])
        found: dict[str, dict[str, list[float]]] = {way: {name: [] for name in racers} for way in WAYS}
        for _turn in range(3):
            for way in WAYS:
                for name, (where, path, tag) in racers.items():
                    header = {"304": f"If-None-Match: {tag}", "packed": "Accept-Encoding: gzip", "whole": "X-Plain: 1"}
                    found[way][name].append(_wrk(wrk, f"http://127.0.0.1:{where}{path}", header[way]))
    best = {way: {name: max(taken) for name, taken in runs.items()} for way, runs in found.items()}
    result: dict[str, object] = {"bytes": len(body), "bytes packed": len(gzip.compress(body, 6)), **best}
    if beside:
        result["ratio"] = {way: round(runs["ours"] / runs["nginx"], 3) for way, runs in best.items()}
    else:
        result["left out"] = "nginx is not installed"
    return result


def _wrk(program: str, address: str, header: str) -> float:
    command = [program, "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "-H", header, address]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    if "Non-2xx" in said or "Socket errors" in said:
        raise RuntimeError(said)
    rate = re.search(r"Requests/sec:\s+([\d.]+)", said)
    return float(rate[1]) if rate else 0.0


@contextmanager
def _nginx(body: bytes) -> Iterator[int]:
    """The port of an nginx that serves these bytes as a file, packed beforehand too; 0 without nginx."""
    program = shutil.which("nginx") or shutil.which("/usr/sbin/nginx")
    if program is None:
        yield 0
        return
    folder = Path(tempfile.mkdtemp(prefix="courtcms-nginx-"))
    folder.chmod(0o755)
    (folder / "www").mkdir()
    (folder / "www" / "page").write_bytes(body)
    (folder / "www" / "page.gz").write_bytes(gzip.compress(body, 6))
    port = free_port()
    user = "user root;" if Path("/proc/self").stat().st_uid == 0 else ""
    settings = NGINX.format(folder=folder, cores=public.cores(), port=port, user=user)
    (folder / "nginx.conf").write_text(settings)
    process = subprocess.Popen([program, "-p", str(folder), "-c", str(folder / "nginx.conf")])
    try:
        while True:
            try:
                ask(port, "/page")
                break
            except OSError:
                if process.poll() is not None:
                    raise RuntimeError("nginx did not start") from None
                time.sleep(0.1)
        yield port
    finally:
        process.terminate()
        process.wait()
        shutil.rmtree(folder, ignore_errors=True)
