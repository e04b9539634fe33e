"""`python -m tests.deadlines.scan_process`: scans in processes that die on command.

Reads lines `DAY STATEMENT` from standard input. For each it forks a child that runs the scan of that day and kills
itself with SIGKILL right before its statement of that number (0: never); `DAY -N` kills it from outside after N
milliseconds, in the middle of whatever it does then. One line of output a child: the signal that ended it, or 0.
"""

import os
import signal
import sys
import time
from datetime import date

import django

django.setup()

from django.db import connection  # noqa: E402  needs the settings

from deadlines.scan import services  # noqa: E402

services.BATCH = 2


def child(day: date, statement: int) -> None:
    """Scan, and die before a statement."""
    seen = 0

    def count(run, sql, params, many, context):
        nonlocal seen
        seen += 1
        if seen == statement:
            os.kill(os.getpid(), signal.SIGKILL)
        return run(sql, params, many, context)

    with connection.execute_wrapper(count):
        services.scan(as_of=day)


def main() -> None:
    """Until standard input ends."""
    for line in sys.stdin:
        day, number = line.split()
        pid = os.fork()
        if pid == 0:
            child(date.fromisoformat(day), int(number))
            os._exit(0)
        if int(number) < 0:
            time.sleep(-int(number) / 1000)
            os.kill(pid, signal.SIGKILL)
        _, status = os.waitpid(pid, 0)
        sys.stdout.write(f"{os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
