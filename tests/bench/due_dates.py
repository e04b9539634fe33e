"""A batch of 100,000 questions to `manage.py due_date`, the whole process included."""

import json
import tempfile
from datetime import date, timedelta
from pathlib import Path

from tests.bench import courts, figures

LIMITS = ("civ_1st_ordinary", "civ_1st_simplified", "civ_2nd_judgment", "crim_1st_public", "adm_1st")
GROUND = "ded_appraisal"


def entries(number: int) -> list[dict[str, object]]:
    """Questions with extensions and overlapping excluded intervals, spread over eight years."""
    found: list[dict[str, object]] = []
    for index in range(number):
        start = date(2019, 1, 1) + timedelta(days=index % 2920)
        entry: dict[str, object] = {"id": index, "limit_id": LIMITS[index % len(LIMITS)], "start": str(start)}
        if index % len(LIMITS) < 2:  # appraisal stops civil limits alone
            first, second = start + timedelta(days=20), start + timedelta(days=30)
            entry["excluded"] = [
                {"from": str(first), "to": str(first + timedelta(days=25)), "ground": GROUND},
                {"from": str(second), "to": str(second + timedelta(days=25)), "ground": GROUND},
            ]
        if index % 7 == 0:
            entry["extensions"] = [{"amount": 3, "unit": "month"}]
        found.append(entry)
    return found


def measure(number: int, database: str) -> dict[str, object]:
    """Seconds of the command for so many entries, and how many it could not answer."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "entries.json"
        source.write_text(json.dumps(entries(number)), encoding="utf-8")
        answers: list[str] = []
        seconds = figures.timed(lambda: answers.append(courts.manage(database, "due_date", "--input", str(source))))
    given = json.loads(answers[0])
    return {
        "entries": number,
        "answered": sum("error" not in answer for answer in given),
        "seconds": round(seconds, 2),
        "per_entry_microseconds": round(seconds / number * 1e6, 1),
    }
