"""Search on the public site over many published judgments, as the role court_public, served as `make run` serves it."""

from urllib.parse import quote

from tests.bench import figures, library, pages, public

#: two words that nearly all documents hold, many, some, few; one word; a number; words that no document holds
QUERIES = (
    "房屋质量 举证责任", "劳动 工资", "建设工程 鉴定", "买卖合同 云栖", "闻人 食品", "合同", "（2024）津02民终",
    "合同 违约",
)  # fmt: skip
TWO_WORDS = QUERIES[:5]
RUNS = 60
#: what a visitor adds to the words: nothing, a filter, an order, a page far down
WAYS = {"": "", "one year": "&year=2025", "newest first": "&order=published", "page 9": "&page=9"}


def measure() -> dict[str, object]:
    """First answer of a fresh process, then p50 and p95 of the result page in milliseconds, the ways by turns."""
    name = library.published()
    found: dict[str, object] = {"documents": library.count(name)}
    for query in QUERIES:
        with public.served(name) as port:
            found[query] = {"matches": library.matching(name, query), **_query(port, query)}
    found["p95 of the two-word queries"] = max(found[query][""]["p95"] for query in TWO_WORDS)  # type: ignore[index]
    return found


def _query(port: int, query: str) -> dict[str, object]:
    first = figures.timed(lambda: _ask(port, query, ""))
    seconds: dict[str, list[float]] = {way: [] for way in WAYS}
    for _turn in range(RUNS):
        for way in WAYS:
            seconds[way].append(figures.timed(lambda way=way: _ask(port, query, WAYS[way])))
    times = {
        way: {"p50": figures.milliseconds(sorted(taken)[RUNS // 2]), "p95": figures.milliseconds(figures.p95(taken))}
        for way, taken in seconds.items()
    }
    return {"first": figures.milliseconds(first), **times}


def _ask(port: int, query: str, more: str) -> None:
    status, size = pages.get(port, f"/judgments/?q={quote(query)}{more}")
    if status not in (200, 400) or not size:
        raise RuntimeError(f"the search for {query} answered {status}")
