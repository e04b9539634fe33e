"""Five real judgments from the clerk's desk to the public and, one of them, back again, in a browser.

The texts stay outside the repository and nothing of them may land in a log or a picture: what fails says where, never
what; no picture is taken.
"""

import re
import urllib.error
import urllib.request
from datetime import date, timedelta
from urllib.parse import quote

import pytest
from django.test import override_settings
from playwright.sync_api import Error as BrowserError

from courtcms.accounts.posts import Post
from courtcms.core import clock
from publicity.judgments import name_services
from publicity.judgments.models import Publication, State
from publicity.judgments.parser import parse
from publicity.surfaces import services as surfaces
from tests import factories as ground
from tests.browser.conftest import DB, REDRAWN, sign_in
from tests.publicity import factories as make
from tests.publicity.test_judgments_real import load, twin
from tests.publicity.test_real_judgments import FOLDER

pytestmark = [
    DB,
    pytest.mark.skipif(not (FOLDER / "roles.json").exists(), reason=f"the real judgments are not in {FOLDER}"),
]
#: disputes of companies, an appeal, a crime and a case against an authority
CHOSEN = ("10-", "14-", "17-", "27-", "36-")
COMPANY = re.compile(r"[\u4e00-\u9fff（）]{2,24}?(?:有限责任公司|股份有限公司|有限公司)")
GONE = (403, 410)


def check(true, place):
    """Like assert, but what fails shows nothing of the text."""
    if not true:
        pytest.fail(f"not as it has to be: {place}", pytrace=False)


def fetched(address, path):
    try:
        with urllib.request.urlopen(address + path, timeout=30) as answer:
            return answer.status, answer.read().decode("utf-8", "replace")
    except urllib.error.HTTPError as refused:
        return refused.code, refused.read().decode("utf-8", "replace")


def bring(page, case, name, judged_on):
    """Register, upload, decide what is doubtful, send for clearance: all by the pages."""
    page.goto(f"/publicity/judgments/case/{case.pk}/new/")
    page.fill("[name=effective_on]", judged_on.isoformat())
    page.click("main form .btn-main")
    page.wait_for_url(re.compile(r"/judgments/\d+/$"))
    page.set_input_files("[name=file]", FOLDER / name)
    page.click("main form[action$='/upload/'] button")
    page.wait_for_url("**/desk/")
    name_services.run(case.publications.get().versions.get().pk)  # the worker; then the desk is drawn anew
    page.reload()
    for _ in range(40):
        if page.locator("#doubts").inner_text() == "0":
            break
        revision = page.locator("#desk-side").get_attribute("data-revision")
        told = page.locator("#desk-side dl").all_inner_texts()
        page.keyboard.press("x" if any("疑似人名" in one for one in told) else "Enter")  # such names were published
        page.wait_for_function(REDRAWN, arg=revision)
    check(page.locator("#doubts").inner_text() == "0", f"{name}: doubts are left")
    page.keyboard.press("s")
    page.wait_for_url(re.compile(r"/judgments/\d+/$"))
    return int(re.search(r"/(\d+)/$", page.url)[1])


def work_through(page, first, count, confirm):
    """One after the other by the button that shows the next."""
    page.goto(first)
    for _ in range(count):
        for box in page.locator("main input[type=checkbox]").all():
            box.check()
        was = page.url
        page.locator(confirm).first.click()
        page.wait_for_url(lambda url, was=was: url != was)


def words_of(publication):
    """A company and a phrase of the public text; they never leave this process but as a question to the public site."""
    text = publication.versions.get(number=publication.version).result
    company = next((found for found in COMPANY.findall(text) if len(found) > 7), "")
    reasons = text[text.index("本院认为") + 4 :]
    return company, next(re.finditer(r"(?<=[，。；])[\u4e00-\u9fff]{6,16}(?=[，。；])", reasons))[0]


@pytest.fixture
def people(live_server):
    with clock.as_of(date(2026, 6, 1)):
        base = make.inheritance_case()
    return base, make.staff(base), make.staff(base), ground.person(Post.TRIAL_MANAGEMENT, base.division)


def test_five_real_judgments_from_the_desk_to_the_public_and_one_back(page, people, public_address):
    try:
        the_whole_way(page, people, public_address)
    except (BrowserError, AssertionError) as problem:  # its words may hold a line of the page
        where = page.url.split("?")[0]
        kind = type(problem).__name__
    else:
        return
    pytest.fail(f"{kind} at {where}", pytrace=False)


def the_whole_way(page, people, public_address):
    base, clerk, other, office = people
    names = [row["file"] for row in load("roles.json") if row["file"].startswith(CHOSEN)]
    check(len(names) == len(CHOSEN), "five files")
    texts = {name: parse((FOLDER / name).read_text(encoding="utf-8")) for name in names}
    kinds = {"10": "civil", "14": "civil", "17": "civil", "27": "criminal", "36": "admin"}
    cases = {
        name: twin(base, {"file": name, "kind": kinds[name[:2]], "cause": judgment.cause or "合同纠纷"}, judgment)
        for name, judgment in texts.items()
    }
    sign_in(page, clerk, "/publicity/judgments/")
    ids = [bring(page, cases[name], name, texts[name].day) for name in names]
    rows = list(Publication.objects.filter(pk__in=ids).order_by("pk"))
    check({row.state for row in rows} == {State.CLEARANCE}, "five before the clearing person")

    page.context.clear_cookies()
    sign_in(page, other, "/publicity/judgments/")
    page.goto("/publicity/judgments/next/clear/")
    work_through(page, page.url, 5, "main form[action$='/accept/'] .btn-main")
    page.context.clear_cookies()
    sign_in(page, clerk, "/publicity/judgments/")
    page.goto("/publicity/judgments/next/publish/")
    for _ in range(5):
        was = page.url
        page.locator("main form .btn").filter(has_text="公布").last.click()
        page.wait_for_url(lambda url, was=was: url != was)
    rows = list(Publication.objects.filter(pk__in=ids).order_by("pk"))
    check({row.state for row in rows} == {State.PUBLISHED}, "five published")
    check({row.redactor for row in rows} == {clerk} and {row.clearer for row in rows} == {other}, "two persons")

    page.context.clear_cookies()
    for row in rows:
        company, phrase = words_of(row)
        path = f"/judgments/{row.public_id}/"
        for what, asked in (("company", company), ("phrase", phrase)):
            if asked:
                page.goto(f"{public_address}/judgments/?q={quote(asked)}")
                check(page.locator(f".result a[href*='{path}']").count() > 0, f"search for the {what} of {row.pk}")
        page.goto(public_address + path)
        hidden = [person["name"] for person in row.versions.get().people if person["hidden"]]
        shown = page.locator("main").inner_text()
        check(not any(name in shown for name in hidden), f"hidden names of {row.pk}")
    check(any(words_of(row)[0] for row in rows), "a company to ask for")
    with override_settings(PUBLIC_SITE_ADDRESS=public_address):
        check(surfaces.prove_due() == {"proved": 5, "failed": 0}, "proof of publication")
    withdraw_one(page, office, rows[0], public_address)


def withdraw_one(page, office, row, public_address):
    company, phrase = words_of(row)
    path = f"/judgments/{row.public_id}/"
    tell = ("/", "/judgments/", "/feed.atom", "/bulk.ndjson", "/api/v1/judgments/", f"/judgments/?q={quote(phrase)}",
            f"/judgments/?q={quote(company)}", f"/judgments/?q={quote(row.number)}")  # fmt: skip
    before = {place: fetched(public_address, place)[1] for place in tell}
    check(all(path in before[place] for place in ("/judgments/", "/feed.atom", "/bulk.ndjson")), "told before")
    counted = figures(public_address)
    sign_in(page, office, f"/publicity/judgments/{row.pk}/")
    page.fill("[name=withdraw-note]", "当事人反映")
    page.click("main form[action$='/withdraw/'] button")
    page.wait_for_url(re.compile(r"/judgments/\d+/$"))
    row.refresh_from_db()
    check(row.state == State.WITHDRAWN, "withdrawn")
    for form in ("", "text/", "docx/", "pdf/", "xml/"):
        status, body = fetched(public_address, path + form)
        check(status in GONE and phrase not in body, f"page {form or 'itself'}")
    status, body = fetched(public_address, f"/api/v1/judgments/{row.public_id}/")
    check(status in GONE and phrase not in body, "interface")
    for number, place in enumerate(tell):
        status, body = fetched(public_address, place)
        found = body.split('class="result"')[1:] if place.startswith("/judgments/?q=") else [body]
        check(status == 200 and not any(path in part for part in found), f"place {number}")
    sitemap = fetched(public_address, "/sitemap.xml")[1]
    parts = [fetched(public_address, place.split("/", 3)[3].join(("/", "")))[1]
             for place in re.findall(r"<loc>([^<]+)</loc>", sitemap) if "sitemap" in place]  # fmt: skip
    check(not any(path in part for part in (sitemap, *parts)), "site map")
    published, withdrawn = figures(public_address)
    check((published, withdrawn) == (counted[0] - 1, counted[1] + 1), "statistics")
    with override_settings(PUBLIC_SITE_ADDRESS=public_address):
        check(surfaces.prove_due() == {"proved": 1, "failed": 0}, "proof of withdrawal")
    sent = row.deliveries.filter(act="withdraw").exclude(surface="portal")
    check({one.state for one in sent} == {"sent"} and sent.count() == 11, "a receipt of every surface")
    check(set(sent.values_list("again_on", flat=True)) == {clock.today() + timedelta(days=1)}, "asked again")


def figures(public_address):
    """Published and withdrawn of all years, as the statistics page says."""
    table = fetched(public_address, "/statistics/")[1].split("</table>")[0]
    rows = [re.findall(r'<td class="num">([\d,]+)', line) for line in table.split("<tr>")]
    rows = [[int(cell.replace(",", "")) for cell in row] for row in rows if row]
    return sum(row[0] for row in rows), sum(row[-1] for row in rows)
