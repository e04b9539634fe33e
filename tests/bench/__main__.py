"""`python -m tests.bench [PART …]`: measure and print one JSON object. Without a name, everything."""

import argparse
import json
import os
import platform
import sys
from collections.abc import Callable

from tests.bench import (
    audit,
    board,
    courts,
    due_dates,
    million,
    pages,
    public_pages,
    redaction,
    scan,
    scan_worker,
    search,
    start,
)

SMALL, LARGE = 1_000, 100_000
PARTS: dict[str, Callable[[int, int], dict[str, object]]] = {
    "scan": lambda small, large: scan.measure(courts.seeded(large)),
    "scan_million": lambda small, large: scan.measure(million.grown(million.MILLION)),
    "scan_worker": lambda small, large: scan_worker.measure(million.grown(million.MILLION)),
    "board": lambda small, large: board.measure_pages(million.grown(million.MILLION)),
    "docket_during_scan": lambda small, large: board.docket_during_scan(million.grown(million.MILLION)),
    "due_dates": lambda small, large: due_dates.measure(large, courts.seeded(small)),
    "pages": pages.measure,
    "audit": lambda small, large: audit.measure(small),
    "search": lambda small, large: search.measure(),
    "public": lambda small, large: public_pages.measure(),
    "redaction": lambda small, large: redaction.run(),
    "start": lambda small, large: start.measure(),
}


def main() -> None:
    """Progress goes to standard error."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], help="what to measure (everything)")
    parser.add_argument("--small", type=int, default=SMALL, help="cases of the small court (1000)")
    parser.add_argument("--large", type=int, default=LARGE, help="cases of the large court (100000)")
    options = parser.parse_args()
    courts.provide()
    figures: dict[str, object] = {
        "machine": {"cores": os.cpu_count(), "python": platform.python_version(), "load": os.getloadavg()[0]}
    }
    for part in options.parts or PARTS:
        sys.stderr.write(f"measuring {part} …\n")
        figures[part] = PARTS[part](options.small, options.large)
    sys.stdout.write(json.dumps(figures, ensure_ascii=False, indent=2) + "\n")


if __name__ == "__main__":
    main()
