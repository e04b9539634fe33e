"""A batch of 100,000 questions to `manage.py due_date`, the whole process included; the calculator alone."""

import json
import tempfile
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import yaml
from chinese_calendar import is_workday

from tests.bench import courts, figures

LIMITS = ("civ_1st_ordinary", "civ_1st_simplified", "civ_2nd_judgment", "crim_1st_public", "adm_1st")
GROUND = "ded_appraisal"
#: run inside a court: processor seconds for the questions of a file, read beforehand
CALCULATOR = """
import gc, json, sys, time
from deadlines.calendars.selectors import work_calendar
from deadlines.clocks.batch import answer_json
from deadlines.clocks.parsing import read_all
from deadlines.clocks.quick import due_days
from deadlines.clocks.rules import compute
from deadlines.clocks.wording import Teller
from deadlines.rulebook.reading import rulebook
book, calendar, found = rulebook(), work_calendar(), {}
questions = [question for _, question, _ in read_all(json.load(open("%s")), book)]
gc.freeze(); gc.disable()
def timed(name, work):
    began = time.process_time()
    work()
    found[name] = round(time.process_time() - began, 2)
teller = Teller(book)
timed("with_derivation", lambda: [compute(question, book, calendar) for question in questions])
timed("with_derivation_in_words", lambda: [answer_json(compute(q, book, calendar), teller) for q in questions])
timed("without_derivation", lambda: [due_days(question, book, calendar) for question in questions])
days = [question.start for question in questions]
timed("thirty_working_days_on", lambda: [calendar.add_working_days(day, 30) for day in days])
print(json.dumps(found))
"""
LOOPED = 2_000


def entries(number: int) -> list[dict[str, object]]:
    """Questions with extensions and overlapping excluded intervals, spread over eight years."""
    found: list[dict[str, object]] = []
    for index in range(number):
        start = date(2018, 1, 1) + timedelta(days=index % 2920)
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
    """Seconds of the command for so many entries in each form, how many were answered, and the calculator alone."""
    asked = entries(number)
    forms: dict[str, Callable[[], str]] = {
        "json": lambda: json.dumps(asked),
        "yaml": lambda: yaml.dump(asked, Dumper=yaml.CSafeDumper),
        "yaml_flow": lambda: "\n".join(f"- {json.dumps(entry)}" for entry in asked),
    }
    found: dict[str, object] = {"entries": number}
    with tempfile.TemporaryDirectory() as folder:
        told = set()
        for form, written in forms.items():
            source = Path(folder) / f"entries.{form}"
            source.write_text(written(), encoding="utf-8")
            answers: list[str] = []
            seconds = figures.timed(
                lambda: answers.append(courts.manage(database, "due_date", "--input", str(source)))  # noqa: B023
            )
            given = json.loads(answers[0])
            told.add(answers[0])
            found[form] = {"answered": sum("error" not in answer for answer in given), "seconds": round(seconds, 2)}
        found["all_forms_agree"] = len(told) == 1
        source = Path(folder) / "entries.json"
        out = courts.manage(database, "shell", "--verbosity", "0", "-c", CALCULATOR % source).splitlines()[-1]
    alone = json.loads(out)
    looped = figures.timed(lambda: [_loop(date.fromisoformat(str(entry["start"])), 30) for entry in asked[:LOOPED]])
    ratio = looped / LOOPED / (alone["thirty_working_days_on"] / number)
    return found | {"calculator_seconds": alone, "times_faster_than_looping_chinesecalendar": round(ratio)}


def _loop(day: date, left: int) -> date:
    """The thirtieth working day on, asked of the library day by day."""
    while left:
        day += timedelta(days=1)
        left -= is_workday(day)
    return day
