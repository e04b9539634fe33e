#!/usr/bin/env python
"""Command line of courtcms. `manage.py up` starts everything, `manage.py help` lists the commands."""

import os
import sys


def main() -> int:
    """Provide database and queue when the command needs them, then hand over to Django."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "courtcms.settings")
    try:
        from courtcms import embedded
        from courtcms.embedded import needs
    except ModuleNotFoundError as missing:
        sys.exit(f"{missing}. Run `make setup` once, then use .venv/bin/python manage.py …")
    command = sys.argv[1] if len(sys.argv) > 1 else "help"
    try:
        needs.provide_for(command, sys.argv[2:])
    except embedded.ServerError as problem:
        sys.exit(f"courtcms: {problem}")
    if command == needs.UP:
        from courtcms.up.main import run

        return run(sys.argv[2:])
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
    return 0


if __name__ == "__main__":
    sys.exit(main())
