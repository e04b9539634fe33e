"""The floors of the engine on texts it was not tuned on; the tables are printed. See docs/publicity.md, "Measured"."""

import sys

import pytest

from tests.publicity.harness import injecting, known, measure, real

HALF = "d"  # sentences and draws kept for reporting; of the real texts, the odd numbers
needs_real = pytest.mark.skipif(not real.available(), reason=f"the real texts are not in {real.DATA}")


@pytest.fixture
def show(capsys):
    def write(*lines):
        with capsys.disabled():
            sys.stdout.write("\n" + "\n".join(lines) + "\n")

    return write


def test_numbers(show):
    score = measure.identifiers(HALF)
    show(measure.table("numbers, invented sentences", {"all kinds": score}), measure.by_class(score))
    assert (score.recall(), score.misses) == (1.0, [])
    assert score.precision() >= 0.995


def test_known_persons_in_every_spelling(show):
    found, whole, missed = known.measure(HALF, measure.SEEDS[HALF])
    show("known persons by form: " + "  ".join(f"{form} {found[form]}/{whole[form]}" for form in whole))
    assert missed == []


@pytest.mark.parametrize("half", [HALF, "e"])
def test_unknown_persons_by_role(show, half):
    score = measure.generated(half)
    show(measure.table("unknown persons, invented judgments", {f"by role, {half}": score}), measure.by_class(score))
    assert score.recall() >= 0.97
    assert score.precision() >= 0.95
    assert score.keeping() >= 0.999


@needs_real
def test_numbers_put_into_real_judgments(show):
    score = injecting.injected("b")
    show(measure.table("numbers in real judgments, odd half", {"all kinds": score}), measure.by_class(score))
    assert score.recall() == 1.0
    assert score.precision() >= 0.995


@needs_real
def test_persons_put_into_real_judgments(show):
    masked = measure.reinjected("b")
    renamed, _others = measure.renamed("b", rounds=3)
    show(
        measure.table("unknown persons, real texts, odd half", {"for masked ones": masked, "renamed victims": renamed}),
        measure.by_class(measure.merged([masked, renamed])),
    )
    assert masked.recall() >= 0.97
    assert renamed.recall() >= 0.97
    assert renamed.keeping() >= 0.999


@needs_real
def test_judges_clerks_lawyers_and_firms_stay(show):
    score = measure.merged([measure.official("a"), measure.official("b")])
    show(measure.table("officials of the forty real judgments", {"all": score}))
    assert score.keeping() >= 0.999
