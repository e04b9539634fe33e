"""`manage.py load_ladder FILE`: a new version of the ladder."""

from datetime import date
from pathlib import Path
from typing import Any

import yaml
from django.core.management.base import BaseCommand, CommandError, CommandParser

from courtcms.accounts.posts import Post
from courtcms.audit.services import act
from courtcms.core import clock
from oversight.escalation.ladder import LadderError, parse_ladder
from oversight.escalation.models import LadderVersion


class Command(BaseCommand):
    """Check a ladder file and load it as a new version; versions are never changed."""

    help = "Load a new version of the ladder from a YAML file."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="a file as oversight/escalation/data/ladder.yaml")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            content = yaml.safe_load(Path(options["file"]).read_text(encoding="utf-8"))
            ladder = parse_ladder(content)
            since = date.fromisoformat(ladder.valid_from)
        except (OSError, UnicodeDecodeError, yaml.YAMLError, ValueError) as error:
            kind = "" if isinstance(error, LadderError) else f"{type(error).__name__}: "
            raise CommandError(f"{options['file']}: {kind}{error}", returncode=2) from error
        unknown = [rung.post for rung in ladder.rungs if rung.post not in Post.values]
        if unknown:
            raise CommandError(f"{options['file']}: unknown posts {', '.join(unknown)}", returncode=2)
        if LadderVersion.objects.filter(version=ladder.version).exists():
            raise CommandError(f"version {ladder.version} is loaded already; give the file a new one", returncode=2)
        with act(actor=None, verb="escalation.load_ladder", basis=ladder.basis[:300]) as entry:
            entry.target = LadderVersion.objects.create(
                version=ladder.version, valid_from=since, content=content, loaded_at=clock.now()
            )
            entry.after = {"version": ladder.version, "rungs": len(ladder.rungs)}
        self.stdout.write(f"ladder {ladder.version} loaded, in force from {since}")
