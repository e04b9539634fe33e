"""An uploaded file on its way to the desk: everything is checked on the text in memory, and only then stored."""

from __future__ import annotations

from typing import Any

from django.core.files.base import File

from courtcms.accounts.policy import require
from courtcms.audit.services import act
from courtcms.core.errors import Reasons
from courtcms.files.services import read_upload, store_read
from publicity.judgments import name_services, services, uploads
from publicity.judgments.models import Publication, PublicationVersion
from publicity.judgments.parser import parse
from publicity.judgments.tasks import queue_names

DOCUMENTS = ("txt", "docx", "pdf")


def take_upload(*, actor: Any, publication: Publication, upload: File, policy: str = "") -> PublicationVersion:
    """Read, check, store and redact one file.

    A text of another case is refused before anything of it is stored: it might be the text of a secret one. Refuses
    with all reasons at once.
    """
    require(actor, "judgments.prepare")
    uploads.refuse_secret(publication.case)
    read = read_upload(upload=upload, kinds=DOCUMENTS, need_text=True)
    reasons = Reasons()
    uploads.check(
        reasons, judgment=parse(uploads.tidy(read.text)), case=publication.case, kind=publication.kind,
        effective_on=publication.effective_on, policy=policy,
    )  # fmt: skip
    reasons.refuse()
    with act(
        actor=actor, verb="publication.upload", permission="judgments.prepare", case_id=publication.case_id
    ) as one:
        stored = store_read(actor=actor, read=read, case_id=publication.case_id)
        one.target = publication
        version = services.prepare(actor=actor, publication=publication, text=stored.text, file=stored, policy=policy)
        name_services.owe(version)
        name_services.on_commit(queue_names, version)
    return version
