"""Kinds of docket entries and the stages of the standard flows, read from `data/*.tsv`. Pure: no Django."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

DATA = Path(__file__).parent / "data"
FLOWS = {"first": "first", "second": "second", "retrial": "second", "enforcement": "enforcement"}


@dataclass(frozen=True)
class Kind:
    """A kind of entry. `group` is the timeline kind, `stage` where the case stands afterwards (may be empty)."""

    key: str
    zh: str
    en: str
    group: str
    stage: str
    plannable: bool
    after_close: bool
    words: tuple[str, ...]

    def name(self, language: str) -> str:
        """In the language."""
        return self.en if language.startswith("en") else self.zh


@dataclass(frozen=True)
class Stage:
    """A stage of a flow."""

    key: str
    zh: str
    en: str

    def name(self, language: str) -> str:
        """In the language."""
        return self.en if language.startswith("en") else self.zh


def _rows(name: str) -> Iterator[dict[str, str]]:
    lines = [line for line in (DATA / name).read_text("utf-8").splitlines() if line and not line.startswith("#")]
    head = lines[0].split("\t")
    for line in lines[1:]:
        yield dict(zip(head, line.split("\t"), strict=True))


@cache
def kinds() -> dict[str, Kind]:
    """All kinds by key, in the order of the menu."""
    found = {}
    for row in _rows("kinds.tsv"):
        found[row["key"]] = Kind(
            key=row["key"],
            zh=row["zh"],
            en=row["en"],
            group=row["group"],
            stage=row["stage"],
            plannable=row["plannable"] == "1",
            after_close=row["after_close"] == "1",
            words=tuple(row["words"].split("|")),
        )
    return found


@cache
def kind_by_word() -> dict[str, Kind]:
    """What the quick line understands: names and short words in both languages, lower case."""
    found: dict[str, Kind] = {}
    for kind in kinds().values():
        for word in (*kind.words, kind.zh, kind.en, kind.key):
            found.setdefault(word.lower(), kind)
    return found


@cache
def flow(instance: str) -> tuple[Stage, ...]:
    """The stages a case of that instance passes, in order."""
    wanted = FLOWS.get(instance, "review")
    return tuple(Stage(row["key"], row["zh"], row["en"]) for row in _rows("flows.tsv") if row["flow"] == wanted)


@cache
def stage_name(key: str, language: str) -> str:
    """Name of a stage in any flow; the key itself where no flow has it."""
    if key == "closed":
        return "Closed" if language.startswith("en") else "已结案"  # not translated: both languages stand here
    for row in _rows("flows.tsv"):
        if row["key"] == key:
            return Stage(row["key"], row["zh"], row["en"]).name(language)
    return key
