"""What `manage.py up` tells when both sites answer."""

from collections.abc import Callable, Sequence


def show(say: Callable[[str], None], urls: Sequence[str], seconds: float) -> None:
    """Addresses, accounts and how to stop."""
    say(f"ready after {seconds:.1f} s")
    say(f"staff site   {urls[0]}")
    say(f"public site  {urls[1]}")
    say("Ctrl-C stops everything")
