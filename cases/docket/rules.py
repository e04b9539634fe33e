"""The quick line of the docket: `开庭 12-15 0930 三庭 …` becomes kind, day, time, place and note.

Pure: no Django.
"""

import re
from dataclasses import dataclass
from datetime import date, time, timedelta

from cases.docket.kinds import Kind, kind_by_word, kinds

UNDO = "undo"  # kind of a counter-entry
UNDO_SECONDS = 300
LONGEST_NOTE = 2000
DAY_WORDS = {
    "今天": 0,
    "今日": 0,
    "today": 0,
    "昨天": -1,
    "昨日": -1,
    "yesterday": -1,
    "前天": -2,
    "明天": 1,
    "明日": 1,
    "tomorrow": 1,
}
FULL_DATE = re.compile(r"^(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?$", re.ASCII)
SHORT_DATE = re.compile(r"^(\d{1,2})[-./月](\d{1,2})日?$", re.ASCII)
CLOCK = re.compile(r"^(\d{1,2})[:：点时](\d{2})分?$|^(\d{2})(\d{2})$|^(\d{1,2})[点时]$", re.ASCII)
PLACE = re.compile(r".*(?:庭|法庭|室|看守所|监狱|现场)$")
CASE_FRAGMENT = re.compile(r"^\D{0,12}?(\d{1,8})号?$")


@dataclass(frozen=True)
class QuickEntry:
    """What a line says. `kind` and `day` are None where it does not say; `problems` are codes of what is wrong."""

    kind: Kind | None
    day: date | None
    at: time | None
    place: str
    note: str
    problems: tuple[str, ...] = ()


def parse_line(line: str, today: date) -> QuickEntry:
    """Read a quick line. Kind first, then day, time and place in any order; everything else is the note.

    A day without a year is the one nearest to today for kinds that can be planned, otherwise the last one that passed.
    """
    words = line.replace("\u3000", " ").replace("，", " ").split()
    kind = kind_by_word().get(words[0].lower()) if words else None
    if kind is None and words:
        kind, words = _prefixed(words)
    elif kind:
        words = words[1:]
    day: date | None = None
    at: time | None = None
    place, note, problems = "", [], []
    for index, word in enumerate(words):
        found_day = _day(word, today, plannable=bool(kind and kind.plannable)) if day is None else None
        found_time = _time(word) if at is None and index < 3 else None
        if found_day == "impossible":
            problems.append("date_impossible")
        elif isinstance(found_day, date):
            day = found_day
        elif found_time is not None:
            at = found_time
        elif not place and kind and kind.group == "hearing" and index < 4 and len(word) <= 12 and PLACE.match(word):
            place = word
        else:
            note.append(word)
    return QuickEntry(kind, day, at, place, " ".join(note), tuple(problems))


def _prefixed(words: list[str]) -> tuple[Kind | None, list[str]]:
    """`合议11-30`: the kind written together with what follows."""
    first = words[0]
    known = kind_by_word()
    for length in range(len(first) - 1, 1, -1):
        kind = known.get(first[:length].lower())
        if kind:
            return kind, [first[length:], *words[1:]]
    return None, words


def _day(word: str, today: date, plannable: bool) -> date | str | None:
    if word.lower() in DAY_WORDS:
        return today + timedelta(days=DAY_WORDS[word.lower()])
    full, short = FULL_DATE.match(word), SHORT_DATE.match(word)
    try:
        if full:
            return date(int(full[1]), int(full[2]), int(full[3]))
        if short:
            return _nearest(int(short[1]), int(short[2]), today, plannable)
    except ValueError:
        return "impossible"
    return None


def _nearest(month: int, day: int, today: date, plannable: bool) -> date:
    found = [
        date(year, month, day) for year in (today.year - 1, today.year, today.year + 1) if _exists(year, month, day)
    ]
    if not found:
        raise ValueError("no such day")
    if not plannable:
        found = [candidate for candidate in found if candidate <= today] or found
    return min(found, key=lambda candidate: abs((candidate - today).days))


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _time(word: str) -> time | None:
    match = CLOCK.match(word)
    if not match:
        return None
    hour, minute = int(match[1] or match[3] or match[5]), int(match[2] or match[4] or 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def split_case(line: str) -> tuple[int | None, str]:
    """`147 开庭 12-15` → 147 and the rest: on a desk the line begins with the number of the case.

    A number is taken for a case only when a known kind follows it.
    """
    words = line.split(maxsplit=1)
    if len(words) == 2:
        match = CASE_FRAGMENT.match(words[0])
        if match and words[0].lower() not in kind_by_word():
            return int(match[1]), words[1]
    return None, line


def menu(closed: bool) -> list[Kind]:
    """Kinds offered in the menu; of a closed case only those that can follow the closing."""
    return [kind for kind in kinds().values() if kind.after_close or not closed]
