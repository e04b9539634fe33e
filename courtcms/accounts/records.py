"""Posts as the trail keeps them, in the language of the reader.

What is stored stays as it was written, in the language of the court; only what a page shows is put into other words.
"""

from __future__ import annotations

import re
from functools import lru_cache

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from courtcms.accounts.capacity import post_label
from courtcms.accounts.posts import Post
from courtcms.core import texts
from courtcms.courts.models import Division, DivisionName

#: names once read; a division that is not among them is looked up again
_known: dict[str, str] = {}
_STANDS_IN = re.compile(r"(?P<seat>.+)（代(?P<name>.+)）")  # not translated: as it is stored


def shown(record: str) -> str:
    """A stored post (`Capacity.record`) in the language in force; what cannot be read is given as it stands."""
    if not record or not (get_language() or "").startswith("en"):
        return record
    match = _STANDS_IN.fullmatch(record)
    seat, name = (match["seat"], match["name"]) if match else (record, "")
    post = next((value for title, value in _titles() if seat.endswith(title)), None)
    if post is None:
        return _(record)
    where = seat[: -len(texts.msgid(Post(post).label))]
    text = post_label(post, _english(where) if where else "")
    return _("%(post)s（代%(name)s）") % {"post": text, "name": name} if name else text


@lru_cache(maxsize=1)
def _titles() -> list[tuple[str, str]]:
    """Posts by the end of a record, the longest first: 副庭长 before 庭长."""
    found = [(texts.msgid(post.label), post.value) for post in Post]
    return sorted(found, key=lambda pair: -len(pair[0]))


def _english(division: str) -> str:
    """English name of a division, also of one whose name was another then."""
    if division not in _known:
        rows = (model.objects.exclude(name_en="").values_list("name", "name_en") for model in (DivisionName, Division))
        _known.update(pair for found in rows for pair in found)
    return _known.get(division, division)
