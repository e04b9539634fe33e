"""What the APIs of this floor share: the checked body of a request, the narrowing of a list to one case."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.request import Request

from cases.intake import selectors as intake
from cases.intake.api import no_case
from cases.intake.models import Case


def checked(form: type[serializers.Serializer], request: Request) -> dict[str, Any]:
    """The body as the serializer reads it; 400 with every field that is wrong."""
    asked = form(data=request.data)
    asked.is_valid(raise_exception=True)
    return dict(asked.validated_data)


def case_of(request: Request, pk: int) -> Case:
    """The case of that id, when the person may see it; else 404."""
    case = intake.visible_case(request.user, pk)
    if case is None:
        raise NotFound(no_case())
    return case


def of_case(request: Request, rows: Any) -> Any:
    """`?case=` narrows to one case; what is no number is no case."""
    wanted = request.query_params.get("case", "")
    if not wanted:
        return rows
    return rows.filter(case=int(wanted[:18])) if wanted.isdecimal() else rows.none()
