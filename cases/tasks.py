"""Where Celery looks for the tasks of this floor."""

from cases.intake.tasks import resume_imports, run_import

__all__ = ["resume_imports", "run_import"]
