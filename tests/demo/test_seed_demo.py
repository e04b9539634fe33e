"""The demo court: the same seed gives the same court, by acts and in bulk the same rows; never where it must not be."""

from __future__ import annotations

import io
from collections import Counter
from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings

from cases.intake import catalogue
from cases.intake.models import Case
from courtcms.accounts.models import Appointment, User
from courtcms.accounts.posts import Post
from courtcms.audit.models import AuditEntry
from courtcms.core import clock
from courtcms.demo import bulk_rows, names
from courtcms.demo.bulk import load_cases
from courtcms.demo.cases import seed_cases
from courtcms.demo.people import ACCOUNTS, DEMO_PASSWORD, seed_people
from courtcms.demo.story import CAUSES, MIX, plan_cases
from deadlines.clocks.models import Clock
from publicity.judgments.models import Publication
from publicity.portal.models import Judgment

TODAY = date(2026, 11, 24)


def seeded(**options: object) -> str:
    out = io.StringIO()
    call_command("seed_demo", cases=70, seed=3, today=TODAY, stdout=out, stderr=io.StringIO(), **options)
    return out.getvalue()


@override_settings(DEMO=True)
@pytest.mark.django_db
def test_a_small_court_has_everything_and_is_not_filled_twice() -> None:
    assert "70 cases" in seeded()
    assert Case.objects.count() == 70
    states = Counter(Publication.objects.values_list("state", flat=True))
    assert states["published"] == Judgment.objects.count() > 0
    shown = "\n".join(text for judgment in Judgment.objects.all() for text in judgment.paragraphs)
    assert "1990000" not in shown  # telephone numbers of the invented texts
    assert "622202" not in shown  # and their bank accounts
    assert Clock.objects.filter(due_on__lt=TODAY, status="running").exists()
    with pytest.raises(CommandError, match="already has cases"):
        seeded()
    assert Case.objects.count() == 70


@override_settings(DEMO=False)
@pytest.mark.django_db
def test_a_real_court_is_never_filled() -> None:
    with pytest.raises(CommandError, match="no demo court"):
        seeded()
    assert not Case.objects.exists()


@pytest.mark.django_db
def test_every_post_has_an_account_that_may_sign_in() -> None:
    seed_people(code="津02", today=TODAY)
    held = set(Appointment.objects.filter(user__username__in=[a[0] for a in ACCOUNTS]).values_list("post", flat=True))
    assert held == set(Post.values)
    for username, *_rest in ACCOUNTS:
        assert User.objects.get(username=username).check_password(DEMO_PASSWORD)
    before = User.objects.count()
    seed_people(code="津02", today=TODAY)
    assert User.objects.count() == before


ALIKE = {
    "parties": ("role", "name", "name_folded", "name_pinyin", "identity_digest", "identity_masked", "born_on"),
    "clocks": ("limit_id", "started_on", "due_on", "internal_due_on", "status", "stopped_on", "derivation"),
    "docket": ("kind", "happened_on", "happened_at", "note", "place"),
    "links": ("kind", "number"),
    "bench": ("role", "since"),
}


@pytest.mark.django_db
def test_bulk_and_acts_leave_the_same_rows() -> None:
    """Publication clocks aside: a case loaded in bulk is an old one, its judgment counts as published long ago."""
    plans = plan_cases(25, 8, TODAY)
    with clock.as_of(TODAY):
        court = seed_people(code="津02", today=TODAY)
        acted = seed_cases(court, plans)
        loaded = load_cases(court, plans)
    for one, other in zip(acted, loaded, strict=True):
        for field in ("title", "stage", "status", "closing_method", "cause", "category", "procedure", "lower_number"):
            assert getattr(Case.objects.get(pk=one.pk), field) == getattr(other, field), field
        for relation, columns in ALIKE.items():
            kept = {"role": "trial"} if relation == "clocks" else {}
            rows = [
                sorted(map(str, getattr(case, relation).filter(**kept).values_list(*columns))) for case in (one, other)
            ]
            assert rows[0] == rows[1], (one.number, relation)


def test_the_same_seed_gives_the_same_court() -> None:
    assert plan_cases(40, 5, TODAY) == plan_cases(40, 5, TODAY)
    assert plan_cases(40, 5, TODAY) != plan_cases(40, 6, TODAY)


@pytest.mark.django_db
def test_the_trail_of_a_bulk_load_is_one_entry_a_batch() -> None:
    with clock.as_of(TODAY):
        court = seed_people(code="津02", today=TODAY)
        load_cases(court, plan_cases(12, 2, TODAY))
    assert AuditEntry.objects.filter(verb="case.load").count() == 2  # the batch, and the counters
    numbers = Case.objects.values_list("year", "type_mark", "sequence")
    for year, mark in {(year, mark) for year, mark, _s in numbers}:
        taken = sorted(s for y, m, s in numbers if (y, m) == (year, mark))
        assert taken == list(range(1, len(taken) + 1))


def test_the_data_files_name_what_the_dictionaries_know() -> None:
    for row in MIX:
        assert catalogue.case_types()[row["type"]].at_intermediate == "typical"
    for field, shares in CAUSES.items():
        for name in shares:
            cause = catalogue.cause_by_name(field, name)
            assert cause is not None and cause.selectable, name
    assert sum(row["share"] for row in MIX) == 100
    assert bulk_rows.moment(TODAY, 9).isoformat() == "2026-11-24T09:40:00+08:00"
    assert names.english("欧阳听澜") == "Ouyang Tinglan"


@pytest.mark.parametrize(
    ("option", "value", "told"),
    [
        ("--cases", "x", "whole number from 0 to 1000000, not 'x'"),
        ("--cases", "-1", "whole number from 0 to 1000000, not -1"),
        ("--seed", "1.5", "whole number, not '1.5'"),
        ("--today", "tomorrow", "date like 2026-11-24, not 'tomorrow'"),
    ],
)
def test_a_wrong_number_or_day_is_told_in_words(option, value, told):
    with pytest.raises(CommandError, match=told) as refused:
        call_command("seed_demo", f"{option}={value}")
    assert "_number" not in str(refused.value) and option in str(refused.value)
