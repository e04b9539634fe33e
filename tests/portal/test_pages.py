"""What a visitor of the public site relies on: finding, reading, citing; and what is never shown."""

from __future__ import annotations

import hashlib
from datetime import date

import pytest
from django.test import Client

from publicity.portal.contract import RelatedDecision, Section
from tests.portal import documents

PAGES = ("/", "/judgments/", "/notices/", "/withdrawals/", "/statistics/", "/about/")


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens_in_both_languages_empty_and_filled(public: Client, prefix: str, page: str) -> None:
    assert public.get(prefix + page).status_code == 200
    documents.push()
    documents.announce()
    documents.withdraw(documents.push("（2026）津02民终2号").public_id)
    answer = public.get(prefix + page)
    assert answer.status_code == 200
    assert ('<html lang="en">' if prefix else '<html lang="zh-CN">') in answer.text
    assert not answer.cookies


def test_two_words_find_the_document_and_are_marked(public: Client) -> None:
    receipt = documents.push()
    documents.push("（2026）津02民终2号", sections=(Section("reasons", ("船舶碰撞损害赔偿。",)),), title="另一份判决书")
    page = public.get("/judgments/", {"q": "房屋质量 举证责任"}).text
    assert receipt.path in page
    assert "<mark>房屋质量</mark>" in page
    assert "<mark>举证责任</mark>" in page
    assert "另一份判决书" not in page


@pytest.mark.parametrize(
    "typed", ["（2026）津02民终1号", "(2026)津02民终1号", "2026津02民终1", "（２０２６）津02民终1号"]
)
def test_a_case_number_is_found_however_its_brackets_are_typed(public: Client, typed: str) -> None:
    receipt = documents.push()
    documents.push("（2025）津02民终1号")
    page = public.get("/judgments/", {"q": typed}).text
    assert receipt.path in page
    assert page.count('class="result"') == 1


@pytest.mark.parametrize(
    ("narrow", "found"),
    [
        ({"year": "2026"}, True),
        ({"year": "2025"}, False),
        ({"kind": "judgment"}, True),
        ({"kind": "ruling"}, False),
        ({"cause": "房屋买卖合同纠纷"}, True),
        ({"judge": "林砚秋"}, True),
        ({"judge": "宁一舟"}, False),  # a clerk is no judge
        ({"court": "天津市第二中级人民法院"}, True),
        ({"court": "天津市河东区人民法院"}, False),
        ({"since": "2026-07-09", "until": "2026-07-09"}, True),
        ({"since": "2026-07-10"}, False),
        ({"instance": "second", "category": "civil", "q": "鉴定"}, True),
    ],
)
def test_filters_narrow(public: Client, narrow: dict[str, str], found: bool) -> None:
    receipt = documents.push()
    assert (receipt.path in public.get("/judgments/", narrow).text) is found


def test_nothing_found_says_what_to_do(public: Client) -> None:
    documents.push()
    page = public.get("/judgments/", {"q": "火星移民"})
    assert page.status_code == 200
    assert "没有找到符合的文书" in page.text
    assert "/notices/" in page.text
    two = public.get("/judgments/", {"q": "火星移民 房屋质量"}).text
    assert 'href="/judgments/?q=%E6%88%BF%E5%B1%8B%E8%B4%A8%E9%87%8F"' in two  # one of the words alone


def test_a_document_shows_its_text_contents_and_citation(public: Client) -> None:
    first = documents.push("（2026）津0102民初5号", court_name="天津市河东区人民法院", instance="first")
    related = (RelatedDecision("first", "（2026）津0102民初5号", "天津市河东区人民法院", date(2026, 3, 2), "驳回"),)
    receipt = documents.push(related=related)
    page = public.get(receipt.path).text
    for piece in (
        *documents.REASONS,
        'href="#s3"',
        "审判长　顾维桢",
        first.path,
        "生效后第 5 个工作日",
        receipt.sm3[:12],
    ):
        assert piece in page
    assert f"http://testserver{receipt.path}" in page
    english = public.get(f"/en{receipt.path}").text
    assert "Reversed with new judgment" in english
    assert "Civil Division No. 1" in english


def test_the_fingerprint_can_be_computed_from_the_downloaded_text(public: Client) -> None:
    receipt = documents.push()
    text = public.get(f"{receipt.path}text/")
    assert hashlib.new("sm3", text.content).hexdigest() == receipt.sm3


def test_markup_in_a_document_is_text(public: Client) -> None:
    receipt = documents.push(sections=(Section("reasons", ("合同<script>alert(1)</script>条款",)),))
    for page in (receipt.path, "/judgments/?q=条款"):
        text = public.get(page).text
        assert "<script>alert" not in text
        assert "&lt;script&gt;" in text


def test_a_withdrawn_document_leaves_every_surface_and_keeps_four_items(public: Client) -> None:
    receipt = documents.push()
    documents.withdraw(receipt.public_id, note="误留住址")
    gone = public.get(receipt.path)
    assert gone.status_code == 410
    for item in ("（2026）津02民终1号", "天津市第二中级人民法院", "2026-07-09", "技术处理不当", "误留住址"):
        assert item in gone.text
    assert public.get(f"{receipt.path}text/").status_code == 410
    assert public.get(f"/api/v1/judgments/{receipt.public_id}/").status_code == 410
    for surface in ("/", "/judgments/", "/judgments/?q=房屋质量", "/feed.atom", "/sitemap-1.xml", "/api/v1/judgments/"):
        page = public.get(surface).text
        assert "举证责任应转由" not in page
        assert "甲采薇" not in page
    assert "已撤回" in public.get("/judgments/", {"q": "（2026）津02民终1号"}).text


def test_republication_after_repair_stands_at_the_same_address(public: Client) -> None:
    receipt = documents.push()
    documents.withdraw(receipt.public_id)
    again = documents.push(public_id=receipt.public_id, version=2)
    assert again.path == receipt.path
    page = public.get(receipt.path)
    assert page.status_code == 200
    assert "第 2 版" in page.text
    assert "津02民终1号" not in public.get("/withdrawals/").text


def test_a_notice_answers_a_search_for_its_case_number(public: Client) -> None:
    documents.announce()
    page = public.get("/judgments/", {"q": "（2026）津02民初9号"}).text
    assert "不公布文书内容" in page
    assert "离婚诉讼" in page
    assert "法释〔2016〕19号第四条第四项" in public.get("/notices/").text


def test_the_second_request_is_answered_304_and_a_change_is_seen(public: Client) -> None:
    receipt = documents.push()
    first = public.get(receipt.path)
    assert {"max-age=0", "must-revalidate"} <= set(first["Cache-Control"].split(", "))
    again = public.get(receipt.path, headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    documents.push(public_id=receipt.public_id, version=2, outcome="维持")
    assert public.get(receipt.path, headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_pages_say_nothing_foreign_and_nothing_inline(public: Client) -> None:
    receipt = documents.push()
    for page in (*PAGES, receipt.path, "/nothing-here/", "/api/v1/docs/"):
        text = public.get(page).text
        assert "style=" not in text
        assert "<style" not in text
        assert 'src="http' not in text
        assert 'href="http' not in text.replace('href="http://testserver/', "")


def test_unknown_addresses_and_methods_are_answered_in_the_public_frame(public: Client) -> None:
    missing = public.get("/judgments/nosuchthing/")
    assert missing.status_code == 404
    assert "不公布公告" in missing.text
    assert public.post("/judgments/").status_code == 405


def test_robots_and_site_map_name_the_documents(public: Client) -> None:
    receipt = documents.push()
    assert "sitemap.xml" in public.get("/robots.txt").text
    assert "/sitemap-1.xml" in public.get("/sitemap.xml").text
    assert receipt.path in public.get("/sitemap-1.xml").text
    assert public.get("/sitemap-2.xml").status_code == 404
    assert "房屋买卖合同纠纷二审民事判决书" in public.get("/feed.atom").text


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("/judgments/?q=" + "合" * 5000, 400),
        ("/judgments/?q=%00", 400),
        ("/judgments/?q=%F0%9F%98%80", 200),
        ("/judgments/?q=%27%20%26%20%7C%20!%20()%3A*", 200),
        ("/judgments/?since=2026-13-45", 400),
        ("/judgments/?since=0001-01-01", 400),
        ("/judgments/?since=2026-05-01&until=2026-04-01", 400),
        ("/judgments/?year=abc", 400),
        ("/judgments/?year=99999999999999999999", 400),
        ("/judgments/?page=0", 400),
        ("/judgments/?page=-1", 400),
        ("/judgments/?page=51", 400),
        ("/judgments/?page=%EF%BC%95", 400),
        ("/judgments/?page=40", 200),
        ("/judgments/?kind=nonsense", 400),
        ("/judgments/?order=nonsense", 400),
        ("/judgments/?cause=%00", 400),
        ("/judgments/?" + "&".join(f"cause={n}" for n in range(40)), 400),
        ("/judgments/?judge=" + "甲" * 300, 400),
        ("/notices/?cursor=%25%25", 200),
        ("/notices/?cursor=W2ZhbHNlLFsxLDJdXQ", 200),
        ("/notices/?reason=nonsense", 400),
        ("/notices/?q=%00", 400),
        ("/judgments/%00/", 400),
        ("/api/v1/judgments/?cursor=broken", 404),
        ("/api/v1/judgments/?cursor=cD1hYmM%3D", 400),
        ("/api/v1/judgments/?page_size=abc", 200),
        ("/api/v1/judgments/?q=%00", 400),
        ("/api/v1/judgments/?since=yesterday", 400),
        ("/api/v1/judgments/nothing/", 404),
        ("/api/v1/judgments/%00/", 400),
        ("/api/v1/notices/?reason=x", 400),
    ],
)
def test_bad_input_is_refused_or_harmless(public: Client, page: str, expected: int) -> None:
    documents.push()
    documents.announce()
    answer = public.get(page)
    assert answer.status_code == expected
    if expected == 400 and page.startswith("/judgments/?q=合"):
        assert "最多 200 个字" in answer.text


def test_english_pages_name_the_law_in_english(public: Client) -> None:
    documents.announce()
    page = public.get("/en/notices/").text
    assert "Fa Shi [2016] No. 19, art. 4(4)" in page
    assert "judged <time" in page


def test_the_newest_documents_are_found_by_a_word_that_very_many_hold(
    public: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("publicity.portal.matching.CEILING", 3)
    monkeypatch.setattr("publicity.portal.selectors.RANKED_OF_MANY", 2)
    receipts = [documents.push(f"（2026）津02民终{n}号", published_on=date(2026, 7, 20 + n)) for n in range(1, 7)]
    page = public.get("/judgments/", {"q": "举证责任"}).text
    assert page.count('class="result"') == 2
    assert receipts[-1].path in page and receipts[-2].path in page


def test_a_filter_finds_the_few_among_words_that_very_many_hold(
    public: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("publicity.portal.matching.CEILING", 3)
    monkeypatch.setattr("publicity.portal.selectors.RANKED_OF_MANY", 2)
    for n in range(1, 7):
        documents.push(f"（2026）津02民终{n}号", published_on=date(2026, 7, 20 + n))
    rare = documents.push("（2026）津02民终9号", document_kind="ruling", judged_on=date(2025, 7, 1))
    for narrow in ({"kind": "ruling"}, {"year": "2025"}, {"kind": "ruling", "order": "published"}):
        answer = public.get("/judgments/", {"q": "举证责任", **narrow})
        assert rare.path in answer.text and answer.text.count('class="result"') == 1
        assert (answer.context["found"].total, answer.context["found"].more) == (1, False)
        facets = {facet.name: facet for facet in answer.context["facets"]}
        name = next(iter(narrow))
        assert [c.count for c in facets[name].choices if c.chosen] == [1]
        other = facets["year" if name == "kind" else "kind"]
        assert not other.part and [c.count for c in other.choices] == [1]


def test_within_a_year_that_very_many_fall_in_the_newest_of_that_year_come(
    public: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("publicity.portal.matching.CEILING", 3)
    monkeypatch.setattr("publicity.portal.selectors.RANKED_OF_MANY", 2)
    old = [documents.push(f"（2025）津02民终{n}号", judged_on=date(2025, 5, n)) for n in range(1, 6)]
    for n in range(1, 4):
        documents.push(f"（2026）津02民终{n}号")
    page = public.get("/judgments/", {"q": "举证责任", "year": "2025"})
    assert page.context["found"].more and page.text.count('class="result"') == 2
    assert old[-1].path in page.text and old[-2].path in page.text
