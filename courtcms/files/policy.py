"""Who may open a file."""

from __future__ import annotations

from typing import Any

from courtcms.accounts.policy import allowed
from courtcms.files.access import Access, access_to_case
from courtcms.files.models import StoredFile


def access_to(user: Any, file: StoredFile) -> Access:
    """A file of a case: whoever sees the case. A file of no case: the person who brought it."""
    if not allowed(user, "files.read"):
        return Access(False)
    if file.case_id is None:
        return Access(file.uploader_id == user.pk)
    return access_to_case(user, file.case_id)
