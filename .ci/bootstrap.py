"""Makes an empty virtual environment, or says what the machine lacks. The Makefile runs it with the system's Python."""

import shutil
import sys
from pathlib import Path

NEEDED = (3, 11)


def main(target: str) -> None:
    if sys.version_info < NEEDED:
        found = ".".join(str(part) for part in sys.version_info[:3])
        sys.exit(f"courtcms needs Python 3.11 or newer, {sys.executable} is {found}. Try: make PYTHON=python3.12 …")
    try:
        import ensurepip  # noqa: F401, PLC0415  Debian leaves it out of python3
        import venv  # noqa: PLC0415
    except ModuleNotFoundError:
        sys.exit(
            "This Python cannot make virtual environments (module venv or ensurepip is missing).\n"
            "On Debian or Ubuntu: apt install python3-venv. Or name another Python: make PYTHON=/path/to/python3 …"
        )
    shutil.rmtree(target, ignore_errors=True)
    venv.EnvBuilder(with_pip=True, symlinks=True).create(Path(target))


if __name__ == "__main__":
    main(sys.argv[1])
