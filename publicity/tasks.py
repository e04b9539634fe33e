"""Celery finds the tasks of this floor here."""

from publicity.batches.tasks import resume_batches, run_batch
from publicity.judgments.tasks import find_names, resume_names
from publicity.process_info.tasks import settle_parties, show_parties
from publicity.reports.tasks import receive_reports, recheck_owed, recheck_published
from publicity.surfaces.tasks import prove_surfaces

__all__ = [
    "find_names",
    "prove_surfaces",
    "receive_reports",
    "recheck_owed",
    "recheck_published",
    "resume_batches",
    "resume_names",
    "run_batch",
    "settle_parties",
    "show_parties",
]
