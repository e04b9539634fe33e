"""The redaction desk: every decision is a small POST that answers with the desk as it is then."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from courtcms.accounts.decorators import permission
from courtcms.core import clock
from courtcms.core.errors import Conflict, Refusal
from publicity.judgments import basis, desk_services, overview, policy, queue, selectors
from publicity.judgments.models import NamePass, Publication
from publicity.judgments.views import number_of, seen

SHOWS = ("all", "diff", "doubt", "result")


@permission("judgments.list")
def desk(request: HttpRequest, pk: int) -> HttpResponse:
    """Original and published text side by side. `?hit=` the place under decision, `?show=` all, diff, doubt, result."""
    found = seen(request, pk)
    if "search" in request.GET and request.headers.get("HX-Request"):
        return _searching(request, found)
    return _desk(request, found, was=_drawn(request, found))


def _searching(request: HttpRequest, found: Publication) -> HttpResponse:
    """How far the search for further names is; at its end the whole desk, with what it found."""
    version = desk_services.current(found)
    row = NamePass.objects.filter(version=version, finished_at__isnull=True).first() if version is not None else None
    if row is not None:
        context = {"publication": found, "search": row, "show": _show_of(request), "batch": _batch_of(request)}
        return render(request, "publicity/judgments/_search.html", context)
    answer = _desk(request, found, hit=number_of(request.GET.get("was")) or 0)
    answer["HX-Retarget"], answer["HX-Reswap"] = "#desk", "outerHTML"
    return answer


@permission("judgments.prepare")
@require_POST
def decide(request: HttpRequest, pk: int, hit: int) -> HttpResponse:
    """Accept, keep or change one place, or the same person everywhere."""

    def act(found: Publication) -> int:
        desk_services.decide(
            actor=request.user, publication=found, hit_id=hit, decision=request.POST.get("decision", ""),
            replacement=request.POST.get("replacement", ""), everywhere=bool(request.POST.get("everywhere")),
            revision=number_of(request.POST.get("revision")), basis=request.POST.get("basis", ""),
        )  # fmt: skip
        return _next_doubt(found, hit)

    return _acted(request, pk, hit, act)


@permission("judgments.prepare")
@require_POST
def mark(request: HttpRequest, pk: int) -> HttpResponse:
    """Hide words the engine did not find."""

    def act(found: Publication) -> int:
        made = desk_services.mark(
            actor=request.user, publication=found, text=request.POST.get("text", ""),
            replacement=request.POST.get("replacement", ""), revision=number_of(request.POST.get("revision")),
            basis=request.POST.get("basis", ""),
        )  # fmt: skip
        return made[0].pk or 0

    return _acted(request, pk, 0, act)


@permission("judgments.prepare")
@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back the last decision."""

    def act(found: Publication) -> int:
        step = desk_services.undo(actor=request.user, publication=found)
        return next((row["id"] for row in step.before if "id" in row), 0)

    return _acted(request, pk, 0, act)


def _acted(request: HttpRequest, pk: int, hit: int, act: Callable[[Publication], int]) -> HttpResponse:
    found = seen(request, pk)
    was = _drawn(request, found)
    try:
        following = act(found)
    except Refusal as refusal:
        status = 409 if isinstance(refusal, Conflict) else refusal.status
        return _desk(request, found, hit=hit, status=status, reasons=refusal.reasons)
    if request.headers.get("HX-Request"):
        return _desk(request, found, hit=following, was=was)
    batch = _batch_of(request)
    more = f"&batch={batch}" if batch is not None else ""
    return redirect(f"{reverse('judgments:desk', args=[pk])}?hit={following}&show={_show_of(request)}{more}#now")


def _drawn(request: HttpRequest, found: Publication) -> selectors.Desk | None:
    """The desk as the browser has drawn it: the place it names and the revision it knows; None when it is another."""
    asked = request.POST if request.method == "POST" else request.GET
    if not request.headers.get("HX-Request") or _show_of(request) == "result":
        return None
    shown = selectors.desk_of(found, hit_id=number_of(asked.get("was")) or 0, show=_show_of(request))
    known = shown is not None and shown.version.revision == number_of(asked.get("revision")) and asked.get("was")
    return shown if known else None


def _desk(
    request: HttpRequest, found: Publication, hit: int = 0, status: int = 200, was: selectors.Desk | None = None,
    **more: Any,
) -> HttpResponse:  # fmt: skip
    show = _show_of(request)
    shown = selectors.desk_of(found, hit_id=hit or number_of(request.GET.get("hit")) or 0, show=show)
    if shown is None:
        return redirect("judgments:show", found.pk)
    context = {
        "publication": found, "desk": shown, "show": show, "may": policy.can_redact(request.user, found),
        "line": overview.line(found, clock.today()), "bases": basis.choices(), "batch": _batch_of(request),
        "left": queue.left(request.user, "desk", _batch_of(request)), **more,
    }  # fmt: skip
    if not request.headers.get("HX-Request"):
        return render(request, "publicity/judgments/desk.html", context, status=status)
    altered = selectors.altered(was, shown) if was is not None else None
    if altered is None or status != 200:
        answer = render(request, "publicity/judgments/_desk.html", context, status=status)
    else:  # of a long judgment only the paragraphs that look different are sent
        answer = render(request, "publicity/judgments/_desk_part.html", {**context, "altered": altered})
        answer["HX-Retarget"] = "#desk-side"
    return answer


def _batch_of(request: HttpRequest) -> int | None:
    """The batch that is being worked through, when there is one."""
    return number_of(request.POST.get("batch") or request.GET.get("batch"))


def _show_of(request: HttpRequest) -> str:
    show = request.POST.get("show") or request.GET.get("show", "all")
    return show if show in SHOWS else "all"


def _next_doubt(found: Publication, hit: int) -> int:
    """After a decision the next doubtful place is shown; the same place when there is none."""
    version = desk_services.current(found)
    rows = list(version.hits.all()) if version else []
    places = {row.pk: place for place, row in enumerate(rows)}
    later = [row.pk for row in rows if row.open_doubt and places[row.pk] > places.get(hit, -1)]
    return next(iter(later), next((row.pk for row in rows if row.open_doubt), hit))
