"""Renews `.ci/lock/*.txt` from pyproject.toml: exact versions with hashes, no index and no path of any machine."""

import os
import re
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / ".ci" / "lock"
HEADER = "# Made by `make lock` from pyproject.toml. Do not edit.\n"
OPTIONS = [
    "--generate-hashes",
    "--no-emit-index-url",
    "--no-emit-trusted-host",
    "--no-emit-find-links",
    "--strip-extras",
    "--no-header",
    "--no-annotate",
    "--allow-unsafe",
    "--quiet",
]


def main() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    runtime = project["project"]["dependencies"]
    compile_into(LOCK / "runtime.txt", runtime, [])
    compile_into(LOCK / "dev.txt", project["dependency-groups"]["dev"], [LOCK / "runtime.txt"])


def compile_into(target: Path, requirements: list[str], constraints: list[Path]) -> None:
    """Resolve `requirements`, keeping to the versions of the constraint files."""
    with tempfile.TemporaryDirectory() as folder:
        source, result = Path(folder) / "in.txt", Path(folder) / "out.txt"
        versions = [
            re.findall(r"^[\w.\-]+==[^\s\\]+", path.read_text(encoding="utf-8"), re.MULTILINE) for path in constraints
        ]
        (Path(folder) / "fixed.txt").write_text(
            "\n".join(name for found in versions for name in found), encoding="utf-8"
        )
        source.write_text("\n".join(requirements), encoding="utf-8")
        command = [sys.executable, "-m", "piptools", "compile", *OPTIONS, "-c", f"{folder}/fixed.txt"]
        environment = {**os.environ, "CUSTOM_COMPILE_COMMAND": "make lock"}
        subprocess.run(
            [*command, "-o", str(result), str(source)], check=True, env=environment, stdout=subprocess.DEVNULL
        )
        lines = [line for line in result.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
        target.write_text(HEADER + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
