"""Passwords of the bundled servers: made once, kept in `var/servers/secrets.json` with mode 600."""

import json
import os
import secrets
from pathlib import Path

NAMES = ("postgres", "court_owner", "court_app", "court_public", "redis")


def passwords(state: Path) -> dict[str, str]:
    """The passwords by role name; made at the first call."""
    path = state / "secrets.json"
    if not path.exists():
        fresh = state / f"secrets.{os.getpid()}"
        fresh.touch(mode=0o600)
        fresh.write_text(json.dumps({name: secrets.token_urlsafe(24) for name in NAMES}), encoding="utf-8")
        try:
            os.link(fresh, path)  # fails when another command was quicker: its passwords stand
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    known: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    return known
