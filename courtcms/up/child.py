"""Starts a program that ends when `manage.py up` ends, also when that is killed without a word.

`python child.py PROGRAM ARGUMENTS…` asks Linux for a SIGTERM at the death of its parent and then becomes the program.
Run as a file, so that nothing of the project is imported on the way.
"""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1  # <linux/prctl.h>


def main(parent: int, command: list[str]) -> None:
    """Become `command`. On other systems than Linux an orphan has to be ended by hand after a kill -9."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:  # it died before we asked
        sys.exit(1)
    os.execvp(command[0], command)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2:])
