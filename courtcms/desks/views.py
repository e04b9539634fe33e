"""The desk of each post."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from courtcms.accounts.decorators import permission


@permission("desk.open")
def desk(request: HttpRequest) -> HttpResponse:
    """The desk of the first of today's posts."""
    return render(request, "desks/desk.html", {})
