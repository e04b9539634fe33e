"""Tags of the public pages: the other language's address, an address with one parameter changed."""

from django import template
from django.http import HttpRequest

register = template.Library()


@register.simple_tag
def other_language(request: HttpRequest, query: bool = True) -> str:
    """The same page in the other language: below /en/ or without it. The address alone decides, never a cookie."""
    path = request.path
    other = path.removeprefix("/en") if path.startswith("/en/") else f"/en{path}"
    question = request.META.get("QUERY_STRING", "") if query else ""
    return f"{other}?{question}" if question else other


@register.simple_tag
def absolute(request: HttpRequest, path: str) -> str:
    """An address with scheme and host, for links between languages."""
    return request.build_absolute_uri(path)
