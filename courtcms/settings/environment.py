"""Reads the process environment: the only place that turns strings of the outside into values of the settings."""

import os
import secrets
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

BASE_DIR = Path(__file__).resolve().parent.parent.parent


def text(name: str, default: str = "") -> str:
    """Value of a variable; `NAME_FILE` names a file that holds it (container secrets)."""
    path = os.environ.get(f"{name}_FILE")
    if path:
        return Path(path).read_text(encoding="utf-8").strip()
    return os.environ.get(name, default)


def flag(name: str, default: bool) -> bool:
    """True for 1, true, yes, on; `default` when the variable is absent or empty."""
    value = text(name).strip().lower()
    return default if not value else value in {"1", "true", "yes", "on"}


def words(name: str, default: str = "") -> list[str]:
    """A comma separated list without blanks."""
    return [part.strip() for part in text(name, default).split(",") if part.strip()]


def database(url: str) -> dict[str, Any]:
    """Django database settings from `postgresql://user:password@host:port/name?option=value`.

    A socket folder is given as `?host=/path` with an empty host.
    """
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ValueError(f"a PostgreSQL URL is needed, got scheme {parts.scheme!r}")
    options = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "OPTIONS": options,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


def secret(name: str, var_dir: Path) -> str:
    """A secret from the environment, else one made once and kept in `var/secrets/`, mode 600 (demo, development)."""
    given = text(name)
    if given:
        return given
    folder = var_dir / "secrets"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / name.lower()
    if not path.exists():
        fresh = path.with_suffix(f".{os.getpid()}")
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(48), encoding="utf-8")
        with suppress(FileExistsError):  # another process was quicker: its secret stands
            os.link(fresh, path)
        fresh.unlink()
    return path.read_text(encoding="utf-8").strip()
