"""The two TCP ports of the court, claimed before anything else is started."""

import os
import socket
import urllib.error
import urllib.request

from courtcms.embedded.errors import ServerError

BACKLOG = 256
DEFAULTS = {"COURTCMS_PORT": 8000, "COURTCMS_PUBLIC_PORT": 8001}


def bind_address() -> str:
    """The address that both sites listen on; the loopback unless COURTCMS_BIND says otherwise."""
    return os.environ.get("COURTCMS_BIND") or "127.0.0.1"


def claim(variable: str) -> socket.socket:
    """Listen on the port that this variable names; the process of the site inherits the socket.

    Raises ServerError when the value is no port or the port is taken, so nothing is half started.
    """
    value = os.environ.get(variable) or str(DEFAULTS[variable])
    if not (value.isascii() and value.isdigit() and 0 < int(value) < 65536):
        raise ServerError(f"{variable}={value} is not a port number (1 to 65535).")
    address = bind_address()
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    listener = socket.socket(family)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((address, int(value)))
        listener.listen(BACKLOG)
    except OSError as problem:
        listener.close()
        raise ServerError(
            f"Port {value} on {address} cannot be used: {problem.strerror}.\n"
            f"Another program (perhaps another `make run`) has it. Nothing was started.\n"
            f"Stop that program, or choose another port: {variable}=9000 make run"
        ) from problem
    return listener


def url(listener: socket.socket) -> str:
    """The address to type into a browser on this machine."""
    host, port = listener.getsockname()[:2]
    shown = "127.0.0.1" if host in {"0.0.0.0", "::"} else f"[{host}]" if ":" in host else host
    return f"http://{shown}:{port}/"


def answers(base: str, seconds: float = 5) -> bool:
    """True when the site behind this URL answers its front page without an error."""
    try:
        with urllib.request.urlopen(base, timeout=seconds) as reply:
            return bool(reply.status < 500)
    except urllib.error.HTTPError as refused:
        return refused.code < 500
    except OSError:
        return False
