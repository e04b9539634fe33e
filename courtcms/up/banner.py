"""What `manage.py up` tells when both sites answer."""

from collections.abc import Callable, Sequence

from courtcms.demo.accounts import ACCOUNTS, DEMO_PASSWORD


def show(say: Callable[[str], None], urls: Sequence[str], seconds: float, *, demo: bool) -> None:
    """Addresses, accounts and how to stop."""
    say("")
    say(f"ready after {seconds:.1f} s")
    say(f"  staff site   {urls[0]}")
    say(f"  public site  {urls[1]}")
    if demo:
        say("")
        say(f"demo accounts, all with the password {DEMO_PASSWORD}")
        for username, name, post, _division in ACCOUNTS:
            say(f"  {username:<12} {post.replace('_', ' '):<24} {name}")
    say("")
    say("Ctrl-C stops everything")
