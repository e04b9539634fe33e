"""`{{ entry.capacity|post_words }}`: a stored post in the language of the page."""

from django import template

from courtcms.accounts import records

register = template.Library()


@register.filter
def post_words(record: str) -> str:
    """A stored post in the language in force."""
    return records.shown(record or "")
