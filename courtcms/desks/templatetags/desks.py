"""Words of the trail for templates."""

from typing import Any

from django import template
from django.utils.translation import gettext as _

from courtcms.audit.models import AuditEntry
from courtcms.desks.verbs import VERBS

register = template.Library()


@register.filter
def verb_word(verb: str) -> Any:
    """The act in words, or the verb itself."""
    return VERBS.get(verb, verb)


@register.filter
def who(entry: AuditEntry) -> str:
    """Name of the actor; the system in the language of the page."""
    return entry.actor_name if entry.actor_id else _("系统")


@register.filter
def changes(entry: AuditEntry) -> list[tuple[str, Any, Any]]:
    """(name, before, after) of everything that an entry holds."""
    names = [*entry.before, *(name for name in entry.after if name not in entry.before)]
    return [(name, entry.before.get(name), entry.after.get(name)) for name in names]
