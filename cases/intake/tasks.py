"""Tasks of the registry: an id in, one service call. Both may run twice."""

from celery import shared_task

from cases.intake.import_services import owed_imports, run_import_job


@shared_task(name="cases.run_import", ignore_result=True)
def run_import(pk: int) -> None:
    """Run one import job."""
    run_import_job(pk)


@shared_task(name="cases.resume_imports", ignore_result=True)
def resume_imports() -> None:
    """Run every import that is owed: queued while the broker was away, or left by a worker that died."""
    for pk in owed_imports():
        run_import_job(pk)
