"""How django-allauth behaves here: nobody signs up by himself."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class CourtAccountAdapter(DefaultAccountAdapter):
    """Accounts are made by the administrator with an appointment."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False
