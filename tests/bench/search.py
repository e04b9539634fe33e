"""Search on the public site over many published judgments, as the role court_public."""

import json
from urllib.parse import quote

from tests.bench import courts, figures, pages

QUERIES = ("合同", "返还彩礼", "建设工程", "民间借贷", "不存在的词语甲乙丙")
RUNS = 20
#: copies of one invented text with differing words, put straight into the portal's table by its own service
COUNT = "from publicity.portal.models import *; import json; print(json.dumps({}))"


def measure(cases: int) -> dict[str, object]:
    """p50 and p95 of the result page for some queries, in milliseconds."""
    name = courts.seeded(cases)
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
