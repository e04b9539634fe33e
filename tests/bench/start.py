"""From a clean clone to the first page, and the restart; the package cache is warm, as for a second clone."""

import importlib.util
import shutil
import signal
import tempfile
from pathlib import Path
from typing import Any

from courtcms.embedded.home import ROOT


def measure() -> dict[str, object]:
    """Seconds of the first start of a clone and of the next one."""
    prove: Any = _prove()
    place = Path(tempfile.mkdtemp(prefix="courtcms-bench-"))
    court = prove.Court(place / "clone")
    try:
        court.clone()
        first = court.start(prove.FIRST_START)
        court.stop(signal.SIGINT)
        again = court.start(prove.FIRST_START)
        court.stop(signal.SIGINT)
    finally:
        court.clean()
        shutil.rmtree(place, ignore_errors=True)
    return {"clone_to_first_page_seconds": round(first, 1), "restart_seconds": round(again, 1)}


def _prove() -> object:
    """`.ci/prove.py` knows how to run a clone."""
    spec = importlib.util.spec_from_file_location("prove", ROOT / ".ci" / "prove.py")
    if spec is None or spec.loader is None:
        raise RuntimeError(".ci/prove.py is missing")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
