"""Search on the public site over many published judgments, as the role court_public."""

import json
import os
from urllib.parse import quote

from tests.bench import courts, figures, pages

QUERIES = ("合同", "房屋质量 举证责任", "建设工程", "（2024）津02民终", "不存在的词语甲乙丙")
RUNS = 20
#: BENCH_PUBLISHED=200000 measures the size the site is meant for; laying it out takes a quarter of an hour
DOCUMENTS = int(os.environ.get("BENCH_PUBLISHED", "20000"))


def measure(cases: int) -> dict[str, object]:
    """p50 and p95 of the result page for some queries, in milliseconds."""
    name = courts.seeded(cases)
    if courts.ask(name, "SELECT count(*) FROM portal_judgment")[0][0] < DOCUMENTS:
        courts.manage(
            name, "seed_demo", "--cases", "0", "--append", "--published", str(DOCUMENTS), "--today", courts.TODAY,
            "--verbosity", "0",
        )  # fmt: skip
        courts.ask(name, "VACUUM ANALYZE portal_judgment", as_owner=True)
    tables = courts.ask(name, "SELECT tablename FROM pg_tables WHERE tablename LIKE 'portal\\_%' ORDER BY 1")
    counts = {str(table): courts.ask(name, f'SELECT count(*) FROM "{table}"')[0][0] for (table,) in tables}
    found: dict[str, object] = {"rows": counts}
    with pages.served(name, "courtcms.public_wsgi") as port:
        for query in QUERIES:
            address = f"/judgments/?q={quote(query)}"
            seconds = [figures.timed(lambda address=address: pages.get(port, address)) for _ in range(RUNS)]
            middle = figures.milliseconds(sorted(seconds)[RUNS // 2])
            found[query] = {"p50": middle, "p95": figures.milliseconds(figures.p95(seconds))}
    return json.loads(json.dumps(found))
