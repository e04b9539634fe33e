"""The redaction engine: letters a second on one core, and how much it finds. Pure; needs no database."""

from __future__ import annotations

import re
from itertools import count
from random import Random
from time import process_time

from publicity.redaction.engine import redact
from publicity.redaction.folding import letters
from publicity.redaction.names import key_of
from publicity.redaction.people import is_masked
from publicity.redaction.types import CaseFacts
from tests.bench import presidio
from tests.publicity.harness import known, measure, real
from tests.publicity.harness.texts import judgment

TEXTS, ROUNDS = 60, 5


def run() -> dict[str, object]:
    """Speed on real texts where they are at hand, else on invented ones; recall and precision on the reporting half."""
    numbers, persons, late = measure.identifiers("d"), measure.generated("d"), measure.generated("e")
    found, whole, _missed = known.measure("d", measure.SEEDS["d"])
    figures: dict[str, object] = {
        "invented": _speed(_invented("a"), _invented("b")),
        "numbers": _quality(numbers),
        "known_persons_recall": sum(found.values()) / sum(whole.values()),
        "unknown_persons": _quality(persons) | {"kept": persons.keeping()},
        "unknown_persons_written_last": _quality(late) | {"kept": late.keeping()},
    }
    if real.available():
        masked = measure.reinjected("b")
        figures["real"] = _speed(*([text for _, text, _ in real.judgments(half)] for half in "ab"))
        figures["unknown_persons_in_real_texts"] = _quality(masked)
        figures["officials_kept"] = measure.merged([measure.official("a"), measure.official("b")]).keeping()
    compared = [text for half in "ab" for _, text, _ in real.judgments(half)] if real.available() else _invented("a")
    ours = figures["real"] if real.available() else figures["invented"]
    theirs = presidio.measure(compared)
    figures["presidio"] = theirs
    if isinstance(ours, dict) and "letters_per_second" in theirs:
        figures["times_presidio"] = round(
            float(ours["letters_per_second"]) / float(str(theirs["letters_per_second"])), 1
        )
    return figures


def _quality(score: measure.Score) -> dict[str, object]:
    return {"recall": score.recall(), "precision": score.precision(), "of": sum(score.all.values())}


def _invented(half: str) -> list[str]:
    rng = Random(half)
    return [judgment(rng, "d", number).text for number, _ in zip(count(1), range(TEXTS), strict=False)]


def _speed(first: list[str], second: list[str]) -> dict[str, object]:
    """Letters a second of `redact`, everything included: reading, hits, result, residual check.

    Each half is timed after the other one: the process is warm, the judgment and its names are new to it.
    """
    size = sum(map(len, first + second))
    best = min(_seconds(first, second) + _seconds(second, first) for _ in range(ROUNDS))
    return {"letters": size, "judgments": len(first + second), "letters_per_second": round(size / best)}


def _seconds(texts: list[str], before: list[str]) -> float:
    re.purge()
    for kept in (letters, key_of, is_masked):  # so that no name is known from the round before
        kept.cache_clear()
    for text in before:
        redact(text, CaseFacts())
    begin = process_time()
    for text in texts:
        redact(text, CaseFacts())
    return process_time() - begin
