"""What follows at the counter from events of the registry."""

from cases.filing.services import charge
from cases.intake.events import CaseRegistered
from cases.intake.models import Case


def charge_new_case(event: CaseRegistered) -> None:
    """A case registered by whatever way has its fee from the first moment."""
    charge(Case.objects.get(pk=event.case_id))
