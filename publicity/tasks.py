"""Celery finds the tasks of this floor here."""

from publicity.batches.tasks import resume_batches, run_batch
from publicity.process_info.tasks import settle_parties, show_parties
from publicity.reports.tasks import receive_reports, recheck_owed, recheck_published
from publicity.surfaces.tasks import prove_surfaces

__all__ = [
    "prove_surfaces",
    "receive_reports",
    "recheck_owed",
    "recheck_published",
    "resume_batches",
    "run_batch",
    "settle_parties",
    "show_parties",
]
