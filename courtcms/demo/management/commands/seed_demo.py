"""`manage.py seed_demo`: fill an empty court with invented people and cases."""

from __future__ import annotations

import argparse
import sys
import time
from datetime import date
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from cases.intake.models import Case
from courtcms.core import clock
from courtcms.demo.accounts import DEMO_PASSWORD
from courtcms.demo.seeding import Seed, seed

MOST = 1_000_000


def _number(text: str) -> int:
    try:
        value = int(text)
    except ValueError as problem:
        raise argparse.ArgumentTypeError(f"a whole number from 0 to {MOST}, not {text!r}") from problem
    if not 0 <= value <= MOST:
        raise argparse.ArgumentTypeError(f"a whole number from 0 to {MOST}, not {value}")
    return value


def _seed(text: str) -> int:
    try:
        return int(text)
    except ValueError as problem:
        raise argparse.ArgumentTypeError(f"a whole number, not {text!r}") from problem


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as problem:
        raise argparse.ArgumentTypeError(f"a date like 2026-11-24, not {text!r}") from problem


class Command(BaseCommand):
    help = "Fills an empty court with invented people and cases; the same seed gives the same court."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--cases", type=_number, default=200, help="how many cases (200)")
        parser.add_argument("--seed", type=_seed, default=1, help="another number gives another court (1)")
        parser.add_argument("--today", type=_day, default=None, help="the day the court is at (today)")
        parser.add_argument("--append", action="store_true", help="add to a court that already has cases")
        parser.add_argument("--open", action="store_true", dest="all_open", help="leave every case open, to measure")

        parser.add_argument("--published", type=_number, default=0, help="add so many published documents, to measure")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("This is no demo court (COURTCMS_DEMO is off): nothing was written.")
        if Case.objects.exists() and not options["append"]:
            raise CommandError("The court already has cases; nothing was written. --append adds to them.")
        began = time.monotonic()
        wanted = Seed(
            cases=options["cases"],
            seed=options["seed"],
            today=options["today"] or clock.today(),
            append=options["append"],
            all_open=options["all_open"],
            published=options["published"],
        )
        report = seed(wanted, self._progress if options["verbosity"] and sys.stderr.isatty() else lambda text: None)
        if options["verbosity"]:
            done = ", ".join(f"{number} {name}" for name, number in report.items())
            self.stdout.write(f"Demo court: {done}; {time.monotonic() - began:.1f} s. Password {DEMO_PASSWORD}")

    def _progress(self, text: str) -> None:
        self.stderr.write(f"\r{text}   ", ending="")
