"""Finding processes of one court by its data folder."""

import os
from pathlib import Path


def of_court(var: Path) -> list[str]:
    """Command lines of all living processes, ours excepted, that were started with this data folder."""
    needle, found = str(var).encode(), []
    for folder in Path("/proc").glob("[0-9]*"):
        if int(folder.name) == os.getpid():
            continue
        try:
            command = (folder / "cmdline").read_bytes()
            if command and (needle in command or b"COURTCMS_VAR=" + needle in (folder / "environ").read_bytes()):
                found.append(command.replace(b"\0", b" ").decode(errors="replace"))
        except (FileNotFoundError, ProcessLookupError, PermissionError):
            continue
    return found
