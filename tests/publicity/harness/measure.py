"""Recall and precision of the engine on the harness's texts, by class of name and by kind of person."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from random import Random

from publicity.redaction.engine import redact
from publicity.redaction.folding import canon, plain
from publicity.redaction.types import CaseFacts, Result
from tests.publicity.harness import numbers, real
from tests.publicity.harness.people import CLASSES
from tests.publicity.harness.texts import Sample, judgment

SEEDS = {"a": 20210, "b": 77031, "c": 424243, "d": 99, "e": 3107}


@dataclass
class Score:
    """Counts: names that had to go and went, names that had to stay and stayed, replaced spans that are no such name."""

    hidden: Counter[str] = field(default_factory=Counter)
    all: Counter[str] = field(default_factory=Counter)
    stayed: Counter[str] = field(default_factory=Counter)
    kept: Counter[str] = field(default_factory=Counter)
    exact: int = 0
    replaced: int = 0
    misses: list[tuple[str, str]] = field(default_factory=list)
    wrong: list[tuple[str, str]] = field(default_factory=list)

    def recall(self) -> float:
        return share(sum(self.hidden.values()), sum(self.all.values()))

    def precision(self) -> float:
        return share(self.exact, self.replaced)

    def keeping(self) -> float:
        return share(sum(self.stayed.values()), sum(self.kept.values()))


def share(part: int, whole: int) -> float:
    """part / whole; 1 when there was nothing to find."""
    return part / whole if whole else 1.0


def count(sample: Sample, result: Result, score: Score) -> None:
    """Adds one text. A name is hidden when no letter of it is left; a name stays when no letter of it changed."""
    changed = [span for span in result.spans if span.changes]
    names = [span for span in changed if span.kind == "name"]
    for gold in sample.gold:
        inside = sum(
            min(s.end, gold.end) - max(s.start, gold.start)
            for s in changed
            if s.start < gold.end and gold.start < s.end
        )
        where = sample.text[max(0, gold.start - 12) : gold.end + 12].replace("\n", "↵")
        if gold.hide:
            for label in (gold.kind, gold.role):
                score.all[label] += 1
                score.hidden[label] += inside == gold.end - gold.start
            if inside < gold.end - gold.start:
                score.misses.append((f"{gold.role}/{gold.kind} {sample.text[gold.start : gold.end]}", where))
        else:
            score.kept[gold.role] += 1
            score.stayed[gold.role] += not inside
            if inside:
                score.wrong.append((f"lost {gold.role}", where))
    gone = {(gold.start, gold.end) for gold in sample.gold if gold.hide} | set(sample.loose)
    for span in names:
        right = (span.start, span.end) in gone or any(start <= span.start and span.end <= end for start, end in gone)
        if sample.complete or right:
            score.replaced += 1
            score.exact += right
        if sample.complete and not right:
            score.wrong.append(
                (f"took {span.text}", sample.text[max(0, span.start - 10) : span.end + 10].replace("\n", "↵"))
            )


def generated(half: str, texts: int = 200) -> Score:
    """Unknown persons in invented judgments: the engine gets the text and the cause, no parties."""
    rng, score = Random(SEEDS[half]), Score()
    for number in range(texts):
        sample = judgment(rng, half, number + 1, "criminal" if number % 4 else "civil")
        count(sample, redact(sample.text, CaseFacts(sample.case_type, sample.cause)), score)
    return score


def reinjected(half: str, rounds: int = 3) -> Score:
    """Unknown persons in real criminal judgments in place of those whom the courts had masked."""
    rng, score = Random(SEEDS[half]), Score()
    for turn in range(rounds):
        for name, text, _ in real.judgments(half):
            if "criminal" in name:
                sample = real.injected(text, rng, half, CLASSES[turn:] + CLASSES[:turn])
                count(sample, redact(sample.text), score)
    return score


def renamed(half: str, rounds: int = 1) -> tuple[Score, Counter[str]]:
    """Victims and witnesses of the annotated robbery rulings under invented names; who else was hidden is counted apart."""
    rng, score, others = Random(SEEDS[half]), Score(), Counter()
    for turn in range(rounds):
        for sample, stay in real.robberies(half, rng, CLASSES[turn:] + CLASSES[:turn]):
            result = redact(sample.text)
            count(sample, result, score)
            _kept_labels(stay, sample, result, score)
            gone = {(gold.start, gold.end) for gold in sample.gold}
            others.update(
                s.text for s in result.spans if s.kind == "name" and s.changes and (s.start, s.end) not in gone
            )
    return score, others


def _kept_labels(stay: dict[str, set[str]], sample: Sample, result: Result, score: Score) -> None:
    before, after = plain(canon(sample.text)), plain(canon(result.text))
    for label, names in stay.items():
        for name in names:
            key = plain(canon(name))
            if "某" in key or len(key) < 2 or any(key in one.name or one.name in key for one in sample.names.values()):
                continue
            score.kept[label.lower()] += before.count(key)
            score.stayed[label.lower()] += min(before.count(key), after.count(key))
            if after.count(key) < before.count(key):
                score.wrong.append((f"lost {label} {name}", ""))


def official(half: str) -> Score:
    """Signatures, lawyers, firms and courts of the real judgments: each must stand in the result as often as before."""
    score = Score()
    for _name, text, row in real.judgments(half):
        result = redact(text)
        before, after = plain(canon(text)), plain(canon(result.text))
        groups = {
            "signature": [name for _, name in row["signature"]],
            "lawyer": row["lawyers"],
            "firm": row["law_firms"],
        }
        for label, names in groups.items():
            for name in {plain(canon(name)) for name in names if "*" not in name}:
                score.kept[label] += before.count(name)
                score.stayed[label] += min(before.count(name), after.count(name))
                if after.count(name) < before.count(name):
                    score.wrong.append((f"lost {label}", name))
    return score


def identifiers(half: str, texts: int = 400) -> Score:
    """Numbers of all kinds in invented sentences; a precision fault is a change outside what had to go."""
    rng, score = Random(SEEDS[half]), Score()
    for _ in range(texts):
        text, gold = numbers.passage(rng, half)
        result = redact(text, CaseFacts("民初", "民间借贷纠纷"))
        gone = [(s.start, s.end, s) for s in result.spans if s.changes]
        for start, end, kind in gold:
            score.all[kind] += 1
            hit = numbers.leftover(result, start, end)
            score.hidden[kind] += not hit
            if hit:
                score.misses.append((kind, text[max(0, start - 16) : end + 6]))
        for start, end, span in gone:
            right = any(start < g_end and g_start < end for g_start, g_end, _ in gold)
            score.replaced += 1
            score.exact += right
            if not right:
                score.wrong.append((f"took {span.rule}", text[max(0, start - 12) : end + 12]))
    return score


def table(title: str, scores: dict[str, Score]) -> str:
    """A table for people: one line for each measure, then one for each class below its whole."""
    lines = [title]
    for name, score in scores.items():
        lines.append(
            f"  {name:<34} recall {score.recall():7.2%} of {sum(score.all.values()):5}   precision {score.precision():7.2%} of {score.replaced:5}"
            f"   kept {score.keeping():8.3%} of {sum(score.kept.values()):5}"
        )
    return "\n".join(lines)


def by_class(score: Score) -> str:
    """Recall for each class and role."""
    return "    " + "  ".join(f"{label} {score.hidden[label]}/{score.all[label]}" for label in sorted(score.all))


def merged(scores: Iterable[Score]) -> Score:
    """The sum of several."""
    whole = Score()
    for score in scores:
        for name in ("hidden", "all", "stayed", "kept"):
            getattr(whole, name).update(getattr(score, name))
        whole.exact += score.exact
        whole.replaced += score.replaced
        whole.misses += score.misses
        whole.wrong += score.wrong
    return whole


__all__ = [
    "Score",
    "by_class",
    "defaultdict",
    "generated",
    "identifiers",
    "merged",
    "official",
    "reinjected",
    "renamed",
    "table",
]
