"""The app `cases`: see docs/architecture.md."""

from django.apps import AppConfig
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from courtcms.core import context, nav
from courtcms.files import access


def search_address(request: HttpRequest) -> str:
    """Where the search box of the frame sends its words."""
    return reverse("cases:list")


class CasesConfig(AppConfig):
    """Wires the rooms of this floor."""

    name = "cases"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Navigation, search box, and who may open files of cases."""
        from cases.intake.policy import file_access

        nav.register(nav.NavItem("cases", _("案件"), "cases:list", "cases.list", "/cases/", order=10))
        context.provide("search", search_address)
        access.answer_for_cases(file_access)
