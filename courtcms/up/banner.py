"""What `manage.py up` tells when both sites answer."""

from collections.abc import Callable


def show(say: Callable[[str], None], staff: str, public: str, seconds: float) -> None:
    """Addresses, accounts and how to stop."""
    say(f"ready after {seconds:.1f} s")
    say(f"staff site   {staff}")
    say(f"public site  {public}")
    say("Ctrl-C stops everything")
