"""`manage.py grants`: set the rights of the database roles; `--sql` prints the statements instead."""

import os
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError, connection, transaction

from courtcms.core import grants


class Command(BaseCommand):
    requires_system_checks: list[str] = []  # rights do not depend on pages
    help = "Sets the rights of the roles of COURTCMS_DATABASE_URL and COURTCMS_PUBLIC_DATABASE_URL on the tables."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--app", default=os.environ.get("COURTCMS_APP_ROLE", "court_app"), help="role of the staff site"
        )
        parser.add_argument("--public", default=_public_role(), help="role of the public site")
        parser.add_argument("--sql", action="store_true", help="print the statements, change nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT rolname FROM pg_roles WHERE rolname = ANY(%s)", [[options["app"], options["public"]]]
            )
            known = {name for (name,) in cursor.fetchall()}
        roles = {key: options[key] if options[key] in known else "" for key in ("app", "public")}
        if options["sql"]:
            for statement in grants.planned(app=options["app"], public=options["public"]):
                self.stdout.write(f"{statement};")
            return
        try:
            with transaction.atomic():
                done = grants.apply(**roles)
        except DatabaseError as problem:
            raise CommandError(
                f"The rights could not be set: {problem}. `manage.py grants --sql` prints the statements."
            ) from problem
        if options["verbosity"] > 1:
            self.stdout.write("\n".join(done))


def _public_role() -> str:
    return grants.role_of(os.environ.get("COURTCMS_PUBLIC_DATABASE_URL", "")) or "court_public"
