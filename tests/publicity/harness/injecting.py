"""Invented numbers put into real judgments: found there too, and nothing new taken that was not put in."""

from __future__ import annotations

from random import Random

from publicity.redaction.engine import redact
from tests.publicity.harness import numbers, real
from tests.publicity.harness.measure import SEEDS, Score

EVERY = 700


def injected(half: str) -> Score:
    """A passage with numbers behind about every seven hundredth letter of each judgment of the half."""
    rng, score = Random(SEEDS[half]), Score()
    for _name, text, _row in real.judgments(half):
        known = {span.text for span in redact(text).spans if span.changes}
        whole, gold = _with_passages(text, rng, half)
        result = redact(whole)
        for start, end, kind in gold:
            score.all[kind] += 1
            missed = numbers.leftover(result, start, end)
            score.hidden[kind] += not missed
            if missed:
                score.misses.append((kind, whole[max(0, start - 16) : end + 6]))
        for span in result.spans:
            if span.changes and span.kind != "name" and span.text not in known:
                right = any(span.start < end and start < span.end for start, end, _ in gold)
                score.replaced += 1
                score.exact += right
                if not right:
                    score.wrong.append((f"took {span.rule}", whole[max(0, span.start - 12) : span.end + 12]))
    return score


def _with_passages(text: str, rng: Random, half: str) -> tuple[str, list[tuple[int, int, str]]]:
    stops = [at + 1 for at, letter in enumerate(text) if letter == "。"]
    chosen = sorted(rng.sample(stops, min(len(stops), len(text) // EVERY + 1)))
    whole, done, gold = "", 0, []
    for stop in chosen:
        whole += text[done:stop]
        passage, places = numbers.passage(rng, half)
        gold += [(start + len(whole), end + len(whole), kind) for start, end, kind in places]
        whole += passage + "。"
        done = stop
    return whole + text[done:], gold
