"""What can go wrong with the bundled servers, said so that a person can act on it."""

import shutil
from pathlib import Path

LOW_SPACE = 200 * 1024 * 1024  # bytes; a fresh cluster takes about 40 MB, its journal 80 MB more


class ServerError(Exception):
    """A bundled server cannot be used; the text says why and what to do."""


def explain(what: str, folder: Path, log: Path | None = None) -> ServerError:
    """The error with the two things that help most: free space when it is low, and the last lines of the log."""
    lines = [what]
    free = shutil.disk_usage(folder).free
    if free < LOW_SPACE:
        lines.append(f"The disk of {folder} has only {free // 1024**2} MB left: free some space and try again.")
    if log is not None and log.exists():
        lines += [f"Last lines of {log}:"]
        lines += [f"  {line}" for line in log.read_text(encoding="utf-8", errors="replace").splitlines()[-8:]]
    return ServerError("\n".join(lines))
