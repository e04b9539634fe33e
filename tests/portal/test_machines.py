"""What machines read, from the real public process: feed, site map, robots, headers, and the whole collection."""

from __future__ import annotations

import http.client
import json
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import pytest

from publicity.portal.contract import NON_PUBLICATION_REASONS
from tests.portal import documents
from tests.publicity.opened import text_of_pdf

ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def get(site: str, path: str, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], bytes]:
    place = urlsplit(site)
    wire = http.client.HTTPConnection(place.hostname, place.port, timeout=20)
    wire.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    answer = wire.getresponse()
    found = answer.status, {name.lower(): value for name, value in answer.headers.items()}, answer.read()
    wire.close()
    return found


def check_feed(site: str, path: str) -> None:
    """RFC 4287: feed and entries have id, title and updated; ids are unique; links lead to documents."""
    root = ET.fromstring(get(site, "/feed.atom")[2])
    assert root.tag == f"{ATOM}feed"
    entries = root.findall(f"{ATOM}entry")
    assert len(entries) == 2
    for part in (root, *entries):
        for name in ("id", "title", "updated"):
            assert len(part.findall(f"{ATOM}{name}")) == 1, name
        assert datetime.fromisoformat(part.findtext(f"{ATOM}updated", "")).tzinfo is not None
    assert root.find(f"{ATOM}author") is not None or all(e.find(f"{ATOM}author") is not None for e in entries)
    assert len({entry.findtext(f"{ATOM}id") for entry in entries}) == len(entries)
    own = [link.get("href", "") for link in root.findall(f"{ATOM}link") if link.get("rel") == "self"]
    assert own == [f"{site}/feed.atom"]
    links = [link.get("href", "") for entry in entries for link in entry.findall(f"{ATOM}link")]
    assert f"{site}{path}" in links and all(get(site, urlsplit(link).path)[0] == 200 for link in links)


def check_site_map(site: str, path: str, gone: str) -> None:
    """Every part that the index names is there; each document that stands is in it once, with a day."""
    lines = get(site, "/robots.txt")[2].decode().splitlines()
    (index,) = [line.removeprefix("Sitemap: ") for line in lines if line.startswith("Sitemap: ")]
    parts = [place.text or "" for place in ET.fromstring(get(site, urlsplit(index).path)[2]).iter(f"{MAP}loc")]
    found: list[str] = []
    for part in parts:
        root = ET.fromstring(get(site, urlsplit(part).path)[2])
        assert root.tag == f"{MAP}urlset" and len(root)
        for entry in root:
            assert [child.tag for child in entry] == [f"{MAP}loc", f"{MAP}lastmod"]
            datetime.fromisoformat(entry.findtext(f"{MAP}lastmod", ""))
            found.append(entry.findtext(f"{MAP}loc", ""))
    assert len(found) == len(set(found)) and f"{site}{path}" in found and f"{site}{gone}" not in found


def check_headers(site: str, path: str) -> None:
    """No cookie anywhere; every page may be kept and must be asked for; what carries a tag answers it with 304."""
    pages = ["/", "/en/", "/judgments/?q=%E5%90%88%E5%90%8C", path, f"{path}text/", f"{path}pdf/", "/feed.atom"]
    pages += ["/hearings/", "/notices/", "/withdrawals/", "/statistics/", "/about/", "/sitemap.xml"]
    for page in [*pages, "/api/v1/judgments/", "/api/v1/notices/", "/bulk.ndjson"]:
        status, headers, _body = get(site, page)
        assert status == 200 and "set-cookie" not in headers, page
        told = {part.strip() for part in headers["cache-control"].split(",")}
        assert told == {"public", "max-age=0", "must-revalidate"}, page
        assert headers["x-content-type-options"] == "nosniff"
        assert get(site, page, if_none_match=headers["etag"])[0] == 304, page
    for page, status in (("/nothing/", 404), ("/judgments/?page=0", 400), (f"{path}report/", 200)):
        found, headers, _body = get(site, page)
        assert found == status and "set-cookie" not in headers
        assert {"no-cache", "no-store"} & set(headers.get("cache-control", "no-cache").split(", ")), page


def check_redirects(site: str, path: str) -> None:
    """An address without its last stroke leads to the document, for ever."""
    status, headers, _body = get(site, path.rstrip("/"))
    assert (status, urlsplit(headers["location"]).path) == (301, path)


def check_statistics(site: str) -> None:
    """Published, withheld by reason, on time: as many as were."""
    page = get(site, "/en/statistics/")[2].decode()
    assert "50.0%" in page  # one of two within seven working days
    assert NON_PUBLICATION_REASONS[3] == "divorce_custody" and "?reason=divorce_custody" in page


def check_document(site: str, receipt: Any) -> None:
    """The PDF of the process reads as the text does."""
    flat = "".join(text_of_pdf(get(site, f"{receipt.path}pdf/")[2]).split())
    assert "".join(documents.REASONS[1].split()) in flat


@pytest.mark.django_db(transaction=True)
def test_what_machines_read_is_sound(public_address: str) -> None:
    receipt = documents.push()
    documents.push("（2026）津02民终2号", working_days=9)
    gone = documents.withdraw(documents.push("（2026）津02民终3号").public_id)
    documents.announce()
    check_feed(public_address, receipt.path)
    check_site_map(public_address, receipt.path, gone.path)
    check_headers(public_address, receipt.path)
    check_redirects(public_address, receipt.path)
    check_statistics(public_address)
    check_document(public_address, receipt)
    # gone at once from the process that just showed it
    documents.withdraw(receipt.public_id)
    for form in ("", "text/", "docx/", "pdf/", "xml/"):
        status, _headers, body = get(public_address, f"{receipt.path}{form}")
        assert status == 410 and "甲采薇".encode() not in body


def bulk(public: Any) -> Any:
    """Walk the collection: ids of each answer."""
    after = ""
    while after is not None:
        answer = public.get("/bulk.ndjson", {"after": after} if after else {})
        assert answer.status_code == 200
        after = answer.headers.get("X-Next-Cursor")
        yield [json.loads(line) for line in answer.text.splitlines()]


def api(public: Any) -> Any:
    address = "/api/v1/judgments/?page_size=2"
    while address:
        answer = public.get(address).json()
        address = answer["next"]
        yield answer["results"]


@pytest.mark.parametrize("walk", [bulk, api])
def test_walking_the_collection_while_documents_are_withdrawn_misses_and_leaks_none(
    public: Any, walk: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("publicity.portal.file_views.BULK", 2)
    ids = [documents.push(f"（2026）津02民终{n}号").public_id for n in range(1, 10)]
    met: list[str] = []
    gone: set[str] = set()
    for turn, rows in enumerate(walk(public)):
        here = [row["id"] for row in rows]
        assert not gone & set(here)  # what was withdrawn before this answer is not in it
        met += here
        if turn < 3:  # the document that the cursor stood on, and one still to come
            left = [one for one in ids if one not in met and one not in gone]
            for one in (here[-1], left[len(left) // 2]):
                documents.withdraw(one)
                gone.add(one)
    assert len(met) == len(set(met))
    assert {one for one in ids if one not in gone} <= set(met)
    assert len(gone) > 3
