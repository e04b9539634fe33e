"""Addresses of the lists behind the numbers of a desk."""

from urllib.parse import urlencode

from django.urls import reverse


def cases(**chosen: object) -> str:
    """The case list, narrowed; empty values narrow nothing."""
    asked = {key: value for key, value in chosen.items() if value not in ("", None)}
    return reverse("cases:list") + (f"?{urlencode(asked)}" if asked else "")


def publications(**chosen: object) -> str:
    """The list of publications, narrowed."""
    asked = {key: value for key, value in chosen.items() if value not in ("", None)}
    return reverse("judgments:index") + (f"?{urlencode(asked)}" if asked else "")
