"""Pages of the public site: read-only, no cookie, caches that ask, one address for a document for ever."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any

from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import condition, require_safe

from courtcms.core import pagination
from courtcms.core.clock import start_of_day, today
from courtcms.core.context import court_name
from publicity.portal import asking, contract, counting, selectors, services, words
from publicity.portal.freshness import ask_again, tag_of
from publicity.portal.models import Hearing, Hold, Judgment, Notice, Tombstone

View = Callable[..., HttpResponse]
NEWEST = 6
#: decisions that the one shown looks back to
LOWER = ("lower", "first", "remand")


def public_page(view: View) -> View:
    """Safe methods only; a cache may keep the page and must ask before it shows it again."""

    @require_safe
    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if response.status_code == 200:
            ask_again(response)
        else:
            patch_cache_control(response, no_cache=True)
        return response

    return wrapped


@public_page
def home(request: HttpRequest) -> HttpResponse:
    """Search box, what is new, how open the court is this year."""
    figures, day = counting.figures(), today()
    year = next((year for year in figures.years if year.year == day.year), None)
    hearings = Hearing.objects.filter(starts_at__gte=start_of_day(day)).order_by("starts_at", "id")
    context = {
        "newest": selectors.newest(NEWEST),
        "notices": Notice.objects.order_by("-published_on", "-id")[:2],
        "total": sum(figures.kinds.values()),
        "notice_total": sum(figures.notices.values()),
        "withdrawn_total": sum(figures.withdrawn.values()),
        "year": year,
        "bar": counting.bar(year),
        "reasons": [(words.REASONS.get(key, key), number) for key, number in figures.reasons.get(day.year, [])],
        "day": day,
        "hearings": hearings[:5],
        "hearings_today": hearings.filter(starts_at__lt=start_of_day(day + timedelta(days=1))).count(),
    }
    return render(request, "portal/home.html", context)


@public_page
def search(request: HttpRequest) -> HttpResponse:
    """Results with their excerpts, filters, and what stands in place of documents that are not published."""
    asked = asking.read(request.GET)
    context: dict[str, Any] = {"asked": asked, "orders": words.ORDERS, "chips": _chips(request, asked)}
    try:
        found, facets = selectors.search(asked)
        context |= {"found": found, "facets": facets, "courts": selectors.courts()}
    except OperationalError:  # the statement time limit of the role: too much was asked for at once
        return render(request, "portal/too_much.html", context, status=503)
    context["withdrawn"], context["unpublished"] = selectors.not_published(asked.q)
    context["pages"] = _pages(asked.page, context["found"].pages)
    context["alone"] = asked.q.split()[:6] if len(asked.q.split()) > 1 else []
    return render(request, "portal/search.html", context, status=400 if asked.reasons else 200)


@public_page
@condition(etag_func=tag_of)
def judgment(request: HttpRequest, public_id: str) -> HttpResponse:
    """One document; a withdrawn one answers 410 with its four items."""
    found = Judgment.objects.defer("search").filter(public_id=public_id).first()
    if found is None:
        return _absent(request, public_id)
    sections = [
        {"id": f"s{index}", "title": section["title"] or words.HEADINGS.get(section["key"], ""), **_lines(section)}
        for index, section in enumerate(found.sections, 1)
    ]
    related = selectors.related(found)
    context = {
        "judgment": found,
        "sections": sections,
        "toc": [section for section in sections if section["headed"]],
        "related": related,
        "lower": [row for row in related if row["instance"] in LOWER and row["instance"] != found.instance],
        "address": request.build_absolute_uri(services.path_of(public_id)),
    }
    return render(request, "portal/judgment.html", context)


def _absent(request: HttpRequest, public_id: str) -> HttpResponse:
    """What stands at the address of a document that is held back (403) or was withdrawn (410)."""
    held = Hold.objects.filter(public_id=public_id).first()
    if held is not None:
        return render(request, "portal/held.html", {"held": held}, status=403)
    gone = get_object_or_404(Tombstone, public_id=public_id)
    return render(request, "portal/withdrawn.html", {"gone": gone}, status=410)


def _lines(section: dict[str, Any]) -> dict[str, Any]:
    return {
        "key": section["key"],
        "lines": section["paragraphs"],
        "headed": section["key"] not in {"head", "signatures"} and bool(section["paragraphs"]),
    }


@public_page
@condition(etag_func=tag_of)
def text(request: HttpRequest, public_id: str) -> HttpResponse:
    """The published text alone, byte for byte what its fingerprint was computed over."""
    found = Judgment.objects.only("sections", "public_id").filter(public_id=public_id).first()
    if found is None:
        return absent_file(public_id)
    response = HttpResponse("\n".join(found.paragraphs), content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{public_id}.txt"'
    return response


def absent_file(public_id: str) -> HttpResponse:
    """The answer where a file of a held or withdrawn document stood; 404 for an unknown id."""
    for model, status in ((Hold, 403), (Tombstone, 410)):
        if model.objects.filter(public_id=public_id).exists():
            return HttpResponse(f"{status}\n", status=status, content_type="text/plain; charset=utf-8")
    raise Http404


@public_page
def notices(request: HttpRequest) -> HttpResponse:
    """Documents that are not published: case number, court, date, reason."""
    return _entries(request, Notice, "portal/notices.html", contract.NON_PUBLICATION_REASONS, "-published_on")


@public_page
def withdrawals(request: HttpRequest) -> HttpResponse:
    """Documents that were withdrawn: case number, court, date, reason."""
    return _entries(request, Tombstone, "portal/withdrawals.html", contract.WITHDRAWAL_REASONS, "-withdrawn_on")


def _entries(
    request: HttpRequest, model: type[Notice] | type[Tombstone], template: str, keys: tuple[str, ...], order: str
) -> HttpResponse:
    number, reason, reasons = asking.read_list(request.GET)
    rows = selectors.entries(model, number, reason)
    counts = counting.counts(model, "reason")
    context = {
        "q": number,
        "reason": reason,
        "reasons": reasons,
        "choices": [(key, words.REASONS[key], counts.get(key, 0)) for key in keys],
        "page": pagination.page(rows, [order, "-id"], request.GET.get("cursor", "")),
        "total": sum(counts.values()),
    }
    return render(request, template, context, status=400 if reasons else 200)


@public_page
def statistics(request: HttpRequest) -> HttpResponse:
    """How open the court is, year by year and by kind; every number opens its list where there is one."""
    figures = counting.figures()
    context = {
        "years": figures.years,
        "kinds": _labelled(figures.kinds, words.KINDS),
        "categories": _labelled(figures.categories, words.CATEGORIES),
        "notices": _labelled(figures.notices, words.REASONS),
        "withdrawn": _labelled(figures.withdrawn, words.REASONS),
    }
    return render(request, "portal/statistics.html", context)


def _labelled(counts: dict[str, int], labels: dict[str, Any]) -> list[tuple[str, Any, int]]:
    return [(key, labels.get(key, key), number) for key, number in counts.items()]


@public_page
def about(request: HttpRequest) -> HttpResponse:
    """What is published, what is not, what is hidden, how to use the site and its interface."""
    return render(request, "portal/about.html", {"reasons": _rules()})


def _rules() -> list[tuple[Any, str]]:
    return [(words.REASONS[key], words.ARTICLES[key]) for key in contract.NON_PUBLICATION_REASONS]


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404 of the public site, with the way on."""
    return render(request, "portal/404.html", {"court": court_name()}, status=404)


def _pages(page: int, last: int) -> list[int]:
    """Page numbers around the present one."""
    return [number for number in range(max(1, page - 3), min(last, page + 3) + 1) if last > 1]


def _chips(request: HttpRequest, asked: asking.Asked) -> list[tuple[Any, str]]:
    """Filters in force, each with the address that takes it off."""
    found: list[tuple[Any, str, str]] = [(words.KINDS[value], "kind", value) for value in asked.kinds]
    found += [(words.CATEGORIES[value], "category", value) for value in asked.categories]
    found += [(value, "cause", value) for value in asked.causes]
    found += [(str(value), "year", str(value)) for value in asked.years]
    found += [(words.INSTANCES[value], "instance", value) for value in asked.instances]
    for name in ("court", "judge", "since", "until"):
        value = getattr(asked, name)
        if value:
            found.append((f"{words.FILTERS[name]} {value}", name, str(value)))
    return [(label, _without(request, name, value)) for label, name, value in found]


def _without(request: HttpRequest, name: str, value: str) -> str:
    params = request.GET.copy()
    params.setlist(name, [held for held in params.getlist(name) if held != value])
    params.pop("page", None)
    return f"?{params.urlencode()}"
